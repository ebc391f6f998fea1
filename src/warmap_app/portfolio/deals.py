"""From submitted files, or the maps in a store, to the deals that count, and to the files that do not, each with its reason.

The batch engine judges each map; of its result a deal is made.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache, partial
from itertools import islice
from pathlib import PurePath
from sys import intern
from typing import Any, Literal, TypeVar

from warmap import terms
from warmap.flags import subject_label
from warmap.funnel import ForecastDeal, settled, to_minor
from warmap.reading import ACROSS_FILES, Reading, read_document
from warmap.reviews import gaps
from warmap.scrutiny import marked_changes
from warmap.settings import settings_from, stamp
from warmap.terms import HealthBand, HealthComponent, ProcurementStage, Severity, Term, key
from warmap.text import SEMICOLON, Lang, Text
from warmap_app.batch.engine import check_here
from warmap_app.batch.journal import Journal
from warmap_app.batch.one import Outcome, Terms, check_one, gained_by, has_own_odds, loaded_of, marks_of
from warmap_app.batch.remembered import Memory, Remembering
from warmap_app.batch.run import Engine, checked_batch, progress
from warmap_app.batch.sources import Held, Source
from warmap_app.opening import NotTaken
from warmap_app.outputs.columns import day
from warmap_app.portfolio.quotas import MOST_UNITS
from warmap_app.portfolio.report_text import BLANK, SIGNED
from warmap_app.result import COUNTED_INSTEAD, Result, result_of
from warmap_app.roster import Attendance, HandIn
from warmap_app.safe_text import one_line, shown
from warmap_app.store.records import KeptMap, deal_of, is_signed

T = TypeVar("T", bound=Term)
OWN_ODDS = "own_probabilities"
"""Key of a result whose workbook brings stage probabilities other than those in use."""
GAINED = "gained_by_removing"
"""Key of a result: the points of health that come from what was removed since the file's newest snapshot that differs."""
OWN_AS_OF, FORMERLY, SNAPSHOTS = "own_as_of", "formerly", "snapshots"
"""Keys of a result: the day the map gives itself, the deals it was in its snapshots, and the fingerprints of these."""
REVIEW_GAPS = "review_gaps"
"""Key of a result: by how many points the rep was above the reviewer, review by review."""
FOUND, BY_OTHERS = "found", "by_others"
"""Keys of the result of a kept map: the codes of what its last check found, and whether that used other settings."""
BLANKS = frozenset({key(BLANK.zh), key(BLANK.en)})
LONGEST = 300  # characters of an entry that a table shows
RISKS_SHOWN = 2  # of each deal
NEEDED = {"amount": Text("金额", "amount"), "currency": Text("币种", "currency"), "stage": Text("申报阶段", "stage")}
NO_MAP = Text("读不出作战地图", "no war map could be read")
LACKS = Text("缺少{fields}", "it lacks: {fields}")
ASK = Text("请负责销售交来。", "Ask the rep to hand it in.")
FILL_IN = Text("在商机表填上。", "Fill it in on the deal sheet.")
NO_HEALTH = Text("设置中健康度没有任何权重", "the settings give health no weight at all")
GIVE_WEIGHT = Text("检查 health_weight。", "Check health_weight.")
TOO_MUCH = Text("金额太大，表格无法精确到分", "the amount is too large for a spreadsheet to hold to the cent")
CHECK_AMOUNT = Text("核对金额和币种。", "Check amount and currency.")
SUBMITTED_TWICE = Text(
    "同一客户、同一商机另有一份：计入 {file}", "the same account and opportunity came twice: {file} is counted"
)
KEEP_ONE = Text(
    "计入评估日较晚的，其次保存较晚的，再次文件名靠后的；请只留一份。",
    "The later as-of date counts, then the later saved, then the later file name; keep only one.",
)


