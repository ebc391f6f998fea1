"""What the people of a list change on a map: new, changed, the same, and what they say otherwise than the map.

Only blanks are filled. What the map says stays, and is told beside what the list says; so a second import of the same
list changes nothing.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from warmap.model import TABLE, Contact, WarMap
from warmap.names import account_core, key
from warmap.terms import BuyingRole
from warmap.text import Lang, Text
from warmap_app.people.aliases import ATTITUDES
from warmap_app.people.listed import LeftOut, Listed, Person, Why
from warmap_workbook.editing.entries import Entries

CONTACTS = TABLE["contacts"].by_code
LABELS = {
    "first_name": Text("名", "First name"), "last_name": Text("姓", "Last name"), "account": TABLE["deal"].by_code["account"].label,
    "role": Text("角色", "Role"), "buying_roles": Text("角色", "Role"), "decision_maker": BuyingRole.ECONOMIC.label,
    **{field: term.label for field, term in ATTITUDES.items()},
}  # fmt: skip
JUDGED = ("buying_roles", "influence", "support", "contact_frequency")
PROVENANCE = Text("导入自 {file} 第 {row} 行（{day}）", "Imported from {file}, row {row}, on {day}")
GUESSED = Text("{said}；{what}是我方推测", "{said}; {what}: our guess")
SUPERIOR = Text("汇报给：{name}", "Reports to: {name}")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of somebody that the list says otherwise; ours stays."""

    row: int
    name: str
    field: str
    ours: Any
    theirs: Any


@dataclass(slots=True)
class Plan:
    """What to do: people to add, and by the place of a contact on the map what to fill in."""

    new: list[tuple[Person, Contact]] = field(default_factory=list)
    changed: dict[int, tuple[Person, dict[str, Any]]] = field(default_factory=dict)
    same: list[Person] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return not self.new and not self.changed


@dataclass(frozen=True, slots=True)
class Source:
    """Where the people come from, as the notes tell it: the file's name, the day, and the language."""

    file: str
    day: date
    lang: Lang


def of_account(listed: Listed, account: str | None) -> tuple[list[Person], list[LeftOut]]:
    """The people of one account, or of none that is named, and the others; all of them where no account is asked for."""
    mine: list[Person] = []
    others: list[LeftOut] = []
    for one in listed.people:
        if account is None or not one.account or _is_one_account(one.account, account):
            mine.append(one)
        else:
            others.append(LeftOut(one.row, f"{one.name} ({one.account})", Why.OTHER_ACCOUNT))
    return mine, others


def _is_one_account(one: str, other: str) -> bool:
    core = account_core(one)
    return key(one) == key(other) or bool(core and core == account_core(other))


def plan_of(war_map: WarMap, people: Iterable[Person], room: int, source: Source) -> Plan:
    """Compare people with those on a map that has `room` for more."""
    plan, people = Plan(), list(people)
    there = {key(one.name): place for place, one in enumerate(war_map.contacts) if one.name}
    fresh = [one for one in people if key(one.name) not in there]
    plan.left_out = [LeftOut(one.row, one.name, Why.NO_ROOM) for one in fresh[room:]]
    known = there.keys() | {key(one.name) for one in fresh[:room]}
    for person in people:
        if key(person.name) in there:
            _compare(plan, there[key(person.name)], war_map, _with_known_superior(person, known, source.lang), source)
    for one in fresh[:room]:
        person = _with_known_superior(one, known, source.lang)
        notes = "\n".join([*person.notes, _provenance(person.values, person, source)])
        plan.new.append((person, Contact.model_construct(name=person.name, notes=notes, **person.values)))
    return plan


def _with_known_superior(person: Person, known: Container[str], lang: Lang) -> Person:
    """A superior who is not on the map goes into the notes: the map's own column takes only people on it."""
    above = person.values.get("reports_to")
    if above is None or (key(above) in known and key(above) != key(person.name)):
        return person
    values = {code: value for code, value in person.values.items() if code != "reports_to"}
    return Person(person.row, person.name, person.account, values, [*person.notes, SUPERIOR.say(lang, {"name": above})])


def _provenance(values: Mapping[str, Any], person: Person, source: Source) -> str:
    said = PROVENANCE.say(source.lang, {"file": source.file, "row": person.row, "day": source.day})
    judged = [label_of(code, source.lang) for code in JUDGED if code in values]
    return GUESSED.say(source.lang, {"said": said, "what": judged}) if judged else said


def label_of(field: str, lang: Lang) -> str:
    """A field of the list or of the map as people know it."""
    label = LABELS.get(field)
    return label.to(lang) if label is not None else CONTACTS[field].label.to(lang)


def _compare(plan: Plan, place: int, war_map: WarMap, person: Person, source: Source) -> None:
    """Fill what is blank on the map, and note what is said otherwise."""
    ours, filled = war_map.contacts[place], dict[str, Any]()
    for code, theirs in person.values.items():
        mine = getattr(ours, code)
        if mine in (None, "", frozenset(), []):
            filled[code] = theirs
        elif code != "evidence_grade" and not _are_same(mine, theirs):
            plan.conflicts.append(Conflict(person.row, person.name, code, mine, theirs))
    if not filled.keys() & {"support", "buying_roles"} or ("support" not in filled and ours.support is not None):
        filled.pop("evidence_grade", None)  # it would grade a judgement of ours
    held = ours.notes or ""
    notes = [note for note in person.notes if key(note) not in key(held)]
    if filled or notes:
        filled["notes"] = "\n".join([*([held] if held else []), *notes, _provenance(filled, person, source)])
        plan.changed[place] = (person, filled)
    else:
        plan.same.append(person)


def _are_same(mine: Any, theirs: Any) -> bool:
    if isinstance(mine, frozenset):
        return mine.issuperset(theirs)
    return key(mine) == key(theirs) if type(mine) is str and type(theirs) is str else bool(mine == theirs)


def put_on(war_map: WarMap, plan: Plan) -> WarMap:
    """The map with everything that the plan says."""
    contacts = [
        one.model_copy(update=plan.changed[place][1]) if place in plan.changed else one
        for place, one in enumerate(war_map.contacts)
    ]
    return war_map.model_copy(update={"contacts": [*contacts, *(contact for _, contact in plan.new)]})


def enter(entries: Entries, plan: Plan) -> None:
    """The same in the cells of the workbook that the map was read from."""
    after = put_on(entries.reading.map, plan)
    for place in plan.changed:
        entries.change("contacts", place, after.contacts[place])
    for _, contact in plan.new:
        entries.add("contacts", contact)
