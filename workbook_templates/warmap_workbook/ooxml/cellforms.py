"""What a cell holds, by the way it is written: worked out once for all cells of a book that are written alike."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias
from xml.etree.ElementTree import Element

from .plaintext import NotPlain, formula_element, text_of
from .strings import Numbered, unescape
from .tables import BOOLEANS, Tables, number
from .values import ErrorValue, Formula, Value

_TEXTS = ("str", "inlineStr")
_HEAD = re.compile(
    r'(?: s="([0-9]++)")?+(?: t="(n|s|b|e|str|inlineStr)")?+(?: cm="[0-9]++")?+(?: vm="[0-9]++")?+ ?+(/?)'
)
_CLOSED, _DATE = "closed", "date"  # kinds of our own: no content; a number in a style that shows dates
_NUMBERS = frozenset({"n", _DATE})
_EMPTY = frozenset({"</c>", "<v/></c>", "<v /></c>"})
_MOST_KNOWN = 20_000
_END = "</v></c>"
_OPENED, _PRESERVED, _TEXT_END = "<is><t>", '<is><t xml:space="preserve">', "</t></is></c>"
_SHORT = 128  # characters: the headers and helps of a template stand in every book
_INSIDES = Numbered("<v>", _END)


Content: TypeAlias = "tuple[Value | None, Formula | Element | None, bool]"
"""What one cell holds where it is not simply a value: its value, its formula, and whether the value is a date."""
NOTHING: Content = (None, None, False)


@lru_cache(maxsize=8192)
def _short_text(inside: str) -> str | None:
    """The text inside a cell that holds a short plain one; None for any other."""
    start = _PRESERVED if inside.startswith(_PRESERVED) else _OPENED
    text = inside[len(start) : -len(_TEXT_END)]
    is_plain = inside == f"{start}{text}{_TEXT_END}" and not any(mark in text for mark in ("<", ">", "&", "_x"))
    return text if is_plain else None


class CellForms:
    """The cells of one book by what follows their reference, such as ` s="4" t="s"><v>12</v></c>`.

    NotPlain for a form that the usual programs do not write, ParseError for broken markup.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        texts = (tables.strings or {}).values()  # in the order of their indexes
        self._strings = dict(zip(_INSIDES.words(len(texts)), texts, strict=False))
        self._heads: dict[str, str] = {}
        self.known: dict[str, Value | Content] = {}

    def learnt(self, written: str) -> Value | Content:
        """The content of a cell that is not in `known` yet."""
        known = self.known
        if len(known) >= _MOST_KNOWN:
            known.clear()
        head, _, inside = written.partition(">")
        kind = self._heads.get(head) or self._head(head)
        content: Value | Content | None = self._strings.get(inside) if kind == "s" else None
        if content is None:
            content = self._content(kind, inside)
        known[written] = content
        return content

    def _content(self, kind: str, inside: str) -> Value | Content:
        """What stands inside a cell of this kind."""
        if kind == _CLOSED:
            if inside:
                raise NotPlain
            return NOTHING
        if kind == "inlineStr":
            short = _short_text(inside) if len(inside) <= _SHORT else None
            return self._inline(inside) if short is None else short
        if inside.startswith("<f"):
            start, end, stored = inside.partition("</f>" if "</f>" in inside else "/>")
            return self._stored(kind, stored), formula_element(start + end), kind == _DATE
        value = self._stored(kind, inside)
        if kind == _DATE and value is not None:
            return value, None, True
        return NOTHING if value is None else value

    def _stored(self, kind: str, written: str) -> Value | None:
        """The value of a cell from what is left of it: its `v`, or nothing, and its end."""
        if written.startswith("<v>") and written.endswith(_END):
            return self._value(kind, written[len("<v>") : -len(_END)], is_given=True)
        if written not in _EMPTY:
            raise NotPlain
        return self._value(kind, "", is_given=written != "</c>")

    def _head(self, head: str) -> str:
        """The kind of a cell from its tag after the reference."""
        match = _HEAD.fullmatch(head)
        if match is None:
            raise NotPlain
        style, kind, closed = match.groups()
        kind = _CLOSED if closed else kind or "n"
        if kind == "n" and (style or "0") in self._tables.date_styles:
            kind = _DATE
        self._heads[head] = kind
        return kind

    def _inline(self, inside: str) -> str | Content:
        if inside == "</c>":
            return NOTHING
        start = _PRESERVED if inside.startswith(_PRESERVED) else _OPENED
        if not inside.startswith(start) or not inside.endswith(_TEXT_END):
            raise NotPlain
        return self._text(inside[len(start) : -len(_TEXT_END)])

    def _text(self, text: str) -> str:
        words = unescape(text_of(text))
        if len(words) > self._tables.limits.text_length:
            raise NotPlain
        return words

    def _value(self, kind: str, text: str, *, is_given: bool) -> Value | None:
        """A stored value; None where there is none."""
        value: Value | None
        if not text:
            return "" if kind in _TEXTS and is_given else None
        if kind == "s":
            value = self._strings.get(f"<v>{text}</v></c>")
        elif kind in _NUMBERS:
            value = number(text)
        elif kind == "str":
            value = self._text(text)
        else:
            words = text_of(text)
            value = BOOLEANS.get(words) if kind == "b" else self._error(words.strip())
        if value is None:
            raise NotPlain
        return value

    def _error(self, code: str) -> ErrorValue | None:
        return ErrorValue(code) if 0 < len(code) <= self._tables.limits.text_length else None
