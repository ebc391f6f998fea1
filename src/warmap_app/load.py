"""One submitted file, whatever it is, into a map with findings: a workbook, YAML or JSON.

Documents are untrusted, and every way they can be wrong has its words.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from warmap.evaluation import evaluate
from warmap.findings import Finding
from warmap.reading import Reading, nothing_read, read_document
from warmap.settings import Settings
from warmap.terms import Severity
from warmap.text import Lang, Text
from warmap_app.opening import CannotRead, Why, file_bytes
from warmap_workbook.calculating.plain_results import plain_results
from warmap_workbook.ooxml import DEFAULT_LIMITS, Reason
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.reading.refusals import REASONS

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
DOCUMENTS = frozenset({".yaml", ".yml", ".json"})
PACKAGED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how workbooks begin, whatever the file is called
MOST_FINDINGS = 2_000  # of one file
NOT_LISTED = "DV902"
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
    name: str,
    data: bytes,
    as_of: date | None = None,
    settings: Settings | None = None,
    today: date | None = None,
    *,
    recalculate: bool = False,
) -> Reading:
    """Read a file's bytes; the end of its name tells a document from a workbook, unless the bytes say otherwise.

    With `recalculate` a workbook's plain formulas are worked out too, and compared with their stored results.
    """
    if PurePath(name).suffix.lower() in DOCUMENTS and not data.startswith(PACKAGED):
        return _capped(_document(name, data, as_of, settings, today))
    plain = plain_results if recalculate else None
    reading = read_workbook(data, as_of=as_of, settings=settings, today=today, plain_results=plain)
    reading.file = name
    return _capped(reading)


def _capped(reading: Reading) -> Reading:
    """The reading with its heaviest findings, and one that counts the others: 2 MB can hold 200,000 mistakes."""
    if len(reading.findings) <= MOST_FINDINGS:
        return reading
    heaviest = list(Severity)
    order = sorted(range(len(reading.findings)), key=lambda place: heaviest.index(reading.findings[place].severity))
    kept = set(order[:MOST_FINDINGS])
    left = [one for place, one in enumerate(reading.findings) if place not in kept]
    severities = Counter(one.severity.value for one in left)
    facts: dict[str, Any] = {severity.value: severities[severity] for severity in Severity}
    more = Finding(NOT_LISTED, facts={**facts, "count": len(left), "codes": dict(Counter(one.code for one in left))})
    reading.findings = [*(one for place, one in enumerate(reading.findings) if place in kept), more]
    return reading


def unreadable(file: str, why: Why, facts: Mapping[str, object] | None = None) -> Reading:
    """Give the reading of a file that could not be read: the finding DV002 with the reason and the remedy."""
    reason, remedy = why
    said = reason.filled(**(facts or {}))
    return nothing_read([Finding("DV002", facts={"reason": said, "remedy": remedy})], file=file)


def _document(name: str, data: bytes, as_of: date | None, settings: Settings | None, today: date | None) -> Reading:
    if len(data) > MOST_DOCUMENT_BYTES:
        return unreadable(name, TOO_LARGE)
    if not data.strip():
        return unreadable(name, REASONS[Reason.empty_file])
    try:
        document = parsed(data, name)
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
NOT_PARSED = (Text("不是有效的 {kind}：{word}", "it is not valid {kind}: {word}"), CORRECT)
AT = Text("第 {line} 行第 {column} 列：{what}", "line {line}, column {column}: {what}")
PARSERS_SAY: Mapping[str, str] = {
    "Expecting value": "这里缺一个值",
    "Expecting ',' delimiter": "这里缺逗号",
    "Expecting ':' delimiter": "这里缺冒号",
    "Expecting property name": "这里应是双引号里的名称",
    "Extra data": "后面还有多余的内容",
    "Unterminated string": "引号没有收尾",
    "Invalid control character": "有不允许的控制字符",
    "Invalid \\escape": "反斜杠的写法不对",
    "mapping values are not allowed": "冒号的位置不对（值里有冒号时，整个值加引号）",
    "could not find expected ':'": "这里缺冒号",
    "found character": "有不能在这里开头的字符（缩进只用空格，不用制表符）",
    "expected <block end>": "缩进不一致",
    "expected ',' or": "这里缺逗号或右括号",
    "expected the node content": "内容没有写完",
    "found unexpected end of stream": "内容没有写完",
    "could not determine a constructor": "用了不能用的标签（!!…）",
    "but found another document": "一个文件里有两份文档",
}
"""What the parsers of JSON and YAML say, by the beginning of their English words; anything rarer is told in English."""


class NotParsed(Exception):
    """The bytes are no plain data; `why` is the reason and the remedy, `facts` fill them."""

    def __init__(self, why: Why, word: str | Text = "", kind: str = "") -> None:
        super().__init__(word)
        self.why = why
        said = word if isinstance(word, Text) else " ".join(word.split())[:LONGEST_SAID]
        self.facts = {"word": said, "deepest": str(DEEPEST), "kind": kind}


def parsed(data: bytes, name: str) -> object:
    """Plain data of a document; the end of its name tells JSON from YAML. NotParsed."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotParsed(NOT_UTF_8) from None
    return _json(text) if name.lower().endswith(".json") else _yaml(text)


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
    except json.JSONDecodeError as error:
        raise NotParsed(NOT_PARSED, _said_at(error.msg, error.lineno, error.colno), "JSON") from None
    except ValueError as error:
        raise NotParsed(NOT_PARSED, str(error), "JSON") from None
    except RecursionError:
        raise NotParsed(TOO_DEEP) from None


NUMBERS = {
    "tag:yaml.org,2002:int": r"[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+",
    "tag:yaml.org,2002:float": r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
}
"""Numbers as YAML 1.1 knows them, but for those to the base 60: `1:30` is a time or a ratio, and computing a long one takes
the square of its length."""


@cache
def _loader() -> Any:
    """PyYAML's safe loader without numbers to the base 60."""
    import yaml

    class Loader(yaml.SafeLoader):
        """A resolver and constructors of its own."""

    forms = {tag: re.compile(f"^(?:{form})$") for tag, form in NUMBERS.items()}
    Loader.yaml_implicit_resolvers = {
        first: [(tag, forms.get(tag, form)) for tag, form in rules]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def number(loader: Any, node: Any) -> Any:
        if ":" in str(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a number to the base 60", node.start_mark)
        return yaml.SafeLoader.yaml_constructors[node.tag](loader, node)

    for tag in NUMBERS:
        Loader.add_constructor(tag, number)
    return Loader


def _yaml(text: str) -> object:
    import yaml

    try:
        _check_events(yaml.parse(text, Loader=yaml.SafeLoader))
        return yaml.load(text, Loader=_loader())  # noqa: S506  a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        what = str(error.problem or error.context)
        said = _said_at(what, mark.line + 1, mark.column + 1) if mark else what
        raise NotParsed(NOT_PARSED, said, "YAML") from None
    except (yaml.YAMLError, ValueError) as error:
        raise NotParsed(NOT_PARSED, str(error), "YAML") from None
    except RecursionError:
        raise NotParsed(TOO_DEEP) from None


def _said_at(what: str, line: int, column: int) -> Text:
    """Where a parser stumbled, and over what."""
    what = " ".join(what.split())[:LONGEST_SAID]
    chinese = next((zh for beginning, zh in PARSERS_SAY.items() if what.startswith(beginning)), what)
    return AT.filled(line=line, column=column, what=Text(chinese, what))


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
