"""Two empty templates side by side, one in each language: what each label and each word in a formula is in the other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape

from warmap.layout import TABS
from warmap.text import Lang
from warmap_addin.excel.added_parts import parts_of
from warmap_workbook.ooxml import Sheet, read_book
from warmap_workbook.writing.build import build_workbook

QUOTED = re.compile(r'"((?:[^"]|"")*)"')
DROPPED = re.compile(r"""\"(?:[^"]|"")*\"|['@\s]""")
CHART_WORDS = re.compile(r'<a:t>([^<]*)</a:t>|<c:tx><c:v>([^<]*)</c:v>|formatCode="([^"]*)"|descr="([^"]*)"')
DRAWN = ("xl/charts/", "xl/drawings/drawing")


@dataclass(frozen=True, slots=True)
class Pair:
    """One tab in two languages: its labels by place (row and column from 1), its formulas, and the words in these.

    Formulas of the other language name the sheets as they are called in the old one. `arrays` are the array formulas:
    an open Excel shows them like any other, and they must stay what they are (LibreOffice computes only these on loading).
    """

    labels: Mapping[tuple[int, int], tuple[str, str]]
    formulas: Mapping[str, str]
    words: Mapping[str, str]
    arrays: frozenset[str]

    def formula(self, text: str) -> str:
        """A formula in the other language; of one whose references were moved, its quoted words are exchanged."""
        known = self.formulas.get(_bare(text))
        if known is not None:
            return text if _bare(known) == _bare(text) else known
        return QUOTED.sub(lambda match: f'"{self.words.get(match[1], match[1])}"', text)

    def is_array(self, text: str) -> bool:
        """Whether this is one of the template's array formulas."""
        return _bare(text) in self.arrays


def _bare(text: str) -> str:
    """A formula without what programs add or leave out: quotes around a sheet's name, `@`, blanks, capitals."""
    return DROPPED.sub(lambda match: match[0] if match[0].startswith('"') else "", text).upper()


@cache
def template_pair(old: Lang, new: Lang) -> Mapping[str, Pair]:
    """The pair of every tab, by its code."""
    before, after = _sheets(old), _sheets(new)
    names = {tab.name.to(new): tab.name.to(old) for tab in TABS}
    return {
        code: Pair(
            _labels(before[code], after[code]),
            _formulas(before[code], after[code], names),
            _words(before[code], after[code]),
            frozenset(_bare(formula.text) for formula in before[code].formulas.values() if formula.array_ref),
        )
        for code in before
    }


@cache
def chart_words(old: Lang, new: Lang) -> tuple[tuple[str, str], ...]:
    """The words that stand in charts themselves: titles, names of series, formats of axes, descriptions."""
    before, after = _drawn(old), _drawn(new)
    return tuple({a: b for a, b in zip(before, after, strict=True) if a != b}.items())


def _drawn(lang: Lang) -> list[str]:
    parts = parts_of(_template(lang))
    text = "".join(part.decode() for name, part in parts.items() if name.startswith(DRAWN))
    return [unescape("".join(found)) for found in CHART_WORDS.findall(text)]


@cache
def _template(lang: Lang) -> bytes:
    return build_workbook(None, lang)


@cache
def _sheets(lang: Lang) -> Mapping[str, Sheet]:
    book = read_book(_template(lang))
    return {tab.code: sheet for tab in TABS if (sheet := book.sheet(tab.name.to(lang))) is not None}


def _labels(old: Sheet, new: Sheet) -> dict[tuple[int, int], tuple[str, str]]:
    found = {}
    for row, cells in old.rows.items():
        for column, before in cells.items():
            after = new.value(row, column)
            is_label = isinstance(before, str) and isinstance(after, str) and (row, column) not in old.formulas
            if is_label and before != after:
                found[row, column] = str(before), str(after)
    return found


def _formulas(old: Sheet, new: Sheet, names: Mapping[str, str]) -> dict[str, str]:
    # a sheet named in a quoted text is a link's target: nothing adapts it when the sheet is renamed, so it stays as it is
    reference = re.compile('"[^"]*"|\'({})\'!'.format("|".join(map(re.escape, names))))
    found = {}
    for at, formula in old.formulas.items():
        other = new.formulas.get(at)
        if other is not None:
            found[_bare(formula.text)] = reference.sub(
                lambda match: f"'{names[match[1]]}'!" if match[1] else match[0], other.text
            )
    return found


def _words(old: Sheet, new: Sheet) -> dict[str, str]:
    found: dict[str, str] = {}
    for at, formula in old.formulas.items():
        other = new.formulas.get(at)
        before, after = QUOTED.findall(formula.text), QUOTED.findall(other.text) if other else []
        if len(before) == len(after):
            found.update({a: b for a, b in zip(before, after, strict=True) if a != b})
    return found
