"""`warmap addin build --host excel`: a macro workbook in each language, and the add-in with the ribbon."""

import argparse
import io
from pathlib import Path

from warmap.model import WarMap
from warmap.settings import Settings
from warmap.text import LANGUAGES, Lang, Text
from warmap_addin import WrongPath, in_full
from warmap_addin.excel.added_parts import (
    Kind,
    add_hidden_sheet,
    add_ribbon,
    drop_sheet_titles,
    hide_window,
    parts_of,
    set_kind,
)
from warmap_addin.excel.machine import ADDIN_FILE
from warmap_addin.excel.project import HELP_SHEET, WORDS_NAME, WORDS_SHEET, add_project, help_rows, words_rows
from warmap_addin.excel.ribbon import ribbon_xml
from warmap_workbook.editing.zip_out import zip_of
from warmap_workbook.saving import save
from warmap_workbook.writing.build import build_workbook
from warmap_workbook.writing.draft import new_book

ADDIN_TITLE = Text("作战地图", "War Map")
ADDIN_ABOUT = Text("大客户作战地图：函数与功能区", "Key-account war map: functions and ribbon")
FACE = Text("这是作战地图的加载项，没有可填写的内容。", "This is the war-map add-in; there is nothing to fill in here.")

BUILT = Text("已生成 {path}（{size} KB）", "Built {path} ({size} KB)")
EXISTS = Text("{path} 已存在；加 --force 覆盖", "{path} exists already; add --force to overwrite it")
NOT_A_FOLDER = Text("{path} 应是文件夹：这里生成三个文件", "{path} should be a folder: three files are built")


def book_name(lang: Lang) -> str:
    """The file name of a macro workbook."""
    return f"war_map.{lang}.xlsm"


FILES = (*map(book_name, LANGUAGES), ADDIN_FILE)


def build(arguments: argparse.Namespace, lang: Lang) -> int:
    """`warmap addin build --host excel [-o DIR] [--force]`: 0 built. Raises CannotBuild, WrongPath, CannotWrite."""
    folder = Path(arguments.out or ".")
    if folder.exists() and not folder.is_dir():
        raise WrongPath(in_full(NOT_A_FOLDER, path=folder))
    there = [folder / name for name in FILES if (folder / name).exists()]
    if there and not arguments.force:
        raise WrongPath(in_full(EXISTS, path=there[0]))
    built = build_all()
    for name, content in built.items():
        save(folder / name, content)
    for name, content in built.items():
        print(in_full(BUILT, path=folder / name, size=len(content) // 1024).to(lang))
    return 0


def build_all() -> dict[str, bytes]:
    """Every file of the host by name; the same bytes each time. Raises CannotBuild."""
    books = {book_name(lang): with_macros(build_workbook(None, lang), lang) for lang in LANGUAGES}
    return {**books, ADDIN_FILE: build_addin()}


def build_macro_workbook(war_map: WarMap | None, lang: Lang, settings: Settings | None = None) -> bytes:
    """A macro workbook, empty or filled. Raises CannotBuild."""
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
        hide_window(parts)
    return zip_of(parts)


def _bare_book() -> bytes:
    stream = io.BytesIO()
    title = f"{ADDIN_TITLE.zh} {ADDIN_TITLE.en}"  # what Excel's list of add-ins shows
    about = f"{ADDIN_ABOUT.zh} / {ADDIN_ABOUT.en}"
    book = new_book(stream, title, about)
    sheet = book.add_worksheet("warmap")
    sheet.write_string(0, 0, FACE.zh)
    sheet.write_string(1, 0, FACE.en)
    book.close()
    return stream.getvalue()
