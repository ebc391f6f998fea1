"""The people of a list: its heads found under titles, its columns matched, its words and scales put into ours.

What is no person is left out with the reason: groups, examples, totals, a second row with the same name.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any

from warmap.model import TABLE
from warmap.names import SEPARATORS, key
from warmap.parsing.convert import FALSE_WORDS, TRUE_WORDS, day
from warmap.parsing.no_entries import EXAMPLE, Above, no_entry
from warmap.placeholders import is_placeholder
from warmap.terms import BuyingRole, EvidenceGrade, Influence
from warmap.text import Text
from warmap_app.command import UserError
from warmap_app.listing import words_of
from warmap_app.people.aliases import ATTITUDES, NOTES, ROLE, TERMS, UNUSED, Aliases
from warmap_app.people.list_file import TITLES, ListSheet, Rows

CONTACTS = TABLE["contacts"]
NAMES = frozenset({"name", "first_name", "last_name"})
LONGEST_NAME, LONGEST_LINE, LONGEST_NOTE = 60, 200, 2_000  # characters
LEAST_ATTITUDES = 2  # columns with a cross: one alone may be about anything
CROSSES = TRUE_WORDS | {
    "x",
    "c",
    "v",
    "●",
    "•",
    "■",
}  # C is the current attitude in the matrix of the PMI, D the one wished for
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
SEVERAL = re.compile(SEPARATORS.pattern + r"|[/|]")
TIME_OF_DAY = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[T ].*")
SCALES = ((3, 3, 2), (5, 4, 3), (10, 7, 4))  # the largest figure; high from; medium from

NO_HEADS = Text(
    "名单 {path} 的前 {rows} 行里没有“姓名”一类的表头；用 --columns 写明它的列名",
    "the list {path} has no head such as “Name” in its first {rows} rows; tell its column names with --columns",
)
SCALE = Text("1–{most}：{high} 起为高，{medium} 起为中", "1–{most}: high from {high}, medium from {medium}")
CROSS = Text("打叉的一列", "the column with a cross")
AS_GUESS = Text("作为我方推测", "as our guess")
AS_TITLE = Text("里面是职务，不是采购角色", "it holds titles, no buying roles")
LINE = Text("{head}：{words}", "{head}: {words}")


class Why(Enum):
    """Why a row is left out."""

    NO_NAME = Text("没有姓名", "no name")
    GROUP = Text("是部门或群体，不是人", "a group, not a person")
    NO_ENTRY = Text("是示例、合计或说明", "an example, a total or a note")
    TOO_LONG = Text("姓名太长，不像人名", "too long for a name")
    TWICE = Text("同名的人前面已有一行，内容不同", "the name stands in an earlier row with something else beside it")
    OTHER_ACCOUNT = Text("属于另一个客户", "of another account")
    NO_ROOM = Text("“关键人”表放不下了", "there is no room left on People")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not taken: its number, what stands in it, the reason."""

    row: int
    words: str
    why: Why


@dataclass(slots=True)
class Person:
    """Somebody on the list: the row, what it says by the field of the map, and lines for the notes."""

    row: int
    name: str
    account: str = ""
    values: dict[str, Any] = dataclasses.field(default_factory=dict)
    notes: list[str] = dataclasses.field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Matched:
    """A column of the list: its head, the field it is taken as, and a remark on its words or scale."""

    head: str
    field: str
    remark: Text | None = None


@dataclass(slots=True)
class Listed:
    """What a list holds. `unmapped` are words that say nothing on the map, by the head of their column."""

    sheet: str
    head_row: int
    columns: list[Matched]
    people: list[Person] = dataclasses.field(default_factory=list)
    left_out: list[LeftOut] = dataclasses.field(default_factory=list)
    unmapped: dict[str, list[str]] = dataclasses.field(default_factory=dict)

    @property
    def accounts(self) -> list[str]:
        """The accounts of the people, each once."""
        return list({key(one.account): one.account for one in self.people if one.account}.values())


def likeness(known: Aliases, rows: Rows) -> int:
    """How many of the columns of the likeliest head row are known."""
    return max((len(found) for _, found in _head_rows(known, rows)), default=0)


