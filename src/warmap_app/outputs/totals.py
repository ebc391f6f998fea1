"""What the results come to, counted while they pass by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from warmap_app.result import COUNTED, Result


class Totals:
    """Counts over all results that have passed by."""

    def __init__(self) -> None:
        self.passed = self.failed = 0
        self.counts: Counter[str] = Counter()
        self.severities: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()

    @property
    def files(self) -> int:
        """How many files there were."""
        return self.passed + self.failed

    @property
    def findings(self) -> int:
        """How many findings there were."""
        return self.severities.total()

    def add(self, result: Result) -> None:
        """Count one file."""
        if result["passed"]:
            self.passed += 1
        else:
            self.failed += 1
        self.counts.update(result["counts"])
        for finding in result["findings"]:
            self.severities[finding["severity"]] += 1
            self.codes[finding["code"]] += 1

    def counted(self, results: Iterable[Result]) -> Iterator[Result]:
        """The same results, each counted as it passes."""
        for result in results:
            self.add(result)
            yield result

    def plain(self) -> dict[str, Any]:
        """The totals as data."""
        return {
            "passed": self.passed,
            "failed": self.failed,
            "counts": {name: self.counts[name] for name in COUNTED},
            "findings_by_severity": {name: self.severities[name] for name in ("critical", "major", "minor")},
            "findings_by_code": dict(sorted(self.codes.items())),
        }
