"""Words that several outputs use, and text from workbooks as it may be shown."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from warmap.findings import CHECKS
from warmap.terms import Severity
from warmap.text import Lang, Text
from warmap.worksheet.guidance import SIGN
from warmap_app.outputs.totals import Totals
from warmap_app.result import COUNTED

PASSED, NOT_PASSED = Text("✓ 通过", "✓ passed"), Text("✗ 未通过", "✗ not passed")
SUMMARY = Text("{passed} 个通过，{failed} 个未通过", "{passed} passed, {failed} did not pass")
CHECKED = Text(
    "检查了 {sheets} 张表、{cells} 个单元格、{formulas} 个公式；运行 {rules} 条规则。",
    "Checked {sheets} sheets, {cells} cells, {formulas} formulas; ran {rules} rules.",
)
SKIPPED = Text(
    "没有检查：{sheets_skipped} 张表、{cells_skipped} 个单元格、{formulas_skipped} 个公式、{checks_skipped} 项检查、"
    "{rules_skipped} 条规则。",
    "Not checked: {sheets_skipped} sheets, {cells_skipped} cells, {formulas_skipped} formulas, {checks_skipped} checks, "
    "{rules_skipped} rules.",
)
NO_REP = Text("（未填销售）", "(no rep named)")
NOT_ASSESSED = Text("未评估", "not assessed")

# Control characters, what changes the direction of writing, halves of characters, and what XML has no room for.
UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
SEVERITIES: Mapping[str, Severity] = {severity.value: severity for severity in Severity}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def shown(words: object, most: int | None = None) -> str:
    """Text from a workbook as it may be shown anywhere: no control and no direction-changing characters, cut at `most`."""
    text = UNSHOWABLE.sub("", str(words))
    return text if most is None or len(text) <= most else text[: most - 1] + "…"


def one_line(words: object, most: int | None = None) -> str:
    """The same without line breaks."""
    return shown(" ".join(str(words).split()), most)


def as_json(value: object, *, indent: int | None = None) -> str:
    """The value as JSON that says the same and steers no terminal: what may not be shown is written as an escape."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    if text.replace("\n", "").isprintable():
        return text
    return UNSHOWABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def severity_said(code: str, lang: Lang) -> str:
    """A severity with its sign: colour is never the only one."""
    severity = SEVERITIES[code]
    return f"{SIGN[severity]} {severity.label.to(lang)}"


def problem(code: str, lang: Lang) -> str:
    """What a check says, without the facts of one finding."""
    return _PLACEHOLDER.sub("…", CHECKS[code].message.to(lang)) if code in CHECKS else ""


def checked_lines(totals: Totals, lang: Lang) -> list[str]:
    """What was checked, and, where there is any, what was not."""
    counts = {name: totals.counts[name] for name in COUNTED}
    lines = [CHECKED.say(lang, counts)]
    if any(count for name, count in counts.items() if name.endswith("_skipped")):
        lines.append(SKIPPED.say(lang, counts))
    return lines


def where(finding: Mapping[str, Any]) -> str:
    """Sheet and cell of a finding, as far as it has them."""
    return " ".join(part for part in (finding["sheet"], finding["cell"]) if part)


def way_to(file: str, folder: Path) -> str | None:
    """The escaped relative address of a checked file from a folder of output; None where it is not on this computer."""
    if "://" in file or not Path(file).is_file():
        return None
    try:
        path = os.path.relpath(file, folder)
    except ValueError:  # another drive of Windows
        return None
    parts = (quote(part, safe="!$&'()*+,;=@~-._") for part in path.replace(os.sep, "/").split("/"))
    return "./" + "/".join(parts)


def without_escapes(text: str) -> str:
    """Text in which no part reads as one of the workbook format's escapes (`_x000D_`)."""
    return _ESCAPE_LIKE.sub("_x005F_", text)
