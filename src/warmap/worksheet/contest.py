"""NEEDS, COMPETITION, IDEAL_FIT, NEGOTIATION."""

from __future__ import annotations

from collections.abc import Mapping

from warmap.scores.competition import Lead
from warmap.terms import NegotiationPoint
from warmap.text import Text, spoken
from warmap.worksheet.declaration import LANG, ROWS, SETTINGS, Call, Function, Rows, Scalar, table_arguments
from warmap.worksheet.judgement import DONE, NOT_DONE

SPIN_COVERAGE = Text("SPIN 覆盖", "SPIN coverage")
DEVELOPMENT = Text("需求明确化", "Need development")
LINKED = Text("明确需求中有我方能力的份额", "Explicit needs linked to a capability")
NEED_SCORE = Text("需求得分", "Need score")
UNASKED = Text("5W2H 还没问到几面", "5W2H aspects not asked yet")
UNANSWERED = Text("还没有回答：{kinds}", "Not answered yet: {kinds}")

POSITION = Text("加权平均与竞争位置（−5 到 +5）", "Weighted means and position (−5 … +5)")
COMPETITION_SCORE = Text("竞争得分（0 到 100）", "Competition score (0 … 100)")
LEAD: Mapping[Lead, Text] = {
    "differentiator": Text("▲ 差异点", "▲ differentiator"), "gap": Text("▼ 差距", "▼ gap"), "": Text("", ""),
}  # fmt: skip

READINESS = Text("谈判准备度", "Readiness")
ZOPA = Text("谈判空间（ZOPA）", "Room for agreement (ZOPA)")
ROOM = Text("有空间 {currency}", "there is room {currency}")
NO_ROOM = Text(
    "没有空间：客户底线低于我方底价 {currency}",
    "no room: the customer's limit lies below our walk-away price {currency}",
)
MISSING: Mapping[NegotiationPoint, Text] = {
    NegotiationPoint.PRICES_IN_ORDER: Text("填全三个价格，并使开价 ≥ 目标价 ≥ 底价", "Give all three prices, with opening ≥ target ≥ walk-away"),
    NegotiationPoint.OUR_ALTERNATIVE: Text("写下谈不成我们怎么办", "Write down what we do without a deal"),
    NegotiationPoint.CUSTOMER_ALTERNATIVE: Text("写下谈不成客户怎么办", "Write down what the customer does without a deal"),
    NegotiationPoint.CONCESSION_WITH_GET: Text("至少为一条让步写明换什么", "For one concession or more, say what we get for it"),
    NegotiationPoint.FEELINGS: Text("记下客户的感受与顾虑", "Note how the customer feels about it"),
}  # fmt: skip


def _cell(value: float | None) -> Scalar:
    return "" if value is None else value


def needs(call: Call) -> Rows:
    """SPIN coverage, development, linked share, need score, unasked aspects (5 rows); then the needs, highest ICE first."""
    log, lang = call.judgement.need_log, call.lang
    unanswered = UNANSWERED.say(lang, {"kinds": log.unanswered}) if log.unanswered else ""
    rows: list[list[Scalar]] = [
        [SPIN_COVERAGE.to(lang), _cell(log.spin_coverage), "", unanswered],
        [DEVELOPMENT.to(lang), _cell(log.development), "", ""],
        [LINKED.to(lang), _cell(log.linked_share), "", ""],
        [NEED_SCORE.to(lang), _cell(log.score), "", ""],
        [UNASKED.to(lang), float(len(log.unasked)), "", spoken(log.unasked, lang)],
    ]
    for need in log.ranked:
        row = need.row
        state = row.need_state.label.to(lang) if row.need_state else ""
        rows.append([row.answer or row.question or "", _cell(need.ice), state, row.capability or ""])
    return rows


def competition(call: Call) -> Rows:
    """The weighted means with the position, the competition score (2 rows); then one row a criterion."""
    contest, lang = call.judgement.competition, call.lang
    best = contest.best_rival
    rows: list[list[Scalar]] = [
        [
            POSITION.to(lang), _cell(contest.our_mean), contest.means[best] if best else "", best or "",
            _cell(contest.position),
        ],
        [COMPETITION_SCORE.to(lang), "", "", "", _cell(contest.score)],
    ]  # fmt: skip
    for line in contest.lines:
        rivals = spoken(line.rivals, lang)
        rows.append([line.row.criterion or "", _cell(line.ours), _cell(line.best), rivals, LEAD[line.lead].to(lang)])
    return rows


