"""CHECK and THIS_WEEK: what is wrong in the entries, and what is stale, open, overdue or missing, each with its cell."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warmap.findings import Finding
from warmap.flags import is_live, is_overdue
from warmap.layout import TABS, placements, tab_name
from warmap.model import TABLE, Contact
from warmap.parsing import Place
from warmap.parsing.between_days import newest_day
from warmap.parsing.cross import map_findings, places_of
from warmap.parsing.headers import TablePlace, at, column_number
from warmap.rules.rf902_objection_left_open import is_open
from warmap.rules.rule import NAME_MISSING, person, quoted
from warmap.scores.engagement import never_met
from warmap.scores.role_coverage import roles
from warmap.subjects import named_in
from warmap.terms import BuyingRole, Influence, RoleState, Severity, key
from warmap.text import LANGUAGES, Text, is_blank
from warmap.worksheet.declaration import ALL_TABLES, Call, Function, Rows, arguments

TAB_PLACE: Mapping[str, int] = {tab.name.to(lang): place for place, tab in enumerate(TABS) for lang in LANGUAGES}
CELL = re.compile(r"([A-Z]*)(\d*)")
JUDGED_BEFORE = Text("把“{field}”改到今天：已经填了 {day} 的事", "Set “{field}” to today: something happened on {day}")
CLOSE_PASSED = Text("预计成交日 {day} 已过，还没有签约", "The close date, {day}, has passed without a contract")
FILL_IN = Text("填写“{field}”", "Fill in “{field}”")
NOBODY = Text("找到“{role}”：还没有人担任", "Find the “{role}”: nobody holds this role yet")
BEGIN = Text("写下您知道的第一批人", "Enter the first people you know of")
QUIET = Text("联系{who}：已 {days} 天没有接触", "Contact {who}: {days} days without contact")
RECHECK = Text(
    "重新核实{who}的支持度：判断没有日期或已过时",
    "Check {who}'s support again: the judgement is undated or out of date",
)
ASK = Text("弄清{who}的“{field}”", "Find out {who}'s “{field}”")
OURS_TO_SAY = Text("填写{who}的“{field}”", "Fill in “{field}” for {who}")
LATE = Text("行动“{what}”{due} 到期，{owner}还没有做完", "The action “{what}” of {owner} was due on {due}")
NO_RESULT = Text("补写 {day} 拜访的结果：“{goal}”", "Write down what came of the visit of {day}: “{goal}”")
OBJECTION = Text(
    "了结{who}的异议“{what}”：悬而未决 {days} 天", "Settle the objection of {who}, “{what}”: open for {days} days"
)
HEAVY_ROLES = frozenset({BuyingRole.COACH, BuyingRole.ECONOMIC})


def found(call: Call) -> tuple[Sequence[Finding], Mapping[str, Place]]:
    """The findings about the tables of a call, and where the tables stand."""
    war_map = call.judgement.map
    if call.findings is None or call.places is None:
        places: Mapping[str, Place] = places_of(war_map, call.lang) if call.places is None else call.places
        return map_findings(war_map, places), places
    return call.findings(), call.places


def in_order(finding: Finding) -> tuple[int, int, int, int, str, str]:
    """By severity, then as one meets the cells: tab, row, column."""
    match = CELL.match(finding.cell)
    letters, digits = match.groups() if match else ("", "")
    tab = TAB_PLACE.get(finding.sheet, len(TABS))
    return (finding.severity.place, tab, int(digits or 0), column_number(letters), finding.code, finding.field)


def check(call: Call) -> Rows:
    """Rows: sheet, cell, code, message, hint; the heavy ones first, then in the order of the sheets."""
    lang = call.lang
    findings = sorted(found(call)[0], key=in_order)
    return [[item.sheet, item.cell, item.code, item.message(lang), item.hint(lang)] for item in findings]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: how heavy, the weight of the person, the day it concerns, the words, the cell to fix."""

    severity: Severity
    what: str
    where: str
    weight: float = 0.0
    day: date | None = None

    @property
    def order(self) -> tuple[int, float, date]:
        """Heaviest first, then the person's influence, then the date."""
        return (self.severity.place, -self.weight, self.day or date.max)


