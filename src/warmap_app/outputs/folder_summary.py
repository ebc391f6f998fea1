"""The summary in a folder of letters or copies, for whoever sends them: what was found, who is missing, what was not taken."""

from warmap_app.outputs import SUMMARY, Order, Totals
from warmap_app.outputs.beside import as_text
from warmap_app.outputs.destination import new_text

SUMMARY_NAME = "_summary.txt"


def write_summary(order: Order, totals: Totals) -> None:
    """Write it, when all results have been seen, where something is to be told that stands in no letter and no copy."""
    lang = order.lang
    tables = totals.beside.tables(lang)
    if not tables:
        return
    said = [SUMMARY.say(lang, {"passed": totals.passed, "failed": totals.failed}), *totals.said(lang)]
    with new_text(order.place / SUMMARY_NAME, force=order.force, inputs=order.inputs) as file:
        file.write("\n".join(said) + "\n\n" + as_text(tables, lang))