def ideal_fit(call: Call) -> Rows:
    """1 row: fit 0 … 100 and the tier; both blank where nothing is scored."""
    tier = call.judgement.tier
    return [[_cell(call.judgement.fit), tier.value if tier else ""]]


def negotiation(call: Call) -> Rows:
    """7 rows: readiness 0 … 1, ZOPA in the deal's currency, then the five points with what is missing."""
    judgement, lang = call.judgement, call.lang
    room = judgement.zopa
    note = ""
    if room is not None:
        words = ROOM if room >= 0 else NO_ROOM
        note = words.say(lang, {"currency": judgement.map.deal.currency or ""}).strip()
    rows: list[list[Scalar]] = [
        [READINESS.to(lang), _cell(judgement.negotiation), ""],
        [ZOPA.to(lang), "" if room is None else float(room), note],
    ]
    for point, done in judgement.negotiation_points.items():
        hint = "" if done else MISSING[point].to(lang)
        rows.append([point.label.to(lang), DONE if done else NOT_DONE, hint])
    return rows


NEEDS = Function(
    "NEEDS",
    Text("需求挖掘得多深，还有什么没问，哪些需求最值得做", "How deep the needs go, what has not been asked, which needs come first"),
    (*table_arguments("needs"), SETTINGS, LANG, ROWS),
    Text("前 5 行是各项份额（0 到 1），其后每个需求一行，ICE 高的在前", "5 rows of shares (0 … 1), then one row a need, highest ICE first"),
    needs,
    "=WARMAP.NEEDS(wm_needs)",
    (
        Text("项目", "Item"), Text("数值 / ICE", "Value / ICE"), Text("需求状态", "Need state"),
        Text("我方能力 / 还缺什么", "Our capability / what is missing"),
    ),
)  # fmt: skip
COMPETITION = Function(
    "COMPETITION",
    Text("与最强对手逐项相比：差异点、差距和竞争位置", "Against the best rival, criterion by criterion: differentiators, gaps, position"),
    (*table_arguments("competition"), SETTINGS, LANG, ROWS),
    Text("第 1 行加权平均与位置，第 2 行得分，其后每项标准一行", "Row 1 means and position, row 2 the score, then one row a criterion"),
    competition,
    "=WARMAP.COMPETITION(wm_competition)",
    (
        Text("选型标准", "Criterion"), Text("我方", "Ours"), Text("最强对手得分", "Best rival's score"),
        Text("最强对手", "Best rival"), Text("差异点或差距", "Differentiator or gap"),
    ),
)  # fmt: skip
IDEAL_FIT = Function(
    "IDEAL_FIT",
    Text("与理想客户的匹配程度和等级", "How near the customer is to our ideal one, and the tier"),
    (*table_arguments("ideal_customer"), SETTINGS, LANG, ROWS),
    Text("1 行：得分（0 到 100）和等级（A 到 D）", "1 row: score (0 … 100) and tier (A … D)"),
    ideal_fit,
    "=WARMAP.IDEAL_FIT(wm_ideal_customer)",
    (Text("得分", "Score"), Text("等级", "Tier")),
)
NEGOTIATION = Function(
    "NEGOTIATION",
    Text(
        "谈判准备得怎样，有没有谈判空间，还缺什么",
        "How ready we are to negotiate, whether there is room, what is missing",
    ),
    (*table_arguments("negotiation", "deal"), SETTINGS, LANG, ROWS),
    Text(
        "7 行：准备度（0 到 1）、谈判空间、五项准备", "7 rows: readiness (0 … 1), room for agreement, the five points"
    ),
    negotiation,
    "=WARMAP.NEGOTIATION(wm_negotiation,wm_deal)",
    (Text("项目", "Item"), Text("数值", "Value"), Text("还缺什么", "What is missing")),
)
