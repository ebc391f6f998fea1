"""What the store holds, as plain records: rows that are written, maps and moments that are read. No SQLAlchemy here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from warmap._version import VERSION
from warmap.funnel import settled
from warmap.reading import read_document
from warmap.scores.timetable import contract_is_signed
from warmap.terms import Outcome, StageCriterion, key
from warmap_app.batch.across import deal_print, hash_of
from warmap_app.batch.one import Kept
from warmap_app.result import Result

T = TypeVar("T", str, None)
Row = dict[str, Any]
NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL's text holds no NUL, and no database half a character
UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Moment:
    """A deal on a day, without its map: a row of the view `warmap_trend`."""

    map_id: str
    deal: str
    account: str | None
    opportunity: str | None
    owner: str | None
    team: str | None
    as_of: date
    stage: str | None
    amount: Decimal | None
    currency: str | None
    close_date: date | None
    outcome: str | None
    outcome_on: date | None
    signed: bool
    settings: str
    program_version: str
    content: str
    kept: int
    file: str
    health: float | None
    stage_reached: int | None
    band: str | None

    @property
    def settled(self) -> Outcome:
        """The outcome that counts; a signed contract is one."""
        said = next((one for one in Outcome if one.value == self.outcome), None)
        return settled(said, signed=self.signed)


@dataclass(frozen=True, slots=True)
class KeptMap:
    """A kept map: whose, of which day, the scores it had, and the map itself as plain data."""

    id: str
    deal: str
    account: str | None
    opportunity: str | None
    owner: str | None
    as_of: date | None
    passed: bool
    file: str
    language: str
    content: str
    template_version: str
    settings: str
    settings_changed: dict[str, float]
    findings: str | None
    map: dict[str, Any]
    scores: dict[str, float | int | str | None]


def deal_of(deal: Mapping[str, Any], file: str) -> str:
    """The same for all maps of one account and opportunity; a map that leaves either blank is its file's own deal."""
    return deal_print(deal.get("account"), deal.get("opportunity")) or hash_of("file", file)


def deals_named(moments: Iterable[Moment], account: str | None, opportunity: str | None) -> dict[str, list[Moment]]:
    """The moments of every deal whose names hold these words, by deal; those named exactly so, where there are any.

    Case, width and space do not count; the names are those of the newest moment, and give the order.
    """
    found: dict[str, list[Moment]] = {}
    for moment in moments:
        found.setdefault(moment.deal, []).append(moment)
    wanted = [key(words or "") for words in (account, opportunity)]
    named = {deal: [key(name or "") for name in (of[-1].account, of[-1].opportunity)] for deal, of in found.items()}
    exact = [deal for deal, names in named.items() if all(w in {"", n} for w, n in zip(wanted, names, strict=True))]
    within = [deal for deal, names in named.items() if all(w in n for w, n in zip(wanted, names, strict=True))]
    return {deal: found[deal] for deal in sorted(exact or within, key=lambda deal: named[deal])}


def storable(text: T) -> T:
    """A text as both databases hold it: what they cannot hold is shown to be missing."""
    return text if text is None else NO_TEXT.sub(UNREADABLE, text)


def map_row(result: Result, kept: Kept) -> Row:
    """The row of `warmap_maps`, but for the order in which it was kept."""
    deal, settings = result["deal"], result.get("settings", {"stamp": "default", "changed": {}})
    whose, as_of = deal_of(deal, result["file"]), result["as_of"]
    amount, close_date = deal.get("amount"), deal.get("close_date")
    return {
        # One content of a deal, judged at one day by the same settings and the same program, is kept once.
        "id": hash_of(whose, as_of or "", kept["content"], settings["stamp"], VERSION),
        "deal": whose,
        **{name: storable(deal.get(name)) for name in ("account", "opportunity", "owner", "team", "stage", "currency")},
        "as_of": date.fromisoformat(as_of) if as_of else None,
        "amount": None if amount is None else Decimal(str(amount)),
        "close_date": date.fromisoformat(close_date) if close_date else None,
        "outcome": deal.get("outcome"),
        "outcome_on": date.fromisoformat(deal["outcome_on"]) if deal.get("outcome_on") else None,
        "signed": is_signed(result),
        "passed": result["passed"],
        "findings": " ".join(sorted({finding["code"] for finding in result["findings"]})),
        "file": storable(result["file"]),
        "language": result["language"],
        "content": kept["content"],
        "standing": kept["standing"],
        "template_version": storable(result["template_version"]),
        "program_version": VERSION,
        "settings": settings["stamp"],
        "settings_changed": settings["changed"],
        "map": kept["map"],
    }


def is_signed(result: Result) -> bool:
    """Whether the contract is signed, with evidence."""
    contract = StageCriterion.CONTRACT_SIGNED.value
    return any(gate["done"] for gate in result["stage_gates"] if gate["criterion"] == contract)


def ended_of(kept: Mapping[str, Any]) -> Row:
    """How a deal ended, of a map that was kept before rows told it."""
    read = read_document({table: kept[table] for table in ("deal", "stage_evidence") if table in kept})
    deal = read.map.deal
    return {
        "outcome": deal.outcome.value if deal.outcome else None,
        "outcome_on": deal.outcome_on,
        "signed": contract_is_signed(read.judgement),
    }


def score_rows(map_id: str, result: Result) -> list[Row]:
    """The rows of `warmap_scores`: a number or a word, neither where the score is not assessed."""
    return [
        {
            "map_id": map_id,
            "code": code,
            "number": float(value) if isinstance(value, int | float) else None,
            "word": value if isinstance(value, str) else None,
        }
        for code, value in result["scores"].items()
    ]


def flag_rows(map_id: str, result: Result) -> list[Row]:
    """The rows of `warmap_flags`, in the order of the result."""
    return [
        {
            "map_id": map_id,
            "place": place,
            **{name: storable(flag[name]) for name in ("code", "severity", "subject")},
            "mitigated": flag["mitigated"],
        }
        for place, flag in enumerate(result["red_flags"], 1)
    ]
