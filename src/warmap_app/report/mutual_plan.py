"""The customer's copy: the mutual plan as a page and as a workbook. Only what stands on this list goes into it.

Account, opportunity and objective; milestones counted back from the day of signing; actions that somebody on the
customer's side owns; what the customer said it needs, and the results agreed. No judgement, no name that the customer did
not give to an action, no price, nothing about rivals.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from warmap.judgement import Judgement
from warmap.model import Action, WarMap
from warmap.names import key
from warmap.parsing import Context
from warmap.scores.engagement import BACKED
from warmap.terms import ActionStatus, NeedState, ProcurementStage
from warmap.text import Lang, Text, is_blank
from warmap_app.listing import Listing, day_of, rows_in, words_of
from warmap_app.outputs.html import LANGUAGE_TAG, templates
from warmap_app.safe_text import one_line, shown

HERE = Path(__file__).parent
LONG, SPARE, MILESTONES_AT = 400, 12, 4
WRITTEN_ON = datetime(2000, 1, 1)  # noqa: DTZ001  the same plan is the same file
WORDS = {
    "title": Text("共同推进计划", "Mutual plan"), "objective": Text("目标", "Objective"),
    "milestones": Text("里程碑", "Milestones"), "by": Text("最晚", "By"), "step": Text("事项", "Step"),
    "theirs": Text("贵方负责人", "Your owner"), "ours": Text("我方负责人", "Our owner"), "due": Text("到期", "Due"),
    "state": Text("状态", "State"), "evidence": Text("完成的凭据", "Evidence of completion"),
    "steps": Text("双方要做的事", "What each side does"), "needs": Text("贵方提出的需求", "What you told us you need"),
    "results": Text("约定的结果", "Results agreed"), "none": Text("还没有", "None yet"),
}  # fmt: skip
FILL_IN = Text(
    "请直接修改或添加：负责人、到期、状态和完成的凭据；发回后我们逐行核对。",
    "Please change or add what differs: owners, days, state and evidence of completion; we go through every line you send back.",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a customer may see."""

    account: str
    opportunity: str
    objective: str
    milestones: Sequence[tuple[ProcurementStage, date | None]]
    actions: Sequence[Action]
    needs: Sequence[str]
    results: Sequence[str]

    @property
    def heading(self) -> str:
        """Account and opportunity."""
        return " — ".join(one_line(part, 80) for part in (self.account, self.opportunity) if part)


def plan_of(judgement: Judgement) -> Plan:
    """The allow-list: what is not named here does not leave the house."""
    war_map, deal = judgement.map, judgement.map.deal
    explicit = [need.answer for need in war_map.needs if need.need_state is NeedState.EXPLICIT]
    agreed = [row.measurable_result for row in war_map.wins if row.evidence_grade in BACKED]
    return Plan(
        deal.account or "", deal.opportunity or "", deal.objective or "", list(_milestones(judgement)),
        shared_actions(war_map), [text for text in explicit if text], [text for text in agreed if text],
    )  # fmt: skip


def shared_actions(war_map: WarMap) -> list[Action]:
    """The actions that somebody on the customer's side owns."""
    return [action for action in war_map.actions if not is_blank(action.customer_owner) and not is_blank(action.what)]


def _milestones(judgement: Judgement) -> Iterator[tuple[ProcurementStage, date | None]]:
    """Each stage of purchasing with the day by which it must be over for the day of signing to hold."""
    close, usual = judgement.map.deal.close_date, judgement.settings.stage_days
    after = sum(usual.get(stage.value, 0) for stage in ProcurementStage)
    for stage in ProcurementStage:
        after -= usual.get(stage.value, 0)
        if stage.value in usual:
            yield stage, None if close is None else close - timedelta(days=after)


def build_page(judgement: Judgement, lang: Lang) -> str:
    """The plan as a page that prints on A4, loads nothing and runs nothing."""
    plan = plan_of(judgement)
    steps = [[one_line(cell, LONG) for cell in _cells(action, lang)] for action in plan.actions]
    return templates(HERE).get_template("customer.html.j2").render(
        lang_tag=LANGUAGE_TAG[lang], words={name: text.to(lang) for name, text in WORDS.items()}, heading=plan.heading,
        objective=one_line(plan.objective, LONG), milestones=[(stage.label.to(lang), day or "") for stage, day in plan.milestones],
        heads=[WORDS[name].to(lang) for name in STEP_COLUMNS], steps=steps,
        needs=[one_line(text, LONG) for text in plan.needs], results=[one_line(text, LONG) for text in plan.results],
    )  # fmt: skip


STEP_COLUMNS = ("step", "theirs", "ours", "due", "state")


def _cells(action: Action, lang: Lang) -> list[str]:
    state = (action.status or ActionStatus.OPEN).label.to(lang)
    due = action.due.isoformat() if action.due else ""
    return [action.what or "", action.customer_owner or "", action.owner or "", due, state]


