"""CSV for Excel and for people: heads and words in their language, a row a finding, and a second file with a row a file.

Text cells that a spreadsheet would take for a formula get a leading apostrophe; a switch leaves it out for programs.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

from warmap.text import Lang, Text
from warmap_app.outputs import Order
from warmap_app.outputs.columns import FILES, FINDINGS, Cell, Column, Found, findings_of
from warmap_app.outputs.destination import new_text, refuse_existing
from warmap_app.outputs.totals import Totals
from warmap_app.outputs.wording import shown
from warmap_app.result import Result

# Spaces, and what takes no room: some programs cut them off before they look for a formula.
UNSEEN = re.compile("[\\s\\u00ad\\u180e\\u200b-\\u200d\\u2060-\\u2064\\ufeff]+")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def second(out: Path) -> Path:
    """The file with a row a file, beside the one with a row a finding: result.csv and result.files.csv."""
    return out.with_name(f"{out.stem}.files{out.suffix or '.csv'}")


def ready(order: Order) -> None:
    """Neither file is there yet, or --force. UserError."""
    for path in _paths(order):
        refuse_existing(path, force=order.force)


def write(results: Iterable[Result], order: Order, _: Totals) -> list[Text]:
    """Both tables when written to files, unless one is asked for; on the screen one of them, findings by default."""
    with ExitStack() as opened:
        files = findings = None
        if order.what == "files" or (order.what is None and order.out is not None):
            files = _table(order, order.out and _paths(order)[-1], FILES, opened)
        if order.what != "files":
            findings = _table(order, order.out, FINDINGS, opened)
        for result in results:
            if files is not None:
                files.writerow(_row(FILES, result, order))
            if findings is not None:
                findings.writerows(_row(FINDINGS, found, order) for found in findings_of(result))
    if order.out is None or order.what is not None:
        return []
    path = second(order.out)
    return [Text(f"每个文件一行的表：{path}", f"The table with a row a file: {path}")]


def findings_csv(rows: Iterable[Found], lang: Lang) -> str:
    """The table of findings as the text of a CSV file, for a letter's attachment."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow([column.head.to(lang) for column in FINDINGS])
    table.writerows([_shown(column.said(row, lang), guard=True) for column in FINDINGS] for row in rows)
    return text.getvalue()


def _paths(order: Order) -> list[Path]:
    if order.out is None:
        return []
    return [order.out] if order.what else [order.out, second(order.out)]


def _table(order: Order, path: Path | None, columns: Sequence[Column[Any]], opened: ExitStack) -> Any:
    file = opened.enter_context(new_text(path, force=order.force, bom=True))
    table = csv.writer(file, lineterminator="\r\n" if path else "\n")
    table.writerow([column.head.to(order.lang) for column in columns])
    return table


def _row(columns: Sequence[Column[Any]], row: Any, order: Order) -> list[object]:
    return [_shown(column.said(row, order.lang), guard=order.guard) for column in columns]


def _shown(value: Cell, *, guard: bool) -> object:
    """Numbers and dates as they are, an amount without exponent, text guarded."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if not isinstance(value, str):
        return value
    text = shown(value)
    start = UNSEEN.match(text)
    is_formula = value.startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS, start.end() if start else 0)
    return f"'{text}" if guard and is_formula else text
