"""One submitted file, whatever it is, into a map with findings: a workbook, YAML or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePath
from typing import Any, TypeAlias

from warmap.findings import CHECKS, Finding
from warmap.judgement import Judgement
from warmap.model import WarMap, blank_map
from warmap.parsing import Place, read_document
from warmap.parsing.cross import contact_after_judging
from warmap.settings import Settings, default_settings
from warmap.text import Lang, Text
from warmap_app.documents import NotParsed, parsed
from warmap_workbook.ooxml import Book

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
DOCUMENTS = frozenset({".yaml", ".yml", ".json"})
WORKBOOKS_ONLY = frozenset(
    {"DV003", "DV004", "DV101", "DV102", "DV301", "DV302", "DV303", "DV304", "DV305", "DV501", "DV502", "DV503"}
)
ACROSS_FILES = frozenset({"DV403", "DV404"})  # looked for when all files are there
BUT_FIRST = frozenset(CHECKS) - {"DV001", "DV002"}  # what is not looked for in a file that is no map
PACKAGED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how workbooks begin, whatever the file is called
MOST_DOCUMENT_BYTES = 5 * 1024 * 1024

Why: TypeAlias = tuple[Text, Text]
"""Why a file cannot be read, and what to do about it."""

NO_FILE = (Text("文件不存在", "there is no such file"), Text("核对路径和文件名。", "Check the path and the name."))
CANNOT_OPEN = (
    Text("文件打不开（可能是文件夹、被占用或无权限）", "it cannot be opened (a folder, in use, or no permission)"),
    Text("核对路径，关闭正在使用它的程序后再试。", "Check the path, close the program that uses it, and try again."),
)
TOO_LARGE = (Text("文件太大", "the file is too large"), Text("一份地图不超过 5 MiB。", "One map is at most 5 MiB."))
EMPTY = (
    Text("文件是空的", "the file is empty"),
    Text("请重新导出或重新发送这个文件。", "Export or send the file again."),
)


class Loaded:
    """A file as it could be read."""

    def __init__(
        self,
        file: str,
        map: WarMap | None = None,  # noqa: A002  the thing itself
        findings: list[Finding] | None = None,
        *,
        language: Lang = "zh",
        template_version: str | None = None,
        settings: Settings | None = None,
        counts: dict[str, int] | None = None,
        is_readable: bool = True,
        places: Mapping[str, Place] | None = None,
        judgement: Judgement | None = None,
    ) -> None:
        self.file = file
        self.map = map or blank_map()
        self.findings: list[Finding] = [] if findings is None else findings
        self.language: Lang = language
        self.template_version = template_version
        self.settings = settings or default_settings()
        self.counts: dict[str, int] = {} if counts is None else counts
        self.is_readable = is_readable
        self.places: Mapping[str, Place] = {} if places is None else places
        self.judgement = judgement

    def judged(self) -> Judgement:
        """The map judged by the settings: as the reader did, unless another day or other settings have come since."""
        held = self.judgement
        if held is None or held.map is not self.map or held.settings is not self.settings:
            from warmap.judgement import judge

            held = self.judgement = judge(self.map, self.settings)
        return held

    @property
    def passed(self) -> bool:
        """No critical or major DV finding; a CP finding is for a person to judge."""
        return not any(f.code.startswith("DV") and f.severity.value in {"critical", "major"} for f in self.findings)


def load(path: Path, as_of: date | None = None, settings: Settings | None = None) -> Loaded:
    """Read one file; nothing raises, everything wrong is a finding.

    `as_of` replaces the map's own date of judging, `settings` those that travel in the workbook.
    """
    if path.suffix.lower() not in DOCUMENTS:
        return rejudged(_workbook(str(path), path), as_of, settings)
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_DOCUMENT_BYTES else None
    except FileNotFoundError:
        return unreadable(str(path), NO_FILE)
    except OSError:
        return unreadable(str(path), CANNOT_OPEN)
    return unreadable(str(path), TOO_LARGE) if data is None else load_bytes(str(path), data, as_of, settings)


def load_bytes(name: str, data: bytes, as_of: date | None = None, settings: Settings | None = None) -> Loaded:
    """The same from a file's bytes; the end of its name tells a document from a workbook, unless the bytes say otherwise."""
    is_document = PurePath(name).suffix.lower() in DOCUMENTS and not data.startswith(PACKAGED)
    return rejudged(_document(name, data) if is_document else _workbook(name, data), as_of, settings)


def rejudged(loaded: Loaded, as_of: date | None, settings: Settings | None) -> Loaded:
    """The same file judged at another day and by other settings, where these are given."""
    if as_of is not None:
        _judge_at(loaded, as_of)
    if settings is not None:
        loaded.settings = settings
    return loaded


