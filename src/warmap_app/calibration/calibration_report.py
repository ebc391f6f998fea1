"""What a calibration says: its columns, each declared once for every output, its notes, and its tables on a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from warmap.scores import all_scores
from warmap.terms import HealthBand, Outcome
from warmap.text import Lang, Text, percent
from warmap.worksheet.score_functions import BAND_SIGN
from warmap_app.calibration.foretold import Course
from warmap_app.calibration.win_rates import RANGES, TOO_FEW, Rate
from warmap_app.outputs.columns import Column, Unit
from warmap_app.screen import BLANK, Head, Line, Part, Table, bold

TITLE = Text("健康度说中了多少", "Did health foretell the outcome?")
BY_BAND, BY_SCORE = Text("按分档", "By band"), Text("按得分", "By score")
BY_SCORE_FIRST = Text("按首次评估的得分", "By score at the first judgement")
HOW = Text("怎么算的", "How it is computed")
FIRST = Text("首次评估", "First judgement")
ALL, NOT_ASSESSED = Text("全部", "All"), Text("未评估", "Not assessed")
STAGE, SCORE, LEVEL = Text("申报阶段", "Stage claimed"), Text("得分", "Score"), Text("档次", "Level")
ENDED, SHARE = Text("已结束", "Ended"), Text("赢单率", "Share won")
INTERVAL = Text("95% 区间", "95% interval")
FORECAST, OPEN = Text("预测", "Forecast"), Text("未结束", "Open")
FEW, NONE_ENDED = Text("太少", "too few"), Text("都还没结束", "none has ended")
COUNTED = Text(
    "地图库里 {deals} 个商机：赢 {won}，丢 {lost}，客户搁置 {no_decision}，还在进行 {open}。进行中的不在任何赢单率里，只列出个数。",
    "Deals in the store: {deals}. Won {won}, lost {lost}, no decision {no_decision}, still open {open}: these are in no share "
    "and only counted.",
)
CHOSEN = Text(
    "每个商机在每个阶段只取第一份地图，且至少早于结局 {lead} 天；结局之后评的一律不算。每个商机在一行里只计一次。",
    "Of each deal the first map at every stage counts, judged at least {lead} day(s) before the outcome, never "
    "after it. A deal counts once in a row.",
)
TOO_LATE = Text(
    "{count} 个已结束的商机没有这样的地图，哪一行都不在。",
    "Deals that have ended without such a map, and are in no row: {count}.",
)
BETWEEN = Text("只看结局在 {first} 到 {last} 的商机。", "Only deals that ended from {first} to {last}.")
MEANING = Text(
    "赢单率 = 赢 ÷ 已结束（丢单和客户搁置都算没赢）。95% 区间按 Wilson 计算；已结束不足 {few} 个时只写“太少”，不给赢单率。"
    "“预测”是组合对这些已结束商机的平均估计（实际阶段的概率 × 健康度）。",
    "Won = won ÷ ended; lost and no decision are both not won. The 95% interval is Wilson's; below {few} ended deals there is no "
    "share, only “too few”. Forecast is what the portfolio expected of these ended deals on average (probability of the stage "
    "earned × health).",
)
AS_STORED = Text("得分是当时存入的。", "The scores are those stored at the time.")
SEVERAL_SETS = Text(
    "它们出自 {count} 组不同的设置；用 --settings 统一重评。",
    "They come from {count} different sets of settings; --settings judges all anew by one.",
)
JUDGED_ANEW = Text(
    "所有地图都按 {set} 在各自的评估日重新评过。", "All maps were judged anew by {set}, each on its own day."
)
REST = Text(
    "各阶段的每项得分：用 -o 写成 .xlsx、.html 或 .csv。",
    "For every score at every stage, write a file: -o with .xlsx, .html or .csv.",
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Everything a report shows. `sets` is how many sets of settings the stored scores follow, `anew` who judged instead."""

    courses: Sequence[Course]
    rates: Sequence[Rate]
    lead: int
    sets: int
    anew: Text | None = None
    between: tuple[object, object] | None = None

    @property
    def by_band(self) -> list[Rate]:
        """All deals, and the bands."""
        return [rate for rate in self.rates if rate.score in {"", "band"}]

    @property
    def by_score(self) -> list[Rate]:
        """Health and its components."""
        return [rate for rate in self.rates if rate.score not in {"", "band"}]


