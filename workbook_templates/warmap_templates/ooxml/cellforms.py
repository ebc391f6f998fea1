"""What a cell holds, by the way it is written: worked out once for all cells of a book that are written alike."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from .plaintext import NotPlain, formula_element, text_of
from .strings import Numbered, unescape
from .tables import BOOLEANS, number
from .values import ErrorValue, Formula, Value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from .tables import Tables

_TEXTS = ("str", "inlineStr")
_HEAD = re.compile(
    r'(?: s="([0-9]++)")?+(?: t="(n|s|b|e|str|inlineStr)")?+(?: cm="[0-9]++")?+(?: vm="[0-9]++")?+ ?+(/?)'
)
_CALCULATED = re.compile(r"(<f(?: [^<>]*+)?+>(?:[^<>]*+</f>)?+)(?:(<v>)([^<>]*+)</v>|(<v ?+/>))?+</c>")
_CLOSED, _DATE = "closed", "date"  # kinds of our own: no content; a number in a style that shows dates
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
        if len(self.known) >= _MOST_KNOWN:
            self.known.clear()
        head, _, inside = written.partition(">")
        kind = self._heads.get(head) or self._head(head)
        content: Value | Content | None
        if kind == "s":
            content = self._strings.get(inside)
        elif kind == "inlineStr":
            content = _short_text(inside) if len(inside) <= _SHORT else self._inline(inside)
        elif inside.startswith("<f"):
            content = self._calculated(kind, inside)
        else:
            content = None
        self.known[written] = content = self._content(kind, inside) if content is None else content
        return content

    def _calculated(self, kind: str, inside: str) -> Content | None:
        """A formula and its result, as all programs write most of them; None for any other form."""
        start, end, stored = inside.partition("</f>")
        if not end or kind == _CLOSED:
            return None
        if stored.startswith("<v>") and stored.endswith(_END) and stored.find("<", 1) == len(stored) - len(_END):
            value = self._value(kind, stored[3 : -len(_END)], is_given=True)
        elif stored in _EMPTY:
            value = self._value(kind, "", is_given=stored != "</c>")
        else:
            return None
        return value, formula_element(start + end), kind == _DATE

    def _content(self, kind: str, inside: str) -> Value | Content:
        """What stands inside a cell of this kind."""
        if kind == _CLOSED:
            if inside:
                raise NotPlain
            return NOTHING
        if kind == "inlineStr":
            return self._inline(inside)
        if inside.startswith("<v>") and inside.endswith("</v></c>"):
            value = self._value(kind, inside[3:-8], is_given=True)
            if kind == _DATE and value is not None:
                return value, None, True
            return NOTHING if value is None else value
        if inside in _EMPTY:
            value = self._value(kind, "", is_given=inside != "</c>")
            return NOTHING if value is None else value
        match = _CALCULATED.fullmatch(inside)
        if match is None:
            raise NotPlain
        markup, given, text, empty = match.groups()
        value = self._value(kind, text or "", is_given=bool(given or empty))
        return value, formula_element(markup), kind == _DATE

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
        elif kind in {"n", _DATE}:
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
