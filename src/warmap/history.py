"""The map's own history: what a snapshot holds, its fingerprint, and the rows a workbook keeps it in, newest first.

A snapshot's scores and map are JSON, cut into pieces that fit a cell. Worksheet functions are given the first three
columns only (`wm_snapshot_marks`): the fingerprint tells whether the map has changed since, without the map. Those that
say what has changed are given the first rows whole (`wm_newest_snapshots`).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import groupby, islice
from typing import Any

from warmap._version import METHOD_VERSION
from warmap.model import TABLES, Snapshot, StoredBody, StoredPart, WarMap
from warmap.parsing.document import plain, read_map, to_document
from warmap.text import Text

COLUMNS = ("taken_on", "author", "fingerprint", "part", "content")
MARKS = COLUMNS[:3]
LABEL = Text("历史", "History")
HISTORY = frozenset({"snapshots"})
LONGEST_PIECE = 30_000  # characters; a cell holds 32,767
MOST_ROWS = 2_000
NEWEST_ROWS = 12  # 360,000 characters: the two newest snapshots of a map with 70 people, and of most maps several
METHOD = "method"  # beside a snapshot's scores: the version of the method that gave them
MARKED_ROWS = 60  # at least so many rows of marks do the functions get; not `MOST_ROWS`, for they get them each time


def marked_rows(used: int) -> int:
    """How many rows of marks the functions get in a workbook built with a history of `used` rows.

    All of them and as many to come: cells that see less of a history than the map holds would date RF909 otherwise.
    """
    return max(MARKED_ROWS, min(2 * used, MOST_ROWS))


def content(war_map: WarMap) -> dict[str, Any]:
    """All that people enter, as plain data: every table, without the day of judging and without the history."""
    return _entered(to_document(war_map, leave_out=HISTORY))


def fingerprint(war_map: WarMap) -> str:
    """Sixteen hexadecimal digits that two maps share when people have entered the same in both."""
    return _digits(content(war_map))


def _digits(document: Mapping[str, Any]) -> str:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # JSON may hold half of a surrogate pair ("\ud83d"), which plain UTF-8 refuses to encode
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _entered(document: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of a document, without the day of judging and without blank rows, which a workbook does not keep."""
    tables = {table.code: document[table.code] for table in TABLES if table.code in document}
    for code in [code for code, held in tables.items() if isinstance(held, list) and {} in held]:
        tables[code] = [row for row in tables[code] if row != {}]
        if not tables[code]:
            del tables[code]
    deal = tables.get("deal")
    if isinstance(deal, dict):
        tables["deal"] = {name: value for name, value in deal.items() if name != "as_of"}
    return tables


def map_of(snapshot: Snapshot) -> WarMap:
    """The map of a snapshot, as far as it can be read."""
    read = read_map({"deal": {}, **snapshot.map})
    assert read is not None  # it has a deal
    return read.map


