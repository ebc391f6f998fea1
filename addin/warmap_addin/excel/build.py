"""The files of the Excel host: a macro workbook in each language, and the add-in with the ribbon."""

from __future__ import annotations

import io

from warmap.model import WarMap
from warmap.settings import Settings
from warmap.text import LANGUAGES, Lang, Text
from warmap_addin.excel.package import Kind, add_hidden_sheet, add_ribbon, drop_sheet_titles, packed, parts_of, set_kind
from warmap_addin.excel.project import add_project
from warmap_addin.excel.ribbon_xml import ribbon_xml
from warmap_addin.excel.words import HELP_SHEET, WORDS_NAME, WORDS_SHEET, help_rows, words_rows

ADDIN_FILE = "warmap.xlam"
ADDIN_TITLE = Text("作战地图", "War Map")
ADDIN_ABOUT = Text("大客户作战地图：函数与功能区", "Key-account war map: functions and ribbon")
FACE = Text("这是作战地图的加载项，没有可填写的内容。", "This is the war-map add-in; there is nothing to fill in here.")


def book_name(lang: Lang) -> str:
    """The file name of a macro workbook."""
    return f"war_map.{lang}.xlsm"


FILES = (*map(book_name, LANGUAGES), ADDIN_FILE)


def build_all() -> dict[str, bytes]:
    """Every file of the host by name; the same bytes each time. Raises CannotBuild."""
    from warmap_workbook.writing.build import build_workbook

    books = {book_name(lang): with_macros(build_workbook(None, lang), lang) for lang in LANGUAGES}
    return {**books, ADDIN_FILE: build_addin()}


def build_macro_workbook(war_map: WarMap | None, lang: Lang, settings: Settings | None = None) -> bytes:
    """A macro workbook, empty or filled. Raises CannotBuild."""
    from warmap_workbook.writing.build import build_workbook

    return with_macros(build_workbook(war_map, lang, settings), lang)


def with_macros(workbook: bytes, lang: Lang) -> bytes:
    """A workbook (.xlsx) as a macro workbook (.xlsm) with the functions in it. Raises CannotBuild."""
    return _equipped(workbook, "xlsm", lang)


def build_addin() -> bytes:
    """The add-in (.xlam): functions, ribbon, events. Its words are in both languages. Raises CannotBuild."""
    return _equipped(_bare_book(), "xlam", "zh")


def _equipped(workbook: bytes, kind: Kind, lang: Lang) -> bytes:
    parts = parts_of(workbook)
    drop_sheet_titles(parts)
    add_hidden_sheet(parts, WORDS_SHEET, words_rows(), WORDS_NAME)
    add_hidden_sheet(parts, HELP_SHEET, help_rows(lang))
    set_kind(parts, "xlsm")
    parts = add_project(parts, kind)
    set_kind(parts, kind)
    if kind == "xlam":
        add_ribbon(parts, ribbon_xml())
    return packed(parts)


def _bare_book() -> bytes:
    from warmap_workbook.writing.draft import new_book

    stream = io.BytesIO()
    title = f"{ADDIN_TITLE.zh} {ADDIN_TITLE.en}"  # what Excel's list of add-ins shows
    about = f"{ADDIN_ABOUT.zh} / {ADDIN_ABOUT.en}"
    book = new_book(stream, title, about)
    sheet = book.add_worksheet("warmap")
    sheet.write_string(0, 0, FACE.zh)
    sheet.write_string(1, 0, FACE.en)
    book.close()
    return stream.getvalue()
