"""The totals of a check, counted while the results stream by, and put in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from warmap.terms import Severity
from warmap.text import Lang, Text
from warmap_app.result import COUNTED, Result

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


class Totals:
    """Counts over the results seen so far."""

    def __init__(self) -> None:
        self.passed = self.failed = 0
        self.counts: Counter[str] = Counter()
        self.severities: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()

    @property
    def files(self) -> int:
        """The number of files."""
        return self.passed + self.failed

    @property
    def findings(self) -> int:
        """The number of findings."""
        return self.severities.total()

    def counted(self, results: Iterable[Result]) -> Iterator[Result]:
        """Yield the same results, counting each."""
        for result in results:
            self.passed += bool(result["passed"])
            self.failed += not result["passed"]
            self.counts.update(result["counts"])
            self.severities.update(finding["severity"] for finding in result["findings"])
            self.codes.update(finding["code"] for finding in result["findings"])
            yield result

    def plain(self) -> dict[str, Any]:
        """The totals as JSON."""
        return {
            "passed": self.passed,
            "failed": self.failed,
            "counts": {name: self.counts[name] for name in COUNTED},
            "findings_by_severity": {severity.value: self.severities[severity.value] for severity in Severity},
            "findings_by_code": dict(sorted(self.codes.items())),
        }

    def said(self, lang: Lang) -> list[str]:
        """What was checked, and what was not, if anything."""
        counts = {name: self.counts[name] for name in COUNTED}
        is_all = not any(count for name, count in counts.items() if name.endswith("_skipped"))
        return [text.say(lang, counts) for text in ((CHECKED,) if is_all else (CHECKED, SKIPPED))]
