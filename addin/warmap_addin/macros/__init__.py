"""The macros behind the ribbon's buttons: each is called without arguments on the active workbook.

The work is done by plain functions from a workbook as data to a list of edits (`running.MACROS`); two modules,
`session` and `excel_edits`, know xlwings' objects. What a macro says is its result: the VBA that called it shows it. What is
to follow (`running.Answer`) stands before it, behind a mark that no words have.
"""

from warmap_addin.macros.running import run
from warmap_addin.macros.session import this_session
from warmap_udfs.excel_calls import MARK


def _run(name: str) -> str:
    answer = run(name, this_session())
    return f"{answer.after}{MARK}{answer.words}"


def new_map() -> str:
    """Save a new, empty map under a free name, and open it."""
    return _run("new_map")


def weekly_update() -> str:
    """Go to the next stale, open or missing cell, and say what to do there."""
    return _run("weekly_update")


def check_map() -> str:
    """List the findings on a sheet, each with a link to its cell and back."""
    return _run("check_map")


def next_actions() -> str:
    """Say what to do next, about whom, and why."""
    return _run("next_actions")


def explain_cell() -> str:
    """Say why the active cell shows this score or flag, and what would raise it."""
    return _run("explain_cell")


def rows_for_contact() -> str:
    """Add the trust and wins rows of the contact in the active row."""
    return _run("rows_for_contact")


def plan_it() -> str:
    """Write the red flag of the active row into the plan."""
    return _run("plan_it")


def undo() -> str:
    """Take back what the last macro wrote, where it can be."""
    return _run("undo")


def what_changed() -> str:
    """Say what changed since the last snapshot, and go there."""
    return _run("what_changed")


def ask_submit() -> str:
    """Say under which name and for which day the map would be submitted, and ask; or why it cannot be."""
    return _run("ask_submit")


def submit() -> str:
    """Check, freeze the day of judging, stamp, and save a copy."""
    return _run("submit")


def ask_report() -> str:
    """Say under which name the one-page report would be saved, and ask."""
    return _run("ask_report")


def report() -> str:
    """Save the one-page report and show it."""
    return _run("report")


def ask_picture() -> str:
    """Say under which name the relationship picture would be saved, and ask."""
    return _run("ask_picture")


def relationship_picture() -> str:
    """Save the relationship picture and show it."""
    return _run("relationship_picture")


def export_json() -> str:
    """The map with its scores as a JSON file."""
    return _run("export_json")


def export_csv() -> str:
    """Tables and results as a folder of CSV files."""
    return _run("export_csv")


def switch_language() -> str:
    """Put labels and picklists into the other language; entries stay."""
    return _run("switch_language")


def settings() -> str:
    """Go to the settings."""
    return _run("settings")


def show_log() -> str:
    """Open the log."""
    return _run("show_log")


def about() -> str:
    """Show the versions."""
    return _run("about")