def notes(found: Calibration, lang: Lang) -> Iterator[str]:
    """What the reader must know: what was counted, which judgement was taken, what the figures mean."""
    how = [course.outcome for course in found.courses]
    yield COUNTED.say(lang, {"deals": len(how), **{outcome.value: how.count(outcome) for outcome in Outcome}})
    if found.between:
        first, last = found.between
        yield BETWEEN.say(lang, {"first": first or "…", "last": last or "…"})
    yield CHOSEN.say(lang, {"lead": found.lead})
    late = sum(course.outcome is not Outcome.OPEN and not course.firsts for course in found.courses)
    if late:
        yield TOO_LATE.say(lang, {"count": late})
    yield MEANING.say(lang, {"few": TOO_FEW})
    yield JUDGED_ANEW.say(lang, {"set": found.anew}) if found.anew else AS_STORED.to(lang)
    if found.sets > 1 and not found.anew:
        yield SEVERAL_SETS.say(lang, {"count": found.sets})


def level_said(rate: Rate, lang: Lang) -> str:
    """A band with its sign, a range of points, or all."""
    if not rate.score:
        return ALL.to(lang)
    if isinstance(rate.level, HealthBand):
        return f"{BAND_SIGN[rate.level]} {rate.level.label.to(lang)}"
    return NOT_ASSESSED.to(lang) if rate.level is None else "{}–{}".format(*RANGES[rate.level])


def remark(rate: Rate, lang: Lang) -> str:
    """Why there is no share."""
    return "" if not rate.is_few else (FEW if rate.ended else NONE_ENDED).to(lang)


def columns(lang: Lang) -> tuple[Column[Rate], ...]:
    """The columns of every file; the words in cells are those of one language."""

    def bound(place: int) -> Any:
        return lambda rate: rate.interval and rate.interval[place]

    def name(rate: Rate) -> str:
        return (
            BY_BAND.to(lang) if rate.score == "band" else all_scores()[rate.score].name.to(lang) if rate.score else ""
        )

    return (
        Column("stage", STAGE, lambda rate: (rate.stage.label if rate.stage else FIRST).to(lang), width=22),
        Column("score", SCORE, name, width=18),
        Column("level", LEVEL, lambda rate: level_said(rate, lang), width=16),
        Column("ended", ENDED, lambda rate: rate.ended, Unit.COUNT, 9),
        Column("won", Outcome.WON.label, lambda rate: rate.won, Unit.COUNT, 9),
        Column("lost", Outcome.LOST.label, lambda rate: rate.lost, Unit.COUNT, 9),
        Column("no_decision", Outcome.NO_DECISION.label, lambda rate: rate.no_decision, Unit.COUNT, 12),
        Column("share", Text("赢单率", "Share won"), lambda rate: rate.share, Unit.SHARE, 10),
        Column("low", Text("区间下限", "Interval from"), bound(0), Unit.SHARE, 10),
        Column("high", Text("区间上限", "Interval to"), bound(1), Unit.SHARE, 10),
        Column("claimed", Text("申报概率（平均）", "Claimed (mean)"), lambda rate: rate.claimed, Unit.SHARE, 11),
        Column("forecast", Text("预测（平均）", "Forecast (mean)"), lambda rate: rate.forecast, Unit.SHARE, 11),
        Column("open", OPEN, lambda rate: rate.still_open, Unit.COUNT, 9),
        Column("remark", Text("说明", "Remark"), lambda rate: remark(rate, lang) or None, width=16),
    )  # fmt: skip


def of_bands(lang: Lang) -> tuple[Column[Rate], ...]:
    """The same without the name of the score."""
    return tuple(column for column in columns(lang) if column.code != "score")


def calibration_table(found: Calibration, lang: Lang) -> Iterator[Part]:
    """What the terminal shows: the bands at every stage, the scores at the first judgement."""
    yield bold(TITLE.to(lang))
    yield _table(found.by_band, lang)
    yield BLANK
    yield bold(BY_SCORE_FIRST.to(lang))
    yield _table([rate for rate in found.by_score if rate.stage is None], lang)
    yield BLANK
    yield from map(Line, notes(found, lang))
    yield Line(REST.to(lang))


def _table(rates: Sequence[Rate], lang: Lang) -> Table:
    is_by_band = all(rate.stage or rate.score in {"", "band"} for rate in rates)
    heads = [Head(words, "figure") for words in (ENDED, Outcome.WON.label, SHARE, INTERVAL, FORECAST, OPEN)]
    table = Table([Head(STAGE if is_by_band else SCORE), Head(LEVEL), *heads], lang)
    for rate in rates:
        whose = (rate.stage.label if rate.stage else FIRST) if is_by_band else all_scores()[rate.score].name
        share = remark(rate, lang) or percent(rate.share)
        said = [rate.ended, rate.won, share, interval_said(rate), percent(rate.forecast), rate.still_open]
        table.add_row(whose.to(lang), level_said(rate, lang), *map(str, said))
    return table


def interval_said(rate: Rate) -> str:
    """Where the share lies, `63–90%`."""
    if rate.interval is None:
        return "–"
    low, high = (percent(bound) for bound in rate.interval)
    return f"{low.removesuffix('%')}–{high}"
