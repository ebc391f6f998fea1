"""RF909: the map is filed and forgotten."""

from collections.abc import Iterator
from datetime import date

from warmap.history import holds_the_same
from warmap.model import TABLES
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.timetable import is_settled
from warmap.terms import Severity
from warmap.text import Text


def unchanged_since(assessment: Assessment) -> date | None:
    """The day of the oldest snapshot in the unbroken run, back from the day of judging, that holds what stands now.

    Undated snapshots and those taken after the day of judging do not count; None where the newest already differs.
    """
    dated = [s for s in assessment.map.snapshots if s.taken_on and (assessment.age(s.taken_on) or 0) >= 0]
    since = None
    for snapshot in sorted(dated, key=lambda snapshot: snapshot.taken_on or date.min)[::-1]:
        if not holds_the_same(snapshot, assessment.fingerprint):
            break
        since = snapshot.taken_on
    return since


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when snapshots exist and nothing has changed for as many days as the setting, or more."""
    if is_settled(assessment):
        return
    since = unchanged_since(assessment)
    days = assessment.age(since)
    if days is not None and days >= assessment.settings.unchanged_days:
        yield Raised("deal", {"since": since, "days": days})


RULE = Rule(
    code="RF909",
    name="map-unchanged",
    severity=Severity.MAJOR,
    title=Text("地图很久没有更新", "Map unchanged"),
    message=Text(
        "从 {since} 起 {days} 天，地图上一个字也没有改过。",
        "Nothing on the map has changed since {since}, for {days} days.",
    ),
    why=Text(
        "客户那边每周都在变；地图不动，不是没有进展，就是我们没有去了解。",
        "Things move on the customer's side every week; a map that stands still means no progress, or that nobody asked.",
    ),
    remedy=Text(
        "{by}向{informant}问清最近有什么变化，再逐行核对“关键人”“阶段”和“行动”三张表，改正过时的，补上新知道的。",
        "Ask {informant} {by} what has changed. Then go through the People, Stages and Actions sheets line by line: fix what is out of date and add what is new.",
    ),
    source="000",
    needs=(*(table.code for table in TABLES), "snapshots"),
    optional="snapshots",
    check=check,
    bad={
        "deal": {"as_of": "2026-06-30", "account": "华东机械"},
        "snapshots": [{"taken_on": "2026-06-09", "map": {"deal": {"as_of": "2026-06-09", "account": "华东机械"}}}],
    },
    good={
        "deal": {"as_of": "2026-06-30", "account": "华东机械"},
        "snapshots": [{"taken_on": "2026-06-10", "map": {"deal": {"as_of": "2026-06-10", "account": "华东机械"}}}],
    },
)
