"""What an `about` or `answers` may name: a rule's code, a contact, a role, a stage, the deal (specification, section 4)."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from pkgutil import iter_modules

from warmap.names import key, parted
from warmap.terms import BuyingRole, ProcurementStage, term_for
from warmap.text import Text

DEAL = "deal"
DEAL_LABEL = Text("整个商机", "The deal")
SEPARATORS = re.compile(r"[、，,;；:：/|\n]+")
RULE_CODE = re.compile(r"(?<![a-z0-9])rf\d{3}(?![0-9])")
DEAL_WORDS = frozenset(key(word) for word in (DEAL, DEAL_LABEL.zh, DEAL_LABEL.en, "商机"))
NONE: frozenset[str] = frozenset()


@cache
def rule_codes() -> frozenset[str]:
    """The codes of the rules, as `key` writes them; their files' names tell them, so that no rule need be imported."""
    folder = str(Path(__file__).with_name("rules"))
    return frozenset(module.name[:5] for module in iter_modules([folder]) if RULE_CODE.match(module.name[:5]))


@lru_cache(maxsize=1024)
def role_or_stage(text: str) -> BuyingRole | ProcurementStage | None:
    """The role or stage that a text names."""
    return term_for(BuyingRole, text) or term_for(ProcurementStage, text)


def tokens(texts: Iterable[str | None], people: Container[str] = NONE) -> Iterator[str]:
    """What texts name, spelled so that it can be compared; roles and stages by their code.

    `people` are the keys of the contacts' names, one of which may hold a separator.
    """
    for text in texts:
        if not text:
            continue
        yield from RULE_CODE.findall(key(text))
        for part in {text, *SEPARATORS.split(text), *parted(text, people)}:
            if name := key(part):
                yield name  # a person may be called what a role is called
                if name in DEAL_WORDS:
                    yield DEAL
                elif term := role_or_stage(name):
                    yield key(term.value)


MOST_NAMED = 3
"""Entries of an `about` that count: a line that names everybody answers nobody."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a line of the plan says it answers: rule codes, and subjects as flags have them, both as `key` writes them."""

    codes: frozenset[str]
    subjects: Sequence[str]

    def meets(self, code: str, subject: str) -> bool:
        """Whether it names a flag's code, and where it names subjects too, the flag's subject."""
        return key(code) in self.codes and (not self.subjects or key(subject) in self.subjects)


def named_in(entries: Sequence[str], people: Container[str]) -> Named:
    """The codes and subjects that the entries that count name; `people` are the keys of the names on the map."""
    codes: set[str] = set()
    subjects: dict[str, None] = {}
    for name in tokens(entries[:MOST_NAMED], people):
        if RULE_CODE.fullmatch(name):
            codes.add(name)
        elif name in people or name == DEAL or role_or_stage(name) is not None:
            subjects[key(term.value) if name not in people and (term := role_or_stage(name)) else name] = None
    return Named(frozenset(codes), list(subjects))


class Nameable(Container[str]):
    """Every word, as `key` writes it, that an `about` or `answers` may name."""

    def __init__(self, people: Container[str]) -> None:
        self._people = people

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        return name in self._people or name in DEAL_WORDS or name in rule_codes() or role_or_stage(name) is not None


def unknown_codes(text: str) -> list[str]:
    """The rule codes in a text that no rule has, as they are written."""
    return [code.upper() for code in RULE_CODE.findall(key(text)) if code not in rule_codes()]


def names_nothing(text: str, people: Container[str]) -> bool:
    """Whether a text names nothing: no code, not even one that no rule has, no contact, role or stage, not the deal."""
    known = Nameable(people)
    return not any(RULE_CODE.fullmatch(name) or name in known for name in tokens([text], people))
