"""One submitted file, whatever it is, into a map with findings: a workbook, YAML or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from warmap.evaluation import evaluate
from warmap.findings import Finding
from warmap.reading import Reading, nothing_read, read_document
from warmap.settings import Settings
from warmap.text import Lang, Text
from warmap_app.documents import NotParsed, Why, parsed
from warmap_workbook.ooxml import Reason
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.reading.refusals import REASONS

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
DOCUMENTS = frozenset({".yaml", ".yml", ".json"})
PACKAGED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how workbooks begin, whatever the file is called
MOST_DOCUMENT_BYTES = 5 * 1024 * 1024

NO_FILE = REASONS[Reason.not_found]
CANNOT_OPEN = (
    Text("文件打不开（可能是文件夹、被占用或无权限）", "it cannot be opened (a folder, in use, or no permission)"),
    Text("核对路径，关闭正在使用它的程序后再试。", "Check the path, close the program that uses it, and try again."),
)
TOO_LARGE = (Text("文件太大", "the file is too large"), Text("一份地图不超过 5 MiB。", "One map is at most 5 MiB."))


def load(path: Path, as_of: date | None = None, settings: Settings | None = None) -> Reading:
    """Read one file; nothing raises, everything wrong is a finding.

    `as_of` replaces the map's own date of judging, `settings` those that travel in the workbook.
    """
    if path.suffix.lower() not in DOCUMENTS:
        return _workbook(str(path), path, as_of, settings)
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_DOCUMENT_BYTES else None
    except FileNotFoundError:
        return unreadable(str(path), NO_FILE)
    except OSError:
        return unreadable(str(path), CANNOT_OPEN)
    return unreadable(str(path), TOO_LARGE) if data is None else load_bytes(str(path), data, as_of, settings)


def load_bytes(name: str, data: bytes, as_of: date | None = None, settings: Settings | None = None) -> Reading:
    """Read a file's bytes; the end of its name tells a document from a workbook, unless the bytes say otherwise."""
    is_document = PurePath(name).suffix.lower() in DOCUMENTS and not data.startswith(PACKAGED)
    return (_document if is_document else _workbook)(name, data, as_of, settings)


def unreadable(file: str, why: Why, facts: Mapping[str, str] | None = None) -> Reading:
    """Give the reading of a file that could not be read: the finding DV002 with the reason and the remedy."""
    reason, remedy = why
    said = reason.filled(**(facts or {}))
    return nothing_read([Finding("DV002", facts={"reason": said, "remedy": remedy})], file=file)


def _workbook(name: str, source: Path | bytes, as_of: date | None, settings: Settings | None) -> Reading:
    reading = read_workbook(source, as_of=as_of, settings=settings)
    reading.file = name
    return reading


def _document(name: str, data: bytes, as_of: date | None, settings: Settings | None) -> Reading:
    if len(data) > MOST_DOCUMENT_BYTES:
        return unreadable(name, TOO_LARGE)
    if not data.strip():
        return unreadable(name, REASONS[Reason.empty_file])
    kind = "JSON" if PurePath(name).suffix.lower() == ".json" else "YAML"
    try:
        document = parsed(data, kind)
    except NotParsed as error:
        return unreadable(name, error.why, error.facts)
    reading = read_document(document, as_of=as_of, settings=settings)
    reading.file = name
    return reading


def evaluation_of(reading: Reading, lang: Lang) -> dict[str, Any]:
    """The evaluation of a file (specification, section 6); of one that could not be read, its findings and nothing judged."""
    result = evaluate(
        reading.judgement, reading.findings, lang=lang, language=reading.lang,
        file=reading.file, template_version=reading.template_version,
    )  # fmt: skip
    if not reading.is_map:
        nothing: dict[str, Any] = {"red_flags": [], "win_checklist": [], "stage_gates": [], "next_actions": []}
        blank: dict[str, Any] = {"template_version": None, "language": None, "roles": {}, "trust_pillars": {}}
        result.update(nothing, **blank, scores=dict.fromkeys(result["scores"]))
    return result