@dataclass(frozen=True, slots=True)
class Risk:
    """An open red flag."""

    severity: Severity
    code: str
    subject: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal that counts: texts cleaned for showing, blank ones empty.

    `risks` are all open flags, heaviest first; only those that are shown have words, so that many deals take little room.

    `outcome_on` and `outcome_reason` are those of a deal that is no longer open. `period` is a code of `warmap.periods`,
    empty where nobody asked for periods or the deal is lost. `stated` is the amount in the map's own currency where all were
    converted to one. `identity` is the deal's in a store, `settings` the stamp of those it was judged by. `gained` are the
    points of health that come from what was removed since the last snapshot inside the file. `is_copy` tells of findings
    across files, `by_others` of other settings in the store, `own_as_of` is the day the map gives itself. `doubts` are those
    of `footing`. `formerly` are the identities that the deal had in snapshots, `snapshots` the fingerprints of these.
    `gaps` are those of its reviews, rep less reviewer, in points.
    """

    file: str
    account: str
    opportunity: str
    rep: str
    team: str
    forecast: ForecastDeal
    as_of: date | None
    close_date: date | None
    band: HealthBand
    weakest: HealthComponent | None
    plan_quality: float
    risks: tuple[Risk, ...]
    passed: bool
    own_odds: bool
    outcome_on: date | None = None
    outcome_reason: str = ""
    period: str = ""
    stated: str = ""
    own_settings: bool = False
    gained: float = 0.0
    is_copy: bool = False
    own_as_of: date | None = None
    by_others: bool = field(default=False, compare=False)
    doubts: tuple[Term, ...] = field(default=(), compare=False)
    formerly: tuple[str, ...] = field(default=(), compare=False)
    snapshots: tuple[str, ...] = field(default=(), compare=False)
    identity: str = ""
    settings: str = "default"
    gaps: tuple[float, ...] = ()

    @property
    def name(self) -> str:
        """Account — opportunity, or the file's name where both are blank."""
        return " — ".join(part for part in (self.account, self.opportunity) if part) or PurePath(self.file).name

    def open_flags(self, severity: Severity) -> int:
        """The number of open flags of a severity."""
        return sum(risk.severity is severity for risk in self.risks)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What counts in no figure: why, and what to do. A file, an entry that is none, or what a roster waits for."""

    file: str
    account: str
    opportunity: str
    why: str
    remedy: str
    own_settings: bool = False
    team: str = ""
    rep: str = ""
    identity: str = ""
    kind: Literal["file", "not taken", "not handed in", "without", "renamed"] = "file"


def deals_of(results: Iterable[Result], lang: Lang) -> tuple[list[Deal], list[LeftOut]]:
    """The deals that count and the files that do not; of several files about one deal the one that the batch names.

    It is the same as in every command, also where it lacks what the figures need: an older file never stands in for it.
    """
    deals: list[Deal] = []
    left: list[LeftOut] = []
    for result in results:
        reason, deal = _reason(result, lang), result["deal"]
        if reason is None:
            deals.append(_deal(result, lang))
        else:
            account, opportunity = _said(deal, "account"), _said(deal, "opportunity")
            whose = _said(deal, "team"), _said(deal, "owner"), deal_of(deal, result["file"])
            left.append(LeftOut(result["file"], account, opportunity, *reason, _brings_settings(result), *whose))
    return deals, left


def _deal(result: Result, lang: Lang) -> Deal:
    deal, scores = result["deal"], result["scores"]
    account, opportunity = _said(deal, "account"), _said(deal, "opportunity")
    forecast = ForecastDeal(
        opportunity or account, Decimal(str(deal["amount"])), deal["currency"], _term(ProcurementStage, deal["stage"]),
        scores["stage_reached"], scores["health"] or 0.0, _outcome(result),
    )  # fmt: skip
    return Deal(
        file=result["file"],
        account=account,
        opportunity=opportunity,
        rep=_said(deal, "owner"),
        team=_said(deal, "team"),
        forecast=forecast,
        as_of=day(result["as_of"]),
        close_date=day(deal.get("close_date")),
        band=_term(HealthBand, scores["band"] or HealthBand.INCOMPLETE.value),  # nobody on the map: nothing to colour
        weakest=_term(HealthComponent, scores["weakest_link"]) if scores["weakest_link"] else None,
        plan_quality=scores["plan_quality"],
        risks=tuple(_risks(result, lang)),
        passed=result["passed"],
        own_odds=bool(result.get(OWN_ODDS)),
        outcome_on=day(deal.get("outcome_on")),
        outcome_reason=_said(deal, "outcome_reason") or _signed_said(deal, forecast, lang),
        own_settings=_brings_settings(result),
        gained=result.get(GAINED, 0.0),
        is_copy=not ACROSS_FILES.isdisjoint(_found(result)),
        own_as_of=day(result.get(OWN_AS_OF, result["as_of"])),
        by_others=result.get(BY_OTHERS, False),
        formerly=tuple(result.get(FORMERLY, ())),
        snapshots=tuple(result.get(SNAPSHOTS, ())),
        identity=deal_of(deal, result["file"]),
        settings=result.get("settings", {}).get("stamp", "default"),
        gaps=tuple(result.get(REVIEW_GAPS, ())),
    )


def _outcome(result: Result) -> terms.Outcome:
    """How the deal ended; a signed contract counts as won until somebody says otherwise."""
    said = result["deal"].get("outcome")
    return settled(_term(terms.Outcome, said) if said else None, signed=is_signed(result))


def _signed_said(deal: Mapping[str, Any], forecast: ForecastDeal, lang: Lang) -> str:
    """Why a deal counts as won though nobody has said so."""
    is_said = deal.get("outcome") == terms.Outcome.WON.value
    return "" if forecast.outcome is not terms.Outcome.WON or is_said else SIGNED.to(lang)


def _found(result: Result) -> set[str]:
    """The codes of what the check found; of a kept map those of its last check."""
    return {finding["code"] for finding in result["findings"]} | set(result.get(FOUND, ()))


def _brings_settings(result: Result) -> bool:
    return "DV306" in _found(result)


def _term(picklist: type[T], code: str) -> T:
    return next(one for one in picklist if one.value == code)


def _said(deal: Mapping[str, Any], field: str) -> str:
    """A text field, cleaned; empty if it is blank or holds only our own placeholder for blank."""
    return cleaned(deal.get(field))


def cleaned(value: str | None) -> str:
    """An entry on one line, not too long; empty if it is blank or holds only our own placeholder for blank."""
    text = one_line(shown(value or ""), LONGEST)
    return "" if key(text) in BLANKS else text


def _risks(result: Result, lang: Lang) -> Iterator[Risk]:
    for place, flag in enumerate(flag for flag in result["red_flags"] if not flag["mitigated"]):
        if place >= RISKS_SHOWN:
            yield _counted_only(flag["severity"], flag["code"])
            continue
        severity, subject = _term(Severity, flag["severity"]), shown(subject_label(flag["subject"], lang))
        message, remedy = (shown(flag[part])[:LONGEST] for part in ("message", "remedy"))
        yield Risk(severity, flag["code"], subject, message, intern(remedy))


@cache
def _counted_only(severity: str, code: str) -> Risk:
    return Risk(_term(Severity, severity), intern(code), "", "", "")


def _reason(result: Result, lang: Lang) -> tuple[str, str] | None:
    """Why a result does not count, and what to do; None when it does."""
    deal, scores = result["deal"], result["scores"]
    if COUNTED_INSTEAD in result:
        return SUBMITTED_TWICE.say(lang, {"file": shown(result[COUNTED_INSTEAD])}), KEEP_ONE.to(lang)
    if scores["stage_reached"] is None:
        worst = next((f for f in result["findings"] if f["severity"] == Severity.CRITICAL.value), None)
        return (shown(worst["message"]), shown(worst["hint"])) if worst else (NO_MAP.to(lang), "")
    lacking = [field for field in NEEDED if deal.get(field) is None]
    if lacking:
        named = LACKS.say(lang, {"fields": [NEEDED[field] for field in lacking]})
        about = [f for f in result["findings"] if f["field"].rpartition(".")[2] in lacking]
        hints = " ".join(dict.fromkeys(shown(finding["hint"]) for finding in about))
        return SEMICOLON.to(lang).join([named, *(shown(f["message"]) for f in about)]), hints or FILL_IN.to(lang)
    if scores.get("health_base", scores["health"]) is None:  # results kept from before know no base
        return NO_HEALTH.to(lang), GIVE_WEIGHT.to(lang)
    if to_minor(Decimal(str(deal["amount"])), deal["currency"]) >= MOST_UNITS:
        return TOO_MUCH.to(lang), CHECK_AMOUNT.to(lang)
    return None


def not_taken_of(entries: Iterable[NotTaken], lang: Lang) -> list[LeftOut]:
    """The entries of folders and archives that are no files to count, each with its reason."""
    return [LeftOut(one.name, "", "", one.why[0].to(lang), one.why[1].to(lang), kind="not taken") for one in entries]


def not_handed_in(attendance: Attendance, lang: Lang) -> list[LeftOut]:
    """What a roster waits for: whose, and how late it is."""
    found = []
    for line in attendance.lines():
        if line.status in {HandIn.MISSING, HandIn.OVERDUE}:
            parts = [line.status.label.to(lang), line.remark.to(lang), line.rep]
            why = SEMICOLON.to(lang).join(part for part in parts if part)
            account, opportunity = shown(line.account), shown(line.opportunity)
            rep = _said({"owner": line.rep}, "owner")
            found.append(LeftOut("", account, opportunity, shown(why), ASK.to(lang), rep=rep, kind="not handed in"))
    return found


AT_ONCE = 200  # kept maps that are in memory at a time


def results_of(sources: Sequence[Source], terms: Terms, memory: Memory | None = None) -> Iterator[Result]:
    """The result of every file, compared with the others as `warmap check` does; an unreadable file has one too.

    What `memory` holds of a file that has not changed is taken from there.
    """
    terms = replace(terms, keep=True)
    with Journal(sources, terms, None) as journal, progress(len(sources), terms.lang) as watch:
        yield from checked_batch(sources, terms, journal, partial(_for_forecast, memory), watch)


def _for_forecast(
    memory: Memory | None, sources: Sequence[Source], todo: Sequence[int], terms: Terms
) -> Iterator[tuple[int, Outcome]]:
    engine: Engine = check_here if memory is None else Remembering(check_here, memory)
    for place, outcome in engine(sources, todo, terms):
        yield place, rolled(outcome)


def judged(source: Source, terms: Terms) -> Outcome:
    """One file as `warmap check` judges it, and what a portfolio asks beside."""
    return rolled(check_one(source, replace(terms, keep=True)))


def rolled(outcome: Outcome) -> Outcome:
    """An outcome without its map, and with what a portfolio asks beside in its result."""
    return {"result": {**outcome["result"], **outcome.get("forecast", {})}, "prints": outcome["prints"]}


def stored_results(kept: Iterable[KeptMap], count: int, terms: Terms) -> Iterator[Result]:
    """The result of every kept map, of which there are `count`, in their order. UserError from the store."""
    sources = map(stored_source, kept)
    with progress(count, terms.lang) as watch:
        while some := list(islice(sources, AT_ONCE)):
            found: dict[int, Result] = {}
            for place, outcome in check_here(some, range(len(some)), terms, check=judged_anew):
                watch(outcome)
                found[place] = outcome["result"]
            yield from (found[place] for place in range(len(some)))


def judged_anew(source: Source, terms: Terms) -> Outcome:
    """One kept map as `warmap check` judges its file. Whether it passed is stored, because its cells are gone."""
    assert isinstance(source.place, Held)
    told: dict[str, Any] = json.loads(source.place.data)
    loaded = _loaded(source.name, told, terms)
    used = stamp(terms.settings) if terms.settings else told["settings"]
    beside = {
        "passed": told["passed"], FOUND: (told["findings"] or "").split(), BY_OTHERS: told["settings"] != used,
        OWN_AS_OF: told["as_of"], SNAPSHOTS: marks_of(loaded.map), REVIEW_GAPS: gaps(loaded.judgement),
    }  # fmt: skip
    return {"result": {**_result(loaded, terms), **beside}, "prints": None}


def gained_since(source: Source, terms: Terms, *, earlier: Mapping[str, dict[str, Any]]) -> Outcome:
    """The points of health that a map has from what was removed since an earlier one, given by the source's name."""
    place, points = source.place, 0.0
    kept = json.loads(place.data) if isinstance(place, Held) else None
    loaded = loaded_of(source, terms) if kept is None else _loaded(source.name, kept, terms)
    if loaded.is_map and source.name in earlier:
        marked = marked_changes(read_document(earlier[source.name]).map, loaded.judgement)
        points = gained_by(marked)
    return {"result": {"file": source.name, "passed": True, GAINED: points}, "prints": None}


def _result(loaded: Reading, terms: Terms) -> Result:
    return {**result_of(loaded, terms.lang), OWN_ODDS: has_own_odds(loaded, terms)}


def stored_source(kept: KeptMap) -> Source:
    """A kept map as a source of a check."""
    told = {
        "map": kept.map, "settings_changed": kept.settings_changed, "language": kept.language,
        "template_version": kept.template_version, "passed": kept.passed, "findings": kept.findings,
        "settings": kept.settings, "as_of": kept.as_of.isoformat() if kept.as_of else None,
    }  # fmt: skip
    return Source(kept.file, Held(json.dumps(told).encode()))


def _loaded(file: str, told: dict[str, Any], terms: Terms) -> Reading:
    settings = terms.settings or settings_from(told["settings_changed"])
    reading = read_document(told["map"], as_of=terms.as_of, settings=settings)
    reading.file, reading.lang, reading.template_version = file, told["language"], told["template_version"]
    reading.counts = {}  # of the file it was read from, which is not here
    return reading
