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


@dataclass(frozen=True, slots=True)
class Placed:
    """Boxes and the lines between them; `at` has the upper left corner of each box, by its place among the seats."""

    width: float
    height: float
    at: dict[int, Point] = field(default_factory=dict)
    lines: list[tuple[Point, ...]] = field(default_factory=list)

    def taken(self, block: "Placed", x: float, y: float) -> None:
        """Take in another block, moved by x and y."""
        self.at.update({place: (left + x, top + y) for place, (left, top) in block.at.items()})
        self.lines.extend(tuple((left + x, top + y) for left, top in line) for line in block.lines)


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
    return min(tried, key=lambda block: (max(block.width, block.height * SHAPE), block.width))


def _arranged(seats: Sequence[Seat], across: float, beneath: float) -> Placed:
    """Blocks from the lowest level up: the seats come superiors first, so those behind a seat are done before it."""
    waiting: dict[int, list[tuple[int, Placed]]] = {}
    for place in reversed(range(len(seats))):
        level = seats[place].level
        reports = waiting.pop(level + 1, [])[::-1]
        block = _under_one_head(place, reports, beneath if level else across)
        waiting.setdefault(level, []).append((place, block))
    return _on_shelves([block for _, block in waiting.get(0, [])[::-1]], across)


def _shelves(blocks: Sequence[Placed], most: float) -> Iterator[list[Placed]]:
    shelf: list[Placed] = []
    taken = 0.0
    for block in blocks:
        if shelf and taken + GAP + block.width > most:
            yield shelf
            shelf, taken = [], 0.0
        taken += (GAP if shelf else 0) + block.width
        shelf.append(block)
    if shelf:
        yield shelf


def _on_shelves(blocks: Sequence[Placed], most: float) -> Placed:
    """Blocks without a superior: one shelf above the other."""
    at: dict[int, Point] = {}
    whole = Placed(0, 0, at)
    width = height = 0.0
    for shelf in _shelves(blocks, most):
        x, y = 0.0, height + (DROP if height else 0)
        for block in shelf:
            whole.taken(block, x, y)
            x += block.width + GAP
        width, height = max(width, x - GAP), y + max(block.height for block in shelf)
    return Placed(width, height, at, whole.lines)


def _under_one_head(place: int, reports: Sequence[tuple[int, Placed]], most: float) -> Placed:
    if not reports:
        return Placed(WIDTH, HEIGHT, {place: (0, 0)})
    heads = {id(block): block.at[head][0] + WIDTH / 2 for head, block in reports}
    shelves = list(_shelves([block for _, block in reports], most))
    if len(shelves) == 1:
        return _centred(place, shelves[0], heads)
    return _down_the_side(place, shelves, heads)


def _centred(place: int, shelf: Sequence[Placed], heads: dict[int, float]) -> Placed:
    """A superior in the middle above one shelf."""
    width = sum(block.width for block in shelf) + GAP * (len(shelf) - 1)
    y, x, tops = HEIGHT + DROP, 0.0, []
    whole = Placed(max(width, WIDTH), y + max(block.height for block in shelf))
    for block in shelf:
        whole.taken(block, x, y)
        tops.append(x + heads[id(block)])
        x += block.width + GAP
    middle = (tops[0] + tops[-1]) / 2
    whole.at[place] = (middle - WIDTH / 2, 0.0)
    whole.lines.append(((middle, HEIGHT), (middle, y - BUS)))
    whole.lines.append(((tops[0], y - BUS), (tops[-1], y - BUS)))
    whole.lines.extend(((top, y - BUS), (top, y)) for top in tops)
    return whole


def _down_the_side(place: int, shelves: Sequence[Sequence[Placed]], heads: dict[int, float]) -> Placed:
    """A superior at the left above several shelves: a line runs down beside them, with a branch above each."""
    whole, y, width, last = Placed(0, 0, {place: (0.0, 0.0)}), HEIGHT, WIDTH, HEIGHT
    spine = INDENT / 2
    for shelf in shelves:
        y, x, top = y + DROP, INDENT, 0.0
        for block in shelf:
            whole.taken(block, x, y)
            top = x + heads[id(block)]
            whole.lines.append(((top, y - BUS), (top, y)))
            x += block.width + GAP
        whole.lines.append(((spine, y - BUS), (top, y - BUS)))
        width, last = max(width, x - GAP), y - BUS
        y += max(block.height for block in shelf)
    whole.lines.append(((spine, HEIGHT), (spine, last)))
    return Placed(width, y, whole.at, whole.lines)