def build_plan(judgement: Judgement, lang: Lang) -> bytes:
    """The plan as a workbook that the customer fills in; it holds no formula, and every text is written as text."""
    from xlsxwriter import Workbook

    plan, out = plan_of(judgement), BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": WRITTEN_ON, "author": "", "company": ""})
    sheet = book.add_worksheet(WORDS["title"].to(lang))
    head = book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1, "text_wrap": True})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    # The heads stand in the first row, so that the sheet is read back as any list is.
    for place, name in enumerate((*STEP_COLUMNS, "evidence")):
        sheet.write_string(0, place, WORDS[name].to(lang), head)
    rows = [_cells(action, lang) for action in plan.actions]
    for row in range(max(len(rows), 1) + SPARE):
        for place in range(len(STEP_COLUMNS) + 1):
            words = rows[row][place] if row < len(rows) and place < len(STEP_COLUMNS) else ""
            sheet.write_string(1 + row, place, shown(words), cell)
    states = [status.label.to(lang) for status in ActionStatus]
    last = max(len(rows), 1) + SPARE
    sheet.data_validation(1, 4, last, 4, {"validate": "list", "source": states})
    for place, width in enumerate((44, 18, 18, 12, 12, 36)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.set_header(f"&L&14{_in_header(plan.heading)}")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    _milestone_sheet(book, plan, lang, head, cell)
    book.close()
    return out.getvalue()


def _milestone_sheet(book: Any, plan: Plan, lang: Lang, head: Any, cell: Any) -> None:
    """What the plan is for, and the days by which each stage must be over."""
    sheet = book.add_worksheet(WORDS["milestones"].to(lang))
    for row, words in enumerate((plan.heading, one_line(plan.objective, LONG), FILL_IN.to(lang))):
        sheet.write_string(row, 0, shown(words))
    for place, name in enumerate(("milestones", "by")):
        sheet.write_string(MILESTONES_AT, place, WORDS[name].to(lang), head)
    for row, (stage, by) in enumerate(plan.milestones, MILESTONES_AT + 1):
        sheet.write_string(row, 0, stage.label.to(lang), cell)
        sheet.write_string(row, 1, by.isoformat() if by else "", cell)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 14)


def _in_header(words: str) -> str:
    """Words in the header of a printed page, where & begins a code."""
    return shown(words).replace("&", "&&")[:200]


# -- reading it back ---------------------------------------------------------------------------------------------------

RETURNED = Listing(
    {name: tuple(WORDS[name]) for name in (*STEP_COLUMNS, "evidence")},
    (frozenset({"step"}), frozenset({"theirs"})),
    what=Text("{path}", "{path}"),
    no_heads=Text("{what} 不是作战地图，也不是共同推进计划", "{what} is neither a war map nor a mutual plan"),
)
NO_DAY = Text("{path} 第 {line} 行：“{value}”不是日期", "{path}, line {line}: “{value}” is no date")
PROOF = Text("{what}：凭据“{evidence}”", "{what}: evidence “{evidence}”")


def returned(path: Path, war_map: WarMap) -> tuple[WarMap, list[Text]]:
    """The map as a plan that came back would have it, and the evidence that the customer wrote beside its steps. UserError.

    A line is the action of the same words; a new one is a new action; a shared action that stands on no line is removed.
    What is no column of the plan stays as it is.
    """
    rows, context = rows_in(path, RETURNED)
    known = {key(action.what or ""): action for action in shared_actions(war_map)}
    actions = {id(action): action for action in war_map.actions}
    proofs, added, seen = [], [], set()
    for line, row in rows:
        what = words_of(row.get("step"))
        if not what:
            continue
        action = _with_row(known.get(key(what), Action(what=what)), row, path, line, context)
        seen.add(key(what))
        if key(what) in known:
            actions[id(known[key(what)])] = action
        else:
            added.append(action)
        if evidence := words_of(row.get("evidence")):
            proofs.append(PROOF.filled(what=what, evidence=evidence))
    gone = {id(action) for name, action in known.items() if name not in seen}
    kept = [action for place, action in actions.items() if place not in gone]
    return war_map.model_copy(update={"actions": [*kept, *added]}), proofs


def _with_row(action: Action, row: Mapping[str, Any], path: Path, line: int, context: Context) -> Action:
    due = day_of(row.get("due"), context, NO_DAY, path=path, line=line)
    said = key(words_of(row.get("state")))
    status = next((one for one in ActionStatus if said in {key(word) for word in one.label}), action.status)
    if status is ActionStatus.OPEN and action.status is None:
        status = None  # blank is open
    people = {"customer_owner": words_of(row.get("theirs")) or None, "owner": words_of(row.get("ours")) or None}
    return action.model_copy(update={**people, "due": due, "status": status})
