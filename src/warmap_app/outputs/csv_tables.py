"""CSV for Excel and for people: words in their language, a row a finding, and a second file with a row a file.

A spreadsheet computes text that begins like a formula, so that a submitted cell could run a command on the reader's
computer (OWASP: CSV injection). Such text gets a leading apostrophe; a switch leaves it out for programs.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

from warmap.text import Lang, Text
from warmap_app.outputs import Order, Totals
from warmap_app.outputs.beside import TITLES, as_text
from warmap_app.outputs.columns import FILES, FINDINGS, Column, findings_of
from warmap_app.outputs.destination import BOM, new_text, refuse_existing
from warmap_app.result import Result
from warmap_app.safe_text import shown

# Spaces and characters of no width: some programs cut them off before they look for a formula.
UNSEEN = re.compile("[\\s\\u00ad\\u180e\\u200b-\\u200d\\u2060-\\u2064\\ufeff]*")
ROWS, FILES_TITLE = Text("表“{title}”：{path}", "The table “{title}”: {path}"), Text("文件", "Files")
# Read with another separator, or with the quotes taken for letters, a cell begins anew behind each of these.
NEW_CELL = re.compile("[;|\\t\\r\\n][;|\"'\\s\\u00ad\\u180e\\u200b-\\u200d\\u2060-\\u2064\\ufeff]*")
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
FORMULA_STARTS = (*SIGNS, "\t", "\r", "\n")


def ready(order: Order) -> None:
    """None of the files is there yet, or --force. UserError."""
    for path in [*_paths(order), *(_beside(order, code) for code in TITLES if order.out is not None)]:
        refuse_existing(path, force=order.force, inputs=order.inputs)


def write(results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    """Both tables when written to files, unless one is asked for; on the screen one of them, findings by default.

    What stands beside the results has files of its own, and on the screen remarks.
    """
    paths = _paths(order)
    with ExitStack() as opened:
        files = findings = None
        if order.what == "files" or (order.what is None and order.out is not None):
            files = _table(order, paths[-1] if paths else None, FILES, opened)
        if order.what != "files":
            findings = _table(order, order.out, FINDINGS, opened)
        for result in results:
            if files is not None:
                files.writerow(_row(FILES, result, order.lang, guard=order.guard))
            if findings is not None:
                findings.writerows(_row(FINDINGS, one, order.lang, guard=order.guard) for one in findings_of(result))
    remarks = [ROWS.filled(title=FILES_TITLE, path=str(paths[1]))] if len(paths) > 1 else []
    for table in totals.beside.tables(order.lang):
        if order.out is None:
            remarks += [Text(line, line) for line in as_text([table], order.lang).splitlines()]
            continue
        path = _beside(order, table.code)
        with ExitStack() as opened:
            rows = _table(order, path, table.columns, opened)
            rows.writerows(_row(table.columns, row, order.lang, guard=order.guard) for row in table.rows)
        remarks.append(ROWS.filled(title=table.title, path=str(path)))
    return remarks


def csv_file(columns: Sequence[Column[Any]], rows: Iterable[Any], lang: Lang) -> bytes:
    """A table as the bytes of a CSV file for people: in their language, with the mark of UTF-8, its text guarded."""
    said = ([column.said(row, lang) for column in columns] for row in rows)
    return csv_of_rows([[column.head.to(lang) for column in columns], *said])


def csv_of_rows(rows: Iterable[Sequence[object]]) -> bytes:
    """The same of rows as they are, the heads among them."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_shown(cell, guard=True) for cell in row] for row in rows)
    return (BOM + text.getvalue()).encode("utf-8", "backslashreplace")


def _paths(order: Order) -> list[Path]:
    """The file named, and result.files.csv beside result.csv where both tables are written."""
    if order.out is None:
        return []
    return [order.out] if order.what else [order.out, _beside(order, "files")]


def _beside(order: Order, code: str) -> Path:
    return order.place.with_name(f"{order.place.stem}.{code}{order.place.suffix or '.csv'}")


def _table(order: Order, path: Path | None, columns: Sequence[Column[Any]], opened: ExitStack) -> Any:
    file = opened.enter_context(new_text(path, force=order.force, inputs=order.inputs, bom=True))
    table = csv.writer(file, lineterminator="\r\n" if path else "\n")
    table.writerow([column.head.to(order.lang) for column in columns])
    return table


def _row(columns: Sequence[Column[Any]], row: Any, lang: Lang, *, guard: bool) -> list[object]:
    return [_shown(column.said(row, lang), guard=guard) for column in columns]


def _shown(value: object, *, guard: bool) -> object:
    """Numbers and dates as they are, an amount without exponent, text guarded."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if not isinstance(value, str):
        return value
    text = shown(value)
    if not guard:
        return text
    is_formula = value.startswith(FORMULA_STARTS) or UNSEEN.sub("", text, count=1).startswith(FORMULA_STARTS)
    return ("'" if is_formula else "") + _guarded_inside(text)


def _guarded_inside(text: str) -> str:
    """The text with an apostrophe before every formula that would begin a cell where it is read otherwise."""
    return NEW_CELL.sub(lambda found: found[0] + ("'" if text.startswith(SIGNS, found.end()) else ""), text)
