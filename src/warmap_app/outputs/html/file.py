"""One file on the page: its row, and what opens below it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from warmap.text import Lang
from warmap_app.outputs.columns import FILES, FILES_BY_CODE, Cell, Column, Unit, findings_of, name_of, rep_of
from warmap_app.outputs.flags import worst_flags
from warmap_app.outputs.html.words import FINDING_HEADS, FLAG_HEADS, WORDS
from warmap_app.outputs.wording import (
    NO_REP,
    NOT_PASSED,
    PASSED,
    SEVERITIES,
    one_line,
    severity_said,
    shown,
    way_to,
    where,
)
from warmap_app.result import Result

MOST_FINDINGS, MOST_FLAGS = 500, 5  # of one file
IN_SIGHT = (
    "file", "passed", "rep", "account", "amount", "critical", "major", "minor", "health", "open_flags",
    "plan_quality", "trust", "win",
)  # fmt: skip
COLUMNS: tuple[Column[Result], ...] = tuple(FILES_BY_CODE[code] for code in IN_SIGHT)


def rep_said(result: Result, lang: Lang) -> str:
    """The rep, or that nobody is named."""
    return one_line(rep_of(result), 60) or NO_REP.to(lang)


def file_facts(result: Result, lang: Lang, folder: Path) -> dict[str, Any]:
    """What the template of one file is filled with; everything in it is text that the template escapes."""
    return {
        "passed": result["passed"],
        "rep": rep_said(result, lang),
        "words": {name: text.to(lang) for name, text in WORDS.items()},
        "cells": [_cell(column, result, lang, folder) for column in COLUMNS],
        "finding_heads": [head.to(lang) for head in FINDING_HEADS],
        "flag_heads": [head.to(lang) for head in FLAG_HEADS],
        "findings": _findings(result, lang),
        "flags": _flags(result, lang),
        "facts": _facts(result, lang),
    }


def said(value: Cell, unit: Unit) -> str:
    """A value as people read it, '' for nothing."""
    if value is None:
        return ""
    if unit is Unit.SHARE and isinstance(value, int | float):
        return f"{value:.0%}"
    if unit is Unit.POINTS and isinstance(value, int | float):
        return f"{value:.1f}"
    if isinstance(value, Decimal):
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    return one_line(value)


def _cell(column: Column[Result], result: Result, lang: Lang, folder: Path) -> dict[str, Any]:
    value = column.value(result)
    shown_value = said(column.said(result, lang), column.unit)
    cell = {
        "said": shown_value,
        "sort": "" if value is None else one_line(value),
        "look": "",
        "link": None,
        "meter": None,
    }
    if column.code == "file":
        cell.update(look="file", said=name_of(shown_value), link=way_to(result["file"], folder))
    elif column.code == "passed":
        verdict = PASSED if value else NOT_PASSED
        cell.update(
            look="verdict passed" if value else "verdict failed", said=verdict.to(lang), sort=str(int(not value))
        )
    elif column.code == "rep":
        cell.update(said=rep_said(result, lang), look="rep")
    elif column.unit is not Unit.TEXT:
        cell["look"] = "number"
    if column.code == "amount" and shown_value:
        cell["said"] = f"{shown_value} {one_line(result['deal'].get('currency') or '', 8)}"
    if column.code == "health" and value is not None:
        cell.update(meter=f"{value:.1f}", look=f"number {result['scores']['band'] or ''}")
    if column.code in SEVERITIES:
        cell["said"] = shown_value if value else "·"
    return cell


def _findings(result: Result, lang: Lang) -> list[dict[str, str]]:
    ranked = sorted(findings_of(result), key=lambda found: SEVERITIES[found.finding["severity"]].place)
    return [
        {
            "severity": finding["severity"],
            "severity_said": severity_said(finding["severity"], lang),
            "code": finding["code"],
            "where": shown(where(finding)),
            "message": shown(finding["message"]),
            "hint": shown(finding["hint"]),
        }
        for _, finding, _ in ranked[:MOST_FINDINGS]
    ]


def _flags(result: Result, lang: Lang) -> list[dict[str, str]]:
    return [
        {
            "severity": flag["severity"],
            "severity_said": severity_said(flag["severity"], lang),
            "code": flag["code"],
            "subject": shown(flag["subject"]),
            "message": shown(flag["message"]),
            "remedy": shown(flag["remedy"]),
        }
        for flag in list(worst_flags(result, lang))[:MOST_FLAGS]
    ]


def _facts(result: Result, lang: Lang) -> list[tuple[str, str]]:
    """Everything of the row that is not in sight; nothing of a file that could not be read."""
    if result["scores"]["health"] is None:
        return []
    hidden = (column for column in FILES if column.code not in IN_SIGHT)
    return [(column.head.to(lang), said(column.said(result, lang), column.unit) or "—") for column in hidden]
