"""A map without anybody's name: each person is called by the role held, in every list and in every text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from warmap.evaluation import scores
from warmap.history import map_of, snapshot_of, undamaged
from warmap.judgement import Judgement
from warmap.model import TABLES, Contact, Model, Snapshot, WarMap
from warmap.names import key
from warmap.terms import BuyingRole
from warmap.text import Lang, Text

# Whoever decides is called by that first: it is what the analysis turns on.
CALLED_BY = (BuyingRole.ECONOMIC, BuyingRole.TECHNICAL, BuyingRole.USER, BuyingRole.COACH)
NUMBERED = Text("{role}{number}", "{role} {number}")
CONTACT, OURS = Text("联系人", "Contact"), Text("我方", "Our side")
SOMEBODY = Text("某人", "somebody")
HONORIFIC = "总经理|副总经理|总监|总工|总|董事长|董|经理|主任|处长|科长|局长|院长|主管|部长|厂长|行长|校长|书记|主席|工程师|工|老师|博士|教授|女士|先生|小姐"
ADDRESS = re.compile(  # bounded, because it is looked for in foreign text
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}|(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|\+\d[\d ()-]{7,20}\d"
)
HAN = re.compile(r"[\u3400-\u9fff]")
HIDDEN = "…"


def without_names(judgement: Judgement, lang: Lang) -> Judgement:
    """The same map with a role in place of each name, its snapshots too; addresses and telephone numbers are left out.

    A name is found whole, by its first or last part (of Latin letters), and as a Chinese surname with a title.
    """
    war_map = judgement.map
    earlier = [(snapshot, map_of(snapshot)) for snapshot in undamaged(war_map.snapshots)]
    replaced = _Replaced([war_map, *(then for _, then in earlier)], lang)
    snapshots = [_snapshot(snapshot, replaced.map(then), judgement) for snapshot, then in earlier]
    return Judgement(replaced.map(war_map).model_copy(update={"snapshots": snapshots}), judgement.settings)


def _snapshot(old: Snapshot, then: WarMap, judgement: Judgement) -> Snapshot:
    """A snapshot whose scores are those of the map as it is judged today: names count in none of them."""
    made = snapshot_of(then, scores(Judgement(then, judgement.settings)), old.taken_on or date.max)
    return made.model_copy(update={"taken_on": old.taken_on})


class _Replaced:
    """Who is called what, over all the maps of a file, and the patterns that find them in texts."""

    def __init__(self, maps: Iterable[WarMap], lang: Lang) -> None:
        self._called: dict[str, str] = {}
        self._lang = lang
        self._written: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for war_map in maps:
            for name, what in _people(war_map):
                if key(name) and key(name) not in self._called:
                    said = what.to(lang)
                    counts[said] += 1
                    self._called[key(name)] = NUMBERED.say(lang, {"role": said, "number": counts[said]})
                    self._written[name.strip()] = self._called[key(name)]
        self._patterns = list(_patterns(self._written, SOMEBODY.to(lang)))

    def map(self, war_map: WarMap) -> WarMap:
        """The map with every text replaced."""
        return war_map.model_copy(update={table.code: self._any(getattr(war_map, table.code)) for table in TABLES})

    def _any(self, value: Any) -> Any:
        if type(value) is str:
            return self._text(value)
        if isinstance(value, list):
            return [self._any(one) for one in value]
        if isinstance(value, dict):
            return {self._any(name): self._any(one) for name, one in value.items()}
        if isinstance(value, Model):
            return value.model_copy(update={name: self._any(one) for name, one in vars(value).items()})
        return value

    def _text(self, words: str) -> str:
        if (whole := self._called.get(key(words))) is not None:
            return whole
        for pattern, role in self._patterns:
            words = pattern.sub(role, words)
        return ADDRESS.sub(HIDDEN, words)


def _people(war_map: WarMap) -> Iterator[tuple[str, Text]]:
    """Every name of a map and what its bearer is; the customer's people first, since they are in the texts most often."""
    for contact in war_map.contacts:
        yield contact.name or "", _role(contact)
    for contact in war_map.contacts:
        for name in filter(None, (contact.reports_to, *contact.influenced_by)):
            yield name, CONTACT
    for table in (war_map.trust, war_map.wins, war_map.needs, war_map.objections):
        yield from ((getattr(row, "contact", None) or "", CONTACT) for row in table)
    for visit in war_map.visits:
        yield from ((name, CONTACT) for name in visit.contacts)
    yield from ((action.customer_owner or "", CONTACT) for action in war_map.actions)
    ours: list[str | None] = [war_map.deal.owner, *(contact.counterpart for contact in war_map.contacts)]
    ours += [action.owner for action in war_map.actions] + [resource.owner for resource in war_map.resources]
    ours += [review.reviewer for review in war_map.reviews]
    yield from ((name or "", OURS) for name in ours)


def _role(contact: Contact) -> Text:
    return next((role.label for role in CALLED_BY if role in contact.buying_roles), CONTACT)


def _patterns(
    written: dict[str, str], somebody: str
) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    """What is looked for in texts, the longest names first; then parts of names."""
    surnames: dict[str, set[str]] = {}
    parts: dict[str, set[str]] = {}
    for name, role in sorted(written.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        if HAN.search(name):
            yield re.compile(re.escape(name)), _always(role)
            surnames.setdefault(name[0], set()).add(role)
            if len(name) > 2:  # 建国 of 李建国, as colleagues say it
                yield re.compile(re.escape(name[1:])), _always(role)
        else:
            yield re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE), _always(role)
            for part in re.findall(r"\w{3,}", name):
                parts.setdefault(part.casefold(), set()).add(role)
    for part, roles in parts.items():
        yield re.compile(rf"\b{re.escape(part)}\b", re.IGNORECASE), _always(_one(roles, somebody))
    for surname, roles in surnames.items():
        yield re.compile(rf"[老小]?{surname}(?:{HONORIFIC})|[老小]{surname}"), _always(_one(roles, somebody))


def _one(roles: set[str], somebody: str) -> str:
    return next(iter(roles)) if len(roles) == 1 else somebody


def _always(role: str) -> Callable[[re.Match[str]], str]:
    """A replacement that is taken as it stands, whatever signs a role has."""
    return lambda _: role