def people_of(sheets: Sequence[ListSheet], known: Aliases, path: Path, today: date) -> Listed:
    """The people of the sheet whose heads are known best; no day may lie after `today`. UserError where none has heads."""
    best = max(
        ((len(found), -place, sheet, row) for place, sheet in enumerate(sheets) for row, found in _head_rows(known, sheet.rows)),
        key=lambda one: one[:2], default=None,
    )  # fmt: skip
    if best is None:
        raise UserError(NO_HEADS.filled(path=path, rows=TITLES))
    return _Reader(best[2], best[3], known, today).listed


def _head_rows(known: Aliases, rows: Rows) -> Iterator[tuple[int, set[str]]]:
    """The rows (from 0) that hold the head of a name, and the fields that their heads name."""
    for number, cells in enumerate(rows[:TITLES]):
        found = {field for cell in _below(known, rows, number, cells) if (field := known.field_of(cell)) is not None}
        if NAMES & found:
            yield number, found


def _below(known: Aliases, rows: Rows, number: int, cells: Sequence[object]) -> Sequence[object]:
    """The heads of a row; where a merged head stands over heads of its own (attitude, five columns), the lower ones."""
    under = rows[number + 1] if number + 1 < len(rows) else ()
    if sum(known.field_of(cell) in ATTITUDES for cell in under) < LEAST_ATTITUDES:
        return cells
    if any(cell is not None and known.field_of(head) in NAMES for head, cell in zip(cells, under, strict=False)):
        return cells
    return [low if low is not None else head for head, low in zip(cells, under, strict=False)]


def is_group(name: str) -> bool:
    """Whether a name is that of a department or of many people: IT, End users, 采购部."""
    words = [word for word in re.split(r"[^\w]+", key(name)) if word]
    if not words or HAN.search(name):
        return bool(_HAN_GROUP.fullmatch(key(name)))
    return not _MANY.isdisjoint(words) or _UNITS.issuperset(words)


MANY = (
    "team teams departments dept committee users customers clients suppliers vendors employees staff stakeholders managers "
    "engineers operators members personnel contractors consultants shareholders regulators unions council divisions"
)
UNITS = (
    "it ict hr finance accounting procurement purchasing legal compliance operations ops engineering production marketing "
    "sales logistics quality qa security maintenance management board executives leadership administration r d rd research "
    "development controlling treasury audit government media public community business group office unit warehouse "
    "department division project steering supply chain plant end user and of the senior top key internal external other all"
)
_MANY, _UNITS = frozenset(MANY.split()), frozenset(UNITS.split())
_FUNCTION = (
    "采购|财务|技术|信息|信息化|人事|人力资源|行政|生产|质量|质检|品质|设备|工程|销售|市场|法务|审计|运维|运营|研发|安全|"
    "后勤|总务|项目|计划|物流|仓储|工艺|动力|基建|企管|战略|管理|业务|产品|客服|数据|网络|监察|纪检|办公"
)
_HAN_GROUP = re.compile(
    r".+部|.*(?:部门|委员会|办公室|团队|小组|中心|公司|集团|事业部|车间|用户|员工|人员|供应商|客户|同事|群体|工会|领导班子|管理层)"
    rf"|.*(?:{_FUNCTION})(?:处|科|室|组|司|局|线|口)|(?:{_FUNCTION})+|(?:最终|全体|普通|一线)?(?:用户|员工|管理层|领导层|高层|中层|股东|政府|媒体|公众)"
)


