"""The functions WARMAP.* as this program itself answers them, where a workbook's formulas are worked out without a host."""

from collections.abc import Callable, Sequence

from warmap.parsing.days import DateSystem
from warmap.text import Lang
from warmap_udfs import dispatch
from warmap_udfs.why import explain
from warmap_workbook.ooxml import ErrorValue


class OwnFunctions:
    """What `warmap_workbook.calculating` asks for."""

    def call(self, name: str, arguments: Sequence[object], dates: DateSystem) -> object:
        """The value, an error value for a wrong input."""
        try:
            return dispatch.call(name, arguments, dates)
        except dispatch.WorksheetError as error:
            return ErrorValue(error.code)

    def explain(self, formula: str, read: Callable[[str], object], lang: Lang, dates: DateSystem) -> str:
        """The words of WARMAP.WHY."""
        return explain(formula, read, lang, dates)
