"""The functions that show scores: one of them, all, where health was lost, a reviewer's beside ours; and the words behind."""

from collections.abc import Sequence
from math import fsum

from warmap.flags import subject_label
from warmap.judgement import Judgement
from warmap.layout import placements
from warmap.model import Review
from warmap.parsing.headers import TablePlace
from warmap.reviews import ask_first, compared
from warmap.scores import Score, Value, all_scores, health, plan_quality, role_coverage, stage_reached, trust, win
from warmap.scores.health import Loss
from warmap.terms import HealthBand, HealthComponent, Term
from warmap.text import Lang, Text, half_up, percent, tenths
from warmap.worksheet.declaration import (
    ALL_TABLES,
    NEWEST,
    Call,
    Function,
    Rows,
    Scalar,
    arguments,
)

BAND_SIGN = {HealthBand.GREEN: "●", HealthBand.AMBER: "■", HealthBand.RED: "▲", HealthBand.INCOMPLETE: "◇"}
ASSESSED = Text("{part}：{value} 分（满分 100，占 {share}）", "{part}: {value} of 100 (weight {share})")
NOT_ASSESSED = Text("{part}：未评估，按 0 计（占 {share}）", "{part}: not assessed, counts 0 (weight {share})")
FLAG = Text("{code} {title}（{subject}，{severity}）", "{code} {title} ({subject}, {severity})")
MITIGATED = Text("{code} {title}（{subject}，{severity}，已应对）", "{code} {title} ({subject}, {severity}, answered)")
WAS = Text("原为{value}", "was {value}")
THE_REST = Text("其余 {count} 项合计", "{count} more, together")
NOT_KNOWN = Text("既不是得分也不是关键人", "neither a score nor a contact")
ASKED = 3  # questions on the Review sheet
NOTHING_TO_ASK = Text("没有：会牵动健康度的判断都有依据。", "Nothing: every judgement that moves health is backed.")
NOT_BY_US = Text("我方未评估", "not assessed by us")
NOTHING_TO_STAND_ON = Text("未评估：没有可依据的内容。", "Not assessed: there is nothing to stand on.")
GIVES_SCORE = Text("{score}：{value}。", "{score}: {value}. ")
GIVES = Text("{name} 算得 {value}：{help}。", "{name} gives {value}: {help}.")
GIVES_ROWS = Text("{name} 给出 {rows} 行：{help}。", "{name} gives {rows} rows: {help}.")


def scores(call: Call) -> Rows:
    """A row a score: its name, the value (a label for a word; empty where not assessed), the unit, why, the change.

    The change is the value now less that of the newest snapshot that differs, in the score's own unit; of a word, what
    it was; empty where either is not assessed, where a word is the same, and without a snapshot.
    """
    rows: list[list[Scalar]] = []
    earlier = call.before
    figures = earlier.scores(call.judgement.settings) if earlier else {}
    for code, value in call.judgement.scores.items():
        score = all_scores()[code]
        shown: Scalar = value.label.to(call.lang) if isinstance(value, Term) else "" if value is None else float(value)
        why = score.reason(call.judgement, call.lang)
        change = _change(value, figures.get(code), call.lang)
        rows.append([score.name.to(call.lang), shown, score.unit.to(call.lang), why, change])
    return rows


def _change(value: Value, old: float | str | None, lang: Lang) -> Scalar:
    if isinstance(value, Term):
        if not isinstance(old, str) or old == value.value:
            return ""
        label = next((term.label for term in type(value) if term.value == old), Text(old, old))
        return WAS.say(lang, {"value": label})
    return "" if value is None or not isinstance(old, int | float) else float(value) - old


