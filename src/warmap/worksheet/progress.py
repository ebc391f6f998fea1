"""The functions about the way so far: trust by pillar, win criteria, exit criteria, needs."""

from warmap.questions import what_to_ask
from warmap.scores.needs import need_log
from warmap.scores.stage import GateLine, stage_gates
from warmap.scores.stage_reached import stage_earned
from warmap.scores.trust import trust_of, trust_pillars
from warmap.terms import TrustPillar
from warmap.text import Text, spoken
from warmap.worksheet.declaration import Call, Function, Rows, Scalar, arguments, cell

DONE, NOT_DONE = "✓", "○"
WITHOUT_EVIDENCE = Text("缺证据", "No evidence")
LOOKS_DONE = Text("看来做到了（{fact}）：请确认", "Looks done ({fact}): confirm")
NOT_BORNE_OUT = Text("从地图上看还没有：{fact}", "Not by the map: {fact}")
CLAIMED = Text("◀ 申报在此", "◀ claimed")
EARNED = Text("◀ 实际在此", "◀ earned")
BOTH = Text("◀ 申报与实际都在此", "◀ claimed and earned")

SPIN_COVERAGE = Text("SPIN 覆盖", "SPIN coverage")
DEVELOPMENT = Text("需求明确化", "Need development")
LINKED = Text("明确需求中有我方能力的份额", "Explicit needs linked to a capability")
NEED_SCORE = Text("需求得分", "Need score")
UNASKED = Text("5W2H 还没问到几面", "5W2H aspects not asked yet")
UNANSWERED = Text("还没有回答：{kinds}", "Not answered yet: {kinds}")


def trust_pillar_rows(call: Call) -> Rows:
    """4 rows: pillar, score 0 … 100, people rated, weakest contact."""
    judgement = call.judgement
    rows: list[list[Scalar]] = []
    for pillar in TrustPillar:
        rated = [
            (rating.counted, contact.name or "")
            for contact in judgement.active
            if (rating := trust_of(judgement, contact).ratings.get(pillar)) is not None
        ]
        weakest = min(rated, key=lambda pair: pair[0])[1] if rated else ""
        score = trust_pillars(judgement)[pillar]
        rows.append([pillar.label.to(call.lang), "" if score is None else score, float(len(rated)), weakest])
    return rows


def win_checklist_rows(call: Call) -> Rows:
    """Rows: contact, role, criterion, status, evidence grade, what to ask next."""
    rows: list[list[Scalar]] = []
    for line, words in what_to_ask(call.judgement):
        terms = (line.role, line.criterion, line.status, line.grade)
        labels = [term.label.to(call.lang) for term in terms]
        rows.append([line.contact.name or "", *labels, words.to(call.lang) if words else ""])
    return rows


def stage_gate(call: Call) -> Rows:
    """16 rows: stage, exit criterion, done, ticked without evidence, what the map says; the stages claimed and earned."""
    claimed, earned = call.judgement.map.deal.stage, stage_earned(call.judgement)
    rows: list[list[Scalar]] = []
    before = None
    for line in stage_gates(call.judgement):
        mark = ""
        if line.stage is not before:
            if line.stage is earned:
                mark = (BOTH if earned is claimed else EARNED).to(call.lang)
            elif line.stage is claimed:
                mark = CLAIMED.to(call.lang)
        before = line.stage
        stage = f"{line.stage.number} {line.stage.label.to(call.lang)}"
        claimed_only = WITHOUT_EVIDENCE.to(call.lang) if line.claimed else ""
        done = DONE if line.done else NOT_DONE
        rows.append(
            [stage, line.criterion.label.to(call.lang), done, claimed_only, _what_the_map_says(line, call), mark]
        )
    return rows


def _what_the_map_says(line: GateLine, call: Call) -> str:
    """Worth saying only where it differs from the tick."""
    told = line.told
    if told is None or told.is_so == (line.done or line.claimed):
        return ""
    return (LOOKS_DONE if told.is_so else NOT_BORNE_OUT).say(call.lang, {"fact": told.fact})


def needs(call: Call) -> Rows:
    """SPIN coverage, development, linked share, need score, unasked aspects (5 rows); then the needs, highest ICE first."""
    log, lang = need_log(call.judgement), call.lang
    unanswered = UNANSWERED.say(lang, {"kinds": log.unanswered}) if log.unanswered else ""
    rows: list[list[Scalar]] = [
        [SPIN_COVERAGE.to(lang), cell(log.spin_coverage), "", unanswered],
        [DEVELOPMENT.to(lang), cell(log.development), "", ""],
        [LINKED.to(lang), cell(log.linked_share), "", ""],
        [NEED_SCORE.to(lang), cell(log.score), "", ""],
        [UNASKED.to(lang), float(len(log.unasked)), "", spoken(log.unasked, lang)],
    ]
    for need in log.ranked:
        row = need.row
        state = row.need_state.label.to(lang) if row.need_state else ""
        rows.append([row.answer or row.question or "", cell(need.ice), state, row.capability or ""])
    return rows


TRUST_PILLARS = Function(
    "TRUST_PILLARS",
    Text("四根支柱各自的信任分、评了几人、谁最弱", "Trust by pillar, people rated, the weakest contact"),
    arguments("contacts", "trust", "deal", required=2),
    Text("4 行", "4 rows"),
    trust_pillar_rows,
    (
        Text("支柱", "Pillar"),
        Text("得分", "Score"),
        Text("已评人数", "People rated"),
        Text("最弱的人", "Weakest contact"),
    ),
)
WIN_CHECKLIST = Function(
    "WIN_CHECKLIST",
    Text("每人每角色的六项赢标准，及下一步该问什么", "The six win criteria of every person and role, and what to ask next"),
    arguments("contacts", "wins"),
    Text("每项标准一行", "One row a criterion"),
    win_checklist_rows,
    (
        Text("联系人", "Contact"), Text("角色", "Role"), Text("标准", "Criterion"), Text("状态", "Status"),
        Text("依据", "Evidence grade"), Text("下一步问什么", "What to ask next"),
    ),
)  # fmt: skip
STAGE_GATE = Function(
    "STAGE_GATE",
    Text(
        "十六条阶段出口标准，申报的阶段与实际达到的阶段",
        "The sixteen exit criteria; the stage claimed and the stage earned",
    ),
    arguments("deal", "stage_evidence", "contacts", "competition", "negotiation", "visits", required=2),
    Text("16 行", "16 rows"),
    stage_gate,
    (
        Text("阶段", "Stage"), Text("出口标准", "Exit criterion"), Text("完成", "Done"), Text("只打了勾", "Only ticked"),
        Text("地图怎么说", "What the map says"), Text("位置", "Where we are"),
    ),
    earlier=arguments("deal", "stage_evidence", required=2),
)  # fmt: skip
NEEDS = Function(
    "NEEDS",
    Text("需求挖掘得多深，还有什么没问，哪些需求最值得做", "How deep the needs go, what has not been asked, which needs come first"),
    arguments("needs"),
    Text("前 5 行是各项份额（0 到 1），其后每个需求一行，ICE 高的在前", "5 rows of shares (0 … 1), then one row a need, highest ICE first"),
    needs,
    (
        Text("项目", "Item"), Text("数值 / ICE", "Value / ICE"), Text("需求状态", "Need state"),
        Text("我方能力 / 还缺什么", "Our capability / what is missing"),
    ),
)  # fmt: skip
