"""How lists of people call their columns and what their words mean: the file that ships, and what a user adds to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warmap.names import key
from warmap.parsing.headers import header_key
from warmap.terms import BuyingRole, ContactFrequency, Influence, Support, Term, term_for
from warmap.text import SEMICOLON, Text, joined
from warmap_app.command import UserError
from warmap_app.load import NotParsed, parsed

SHIPPED = Path(__file__).with_name("columns.yaml")
ROLE, NOTES, UNUSED = "role", "notes", "unused"
PLAIN_FIELDS = (
    "name", "first_name", "last_name", "account", "title", "department", "reports_to", ROLE, "decision_maker",
    "influence", "support", "contact_frequency", "last_contact", "counterpart", NOTES, UNUSED,
)  # fmt: skip
ATTITUDES = {f"support.{term.value}": term for term in Support}
"""Columns of which one has a cross."""
FIELDS = (*PLAIN_FIELDS, *ATTITUDES)
TERMS: Mapping[str, type[Term]] = {"influence": Influence, "support": Support, "contact_frequency": ContactFrequency}
_NOT_OURS = "(do not modify)"  # how Dynamics 365 marks the columns that it needs itself

UNREADABLE = Text("列名文件 {path} 读不了：{why}", "the file of column names {path} cannot be read: {why}")
NO_FORM = Text(
    "列名文件 {path} 应有 heads（字段: [列名]）或 words（字段: 值: [词]）",
    "the file of column names {path} should have heads (field: [names]) or words (field: value: [words])",
)
WRONG = Text("列名文件 {path}：{faults}", "the file of column names {path}: {faults}")
NO_FIELD = Text("没有字段“{name}”；可用：{known}", "there is no field “{name}”; known are {known}")
NO_VALUE = Text("“{field}”没有值“{name}”；可用：{known}", "“{field}” has no value “{name}”; known are {known}")
NO_LIST = Text("“{name}”下应是一串文字", "a list of texts should stand under “{name}”")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word says: the field of the map, and its value."""

    field: str
    term: Term


class Aliases:
    """The names of columns and the words, by their keys."""

    def __init__(self) -> None:
        self.heads: dict[str, str] = {}
        self.words: dict[str, dict[str, Meaning]] = {}

    def field_of(self, head: object) -> str | None:
        """The field that a column's head names."""
        name = header_key(head).strip(":")
        return UNUSED if name.startswith(_NOT_OURS) else self.heads.get(name)

    def meaning(self, field: str, word: str) -> Meaning | None:
        """What a word in a column of that field says; None for one that is not known."""
        if (found := self.words.get(field, {}).get(key(word))) is not None:
            return found
        if field == ROLE:
            role = term_for(BuyingRole, word)
            return Meaning("buying_roles", role) if role is not None else None
        term = term_for(TERMS[field], word)
        return Meaning(field, term) if term is not None else None


def aliases(own: Path | None = None) -> Aliases:
    """Those that ship with the program, and before them a user's own. UserError."""
    found = Aliases()
    for path in (own, SHIPPED):
        if path is None:
            continue
        try:
            data: Any = parsed(path.read_bytes(), "columns.yaml")
        except NotParsed as error:
            raise UserError(UNREADABLE.filled(path=path, why=error.why[0].filled(**error.facts))) from None
        parts = [data.get(name, {}) for name in ("heads", "words")] if isinstance(data, dict) else []
        if not parts or not data.keys() <= {"heads", "words"} or not all(isinstance(part, dict) for part in parts):
            raise UserError(NO_FORM.filled(path=path))
        faults = [*_add_heads(found, parts[0]), *_add_words(found, parts[1])]
        if faults:
            raise UserError(WRONG.filled(path=path, faults=joined(faults[:5], SEMICOLON)))
    return found


def _add_heads(found: Aliases, heads: Mapping[Any, Any]) -> Iterator[Text]:
    for field, names in heads.items():
        if field not in FIELDS:
            yield NO_FIELD.filled(name=field, known=", ".join(FIELDS))
        elif not _are_texts(names):
            yield NO_LIST.filled(name=field)
        else:
            for name in names:
                found.heads.setdefault(header_key(name).strip(":"), field)


def _add_words(found: Aliases, words: Mapping[Any, Any]) -> Iterator[Text]:
    for field, values in words.items():
        if field not in (ROLE, *TERMS) or not isinstance(values, dict):
            yield NO_FIELD.filled(name=field, known=", ".join((ROLE, *TERMS)))
            continue
        known = _values(field)
        for name, texts in values.items():
            if name not in known:
                yield NO_VALUE.filled(field=field, name=name, known=", ".join(known))
            elif not _are_texts(texts):
                yield NO_LIST.filled(name=name)
            else:
                for text in texts:
                    found.words.setdefault(field, {}).setdefault(key(text), known[name])


def _values(field: str) -> dict[str, Meaning]:
    """What words of a field may say, by the name that the file gives it."""
    if field != ROLE:
        return {term.value: Meaning(field, term) for term in TERMS[field]}
    roles = {role.value: Meaning("buying_roles", role) for role in BuyingRole}
    others = {f"{name}.{term.value}": Meaning(name, term) for name, terms in TERMS.items() for term in terms}
    return roles | others


def _are_texts(names: object) -> bool:
    return isinstance(names, list) and all(isinstance(name, str) for name in names)