def _what(loss: Loss, call: Call) -> str:
    """What a loss is for, in words."""
    what, judgement = loss.what, call.judgement
    if isinstance(what, HealthComponent):
        weights = judgement.settings.health_weight
        share = weights[what] / fsum(weights[part] for part in HealthComponent)
        value = judgement.health.components[what]
        words = NOT_ASSESSED if value is None else ASSESSED
        return words.say(call.lang, {"part": what, "share": percent(share), "value": tenths(value)})
    facts = {
        "code": what.code,
        "title": what.title,
        "subject": subject_label(what.subject, call.lang),
        "severity": what.severity,
    }
    return (MITIGATED if what.mitigated_by else FLAG).say(call.lang, facts)


def health_why(call: Call) -> Rows:
    """Rows: what, and how many points it costs, largest first; as shown they add up to 100 − health as shown.

    Where there are more rows than asked for, the last one sums up the rest.
    """
    found = call.judgement.health
    if found.score is None:
        return []
    whole = _in_tenths([loss.points for loss in found.losses], 1000 - round(10 * half_up(found.score, 1)))
    costing = sorted(
        ((points, loss) for points, loss in zip(whole, found.losses, strict=True) if points), key=_most_first
    )
    shown, rest = costing, costing[:0]
    if call.height is not None and len(costing) > call.height:
        shown, rest = costing[: call.height - 1], costing[call.height - 1 :]
    rows: list[list[Scalar]] = [[_what(loss, call), points / 10] for points, loss in shown]
    if rest:
        rows.append([THE_REST.say(call.lang, {"count": len(rest)}), sum(points for points, _ in rest) / 10])
    return rows


def _most_first(costing: tuple[int, Loss]) -> int:
    return -costing[0]


def _in_tenths(points: Sequence[float], total: int) -> list[int]:
    """Points as whole tenths that add up to a total of tenths: each rounded down, the largest remainders then up."""
    whole = [int(10 * point) for point in points]
    by_remainder = sorted(range(len(points)), key=lambda place: whole[place] - 10 * points[place])
    for place in by_remainder[: total - sum(whole)]:
        whole[place] += 1
    return whole


def _review_line(call: Call, review: Review) -> list[Scalar]:
    """Subject, our figure now (a label for what is no number), and the reviewer's figure less the rep's."""
    if not (review.subject or "").strip():
        return ["", "", ""]
    one = compared(call.judgement, review)
    if one is None:
        return [NOT_KNOWN.to(call.lang), "", ""]
    gap = "" if one.gap is None else -one.gap
    if isinstance(one.now, Term):
        return [one.name.to(call.lang), one.now.label.to(call.lang), gap]
    return [one.name.to(call.lang), NOT_BY_US.to(call.lang) if one.now is None else float(one.now), gap]


def review(call: Call) -> Rows:
    """One row for each row of the Review sheet, at its place; beside the first, what to ask first."""
    reviews = call.judgement.map.reviews
    place = (call.places or {}).get("reviews")
    rows = list(range(len(reviews)))
    if isinstance(place, TablePlace):
        top = placements()["reviews"].header_row + 1
        rows = [row - top for row in place.rows] if min(place.rows, default=top) >= top else rows
    asked: list[list[Scalar]] = [
        [doubt.question.to(call.lang), doubt.worth] for doubt in ask_first(call.judgement)[:ASKED]
    ]
    if not asked and call.judgement.contacts:
        asked = [[NOTHING_TO_ASK.to(call.lang), ""]]
    lines: list[list[Scalar]] = [[""] * 5 for _ in range(max(*rows, len(asked) - 1, -1) + 1)]
    for row, one in zip(rows, reviews, strict=True):
        lines[row][:3] = _review_line(call, one)
    for line, first in zip(lines, asked, strict=False):
        line[3:] = first
    return lines


