"""Where the boxes of the relationship picture stand: no two overlap, and the whole fits a shape that paper has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from warmap.hierarchy import Seat

WIDTH, HEIGHT = 150.0, 48.0
"""Of a box, in units of the picture."""
GAP, DROP, INDENT, BUS = 10.0, 22.0, 18.0, 10.0
"""Between boxes side by side; below a superior; beside the line that runs down; from that line's branch to the box."""
SHAPE = 1.75
"""Width ÷ height that the whole comes near to: an A4 page, less what else stands on it."""

Point = tuple[float, float]
Line = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Boxes and the lines between them; `at` has the upper left corner of each box, by its place among the seats."""

    width: float
    height: float
    at: dict[int, Point] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Block:
    """A box (none on shelves without a superior) with the blocks beneath it, each at its distance: moved only once."""

    width: float
    height: float
    place: int | None = None
    head: Point = (0.0, 0.0)
    beneath: list[tuple[float, float, "_Block"]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Where the line from above meets the box, from the left edge of the block."""
        return self.head[0] + WIDTH / 2


def placed_in_tree(seats: Sequence[Seat]) -> Placed:
    """Superiors above those who report to them; of several arrangements the one whose shape suits paper best.

    Those beneath one superior stand side by side, and where that grows too wide on several shelves, so that sixty people
    without any superior fill a page as well as one with sixty reports.
    """
    tried = (
        _arranged(seats, across * (WIDTH + GAP), beneath * (WIDTH + GAP))
        for across in (4, 5, 6, 8, 10, 12)
        for beneath in (1, 2, 3, across)
        if beneath <= across
    )
    return _moved(min(tried, key=lambda block: (max(block.width, block.height * SHAPE), block.width)))


def _moved(whole: _Block) -> Placed:
    """Every box and line at its place in the whole."""
    placed, waiting = Placed(whole.width, whole.height), [(0.0, 0.0, whole)]
    while waiting:
        x, y, block = waiting.pop()
        if block.place is not None:
            placed.at[block.place] = (x + block.head[0], y + block.head[1])
        placed.lines.extend(tuple((x + left, y + top) for left, top in line) for line in block.lines)
        waiting.extend((x + left, y + top, inner) for left, top, inner in reversed(block.beneath))
    return placed


def _arranged(seats: Sequence[Seat], across: float, beneath: float) -> _Block:
    """Blocks from the lowest level up: the seats come superiors first, so those behind a seat are done before it."""
    waiting: dict[int, list[_Block]] = {}
    for place in reversed(range(len(seats))):
        level = seats[place].level
        reports = waiting.pop(level + 1, [])[::-1]
        waiting.setdefault(level, []).append(_under_one_head(place, reports, beneath if level else across))
    return _on_shelves(waiting.get(0, [])[::-1], across)


def _shelves(blocks: Sequence[_Block], most: float) -> Iterator[list[_Block]]:
    shelf: list[_Block] = []
    taken = 0.0
    for block in blocks:
        if shelf and taken + GAP + block.width > most:
            yield shelf
            shelf, taken = [], 0.0
        taken += (GAP if shelf else 0) + block.width
        shelf.append(block)
    if shelf:
        yield shelf


def _side_by_side(shelf: Sequence[_Block], x: float, y: float) -> list[tuple[float, float, _Block]]:
    beneath = []
    for block in shelf:
        beneath.append((x, y, block))
        x += block.width + GAP
    return beneath


def _right(beneath: Sequence[tuple[float, float, _Block]]) -> float:
    return max((x + block.width for x, _, block in beneath), default=0.0)


def _on_shelves(blocks: Sequence[_Block], most: float) -> _Block:
    """Blocks without a superior: one shelf above the other."""
    beneath: list[tuple[float, float, _Block]] = []
    height = 0.0
    for shelf in _shelves(blocks, most):
        y = height + (DROP if height else 0)
        beneath += _side_by_side(shelf, 0.0, y)
        height = y + max(block.height for block in shelf)
    return _Block(_right(beneath), height, beneath=beneath)


def _under_one_head(place: int, reports: Sequence[_Block], most: float) -> _Block:
    if not reports:
        return _Block(WIDTH, HEIGHT, place)
    shelves = list(_shelves(reports, most))
    return _centred(place, shelves[0]) if len(shelves) == 1 else _down_the_side(place, shelves)


def _centred(place: int, shelf: Sequence[_Block]) -> _Block:
    """A superior in the middle above one shelf."""
    y = HEIGHT + DROP
    beneath = _side_by_side(shelf, 0.0, y)
    tops = [x + block.top for x, _, block in beneath]
    middle = (tops[0] + tops[-1]) / 2
    lines: list[Line] = [((middle, HEIGHT), (middle, y - BUS)), ((tops[0], y - BUS), (tops[-1], y - BUS))]
    lines += [((top, y - BUS), (top, y)) for top in tops]
    height = y + max(block.height for block in shelf)
    return _Block(max(_right(beneath), WIDTH), height, place, (middle - WIDTH / 2, 0.0), beneath, lines)


def _down_the_side(place: int, shelves: Sequence[Sequence[_Block]]) -> _Block:
    """A superior at the left above several shelves: a line runs down beside them, with a branch above each."""
    beneath: list[tuple[float, float, _Block]] = []
    lines: list[Line] = []
    spine, y, last = INDENT / 2, HEIGHT, HEIGHT
    for shelf in shelves:
        y += DROP
        added = _side_by_side(shelf, INDENT, y)
        tops = [x + block.top for x, _, block in added]
        lines += [((top, y - BUS), (top, y)) for top in tops]
        lines.append(((spine, y - BUS), (tops[-1], y - BUS)))
        beneath += added
        last = y - BUS
        y += max(block.height for block in shelf)
    lines.append(((spine, HEIGHT), (spine, last)))
    return _Block(max(WIDTH, _right(beneath)), y, place, beneath=beneath, lines=lines)