def _judge_at(loaded: Loaded, as_of: date) -> None:
    """Another day of judging: what was said of the old one no longer holds."""
    old = {(f.code, f.sheet, f.cell) for f in contact_after_judging(loaded.map, loaded.places)}
    old |= {(f.code, f.sheet, f.cell) for f in loaded.findings if f.field == "as_of" and f.code == "DV201"}
    deal = loaded.map.deal.model_copy(update={"as_of": as_of})
    loaded.map = loaded.map.model_copy(update={"deal": deal})
    kept = [f for f in loaded.findings if (f.code, f.sheet, f.cell) not in old]
    loaded.findings = [*kept, *contact_after_judging(loaded.map, loaded.places)]


def unreadable(file: str, why: Why, facts: Mapping[str, str] | None = None) -> Loaded:
    """A file that could not be read: the finding DV002 with the reason and the remedy."""
    reason, remedy = why
    said = Text(reason.zh.format_map(facts or {}), reason.en.format_map(facts or {}))
    return nothing_read(file, Finding("DV002", facts={"reason": said, "remedy": remedy}))


def nothing_read(file: str, finding: Finding) -> Loaded:
    """A file of which there is only a finding that says why."""
    return Loaded(file, findings=[finding], counts=_counted(BUT_FIRST), is_readable=False)


def _workbook(name: str, source: Path | bytes) -> Loaded:
    from warmap_workbook.reading.read import read_workbook

    intake = read_workbook(source)
    book = intake.book
    is_map = book is not None and not any(finding.code == "DV001" for finding in intake.findings)
    skipped = intake.skipped_checks | ACROSS_FILES if is_map else BUT_FIRST
    counts = {**(intake.counts if is_map else _unread(book)), **_counted(skipped)}
    return Loaded(
        name,
        intake.map,
        intake.findings,
        language=intake.lang,
        template_version=intake.template_version,
        settings=intake.settings,
        counts=counts,
        is_readable=is_map,
        places=intake.places,
        judgement=intake.judgement,
    )


def _unread(book: Book | None) -> dict[str, int]:
    """The counts of a book in which nothing was checked."""
    nothing = {"sheets": 0, "cells": 0, "formulas": 0}
    if book is None:
        return nothing
    skipped = {
        "sheets_skipped": book.sheet_count,
        "cells_skipped": book.cell_count,
        "formulas_skipped": book.formula_count,
    }
    return {**nothing, **skipped}


def _counted(skipped: frozenset[str]) -> dict[str, int]:
    """How many of the catalogue's checks were run on a file; DV901 is none, it tells of the others."""
    codes = CHECKS.keys() - {"DV901"}
    return {"checks": len(codes - skipped), "checks_skipped": len(codes & skipped)}


def _document(name: str, data: bytes) -> Loaded:
    if len(data) > MOST_DOCUMENT_BYTES:
        return unreadable(name, TOO_LARGE)
    if not data.strip():
        return unreadable(name, EMPTY)
    kind = "JSON" if PurePath(name).suffix.lower() == ".json" else "YAML"
    try:
        document = parsed(data, kind)
    except NotParsed as error:
        return unreadable(name, error.why, error.facts)
    intake = read_document(document)
    is_map = not any(finding.code == "DV001" for finding in intake.findings)
    cells = _leaves(document)
    seen = {"cells": cells} if is_map else {"cells_skipped": cells}
    counts = {**seen, **_counted(WORKBOOKS_ONLY | ACROSS_FILES if is_map else BUT_FIRST)}
    return Loaded(
        name, intake.map, intake.findings, language=intake.lang, counts=counts, is_readable=is_map, places=intake.places
    )


def _leaves(document: Any) -> int:
    if isinstance(document, dict):
        return sum(_leaves(value) for value in document.values())
    return sum(_leaves(value) for value in document) if isinstance(document, list) else 1


def evaluation_of(loaded: Loaded, lang: Lang) -> dict[str, Any]:
    """The evaluation of a file (specification, section 6); of one that could not be read, its findings and nothing judged."""
    from warmap.evaluation import evaluate

    result = evaluate(
        loaded.judged(), loaded.findings, lang=lang, language=loaded.language,
        file=loaded.file, template_version=loaded.template_version,
    )  # fmt: skip
    if not loaded.is_readable:
        nothing: dict[str, Any] = {"red_flags": [], "win_checklist": [], "stage_gates": [], "next_actions": []}
        blank: dict[str, Any] = {"template_version": None, "language": None, "roles": {}, "trust_pillars": {}}
        result.update(nothing, **blank, scores=dict.fromkeys(result["scores"]))
    return result
