"""The macros behind the ribbon's buttons: each is called without arguments on the active workbook.

The work is done by plain functions from a workbook as data to a list of edits (`running.MACROS`); two modules,
`session` and `excel_edits`, know xlwings' objects. What a macro says is its result: the VBA that called it shows it. What is
to follow (`running.Answer`) stands before it, behind a mark that no words have.
"""

from functools import partial

from warmap_addin.macros.running import MACROS, run
from warmap_addin.macros.session import this_session
from warmap_udfs.excel_calls import MARK


def _run(name: str) -> str:
    answer = run(name, this_session())
    return f"{answer.after}{MARK}{answer.words}"


globals().update({name: partial(_run, name) for name in MACROS})  # VBA asks for each by its name: macros.check_map()