def reference(sheet: str, cell: str) -> str:
    """A cell as a formula names it: `'关键人'!M7`; empty where the cell is not known."""
    return "'{}'!{}".format(sheet.replace("'", "''"), cell) if sheet and cell else ""


class Week:
    """Gathers the lines for one map."""

    def __init__(self, call: Call) -> None:
        self.judgement = call.judgement
        self.lang = call.lang
        self.findings, self.places = found(call)
        self.index = {id(contact): index for index, contact in enumerate(self.judgement.map.contacts)}

    def lines(self) -> list[Line]:
        """All lines in order."""
        sources = (self._as_of(), self._close(), self._required(), self._roles(), self._people(), self._objections(), self._visits(),
                   self._actions())  # fmt: skip
        return sorted((line for source in sources for line in source), key=lambda line: line.order)

    def _at(self, table: str, index: int, field: str) -> str:
        return reference(*at(self.places, table, index, field))

    def _say(self, text: Text, **facts: object) -> str:
        return text.say(self.lang, facts)

    def _as_of(self) -> Iterator[Line]:
        """The day of judging lies before the newest entry: the first thing to set, for every age counts from it."""
        newest, as_of = newest_day(self.judgement.map), self.judgement.as_of
        if newest is not None and as_of is not None and newest > as_of:
            words = self._say(JUDGED_BEFORE, field=TABLE["deal"].by_code["as_of"].label, day=newest)
            yield Line(Severity.CRITICAL, words, self._at("deal", 0, "as_of"), math.inf, newest)

    def _close(self) -> Iterator[Line]:
        """The close date lies before the day of judging (RF505)."""
        deal, late = self.judgement.map.deal, self.judgement.age(self.judgement.map.deal.close_date)
        if late is not None and late > 0 and self.judgement.stage < 5:
            words = self._say(CLOSE_PASSED, day=deal.close_date)
            yield Line(Severity.CRITICAL, words, self._at("deal", 0, "close_date"), day=deal.close_date)

    def _required(self) -> Iterator[Line]:
        """Required fields that are empty (DV201)."""
        for finding in self.findings:
            if finding.code == "DV201":
                words = self._say(FILL_IN, field=finding.facts["field"])
                yield Line(Severity.MAJOR, words, reference(finding.sheet, finding.cell))

    def _roles(self) -> Iterator[Line]:
        """Roles that nobody holds (RF101, RF201, RF203, RF204): the first free row of People; of an empty table, people."""
        if not self.judgement.map.contacts:
            yield Line(Severity.MAJOR, self._say(BEGIN), free_row(self.places, self.lang))
            return
        for role, score in roles(self.judgement).items():
            if score.state is RoleState.MISSING:
                severity = Severity.CRITICAL if role in HEAVY_ROLES else Severity.MAJOR
                yield Line(severity, self._say(NOBODY, role=role), free_row(self.places, self.lang))

    def _people(self) -> Iterator[Line]:
        """What is stale (RF306, RF309) or unknown about somebody."""
        contacts = {key(contact.name or ""): contact for contact in self.judgement.active}
        for flag in self.judgement.flags:
            contact = contacts.get(key(flag.subject))
            if contact is not None and flag.code in {"RF306", "RF309"}:
                field, text = ("last_contact", QUIET) if flag.code == "RF306" else ("assessed_on", RECHECK)
                words = self._say(text, who=contact.name, days=flag.facts.get("days", ""))
                yield self._of(contact, field, flag.severity, words, getattr(contact, field))
        for contact in contacts.values():
            yield from self._unknown(contact)

    def _unknown(self, contact: Contact) -> Iterator[Line]:
        """Influence and support of whoever holds a role, and how often anybody is contacted.

        Where somebody stands whom nobody has met is not asked yet: the red flags say how to get the first meeting.
        """
        told = {
            "influence": bool(contact.buying_roles),
            "support": bool(contact.buying_roles) and not never_met(contact),
        }
        for field in ("influence", "support", "contact_frequency"):
            if told.get(field, True) and getattr(contact, field) is None:
                heavy = contact.influence is Influence.HIGH  # RF302, RF303
                label = TABLE["contacts"].by_code[field].label
                words = self._say(ASK if field in told else OURS_TO_SAY, who=contact.name, field=label)
                yield self._of(contact, field, Severity.MAJOR if heavy else Severity.MINOR, words)

    def _of(self, contact: Contact, field: str, severity: Severity, words: str, day: date | None = None) -> Line:
        where = self._at("contacts", self.index[id(contact)], field)
        return Line(severity, words, where, self.judgement.weight(contact), day)

    def _objections(self) -> Iterator[Line]:
        """Objections open past the limit (RF902)."""
        judgement, limit = self.judgement, self.judgement.settings.objection_open_days
        for index, row in enumerate(judgement.map.objections):
            days = judgement.age(row.raised_on)
            if days is not None and days > limit and is_open(row, judgement):
                contact = person(judgement, row.contact)
                heavy = contact in judgement.high_influence
                words = self._say(OBJECTION, who=row.contact or NAME_MISSING, what=quoted(row.objection), days=days)
                severity = Severity.CRITICAL if heavy else Severity.MAJOR
                weight = judgement.weight(contact) if contact else 0.0
                yield Line(severity, words, self._at("objections", index, "closed_on"), weight, row.raised_on)

    def _visits(self) -> Iterator[Line]:
        """Past visits without a result (RF904)."""
        for index, visit in enumerate(self.judgement.map.visits):
            age = self.judgement.age(visit.date)
            if age is not None and age > 0 and is_blank(visit.actual_result):
                words = self._say(NO_RESULT, day=visit.date, goal=quoted(visit.goal))
                weight = self._heaviest(visit.contacts)
                yield Line(Severity.MAJOR, words, self._at("visits", index, "actual_result"), weight, visit.date)

    def _actions(self) -> Iterator[Line]:
        """Overdue actions (RF905)."""
        for index, action in enumerate(self.judgement.map.actions):
            if is_live(action) and is_overdue(action, self.judgement.as_of):
                facts = {"what": quoted(action.what), "owner": action.owner or NAME_MISSING, "due": action.due}
                words, where = self._say(LATE, **facts), self._at("actions", index, "due")
                yield Line(
                    Severity.MINOR,
                    words,
                    where,
                    self._heaviest(named_in(action.about, self.judgement.contacts).subjects),
                    action.due,
                )

    def _heaviest(self, names: Iterable[str]) -> float:
        people = (self.judgement.contacts.get(key(name)) for name in names)
        return max((self.judgement.weight(contact) for contact in people if contact), default=0.0)