def undamaged(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """The snapshots whose scores and map can be looked at: reading a workbook takes the JSON of its history on trust."""
    return [snapshot for snapshot in snapshots if is_undamaged(snapshot)]


def is_undamaged(snapshot: Snapshot) -> bool:
    """The same of one snapshot."""
    body = _body(snapshot)
    return body is None or body.parts is not None


def _body(snapshot: Snapshot) -> StoredBody | None:
    """The stored body of a snapshot that is as it was read from a workbook."""
    held = snapshot.map
    return held.body if isinstance(held, StoredPart) and isinstance(snapshot.scores, StoredPart) else None


def kept(war_map: WarMap) -> tuple[dict[str, Any], str]:
    """What a store keeps of a map: its tables as plain data, and its fingerprint.

    Of the snapshots only the marks are kept. They follow the map's fingerprint, so that a map read back from this is
    judged as the map itself.
    """
    document = to_document(war_map, leave_out=HISTORY)
    now = _digits(_entered(document))
    if war_map.snapshots:
        document["snapshots"] = [plain(_mark(snapshot, now)) for snapshot in war_map.snapshots]
    return document, now


def fingerprints(war_map: WarMap) -> list[str]:
    """Those of the snapshots, the oldest first."""
    marks = ((_stored_fingerprint(one), one) for one in war_map.snapshots)
    return [_digits(_entered(one.map)) if mark is None else mark for mark, one in marks]


def marks_kept(document: Mapping[str, Any]) -> list[str]:
    """Those of the snapshots of a map as `kept` gives it."""
    marks = (one.get("fingerprint") for one in document.get("snapshots", ()))
    return [mark for mark in marks if mark]


def _mark(snapshot: Snapshot, now: str) -> Snapshot:
    if holds_the_same(snapshot, now):
        mark: str | None = now
    elif (mark := _stored_fingerprint(snapshot)) is None:
        mark = _digits(_entered(snapshot.map))
    return Snapshot.model_construct(taken_on=snapshot.taken_on, author=snapshot.author, fingerprint=mark)


def holds_the_same(snapshot: Snapshot, now: str) -> bool:
    """Whether a snapshot holds the map whose fingerprint is `now`: by the fingerprint stored with it, if there is one."""
    stored = _stored_fingerprint(snapshot)
    if stored is not None:
        return stored == now
    # what we wrote ourselves is equal as it stands; what others wrote may be so only once it has been read
    return now in (_digits(_entered(snapshot.map)), fingerprint(map_of(snapshot)))


def _stored_fingerprint(snapshot: Snapshot) -> str | None:
    """None where a map came without one."""
    body = _body(snapshot)
    if body is not None:
        return body.fingerprint or None
    return None if snapshot.map else snapshot.fingerprint or ""


def snapshot_of(
    war_map: WarMap, scores: Mapping[str, float | str | None], taken_on: date, author: str | None = None
) -> Snapshot:
    """The map as it stands now, with its scores by code; a history is not part of it."""
    tables = to_document(war_map, leave_out=HISTORY)
    return Snapshot(taken_on=taken_on, author=author, scores={METHOD: METHOD_VERSION, **scores}, map=tables)


def rows_of(snapshots: Sequence[Snapshot]) -> Iterator[list[str]]:
    """The rows below the header, all of them texts; a snapshot takes as many as its content needs."""
    for snapshot in reversed(snapshots):
        body = _body(snapshot) or _written(snapshot)
        day = snapshot.taken_on.isoformat() if snapshot.taken_on else ""
        starts = range(0, len(body.text), LONGEST_PIECE)
        for number, start in enumerate(starts, 1):
            piece = body.text[start : start + LONGEST_PIECE]
            yield [day, snapshot.author or "", body.fingerprint, f"{number}/{len(starts)}", piece]


def newest(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """The newest snapshots, the oldest of them first: those that `NEWEST_ROWS` rows hold, which is what cells are given."""
    return read_rows(islice(rows_of(snapshots), NEWEST_ROWS))[0]


def _written(snapshot: Snapshot) -> StoredBody:
    scores = {str(code): plain(value) for code, value in snapshot.scores.items()}  # null where not assessed
    parts = {"scores": scores, "map": plain(snapshot.map)}
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    mark = fingerprint(map_of(snapshot)) if snapshot.map else snapshot.fingerprint or ""
    # programs read _x0041_ in a cell as an escape for A (ECMA-376, 22.9.2.19); JSON's own escape hides it from them
    return StoredBody(text.replace("_x", "\\u005fx"), mark)


def read_rows(rows: Iterable[Sequence[object]]) -> tuple[list[Snapshot], list[int]]:
    """Snapshots, the oldest first, from the rows below the header; and the rows (from 0) that could not be read.

    The JSON is not parsed: a body that is damaged inside shows itself to `undamaged` only.
    """
    snapshots: list[Snapshot] = []
    unread: list[int] = []
    pieces: list[str] = []
    for index, row in enumerate(rows):
        day, author, mark, part, piece = (*(_text(cell) for cell in row[: len(COLUMNS)]), *[""] * 5)[:5]
        if not any((day, author, part, piece)):
            continue
        number, _, count = part.partition("/")
        if number != str(len(pieces) + 1) or not count.isdigit():
            unread.append(index)
            pieces = []
            continue
        pieces.append(piece)
        if number == count:
            snapshot = _snapshot(day, author, StoredBody("".join(pieces), mark))
            unread += [index] if snapshot is None else []
            snapshots += [snapshot] if snapshot is not None else []
            pieces = []
    return snapshots[::-1], unread


def _snapshot(day: str, author: str, body: StoredBody) -> Snapshot | None:
    """None where the day is none, or the text cannot be a JSON object."""
    taken_on, text = _day(day), body.text.strip()
    if (day and taken_on is None) or not (text.startswith("{") and text.endswith("}")):
        return None
    return Snapshot.model_construct(
        taken_on=taken_on, author=author or None, scores=StoredPart(body, "scores"), map=StoredPart(body, "map")
    )


def read_marks(cells: Sequence[Sequence[object]]) -> list[Snapshot] | None:
    """Snapshots without their maps, from the marks with their header; None where the header is another."""
    if not cells or tuple(_text(cell).casefold() for cell in cells[0][: len(MARKS)]) != MARKS:
        return None
    found = []
    for row in cells[1:]:
        day, author, mark = (_text(cell) for cell in row[: len(MARKS)])
        if mark:
            found.append(Snapshot.model_construct(taken_on=_day(day), author=author or None, fingerprint=mark))
    return found[::-1]


def read_newest(cells: Sequence[Sequence[object]]) -> list[Snapshot] | None:
    """Snapshots with their maps, from the first rows with their header; None where the header is another."""
    if not cells or tuple(_text(cell).casefold() for cell in cells[0][: len(COLUMNS)]) != COLUMNS:
        return None
    return read_rows(cells[1:])[0]


def have_marks(snapshots: Sequence[Snapshot], marks: Sequence[Snapshot]) -> bool:
    """Whether snapshots bear these marks, so that every rule says the same of both."""
    borne = [(snapshot.taken_on, _stored_fingerprint(snapshot)) for snapshot in snapshots]
    # a snapshot's mark stands beside each piece of its content
    return borne == [mark for mark, _ in groupby((mark.taken_on, mark.fingerprint) for mark in marks)]


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return cell if isinstance(cell, str) else "" if cell is None else str(cell)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
