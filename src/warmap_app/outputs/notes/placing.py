"""Which words go to which cell: the findings of one file, a note a cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from warmap.text import Lang
from warmap_app.outputs.own_words import findings_in_own_language
from warmap_app.outputs.wording import SEVERITIES, severity_said, shown, where, without_escapes
from warmap_app.result import Result
from warmap_workbook.editing.package_edit import WorksheetPart
from warmap_workbook.ooxml import parse_ref


def notes_for(
    result: Result, tabs: Sequence[WorksheetPart], lang: Lang
) -> dict[WorksheetPart, list[tuple[tuple[int, int], str]]]:
    """The sheets with their notes, heaviest first: cell (row and column from 1) and words.

    A finding without a cell goes to A1 of its sheet; one whose sheet is not there, to A1 of the first sheet in sight.
    """
    first = next((tab for tab in tabs if tab.is_visible), tabs[0])
    by_name = {tab.name.casefold(): tab for tab in reversed(tabs)}
    placed: dict[WorksheetPart, list[tuple[tuple[int, int], str]]] = {}
    ranked = sorted(findings_in_own_language(result), key=lambda finding: SEVERITIES[finding["severity"]].place)
    for finding in ranked:
        tab = by_name.get(str(finding["sheet"]).casefold())
        cell = _cell(finding["cell"]) if tab is not None else None
        words = _words(finding, lang, with_place=tab is None or cell is None)
        placed.setdefault(tab or first, []).append((cell or (1, 1), words))
    return placed


def _cell(text: str) -> tuple[int, int] | None:
    """The cell of a finding, of a range its first one."""
    try:
        return parse_ref(text.partition(":")[0])
    except ValueError:
        return None


def _words(finding: dict[str, Any], lang: Lang, *, with_place: bool) -> str:
    place = where(finding) if with_place else ""
    head = f"{severity_said(finding['severity'], lang)} {finding['code']}" + (f" ({place})" if place else "")
    return without_escapes(shown(f"{head}\n{finding['message']}\n→ {finding['hint']}"))
