# ruff: noqa: N802  the members bear the names they have in Office
"""The in-memory Excel as pywin32 shows a real one: objects with attributes and calls, ranges as rows of values."""

from __future__ import annotations

from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import EMPTY, MISSING, VBAArray, VBAObject, method
from pyopenvba.interpreter._values import VBADate, VBAErrorValue, VBAInt
from pywin32_stand_in import Dispatched

from warmap_udfs.excel_calls import FIRST_ERROR

MISSING_NUMBER = -2147352572  # how pywin32 hands over an argument that was left out


class Com(Dispatched):
    """One object; a member that needs arguments is called, any other is read."""

    def __init__(self, of):
        self.__dict__["of"] = of

    def __getattr__(self, name):
        spec = self.of.vba_member(name)
        if spec is None:
            raise AttributeError(name)
        if spec.kind == "property":
            try:
                return from_vba(self.of.vba_get(name))
            except (VBARuntimeError, TypeError):
                if not spec.parameters:
                    raise
        return lambda *args, **named: from_vba(
            self.of.vba_get(name, [to_vba(a) for a in args], {n: to_vba(v) for n, v in named.items()})
        )

    def __setattr__(self, name, value):
        self.of.vba_set(name, to_vba(value))

    def __call__(self, *args):
        return from_vba(self.of.vba_get("Item", [to_vba(a) for a in args]))

    def __iter__(self):
        return map(from_vba, self.of.vba_iterate())


class Changed(Com):
    """A range in which some cells (row and column from 0) hold what the in-memory Excel has no kind of value for."""

    def __init__(self, of, cells):
        self.__dict__.update(of=of.of, cells=cells)

    @property
    def Value(self):
        rows = [list(row) for row in from_vba(self.of.vba_get("Value"))]
        for (row, column), value in self.cells.items():
            rows[row][column] = value
        return tuple(map(tuple, rows))


def from_vba(value):
    """A VBA value as pywin32 gives it to Python."""
    if value is MISSING:
        return MISSING_NUMBER
    if value is EMPTY:
        return None
    if isinstance(value, VBAObject):
        return Com(value)
    if isinstance(value, VBADate):
        return value.to_datetime()
    if isinstance(value, VBAInt):
        return int(value)
    if isinstance(value, VBAErrorValue):
        return FIRST_ERROR + value.number
    if isinstance(value, VBAArray):
        if value.dimensions == 1:
            return tuple(from_vba(item) for item in value.elements())
        (top, bottom), (left, right) = value.bounds
        return tuple(
            tuple(from_vba(value.get([row, column])) for column in range(left, right + 1))
            for row in range(top, bottom + 1)
        )
    return value


def to_vba(value):
    """What Python gives back, as VBA has it."""
    if isinstance(value, Com):
        return value.of
    if value is None:
        return EMPTY
    if isinstance(value, list | tuple):
        if value and isinstance(value[0], list | tuple):
            block = VBAArray([(0, len(value) - 1), (0, len(value[0]) - 1)])
            for row, cells in enumerate(value):
                for column, cell in enumerate(cells):
                    block.set([row, column], to_vba(cell))
            return block
        return VBAArray([(0, len(value) - 1)], items=[to_vba(item) for item in value])
    return value


class PythonServer(VBAObject):
    """xlwings' own XLPython, answering VBA."""

    vba_type_name = "XLPython"

    def __init__(self, python):
        self.python, self.calls, self.statements = python, [], []

    @method
    def CallUDF(self, module, name, args, book=MISSING, caller=MISSING):
        given = from_vba(args)
        self.calls.append((str(module), str(name), len(given), sum(isinstance(one, Com) for one in given)))
        return to_vba(self.python.CallUDF(str(module), str(name), given))

    @method
    def Module(self, name):
        return Named(str(name))

    @method
    def SetAttr(self, holder, name, value):
        self.statements.append((holder.name, str(name), value))


class Named(VBAObject):
    vba_type_name = "Module"

    def __init__(self, name):
        self.name = name
