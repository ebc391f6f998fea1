"""What a workbook would fetch from outside, open or start: its relations tell, one look over all of them.

Nothing of it is ever followed. Links to web pages that people click are left out; pictures from the web are not, for a
program fetches those by itself.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from warmap_workbook.ooxml.package import Package
from warmap_workbook.ooxml.unreadable import Unreadable
from warmap_workbook.ooxml.xmlpart import local_name


class OutsideKind(StrEnum):
    """Why a relation is told."""

    hyperlink = "hyperlink"
    """A hyperlink to something else than a web page: a file, a network place, a program's own scheme."""
    picture = "picture"
    """A picture or other medium that is fetched when the file is opened."""
    connection = "connection"
    """A data connection, a web query, or the table that one fills."""
    embedded = "embedded"
    """An object of another program, a package, or an ActiveX control."""
    link = "link"
    """Any other target outside, or relations that cannot be read."""


class Outside(NamedTuple):
    """One target: its kind, where it leads, the part that has it, the relation's id, and a hyperlink's cell."""

    kind: OutsideKind
    target: str
    source: str
    relation: str = ""
    cell: str = ""


_RELATIONS = re.compile(r"(?:(.*)/)?_rels/([^/]*)\.rels", re.IGNORECASE | re.DOTALL)
# Relations without any of these bytes are ours, or of a plain workbook, and need not be parsed; `&` may hide a letter.
_TELLING = (
    b"external",
    b"&",
    b"oleobject",
    b'/package"',
    b"/package'",
    b"control",
    b"connections",
    b"querytable",
    b"activex",
)
_WEB = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_EMBEDDED = frozenset({"oleobject", "package", "control", "activexcontrolbinary"})
_CONNECTIONS = frozenset({"connections", "querytable"})
_PICTURES = frozenset({"image", "video", "audio", "media", "hdphoto"})
_LINKS_OF_THEIR_OWN = "xl/externallinks/"  # `Book.external_links` has these
_URL_OF_CONNECTION = ("url", "sourceFile", "connection", "odcFile", "source")
_LONGEST = 300


def source_of(relations: str) -> str | None:
    """The part whose relations a part holds ('' for the package); None where it holds none."""
    match = _RELATIONS.fullmatch(relations)
    if match is None:
        return None
    folder, name = match.groups()
    return f"{folder}/{name}" if folder else name


def is_web_page(target: str) -> bool:
    """Whether a hyperlink leads to a web page, a mail address, or a place in the same file."""
    return _WEB.match(target.strip()) is not None or target.startswith("#")


def kind_of(relation: str, target: str, *, external: bool) -> OutsideKind | None:
    """Why a relation (the last word of its type) is told; None for those that are nothing to tell."""
    plain = relation.lower()
    if plain in _EMBEDDED:
        return OutsideKind.embedded
    if plain in _CONNECTIONS:
        return OutsideKind.connection
    if not external or (plain == "hyperlink" and is_web_page(target)):
        return None
    if plain == "hyperlink":
        return OutsideKind.hyperlink
    return OutsideKind.picture if plain in _PICTURES else OutsideKind.link


def outside_of(package: Package) -> list[Outside]:
    """Everything that leads out of a workbook, in the order of its parts."""
    found: list[Outside] = []
    for name in package.names():
        source = source_of(name)
        if source is None or source.casefold().startswith(_LINKS_OF_THEIR_OWN):
            continue
        try:
            data = package.read(name).lower()
            if any(word in data for word in _TELLING):
                found += _of_one(package, name, source)
        except Unreadable:
            found.append(Outside(OutsideKind.link, name, source))
    return found


def _of_one(package: Package, name: str, source: str) -> Iterator[Outside]:
    for element in package.xml(name):
        target = element.get("Target", "")
        relation = element.get("Type", "").rstrip("/").rpartition("/")[2]
        external = element.get("TargetMode", "").strip().lower() == "external"
        kind = kind_of(relation, target, external=external)
        if kind is OutsideKind.connection and not external:
            yield from _connections(package, source, relation, target, element.get("Id", ""))
        elif kind is not None:
            yield Outside(kind, shown_target(target), source, element.get("Id", ""))


def _connections(package: Package, source: str, relation: str, target: str, id_: str) -> Iterator[Outside]:
    """Where the connections of a workbook lead; a table that one of them fills is told with it."""
    if relation.lower() != "connections":
        return
    part = next((one.target for key, one in package.relations(source).items() if key == id_), target)
    told = False
    for element in package.xml(part).iter() if part in package else ():
        attributes: Mapping[str, str] = {local_name(key): value for key, value in element.items()}
        address = next((attributes[name] for name in _URL_OF_CONNECTION if attributes.get(name)), "")
        if address:
            told = True
            yield Outside(OutsideKind.connection, shown_target(address), part, id_)
    if not told:
        yield Outside(OutsideKind.connection, shown_target(target), source, id_)


_SECRET = re.compile(r"(?<=//)[^/@\s]{1,200}@|(?<=password=)[^;]{1,200}|(?<=pwd=)[^;]{1,200}", re.IGNORECASE)


def shown_target(target: str) -> str:
    """A target as messages may show it: without passwords, and not too long."""
    return _SECRET.sub("…", target[:_LONGEST]) or "?"
