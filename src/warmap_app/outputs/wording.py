"""Words that several outputs use, in the language of their reader."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from warmap.findings import CHECKS
from warmap.flags import subject_label
from warmap.terms import Severity
from warmap.text import Lang, Text
from warmap.worksheet.guidance import SIGN
from warmap_app.result import Result

Told = TypeVar("Told", bound=Mapping[str, Any])

TITLE = Text("作战地图检查结果", "War map check")
MADE_BY = Text("由 warmap {version} 生成", "made by warmap {version}")
PASSED, NOT_PASSED = Text("✓ 通过", "✓ passed"), Text("✗ 未通过", "✗ not passed")
FILE_COUNTS = (Text("文件", "Files"), Text("通过", "Passed"), Text("未通过", "Not passed"))
DEFAULT_SETTINGS = Text("默认设置", "the default settings")
JUDGED_BY = Text("按{set}评判。", "Judged by {set}.")
OTHER_SET = Text(
    "{count} 个文件自带的设置不同（DV306），没有采用；全部按{set}评判。",
    "Files with settings of their own (DV306), which were not used: {count}; all are judged by {set}.",
)
NO_REP = Text("（未填销售）", "(no rep named)")

SEVERITIES: Mapping[str, Severity] = {severity.value: severity for severity in Severity}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def severity_said(code: str, lang: Lang) -> str:
    """A severity with its sign, since colour is never the only sign."""
    severity = SEVERITIES[code]
    return f"{SIGN[severity]} {severity.label.to(lang)}"


def judged_by_said(name: Text, own: int, lang: Lang) -> list[str]:
    """By which settings a batch was judged, where these are not the usual ones or `own` files brought others."""
    if not own and name == DEFAULT_SETTINGS:
        return []
    return [(OTHER_SET if own else JUDGED_BY).say(lang, {"count": own, "set": name})]


def problem(code: str, lang: Lang) -> str:
    """What a check says, without the facts of one finding."""
    return _PLACEHOLDER.sub("…", CHECKS[code].message.to(lang)) if code in CHECKS else ""


def where(finding: Mapping[str, Any]) -> str:
    """Sheet and cell of a finding, as far as it has them."""
    return " ".join(part for part in (finding["sheet"], finding["cell"]) if part)


def way_to(file: str, folder: Path) -> str | None:
    """The escaped relative address of a checked file from a folder of output; None if it is not on this computer."""
    if "://" in file or not Path(file).is_file():
        return None
    try:
        path = os.path.relpath(file, folder)
    except ValueError:  # another drive of Windows
        return None
    parts = (quote(part, safe="!$&'()*+,;=@~-._") for part in path.replace(os.sep, "/").split("/"))
    return "./" + "/".join(parts)


def worst_first(told: Iterable[Told]) -> list[Told]:
    """Findings or flags, the heaviest first, otherwise in their order."""
    return sorted(told, key=lambda one: SEVERITIES[one["severity"]].place)


def open_flags_told(result: Result, lang: Lang, flags: Sequence[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """The open red flags, worst first, each with its subject in words; `flags` replaces the result's own wording."""
    unanswered = [flag for flag in (result["red_flags"] if flags is None else flags) if not flag["mitigated"]]
    return [{**flag, "subject": subject_label(flag["subject"], lang)} for flag in worst_first(unanswered)]


def own_language(result: Result, asked: Lang) -> Lang:
    """The language in which the rep filled in the file; for a file that could not be read, the one asked for."""
    return "zh" if result["language"] == "zh" else "en" if result["language"] == "en" else asked


def findings_in_own_language(result: Result) -> list[dict[str, Any]]:
    """The findings with message and hint in the file's language: that is what its rep reads."""
    return _in_own_language(result["findings"], result.get("in_own_language"))


def flags_in_own_language(result: Result) -> list[dict[str, Any]]:
    """The red flags with message and remedy in the file's language."""
    return _in_own_language(result["red_flags"], result.get("red_flags_in_own_language"))


def _in_own_language(told: list[dict[str, Any]], own: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    return [{**one, **words} for one, words in zip(told, own, strict=True)] if own else list(told)
