"""The macros behind the ribbon's buttons: each is called without arguments on the active workbook.

The work is done by plain functions from a workbook as data to a list of edits (`running.MACROS`); two modules,
`session` and `excel_edits`, know xlwings' objects. What a macro says is its result: the VBA that called it shows it. What is
to follow (`running.Answer`) stands before it, behind a mark that no words have.
"""

from collections.abc import Callable
from functools import partial

from warmap_addin.macros.running import MACROS, run
from warmap_addin.macros.session import this_session
from warmap_udfs.excel_calls import MARK


def _run(name: str) -> str:
    answer = run(name, this_session())
    return f"{answer.after}{MARK}{answer.words}"


def __getattr__(name: str) -> Callable[[], str]:
    """Give a macro by its name, as VBA asks for it: `warmap_addin.macros.check_map()`."""
    if name not in MACROS:
        raise AttributeError(f"there is no macro {name}")
    return partial(_run, name)
