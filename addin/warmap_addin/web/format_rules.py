"""The rules of conditional formats as the page works them out itself, for the cells that it draws (`page/conditions.js`).

The grid's own engine works out every cell of every rule at each edit, on the thread that draws: a second of standing still.
"""

from warmap_workbook.calculating.formula_tree import (
    NOT_READ,
    Called,
    Chain,
    Constant,
    Name,
    Negative,
    NotOurs,
    Reference,
    Tree,
    tree_of,
)
from warmap_workbook.ooxml.formulas import SharedFormula

UNDERSTOOD = frozenset({
    "AND", "CHAR", "COUNTA", "FIND", "INDEX", "INT", "ISNUMBER", "LEFT", "LEN", "MATCH", "MOD", "N", "OR", "ROW", "SEARCH",
    "SUBSTITUTE", "SUMPRODUCT", "TRIM",
})  # fmt: skip
"""The functions that `page/conditions.js` has."""


def rule_tree(formula: str, row: int, column: int) -> list[object] | None:
    """What a rule asks of a cell, written for (row, column), as lists; None where something in it is not understood.

    A value is ["v", value], a name ["n", name], a call ["f", function, argument…], operators ["o", first, [sign, operand]…],
    a sign turned over ["-", times, operand], an area ["r", sheet, [r1, c1, r2, c2], how far each moves with the cell].
    """
    try:
        here, _ = tree_of(formula)
        beside, _ = tree_of(SharedFormula(formula, row, column).at(row + 1, column + 1))
        return _listed(here, beside)
    except NotOurs:
        return None


def contains(words: str, row: int, column: int) -> list[object]:
    """The rule that a cell holds these words."""
    box = [row, column, row, column]
    return ["f", "ISNUMBER", ["f", "SEARCH", ["v", words], ["r", None, box, [1, 1, 1, 1]]]]


def _listed(node: Tree, moved: Tree) -> list[object]:
    """A node, and the same one of the formula a row below and a column beside: what differs moves with the cell."""
    match node, moved:
        case Constant(), _:
            return ["v", node.value]
        case Name(), _:
            return ["n", node.text]
        case Reference(), Reference():
            (sheet, *box), (_, *other) = node.box, moved.box
            return ["r", sheet, box, [b - a for a, b in zip(box, other, strict=True)]]
        case Called(), Called() if node.function in UNDERSTOOD:
            return ["f", node.function, *map(_listed, node.arguments, moved.arguments)]
        case Chain(), Chain():
            rest = zip(node.rest, moved.rest, strict=True)
            return ["o", _listed(node.first, moved.first), *([sign, _listed(a, b)] for (sign, a), (_, b) in rest)]
        case Negative(), Negative():
            return ["-", node.times, _listed(node.of, moved.of)]
    raise NotOurs(NOT_READ.filled(what=str(node)[:40]))