def free_row(places: Mapping[str, Place], lang: str) -> str:
    """The name cell of the first row of People that holds nobody."""
    home = placements()["contacts"]
    place = places.get("contacts")
    column = "name"
    if not isinstance(place, TablePlace):
        sheet = tab_name(home.tab.code, "en" if lang == "en" else "zh")
        place = TablePlace(sheet, {column: home.left}, ())
    taken = set(place.rows)
    row = next(row for row in range(home.header_row + 1, home.header_row + len(taken) + 2) if row not in taken)
    return reference(place.sheet, TablePlace(place.sheet, place.columns, [row]).cell(0, column))


def this_week(call: Call) -> Rows:
    """Rows: what to do, and the cell to fix, such as `'关键人'!M7`."""
    return [[line.what, line.where] for line in Week(call).lines()]


CHECK = Function(
    "CHECK",
    Text("填写中的问题：在哪一格、是什么、怎么改", "What is wrong in the entries: which cell, what, and how to fix it"),
    arguments(*ALL_TABLES, required=2),
    Text(
        "每个问题一行，与 warmap check 一致；表格上方或左侧插入过行列时，单元格按模板的位置给出",
        "One row a finding, the same as `warmap check`; cells are those of the template's layout",
    ),
    check,
    (
        Text("工作表", "Sheet"), Text("单元格", "Cell"), Text("检查代码", "Check"), Text("发现", "Finding"),
        Text("怎么改", "How to fix it"),
    ),
)  # fmt: skip
THIS_WEEK = Function(
    "THIS_WEEK",
    Text("本周要补的：过时的、悬而未决的、逾期的、缺的", "This week: what is stale, open, overdue or missing"),
    arguments(*ALL_TABLES, required=2),
    Text(
        "每件事一行，重的在前；第二列是要改的单元格",
        "One row a thing, the heaviest first; the second column is the cell to fix",
    ),
    this_week,
    (Text("本周要做", "To do this week"), Text("改哪一格", "Cell to fix")),
)
