"""What a cell holds, by the way it is written: worked out once for all cells of a book that are written alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

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
_MOST_KNOWN = 20_000
_INSIDES = Numbered("<v>", "</v></c>")


class Content(NamedTuple):
    """What one cell holds, its place apart, where it is not simply a value."""

    value: Value | None = None
    formula: Formula | Element | None = None
    is_date: bool = False


NOTHING = Content()


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
        content: Value | Content | None = self._strings.get(inside) if kind == "s" else None
        self.known[written] = content = self._content(kind, inside) if content is None else content
        return content

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
                return Content(value, is_date=True)
            return NOTHING if value is None else value
        if inside in {"</c>", "<v/></c>", "<v /></c>"}:
            value = self._value(kind, "", is_given=inside != "</c>")
            return NOTHING if value is None else value
        markup, is_stored, text = inside.removesuffix("</v></c>").partition("<v>")
        if is_stored and inside.endswith("</v></c>") and markup.endswith("</f>") and "<" not in text:
            return Content(self._value(kind, text, is_given=True), formula_element(markup), is_date=kind == _DATE)
        match = _CALCULATED.fullmatch(inside)
        if match is None:
            raise NotPlain
        markup, given, text, empty = match.groups()
        value = self._value(kind, text or "", is_given=bool(given or empty))
        return Content(value, formula_element(markup), is_date=kind == _DATE)

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
        start = '<is><t xml:space="preserve">' if inside.startswith("<is><t ") else "<is><t>"
        if not inside.startswith(start) or not inside.endswith("</t></is></c>"):
            raise NotPlain
        return self._text(inside[len(start) : -len("</t></is></c>")])

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
