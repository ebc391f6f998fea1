"""The map's own history: what a snapshot holds, its fingerprint, and the rows a workbook keeps it in, the newest first.

A snapshot's map and scores are JSON, cut into pieces that fit a cell. A worksheet function is given only the first three
columns (`wm_snapshot_marks`): the fingerprint tells whether a map has changed without the map.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from warmap.model import TABLES, Snapshot, WarMap
from warmap.parsing.document import plain, read_map, to_document
from warmap.text import Text

COLUMNS = ("taken_on", "author", "fingerprint", "part", "content")
MARKS = COLUMNS[:3]
LABEL = Text("历史", "History")
HISTORY = frozenset({"snapshots"})
LONGEST_PIECE = 30_000  # a cell holds 32,767 characters
MOST_ROWS = 2_000
MARKED_ROWS = 60  # the newest rows are what a function is given


def content(war_map: WarMap) -> dict[str, Any]:
    """All that people enter, as plain data: every table, without the day of judging and without the history."""
    document = to_document(war_map, leave_out=HISTORY)
    document["deal"].pop("as_of", None)
    return document


def fingerprint(war_map: WarMap) -> str:
    """Sixteen hexadecimal digits that two maps share when people have entered the same in both."""
    return _digits(content(war_map))


def _digits(document: Mapping[str, Any]) -> str:
    from hashlib import sha256

    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def map_of(snapshot: Snapshot) -> WarMap:
    """The map of a snapshot, as it could be read."""
    read = read_map({"deal": {}, **snapshot.map})
    assert read is not None  # it has a deal
    return read.map


def kept(war_map: WarMap) -> tuple[dict[str, Any], str]:
    """What a store keeps of a map: its tables as plain data, and its fingerprint.

    Of the snapshots only the marks are kept. They follow the map's fingerprint, so that a map read back from this is judged
    as the map itself.
    """
    document = to_document(war_map, leave_out=HISTORY)
    now = _digits(_as_stored(document))
    if war_map.snapshots:
        document["snapshots"] = [_mark(snapshot, now) for snapshot in war_map.snapshots]
    return document, now


def _mark(snapshot: Snapshot, now: str) -> dict[str, Any]:
    mark = (
        now
        if holds_the_same(snapshot, now)
        else _digits(_as_stored(snapshot.map))
        if snapshot.map
        else snapshot.fingerprint
    )
    marked: dict[str, Any] = plain(Snapshot(taken_on=snapshot.taken_on, author=snapshot.author, fingerprint=mark))
    return marked


def holds_the_same(snapshot: Snapshot, now: str) -> bool:
    """Whether a snapshot holds the map whose fingerprint is `now`."""
    if not snapshot.map:
        return snapshot.fingerprint == now
    return _digits(_as_stored(snapshot.map)) == now or fingerprint(map_of(snapshot)) == now


def _as_stored(stored: Mapping[str, Any]) -> dict[str, Any]:
    """A snapshot's content without reading it anew: what we wrote ourselves is equal as it stands."""
    tables = {table.code: stored[table.code] for table in TABLES if table.code in stored}
    deal = tables.get("deal")
    if isinstance(deal, dict):
        tables["deal"] = {name: value for name, value in deal.items() if name != "as_of"}
    return tables


def snapshot_of(
    war_map: WarMap, scores: Mapping[str, float | str | None], taken_on: date, author: str | None = None
) -> Snapshot:
    """The map as it stands now, with its scores by code; a history is not part of it."""
    tables = to_document(war_map, leave_out=HISTORY)
    return Snapshot(taken_on=taken_on, author=author, scores=dict(scores), map=tables)


def rows_of(snapshots: Sequence[Snapshot]) -> Iterator[list[str]]:
    """The rows below the header, all of them texts; a snapshot takes as many as its content needs."""
    for snapshot in reversed(snapshots):
        kept = {"scores": plain_numbers(snapshot.scores), "map": plain(snapshot.map)}
        text = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).replace(
            "_x", "\\u005fx"
        )  # no escape of Excel's
        pieces = [text[start : start + LONGEST_PIECE] for start in range(0, len(text), LONGEST_PIECE)]
        day = snapshot.taken_on.isoformat() if snapshot.taken_on else ""
        mark = fingerprint(map_of(snapshot)) if snapshot.map else snapshot.fingerprint or ""
        for number, piece in enumerate(pieces, 1):
            yield [day, snapshot.author or "", mark, f"{number}/{len(pieces)}", piece]


def plain_numbers(scores: Mapping[str, Any]) -> dict[str, Any]:
    """Scores as JSON has them: what is not assessed stays null."""
    return {str(code): plain(value) for code, value in scores.items()}


def read_rows(rows: Iterable[Sequence[object]]) -> tuple[list[Snapshot], list[int]]:
    """Snapshots, the oldest first, from the rows below the header; and the rows (from 0) that could not be read."""
    snapshots: list[Snapshot] = []
    unread: list[int] = []
    pieces: list[str] = []
    for index, row in enumerate(rows):
        day, author, _, part, piece = (*(_text(cell) for cell in row[: len(COLUMNS)]), *[""] * 5)[:5]
        if not any((day, author, part, piece)):
            continue
        number, _, count = part.partition("/")
        if number != str(len(pieces) + 1) or not count.isdigit():
            unread.append(index)
            pieces = []
            continue
        pieces.append(piece)
        if number == count:
            snapshot = _snapshot(day, author, "".join(pieces))
            unread += [index] if snapshot is None else []
            snapshots += [snapshot] if snapshot is not None else []
            pieces = []
    return snapshots[::-1], unread


def read_marks(cells: Sequence[Sequence[object]]) -> list[Snapshot] | None:
    """Snapshots without their maps, from the marks with their header; None where the header is another."""
    if not cells or tuple(_text(cell).casefold() for cell in cells[0][: len(MARKS)]) != MARKS:
        return None
    found = []
    for row in cells[1:]:
        day, author, mark = (_text(cell) for cell in row[: len(MARKS)])
        if mark:
            found.append(Snapshot(taken_on=_day(day), author=author or None, fingerprint=mark))
    return found[::-1]


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return cell if isinstance(cell, str) else "" if cell is None else str(cell)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _snapshot(day: str, author: str, text: str) -> Snapshot | None:
    try:
        kept = json.loads(text)
        taken_on = date.fromisoformat(day) if day else None
    except (ValueError, RecursionError):
        return None
    is_ours = isinstance(kept, dict) and kept.keys() <= {"scores", "map"}
    if not is_ours or not all(isinstance(part, dict) for part in kept.values()):
        return None
    return Snapshot(taken_on=taken_on, author=author or None, **kept)
