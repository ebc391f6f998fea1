"""Words and small questions that several macros share."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from warmap.layout import TAB
from warmap.text import LANGUAGES, Lang, Text
from warmap_addin.macros.edits import Edit, Say
from warmap_addin.macros.open_book import Opened
from warmap_workbook.ooxml import Book, Sheet

NO_MAP = Text(
    "当前工作簿不是作战地图。请打开一份作战地图，或点“新建地图”。",
    "This workbook is not a war map. Open one, or press “New map”.",
)
TAB_GONE = Text("工作簿里没有“{sheet}”表。", "The workbook has no sheet “{sheet}”.")


def tab_sheet(book: Book, code: str) -> Sheet | None:
    """The sheet of a tab under its name in either language; None where it is gone or renamed."""
    names = {TAB[code].name.to(lang).casefold() for lang in LANGUAGES}
    return next((sheet for sheet in book.sheets if sheet.name.strip().casefold() in names), None)


def fill(text: Text, lang: Lang, **facts: object) -> str:
    """The words with their placeholders filled, whole: what is said to the user is not cut as a quote in a cell is."""
    return text.to(lang).format(**{name: spoken(value, lang) for name, value in facts.items()})


def spoken(value: object, lang: Lang) -> str:
    """A fact in words."""
    return value.to(lang) if isinstance(value, Text) else str(value)


def no_map(opened: Opened) -> list[Edit]:
    """What every macro that needs a map says where there is none."""
    return [Say(NO_MAP.to(opened.lang))]


def lines(words: Iterable[str]) -> str:
    """One below the other, blanks left out."""
    return "\n".join(word for word in words if word)


def free_name(book: Book, wanted: Text, lang: Lang, is_ours: Callable[[Sheet], bool]) -> str:
    """A name for a sheet of ours: the wanted one where it is free or the sheet that bears it is blank or ours."""
    base, number = wanted.to(lang), 1
    while True:
        name = base if number == 1 else f"{base} {number}"
        sheet = book.sheet(name)
        if sheet is None or not (sheet.rows or sheet.formulas) or is_ours(sheet):
            return name
        number += 1
