"""The check of one file, whatever it is: from its source to what is known of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Any, NotRequired, TypeAlias, TypedDict

from warmap.earlier import newest_of
from warmap.findings import Finding
from warmap.history import fingerprints, kept, newest, undamaged
from warmap.model import WarMap
from warmap.reading import Reading, nothing_read
from warmap.reviews import gaps
from warmap.scrutiny import Marked, marked_changes
from warmap.settings import Settings, default_settings
from warmap.text import Lang, Text
from warmap_app.batch.across import deal_print, prints_of
from warmap_app.batch.seal import digest
from warmap_app.batch.sources import Source, bytes_of
from warmap_app.load import load_bytes, unreadable
from warmap_app.opening import CannotRead, Why
from warmap_app.result import Result, result_of

MOST_MARKS = 20  # snapshots of which the fingerprint is given
MOST_SHOWN = 200  # characters of an error of ours
SPLIT = Text("请把内容复制到新模板再提交。", "Copy the entries into a new template and submit that.")
TOO_MUCH_MEMORY = (Text("读它需要的内存太多", "it needed too much memory"), SPLIT)


@dataclass(frozen=True, slots=True)
class Terms:
    """By what all files of a batch are judged: the day and the settings, where given, and the language of the words.

    `today` is the day of the check, which no map can be judged after; none where that is no question.
    `keep`: a store is to have the maps, so every outcome brings its own. `recalculate`: plain formulas are worked out too.
    """

    lang: Lang
    as_of: date | None = None
    settings: Settings | None = None
    keep: bool = False
    today: date | None = None
    recalculate: bool = False


class Kept(TypedDict):
    """What a store keeps beside the result: the whole map as plain data, and the fingerprint of what people entered.

    `standing` orders the files of one deal (`batch.which_counts`).
    """

    map: dict[str, Any]
    content: str
    standing: str


class Forecast(TypedDict):
    """What a portfolio asks beside the result.

    Whether a map brings stage probabilities other than those in use, and the points of health that come from what was
    removed since its newest snapshot that differs; the day it gives itself, the deals it was in its newest snapshots, where
    that was another, and the fingerprints of its snapshots, newest first; the gaps of its reviews, rep less reviewer, in points.
    """

    own_probabilities: bool
    gained_by_removing: float
    own_as_of: str | None
    formerly: list[str]
    snapshots: list[str]
    review_gaps: list[float]


class Outcome(TypedDict):
    """What comes back of one file: its result, and of a map what is compared with the other files (see `prints_of`).

    `kept` and `forecast` (what a portfolio asks beside the result) are there when a store is to have the maps, and only of a
    file that holds one; `digest` where the bytes could be had. All is plain data: it travels between processes and waits in
    the journal as JSON.
    """

    result: Result
    prints: dict[str, Any] | None
    kept: NotRequired[Kept]
    forecast: NotRequired[Forecast]
    digest: NotRequired[str]


Check: TypeAlias = "Callable[[Source, Terms], Outcome]"
"""How one file is checked: `check_one`, or what a portfolio asks of a file."""


def check_one(source: Source, terms: Terms) -> Outcome:
    """Read, check and judge one file."""
    try:
        data = bytes_of(source.place)
    except CannotRead as error:
        return refused(source, terms, error.why)
    loaded = _loaded(source.name, data, terms)
    outcome: Outcome = {"result": result_of(loaded, terms.lang), "prints": None, "digest": digest(data)}
    if loaded.is_map:
        prints = outcome["prints"] = prints_of(loaded)
        if terms.keep:
            document, content = kept(loaded.map)
            outcome["kept"] = {"map": document, "content": content, "standing": prints["standing"]}
            outcome["forecast"] = _forecast(loaded, terms)
    return outcome


def _forecast(loaded: Reading, terms: Terms) -> Forecast:
    before = newest_of(loaded.judgement).before(loaded.judgement)
    marked = marked_changes(before.map, loaded.judgement) if before else []
    return {
        "own_probabilities": has_own_odds(loaded, terms),
        "gained_by_removing": gained_by(marked),
        "own_as_of": loaded.own_as_of.isoformat() if loaded.own_as_of else None,
        "formerly": list(dict.fromkeys(_formerly(loaded.map))),
        "snapshots": marks_of(loaded.map),
        "review_gaps": gaps(loaded.judgement),
    }


def gained_by(marked: Iterable[Marked]) -> float:
    """The points of health that come from what was removed."""
    return fsum(one.gained.get("health", 0.0) for one in marked if one.leads)


def _formerly(war_map: WarMap) -> Iterator[str]:
    """What the deal was called in the newest snapshots, where that was something else."""
    now = deal_print(war_map.deal.account, war_map.deal.opportunity)
    for snapshot in reversed(undamaged(newest(war_map.snapshots))):
        told = snapshot.map.get("deal")
        names = (told.get(name) if isinstance(told, dict) else None for name in ("account", "opportunity"))
        was = deal_print(*(name if isinstance(name, str) else None for name in names))
        if was and was != now:
            yield was


def marks_of(war_map: WarMap) -> list[str]:
    """The fingerprints of the newest snapshots, newest first."""
    return fingerprints(war_map)[: -MOST_MARKS - 1 : -1]


def has_own_odds(loaded: Reading, terms: Terms) -> bool:
    """Whether a map brings stage probabilities other than those in use."""
    return loaded.settings.stage_probability != (terms.settings or default_settings()).stage_probability


def outcome_of(check: Check, source: Source, terms: Terms) -> Outcome:
    """The outcome of a check that may go wrong: a mistake of ours is a finding (DV901, or DV002 for want of memory)."""
    try:
        return check(source, terms)
    except MemoryError:
        return refused(source, terms, TOO_MUCH_MEMORY)
    except Exception as error:  # noqa: BLE001  whatever it is, the other files are still checked
        what = " ".join(f"{type(error).__name__}: {error}".split())[:MOST_SHOWN]
        loaded = nothing_read([Finding("DV901", facts={"what": what})], file=source.name)
        return {"result": result_of(loaded, terms.lang), "prints": None}


def refused(source: Source, terms: Terms, why: Why, **facts: str) -> Outcome:
    """The outcome of a file that was not read: DV002 with the reason."""
    return {"result": result_of(unreadable(source.name, why, facts), terms.lang), "prints": None}


def loaded_of(source: Source, terms: Terms) -> Reading:
    """The file as it could be read, under its shown name."""
    try:
        return _loaded(source.name, bytes_of(source.place), terms)
    except CannotRead as error:
        return unreadable(source.name, error.why)


def _loaded(name: str, data: bytes, terms: Terms) -> Reading:
    return load_bytes(name, data, terms.as_of, terms.settings, terms.today, recalculate=terms.recalculate)
