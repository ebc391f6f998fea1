"""What is only seen when all files are there: copied text (DV403) and a deal submitted twice (DV404; specification, section 5).

Every text is looked up once by its hash and every finding looks at a handful of files, so time and memory grow with the
number of files and texts, never with their pairs. A map that does not name its account is no other account's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from warmap.evaluation import finding_told
from warmap.findings import Finding
from warmap.model import TABLE
from warmap.terms import Severity
from warmap.text import Lang, Text
from warmap_app.result import Result, finding_result

CODES = ("DV403", "DV404")
MOST_NAMED = 3
AND_MORE = Text("{files} 等 {count} 个文件", "{files} and {more} more")
UNKNOWN = -1
Key = TypeVar("Key")


class _Shared:
    """A text of several accounts: the first files of each, how many files there are, and how many of each account."""

    __slots__ = ("files", "first", "of")

    def __init__(self, first: list[int], files: int, of: Counter[int]) -> None:
        self.first, self.files, self.of = first, files, of


class _Places(Generic[Key]):
    """In which files a key was met: a number while there is one, a list from the second on."""

    def __init__(self) -> None:
        self._files: dict[Key, int | list[int]] = {}

    def add(self, key: Key, index: int) -> None:
        first = self._files.get(key)
        if first is None:
            self._files[key] = index
        elif isinstance(first, list):
            first.append(index)
        else:
            self._files[key] = [first, index]

    def repeated(self) -> Iterator[tuple[Key, list[int]]]:
        """Those met more than once, the files in order; all is forgotten."""
        files, self._files = self._files, {}
        for key, found in files.items():
            if isinstance(found, list):
                yield key, sorted(found)


class Across:
    """The prints of all files by their place in the batch; `name_of` gives a file's shown name."""

    def __init__(self, files: int, name_of: Callable[[int], str]) -> None:
        self._name_of = name_of
        self._accounts: dict[str, int] = {}
        self._account = [UNKNOWN] * files
        self._texts: _Places[int] = _Places()
        self._deals: _Places[int] = _Places()
        self._shared: dict[int, _Shared] = {}
        self._twice: dict[int, list[int]] = {}

    def add(self, index: int, prints: Mapping[str, Any]) -> None:
        """Remember one file, once, in any order of the files."""
        if prints["deal"]:
            self._deals.add(int(prints["deal"], 16), index)
        if prints["account"]:
            self._account[index] = self._accounts.setdefault(prints["account"], len(self._accounts))
            for text in prints["texts"]:
                self._texts.add(int(text[0], 16), index)

    def settle(self) -> None:
        """All files are there: keep what several of them share."""
        self._twice = dict(self._deals.repeated())
        for text, files in self._texts.repeated():
            of = Counter(self._account[index] for index in files)
            if len(of) > 1:
                self._shared[text] = _Shared(self._first(files), len(files), of)

    def _first(self, files: list[int]) -> list[int]:
        """Enough files to name three of another account, whichever account asks: three of each, six in all."""
        kept: list[int] = []
        taken: Counter[int] = Counter()
        for index in files:
            if len(kept) == 2 * MOST_NAMED:
                break
            if taken[self._account[index]] < MOST_NAMED:
                taken[self._account[index]] += 1
                kept.append(index)
        return kept

    def findings(self, index: int, prints: Mapping[str, Any], deal: Mapping[str, Any]) -> Iterator[Finding]:
        """What one file shares with the others, in the order of its texts."""
        own = self._account[index]
        for text, table, field, sheet, cell, value in prints["texts"] if own != UNKNOWN else ():
            shared = self._shared.get(int(text, 16))
            if shared is not None:
                others = [other for other in shared.first if self._account[other] != own]
                files = self._named(others, shared.files - shared.of[own])
                facts = {"field": TABLE[table].by_code[field].label, "value": value, "files": files}
                yield Finding("DV403", sheet, cell, field, facts)
        twice = self._twice.get(int(prints["deal"], 16)) if prints["deal"] else None
        if twice is not None:
            others = [other for other in twice[: MOST_NAMED + 1] if other != index]
            files = self._named(others, len(twice) - 1)
            facts = {"account": deal["account"], "value": deal["opportunity"], "files": files}
            sheet, cell = prints["at"]
            yield Finding("DV404", sheet, cell, "opportunity", facts)

    def _named(self, others: list[int], count: int) -> Text:
        names = [self._name_of(other) for other in others[:MOST_NAMED]]
        zh, en = "、".join(names), ", ".join(names)
        more = count - len(names)
        if not more:
            return Text(zh, en)
        return Text(AND_MORE.zh.format(files=zh, count=count), AND_MORE.en.format(files=en, more=more))


def with_findings(result: Result, findings: list[Finding], lang: Lang) -> Result:
    """The result of a map with which the checks across files were made as well: judged again, and counted."""
    counts = dict(result["counts"])
    counts["checks"] += len(CODES)
    counts["checks_skipped"] -= len(CODES)
    passed = result["passed"] and not any(
        finding.severity in (Severity.CRITICAL, Severity.MAJOR) for finding in findings
    )
    more = [finding_result(finding, finding_told(finding, lang), result["file"], lang) for finding in findings]
    judged = {**result, "passed": passed, "counts": counts, "findings": [*result["findings"], *more]}
    if "in_own_language" in result:
        own = result["language"]
        words = [{"message": finding.message(own), "hint": finding.hint(own)} for finding in findings]
        judged["in_own_language"] = [*result["in_own_language"], *words]
    return judged
