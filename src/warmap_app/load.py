"""One submitted file, whatever it is, into a map with findings: a workbook, YAML or JSON.

Documents are untrusted, and every way they can be wrong has its words.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from warmap.evaluation import evaluate
from warmap.findings import Finding
from warmap.reading import Reading, nothing_read, read_document
from warmap.settings import Settings
from warmap.text import Lang, Text
from warmap_app.opening import CannotRead, Why, file_bytes
from warmap_workbook.ooxml import DEFAULT_LIMITS, Reason
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.reading.refusals import REASONS

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
DOCUMENTS = frozenset({".yaml", ".yml", ".json"})
PACKAGED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how workbooks begin, whatever the file is called
MOST_DOCUMENT_BYTES = 5 * 1024 * 1024

TOO_LARGE = (Text("文件太大", "the file is too large"), Text("一份地图不超过 5 MiB。", "One map is at most 5 MiB."))


def load(path: Path, as_of: date | None = None, settings: Settings | None = None, today: date | None = None) -> Reading:
    """Read one file; nothing raises, everything wrong is a finding.

    `as_of` replaces the map's own date of judging, `settings` those that travel in the workbook;
    `today` is the day of the check, where that matters.
    """
    try:
        return load_bytes(str(path), file_bytes(str(path), DEFAULT_LIMITS.file_bytes), as_of, settings, today)
    except CannotRead as error:
        return unreadable(str(path), error.why)


def load_bytes(
    name: str, data: bytes, as_of: date | None = None, settings: Settings | None = None, today: date | None = None
) -> Reading:
    """Read a file's bytes; the end of its name tells a document from a workbook, unless the bytes say otherwise."""
    is_document = PurePath(name).suffix.lower() in DOCUMENTS and not data.startswith(PACKAGED)
    return (_document if is_document else _workbook)(name, data, as_of, settings, today)


def unreadable(file: str, why: Why, facts: Mapping[str, str] | None = None) -> Reading:
    """Give the reading of a file that could not be read: the finding DV002 with the reason and the remedy."""
    reason, remedy = why
    said = reason.filled(**(facts or {}))
    return nothing_read([Finding("DV002", facts={"reason": said, "remedy": remedy})], file=file)


def _workbook(name: str, data: bytes, as_of: date | None, settings: Settings | None, today: date | None) -> Reading:
    reading = read_workbook(data, as_of=as_of, settings=settings, today=today)
    reading.file = name
    return reading


def _document(name: str, data: bytes, as_of: date | None, settings: Settings | None, today: date | None) -> Reading:
    if len(data) > MOST_DOCUMENT_BYTES:
        return unreadable(name, TOO_LARGE)
    if not data.strip():
        return unreadable(name, REASONS[Reason.empty_file])
    kind = "JSON" if PurePath(name).suffix.lower() == ".json" else "YAML"
    try:
        document = parsed(data, kind)
    except NotParsed as error:
        return unreadable(name, error.why, error.facts)
    reading = read_document(document, as_of=as_of, settings=settings, today=today)
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


DEEPEST = 50  # levels; a map has six, and a parser takes the square of the depth
LONGEST_SAID = 200  # characters of a parser's own words

CORRECT = Text("改正那一处后再试。", "Correct that place and try again.")
NOT_UTF_8 = (
    Text("文字编码不是 UTF-8", "its text is not in UTF-8"),
    Text("另存为 UTF-8 再提交。", "Save it as UTF-8 and submit that."),
)
TOO_DEEP = (Text("嵌套超过 {deepest} 层", "it is nested deeper than {deepest} levels"), CORRECT)
NUMBER_TOO_LONG = (Text("里面有一个数字太长", "a number in it is too long"), CORRECT)
NO_NUMBER = (Text("{word} 不是 JSON 的数", "{word} is not a number of JSON"), CORRECT)
TWICE = (Text("“{word}”在同一层写了两次", "“{word}” is written twice on one level"), CORRECT)
ALIAS = (
    Text("里面有引用（*{word}），地图里不用引用", "it holds an alias (*{word}), and aliases are not taken in a map"),
    CORRECT,
)
NOT_PARSED = (Text("不是有效的 {kind}：{word}", "it is not valid {kind}: {word}"), CORRECT)  # fmt: skip


class NotParsed(Exception):
    """The bytes are no plain data; `why` is the reason and the remedy, `facts` fill them."""

    def __init__(self, why: Why, word: str = "", kind: str = "") -> None:
        super().__init__(word)
        self.why = why
        self.facts = {"word": " ".join(word.split())[:LONGEST_SAID], "deepest": str(DEEPEST), "kind": kind}


def parsed(data: bytes, kind: str) -> object:
    """Plain data of a document; `kind` is JSON or YAML. NotParsed."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotParsed(NOT_UTF_8) from None
    return _json(text) if kind == "JSON" else _yaml(text)


def _json(text: str) -> object:
    def refuse(word: str) -> object:
        raise NotParsed(NO_NUMBER, word)

    def number(digits: str) -> int:
        if len(digits) > sys.int_info.default_max_str_digits:
            raise NotParsed(NUMBER_TOO_LONG)
        return int(digits)

    def mapping(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise NotParsed(TWICE, key)
            found[key] = value
        return found

    try:
        return json.loads(text, parse_constant=refuse, parse_int=number, object_pairs_hook=mapping)
    except ValueError as error:
        raise NotParsed(NOT_PARSED, str(error), "JSON") from None
    except RecursionError:
        raise NotParsed(TOO_DEEP) from None


def _yaml(text: str) -> object:
    import yaml

    try:
        _check_events(yaml.parse(text, Loader=yaml.SafeLoader))
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise NotParsed(NOT_PARSED, f"{where}{error.problem or error.context}", "YAML") from None
    except (yaml.YAMLError, ValueError) as error:
        raise NotParsed(NOT_PARSED, str(error), "YAML") from None
    except RecursionError:
        raise NotParsed(TOO_DEEP) from None


def _check_events(events: Iterable[Any]) -> None:
    """Refuse, while the text is only scanned, what would make the loader slow or leave something out."""
    import yaml

    keys: list[set[str] | None] = []  # of the collections that are open; None for a list
    is_key: list[bool] = []
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            raise NotParsed(ALIAS, event.anchor or "")
        if isinstance(event, yaml.CollectionEndEvent):
            keys.pop()
            is_key.pop()
        elif isinstance(event, yaml.NodeEvent):
            if keys and (names := keys[-1]) is not None:
                if is_key[-1] and isinstance(event, yaml.ScalarEvent):
                    if event.value in names:
                        raise NotParsed(TWICE, event.value)
                    names.add(event.value)
                is_key[-1] = not is_key[-1]
            if isinstance(event, yaml.CollectionStartEvent):
                keys.append(set() if isinstance(event, yaml.MappingStartEvent) else None)
                is_key.append(True)
                if len(keys) > DEEPEST:
                    raise NotParsed(TOO_DEEP)