def words_for(function: Function, result: Scalar | Rows, lang: Lang, judgement: Judgement) -> str:
    """Why a call of `function` on a judged map shows this result."""
    score = all_scores()[function.score] if function.score else None
    reason = score.reason(judgement, lang) if score else ""
    if result == "" or result is None:
        return reason or NOTHING_TO_STAND_ON.to(lang)
    if score and reason and isinstance(result, str | float | int):
        value = result if isinstance(result, str) else score.shown(result, lang)
        return GIVES_SCORE.say(lang, {"score": score.name, "value": value}) + reason
    facts = {"name": function.shown_name, "help": function.help}
    if function.columns and not isinstance(result, str | float):
        return GIVES_ROWS.say(lang, {**facts, "rows": sum(any(cell != "" for cell in row) for row in result)})
    return GIVES.say(lang, {**facts, "value": result})


def _one(name: str, score: Score, result: Text, *tables: str, required: int = 1) -> Function:
    """The function that shows one score, with the score's own words."""

    def compute(call: Call) -> Scalar:
        value = score.compute(call.judgement)
        return None if value is None else float(value)

    given = arguments(*tables, required=required, rows=False)
    return Function(name, score.help, given, result, compute, score=score.code)


ROLE_COVERAGE = _one("ROLE_COVERAGE", role_coverage.SCORE, Text("0 到 1", "0 … 1"), "contacts")
TRUST_SCORE = _one(
    "TRUST_SCORE",
    trust.SCORE,
    Text("0 到 100；无人评分时为空", "0 … 100; empty where nobody has been rated"),
    *("contacts", "trust", "deal"),
    required=2,
)
WIN_SCORE = _one(
    "WIN_SCORE",
    win.SCORE,
    Text("0 到 1；没有人担任角色时为空", "0 … 1; empty where nobody holds a role"),
    *("contacts", "wins"),
)
STAGE_REACHED = _one("STAGE_REACHED", stage_reached.SCORE, Text("1 到 6", "1 … 6"), "stage_evidence")
HEALTH = _one(
    "HEALTH",
    health.SCORE,
    Text("0 到 100；未评估的部分按 0 计", "0 … 100; what is not assessed counts 0"),
    *ALL_TABLES,
    required=2,
)
PLAN_QUALITY = _one("PLAN_QUALITY", plan_quality.SCORE, Text("0 到 100", "0 … 100"), *ALL_TABLES, required=2)
SCORES = Function(
    "SCORES",
    Text("全部得分一览", "Every score at a glance"),
    (*arguments(*ALL_TABLES, required=2), NEWEST),
    Text(
        "{count} 行：名称、数值（未评估为空）、单位、为什么、比上次快照变了多少",
        "{count} rows: name, value (empty where not assessed), unit, why, change since the newest snapshot",
    ).filled(count=len(all_scores())),
    scores,
    (
        Text("得分项", "Score"),
        Text("数值", "Value"),
        Text("单位", "Unit"),
        Text("为什么", "Why"),
        Text("比上次", "Change"),
    ),
)
HEALTH_WHY = Function(
    "HEALTH_WHY",
    Text("健康度的每一分丢在哪里，丢得多的在前", "Where every point of health went, the largest loss first"),
    arguments(*ALL_TABLES, required=2),
    Text(
        "每项一行，合计等于 100 减健康度；负数是上限退回的分",
        "One row an item, adding up to 100 − health; a minus is what a limit gave back",
    ),
    health_why,
    (Text("丢分原因", "What"), Text("丢了几分", "Points lost")),
)
REVIEW = Function(
    "REVIEW",
    Text(
        "复核人的判断与我方的并列，差多少；复核先问什么",
        "The reviewer's figure beside ours, and the gap; what a review asks first",
    ),
    arguments(*ALL_TABLES, required=2),
    Text(
        "复核表每行一行：对象、我方数值、差距；前三行另有先问什么、牵动几分",
        "One row for each review: subject, our figure, gap; in the first three also what to ask first, and the points at stake",
    ),
    review,
    (
        Text("复核的是", "Reviewed"),
        Text("我方现值", "Our figure now"),
        Text("差距（复核 − 销售）", "Gap (review − rep)"),
        Text("先问什么", "Ask first"),
        Text("牵动几分", "Points at stake"),
    ),
)