class _Reader:
    """Reads one sheet below its heads."""

    def __init__(self, sheet: ListSheet, head_row: int, known: Aliases, today: date) -> None:
        self.known, self.today = known, today
        cells = sheet.rows[head_row]
        heads = _below(known, sheet.rows, head_row, cells)
        first = head_row + (2 if heads is not cells else 1)
        self.body = list(islice(enumerate(sheet.rows, 1), first, None))
        self.columns = self._columns(heads)
        self.scales: dict[int, tuple[int, int, int]] = {}
        self.remarks: dict[int, Text] = {}
        self._look_at_columns()
        matched = [
            Matched(" ".join(str(head).split()), self.columns.get(index, (UNUSED, ""))[0], self.remarks.get(index))
            for index, head in enumerate(heads)
            if head is not None
        ]
        self.listed = Listed(sheet.name, head_row + 1, matched)
        self._read()

    def _columns(self, heads: Sequence[object]) -> dict[int, tuple[str, str]]:
        """The columns that are taken: field and head. Of two with one field the first is, of notes each."""
        found: dict[int, tuple[str, str]] = {}
        taken: set[str] = set()
        fields = [self.known.field_of(head) for head in heads]
        attitudes = sum(field in ATTITUDES for field in fields)
        for index, (field, head) in enumerate(zip(fields, heads, strict=True)):
            is_alone = field in ATTITUDES and attitudes < LEAST_ATTITUDES
            if field is None or field == UNUSED or is_alone or (field in taken and field != NOTES):
                continue
            taken.add(field)
            found[index] = (field, " ".join(str(head).split()))
        return found

    def _look_at_columns(self) -> None:
        """Tell scales, and a column of roles that holds titles."""
        has_title = any(field == "title" for field, _ in self.columns.values())
        for index, (field, head) in list(self.columns.items()):
            words = [words_of(_at(cells, index)) for _, cells in self.body if _at(cells, index) is not None]
            if field == "influence":
                figures = [float(word) for word in words if re.fullmatch(r"\d{1,2}(?:\.\d+)?", word)]
                scale = next((one for one in SCALES if figures and max(figures) <= one[0]), None)
                if scale is not None:
                    self.scales[index] = scale
                    self.remarks[index] = SCALE.filled(most=scale[0], high=scale[1], medium=scale[2])
            elif field == ROLE and not has_title and 2 * sum(bool(self._roles(word)) for word in words) < len(words):
                self.columns[index] = ("title", head)
                self.remarks[index] = AS_TITLE
            if field in (*ATTITUDES, ROLE, "support", "decision_maker") and index not in self.remarks:
                self.remarks[index] = CROSS if field in ATTITUDES else AS_GUESS

    def _roles(self, words: str) -> list[Any]:
        parts = [part for part in SEVERAL.split(words) if part.strip()]
        return [found for part in [words, *parts] if (found := self.known.meaning(ROLE, part)) is not None]

    def _read(self) -> None:
        people: dict[str, Person] = {}
        for number, cells in self.body:
            held = {index: cell for index in self.columns if (cell := _at(cells, index)) is not None}
            if not held:
                continue
            name = self._name(held)
            why = _why_not(name, self._by_field(held))
            if why is not None:
                first = next(words_of(cell) for cell in held.values())
                self.listed.left_out.append(LeftOut(number, (name or first)[:LONGEST_NAME], why))
                continue
            person = self._person(number, name, held)
            there = people.get(key(name))
            if there is None:
                people[key(name)] = person
            elif not _joined(there, person):
                self.listed.left_out.append(LeftOut(number, name, Why.TWICE))
        self.listed.people = list(people.values())

    def _by_field(self, held: Mapping[int, object]) -> dict[str, object]:
        return {self.columns[index][0]: cell for index, cell in held.items()}

    def _name(self, held: Mapping[int, object]) -> str:
        """First and last joined: in Western order, and a Chinese name without a space, family name first."""
        cells = self._by_field(held)
        first, last, whole = (words_of(cells.get(name)) for name in ("first_name", "last_name", "name"))
        if whole or not (first or last):
            parts = [part.strip() for part in whole.split(",")]
            is_turned = len(parts) == 2 and all(re.fullmatch(r"[^\W\d_][\w'’. -]+", part) for part in parts)
            return f"{parts[1]} {parts[0]}" if is_turned and not HAN.search(whole) else whole
        return f"{last}{first}" if HAN.search(last + first) else f"{first} {last}".strip()

    def _person(self, row: int, name: str, held: Mapping[int, object]) -> Person:
        person = Person(row, name)
        crossed = [
            ATTITUDES[field] for field, cell in self._by_field(held).items() if field in ATTITUDES and _is_yes(cell)
        ]
        if len(crossed) == 1:
            person.values["support"] = crossed[0]
        for index, cell in held.items():
            if words_of(cell) and not is_placeholder(words_of(cell)):
                self._take_cell(person, index, cell)
        if person.values.keys() & {"buying_roles", "support"}:
            person.values["evidence_grade"] = EvidenceGrade.GUESS
        return person

    def _take_cell(self, person: Person, index: int, cell: object) -> None:
        field, head = self.columns[index]
        words = words_of(cell)[:LONGEST_NOTE]
        if field in {"title", "department", "reports_to", "counterpart"}:
            person.values[field] = words[:LONGEST_LINE]
        elif field == "account":
            person.account = words
        elif field == NOTES:
            person.notes.append(f"{head}: {words}")
        elif field == "last_contact":
            self._take_day(person, head, cell)
        elif field == "decision_maker" and _is_yes(cell):
            self._take(person, "buying_roles", BuyingRole.ECONOMIC)
        elif field == ROLE or field in TERMS:
            self._take_words(person, index, words)

    def _take_words(self, person: Person, index: int, words: str) -> None:
        field, head = self.columns[index]
        if index in self.scales and re.fullmatch(r"\d{1,2}(?:\.\d+)?", words):
            _, high, medium = self.scales[index]
            figure = float(words)
            term = Influence.HIGH if figure >= high else Influence.MEDIUM if figure >= medium else Influence.LOW
            person.values["influence"] = term
            return
        whole = self.known.meaning(field, words)
        for part in [words] if whole or field != ROLE else SEVERAL.split(words):
            found = self.known.meaning(field, part) if part.strip() else None
            if found is not None:
                self._take(person, found.field, found.term)
            elif part.strip():
                person.notes.append(f"{head}: {part.strip()}")
                self._not_mapped(head, part.strip())

    @staticmethod
    def _take(person: Person, field: str, term: Any) -> None:
        if field == "buying_roles":
            person.values[field] = person.values.get(field, frozenset()) | {term}
        else:
            person.values.setdefault(field, term)

    def _take_day(self, person: Person, head: str, cell: object) -> None:
        raw = (
            cell.date()
            if isinstance(cell, datetime)
            else TIME_OF_DAY.sub(r"\1", cell.strip())
            if isinstance(cell, str)
            else cell
        )
        found = day(CONTACTS.by_code["last_contact"], raw)
        if isinstance(found, date) and found <= self.today:
            person.values["last_contact"] = found
        else:
            self._not_mapped(head, words_of(cell))

    def _not_mapped(self, head: str, words: str) -> None:
        known = self.listed.unmapped.setdefault(head, [])
        if words not in known:
            known.append(words)


