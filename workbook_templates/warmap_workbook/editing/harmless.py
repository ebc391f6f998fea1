"""The one place that makes a copy harmless: without macros, and without anything that leads out of the file.

Every workbook that is written from one that somebody handed in goes through it (the tests look at every writer). Values
stay; of a formula that starts a program, fetches something or asks another file, the stored result. Hyperlinks to web
pages stay, for they do nothing until somebody clicks.
"""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import NamedTuple
from xml.sax.saxutils import escape

from warmap_workbook.editing.package_edit import Edit, Element, PackageEdit, edited, elements, plain_sheet
from warmap_workbook.editing.plain_calls import plain_calls
from warmap_workbook.ooxml import Reason, Unreadable
from warmap_workbook.ooxml.outside import kind_of, source_of
from warmap_workbook.ooxml.package import CONTENT_TYPES
from warmap_workbook.ooxml.reaching_out import may_reach_out, reach_of

_MACRO_KINDS = frozenset(
    {"vbaproject", "wordvbadata", "vbaprojectsignature", "attachedtoolbars", "extensibility", "xlmacrosheet", "xlintlmacrosheet"}
)  # fmt: skip
_LINK_KINDS = frozenset({"externallink", "externallinkpath"})
_MACRO_SHEETS = frozenset({"xlmacrosheet", "xlintlmacrosheet"})
_MACRO_BOOK = re.compile(
    rb"application/vnd\.ms-excel\.(?:sheet|template|addin)\.macroEnabled(?:\.12)?\.main\+xml", re.IGNORECASE
)
_PLAIN_BOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WORKSHEET_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_VBA_TYPE = "application/vnd.ms-office.vba"
_NOWHERE = "NULL"  # what Excel itself writes where a linked picture is gone
# Elements that are nothing without the relation that they name, and the containers that they stand in.
_NAMING = ("hyperlink", "hlinkClick", "hlinkHover", "externalReference", "picture", "oleObject", "control")
_HOLDERS = ("oleObjects", "controls")
_LINKED = re.compile(r"\[\d+\]")
_RULES = ("formula", "formula1", "formula2")
_FALSE = b"FALSE"
_QUERY_TABLE = re.compile(rb"""\stableType\s*=\s*["']queryTable["']""")


class Stripped(NamedTuple):
    """How much was left out: relations to the outside and macros, and formulas replaced by their results."""

    parts: int = 0
    formulas: int = 0


def made_harmless(edit: PackageEdit, *, all_calls: bool = False) -> tuple[Stripped, int]:
    """Take out of a workbook what runs or leads outside; gives how much, and how many calls of ours were made plain.

    These are only the ones that stand where something may lead outside, but with `all_calls`. Unreadable for a part that
    is then not in UTF-8 or no XML.
    """
    sheets = [sheet.name for sheet in edit.worksheets()]
    macros, outside = _take_out_relations(edit)
    gone_through = [_without_reaching_formulas(edit, part, sheets, all_calls) for part in _sheets_and_book(edit)]
    if is_macro_book(edit):
        _as_plain_book(edit)
    formulas, calls = map(sum, zip(*gone_through, strict=True))
    return Stripped(macros + outside, formulas), calls


def _take_out_relations(edit: PackageEdit) -> tuple[int, int]:
    """Drop relations to macros, links and the outside, with the parts behind them; counted as (macros, others)."""
    macros = outside = 0
    gone: set[str] = set()
    for name in edit.names():
        source = source_of(name)
        if source is None:
            continue
        dropped: dict[str, Element] = {}
        for one in elements(edit.read(name), name, {"Relationship"}):
            if one.name != "Relationship":
                continue
            kind = one.attribute("Type").rstrip("/").rpartition("/")[2].lower()
            external = one.attribute("TargetMode").strip().lower() == "external"
            is_macro = kind in _MACRO_KINDS
            if not (is_macro or kind in _LINK_KINDS or kind_of(kind, one.attribute("Target"), external=external)):
                continue
            dropped[one.attribute("Id")] = one
            macros, outside = macros + is_macro, outside + (not is_macro)
            if not external and kind not in _MACRO_SHEETS:
                gone.add(edit.package.place(source, one.attribute("Target")).casefold())
        if dropped:
            _drop_relations(edit, name, source, dropped)
    if gone:
        inside = {part for part in edit.names() if part.casefold() in gone}
        below = {part for part in edit.names() if (source_of(part) or part).casefold() in gone}
        edit.leave_out(inside | below)
    return macros, outside


def _drop_relations(edit: PackageEdit, name: str, source: str, dropped: dict[str, Element]) -> None:
    """Take relations out, and what names them in their part; one that is still named then leads nowhere."""
    left = _without_naming(edit, source, dropped.keys()) if source in edit else b""
    edits: list[Edit] = []
    for id_, one in dropped.items():
        kind = one.attribute("Type").rpartition("/")[2].lower()
        quoted = re.search(rb"""=\s*["']%b["']""" % re.escape(id_.encode()), left)
        if kind in _MACRO_SHEETS:
            part = edit.package.place(source, one.attribute("Target"))
            edit.put(part, plain_sheet([]))
            edit.retype(part, _WORKSHEET)
            edits.append(_related(one, _WORKSHEET_KIND, one.attribute("Target"), ""))
        elif quoted is None:
            edits.append(Edit(one.start, one.end, b""))
        else:
            edits.append(_related(one, one.attribute("Type"), _NOWHERE, ' TargetMode="External"'))
    edit.put(name, edited(edit.read(name), edits))


