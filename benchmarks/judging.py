"""Judging a full map that has been read: every score, flag and next action, against pydantic's validation of its rows."""

from __future__ import annotations

from collections.abc import Iterator

from big_map import big_map, snapshots
from measure import Candidate, Figure, call_time, compared
from workbooks import SNAPSHOTS

from warmap.judgement import Judgement, judge
from warmap.model import WarMap
from warmap.text import Text

JUDGED = Text(
    "评估一份 60 人的地图：全部得分、红旗、下一步", "judging a map of 60 contacts: all scores, flags, next actions"
)
WORDS = Text("同上，并写出每条消息和对策的文字", "the same, with the text of every message and remedy")
HISTORY = Text("同第一项，地图里存有 12 份快照", "the first, for a map that holds 12 snapshots of itself")
VALIDATED = Text("pydantic 验证这份地图的各行", "pydantic validating the rows of that map")


def ask_all(judgement: Judgement) -> Judgement:
    """Every score, the flags and the next actions, each of which is worked out when it is asked for."""
    _ = judgement.scores, judgement.flags, judgement.next_actions
    return judgement


def words(judgement: Judgement) -> int:
    """The words of every flag and of the next actions, in one language."""
    told = [said for flag in judgement.flags for said in (flag.message("en"), flag.remedy("en"))]
    return sum(map(len, [*told, *(line.remedy("en") for line in judgement.next_actions)]))


def judging(scale: float) -> Iterator[Figure]:
    """Each time a map judged for the first time."""
    data = big_map()
    war_map = WarMap.model_validate(data)
    with_history = WarMap.model_validate({**data, "snapshots": snapshots(SNAPSHOTS)})
    others = {
        JUDGED: Candidate(call_time(lambda: ask_all(judge(war_map)))),
        WORDS: Candidate(call_time(lambda: words(ask_all(judge(war_map))))),
        HISTORY: Candidate(call_time(lambda: ask_all(judge(with_history)))),
    }
    floor = call_time(lambda: WarMap.model_validate(data))
    yield from compared(VALIDATED, floor, others, round(60 * scale))