def _at(cells: Sequence[object], index: int) -> object:
    return cells[index] if index < len(cells) else None


def _is_yes(cell: object) -> bool:
    words = key(words_of(cell))
    return cell is True or (words in CROSSES and words not in FALSE_WORDS)


def _why_not(name: str, cells: Mapping[str, object]) -> Why | None:
    """Why a row is nobody's; None where it is somebody's."""
    if not name or is_placeholder(name):
        return Why.NO_NAME
    if no_entry(CONTACTS, {"name": name}, Above()) is not None or _says_example(cells.values()):
        return Why.NO_ENTRY
    if is_group(name):
        return Why.GROUP
    return Why.TOO_LONG if len(name) > LONGEST_NAME else None


def _says_example(cells: Iterable[object]) -> bool:
    """Whether a cell of a row says that the row is an example."""
    texts = (cell for cell in cells if isinstance(cell, str))
    return any(no_entry(CONTACTS, {"name": text}, Above()) is EXAMPLE for text in texts)


def _joined(there: Person, other: Person) -> bool:
    """Put two rows of one person together where neither contradicts the other; roles add up (one row a deal and role)."""
    merged = {**there.values, **other.values}
    if "buying_roles" in merged:
        both = (one.values.get("buying_roles", frozenset()) for one in (there, other))
        merged["buying_roles"] = frozenset().union(*both)
    clash = any(
        code in there.values and there.values[code] != value and code not in {"buying_roles", "last_contact"}
        for code, value in other.values.items()
    )
    if clash or (there.account and other.account and key(there.account) != key(other.account)):
        return False
    days = [one.values["last_contact"] for one in (there, other) if "last_contact" in one.values]
    there.values = {**merged, **({"last_contact": max(days)} if days else {})}
    there.account = there.account or other.account
    there.notes += [note for note in other.notes if note not in there.notes]
    return True