def _related(one: Element, kind: str, target: str, mode: str) -> Edit:
    words = f'<{one.prefix}Relationship Id="{one.attribute("Id")}" Type="{kind}" Target="{target}"{mode}/>'
    return Edit(one.start, one.end, words.encode())


def _without_naming(edit: PackageEdit, part: str, ids: Iterable[str]) -> bytes:
    """A part without the elements and links that name these relations."""
    if not part.casefold().endswith((".xml", ".vml")):
        return edit.read(part)
    wanted, data = set(ids), edit.read(part)
    edits: list[Edit] = []
    end = 0
    for one in elements(data, part, {*_NAMING, *_HOLDERS, "AlternateContent", "blip", "imagedata"}):
        if one.start < end:
            continue
        names = {value for key, value in one.attributes.items() if ":" in key and value in wanted}
        if one.name in _HOLDERS or (one.name == "AlternateContent" and _holds(data, one)):
            cut = any(
                re.search(rb"""=\s*["']%b["']""" % re.escape(id_.encode()), data[one.start : one.end]) for id_ in wanted
            )
        else:
            cut = bool(names) and one.name in _NAMING
        if cut:
            edits.append(Edit(one.start, one.end, b""))
            end = one.end
        elif names and one.name in ("blip", "imagedata"):
            edits += _without_attributes(data, one, names)
    data = edited(data, edits)
    for holder in ("hyperlinks", "externalReferences"):
        data = re.sub(rb"<((?:\w+:)?%b)\b[^<>]{0,500}>\s*</\1>" % holder.encode(), b"", data)
    edit.put(part, data)
    return data


def _holds(data: bytes, one: Element) -> bool:
    return len(one.parents) == 1 and any(holder.encode() in data[one.start : one.end] for holder in _HOLDERS)


def _without_attributes(data: bytes, one: Element, ids: Iterable[str]) -> list[Edit]:
    tag_end = data.index(b">", one.start)
    found = (
        re.compile(rb"""\s[\w.-]+:(?:link|href|pict|id|relid)\s*=\s*["']%b["']""" % re.escape(id_.encode())).search(
            data, one.start, tag_end
        )
        for id_ in ids
    )
    return [Edit(match.start(), match.end(), b"") for match in found if match]


def _sheets_and_book(edit: PackageEdit) -> list[str]:
    book = edit.package.workbook_part()
    sheets = [
        name
        for name in edit.names()
        if name.casefold().startswith("xl/worksheets/") and name.casefold().endswith(".xml")
    ]
    for table in [name for name in edit.names() if name.casefold().startswith("xl/tables/")]:
        data = edit.read(table)
        if _QUERY_TABLE.search(data):
            edit.put(table, _QUERY_TABLE.sub(b"", data))
    return [*sheets, book]


def _without_reaching_formulas(edit: PackageEdit, part: str, sheets: Sequence[str], all_calls: bool) -> tuple[int, int]:
    """Formulas and names that start, fetch or ask another file, taken out; their results stay. Our own calls are made plain."""
    data = edit.read(part)
    try:
        text = unescape(data.decode("utf-8", "strict" if all_calls else "replace"))
    except UnicodeDecodeError:
        raise Unreadable(Reason.unsupported_encoding, {"part": part}) from None
    if not all_calls and not _LINKED.search(text) and not may_reach_out([text]):
        return 0, 0
    edits: list[Edit] = []
    groups: set[str] = set()
    count = made_plain = 0
    found = [
        one for one in elements(data, part, {"f", "definedName", *_RULES}) if one.name in {"f", "definedName", *_RULES}
    ]
    for one in found:
        raw = data[data.index(b">", one.start) + 1 : one.inner_end] if one.inner_end != one.end else b""
        formula, calls = plain_calls(unescape(raw.decode("utf-8", "replace")))
        if not reaches(formula, sheets):
            if calls and b"<" not in raw:  # else it stands in a CDATA section
                made_plain += calls
                opened = data[one.start : data.index(b">", one.start) + 1]
                edits.append(Edit(one.start, one.inner_end, opened + escape(formula).encode()))
            continue
        count += 1
        if one.name in _RULES:
            edits.append(Edit(data.index(b">", one.start) + 1, one.inner_end, _FALSE))
            continue
        if one.attribute("t") == "shared":
            groups.add(one.attribute("si"))
        edits.append(Edit(one.start, one.end, b""))
    cut = {edit.start for edit in edits}
    edits += [
        Edit(one.start, one.end, b"")
        for one in found
        if one.name == "f" and one.attribute("t") == "shared" and one.attribute("si") in groups and one.start not in cut
    ]
    if edits:
        edit.put(part, edited(data, edits))
    return count, made_plain


def reaches(formula: str, sheets: Sequence[str] = ()) -> bool:
    """Whether a formula starts a program, fetches something, or asks another file."""
    words = re.sub(r'"(?:[^"]|"")*"', '""', formula)
    return _LINKED.search(words) is not None or reach_of(formula, sheets) is not None


def is_macro_book(edit: PackageEdit) -> bool:
    """Whether a workbook says that it holds macros."""
    return _MACRO_BOOK.search(edit.read(CONTENT_TYPES)) is not None


def _as_plain_book(edit: PackageEdit) -> None:
    """The content type of a workbook without macros: Excel refuses one whose type and ending disagree."""
    types = _MACRO_BOOK.sub(_PLAIN_BOOK, edit.read(CONTENT_TYPES))
    edit.put(CONTENT_TYPES, types)
    edit.cut(CONTENT_TYPES, "Default", lambda one: one.attribute("ContentType").startswith(_VBA_TYPE))
