"""The package: parts, their content types, and the relations between them."""

from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from zipfile import ZipInfo

from warmap_workbook.ooxml.container import Container, refusal
from warmap_workbook.ooxml.unreadable import Limits, Reason, Unreadable
from warmap_workbook.ooxml.xmlpart import local_name, parse_xml

CONTENT_TYPES = "[Content_Types].xml"
_BINARY_WORKBOOK = "sheet.binary"
_WORKBOOK_TYPES = ("spreadsheetml", "ms-excel")
_OTHER_KINDS = {
    "wordprocessingml": "text_document",
    "ms-word": "text_document",
    "presentationml": "presentation",
    "ms-powerpoint": "presentation",
}


class Relation(NamedTuple):
    """One relation of a part: `kind` is the last word of its type, such as 'worksheet'; `target` a part's name."""

    kind: str
    target: str
    external: bool


class Package:
    """A package of parts. Unreadable, with a reason of its own, for every kind of file that is none."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        refused = refusal(data)
        if refused is not None:
            raise refused
        self.limits = limits
        self._parts = Container(data, limits)
        if CONTENT_TYPES not in self._parts:
            raise self._foreign_zip()
        self._overrides, self._defaults = self._content_types()

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def size(self, part: str) -> int:
        """Size of a part in bytes when inflated, 0 when there is none."""
        return self._parts.size(part)

    def names(self) -> list[str]:
        """The names of all parts, in the order of the file."""
        return self._parts.names()

    def packed(self, part: str) -> tuple[ZipInfo, bytes]:
        """How a part is declared, and its bytes as they are packed, not inflated; Unreadable(missing_part)."""
        return self._parts.packed(part)

    def read(self, part: str) -> bytes:
        """Bytes of a part; Unreadable(missing_part) when there is none."""
        return self._parts.read(part)

    def xml(self, part: str) -> Element:
        """Root element of an XML part."""
        return parse_xml(self.read(part), part, self.limits)

    def media_type(self, part: str) -> str:
        """Content type of a part, '' when none is declared."""
        by_extension = self._defaults.get(part.rpartition(".")[2].casefold(), "")
        return self._overrides.get(part.casefold(), by_extension)

    def relations(self, part: str) -> dict[str, Relation]:
        """Relations of a part ('' for the package) by their id, in the order written; none when it has no such part."""
        folder, _, name = part.rpartition("/")
        source = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if source not in self:
            return {}
        found: dict[str, Relation] = {}
        for element in self.xml(source):
            external = element.get("TargetMode", "").lower() == "external"
            target = element.get("Target", "")
            kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
            if element.get("Id", "") in found:
                raise Unreadable(Reason.corrupt, {"part": source, "problem": "Id"})
            found[element.get("Id", "")] = Relation(kind, target if external else self._place(folder, target), external)
        return found

    def workbook_part(self) -> str:
        """Name of the workbook's part. Unreadable: not_a_workbook, xlsb, or missing_part."""
        targets = [relation.target for relation in self.relations("").values() if relation.kind == "officeDocument"]
        if not targets:
            if "_rels/.rels" not in self:
                raise Unreadable(Reason.missing_part, {"part": "_rels/.rels"})
            raise Unreadable(Reason.not_a_workbook)
        part = targets[0]
        media_type = self.media_type(part).lower()
        if _BINARY_WORKBOOK in media_type or part.casefold().endswith(".bin"):
            raise Unreadable(Reason.xlsb)
        if part not in self:
            raise Unreadable(Reason.missing_part, {"part": part})
        if not any(word in media_type for word in _WORKBOOK_TYPES) and media_type not in ("", "application/xml"):
            kind = next((kind for word, kind in _OTHER_KINDS.items() if word in media_type), "")
            raise Unreadable(Reason.not_a_workbook, {"found": media_type, "kind": kind})
        return part

    def place(self, source: str, target: str) -> str:
        """The part that a target names, seen from another part ('' for the package)."""
        return self._place(source.rpartition("/")[0], target)

    def _place(self, folder: str, target: str) -> str:
        """Part that a target names: from the package's root when it begins with '/', else from the source's folder."""
        target = target.replace("\\", "/").partition("#")[0]
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        part = normpath(path).lstrip("/")
        if part not in self and unquote(part) in self:
            return unquote(part)
        return part

    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        overrides: dict[str, str] = {}
        defaults: dict[str, str] = {}
        for element in self.xml(CONTENT_TYPES):
            kind, media_type = local_name(element.tag), element.get("ContentType", "")
            if kind == "Override":
                overrides[element.get("PartName", "").lstrip("/").casefold()] = media_type
            elif kind == "Default":
                defaults[element.get("Extension", "").casefold()] = media_type
        return overrides, defaults

    def _foreign_zip(self) -> Unreadable:
        """Tell what a zip file without content types is."""
        if "mimetype" in self and self.read("mimetype").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return Unreadable(Reason.ods)
        if "xl/workbook.xml" in self or "_rels/.rels" in self:
            return Unreadable(Reason.missing_part, {"part": CONTENT_TYPES})
        kind = "numbers" if "Index/Document.iwa" in self else "open_document" if "mimetype" in self else "archive"
        return Unreadable(Reason.not_a_workbook, {"kind": kind})
