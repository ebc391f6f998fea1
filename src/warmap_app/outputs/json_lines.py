"""Results as they are: one JSON document, or one line a file."""

import json
from collections.abc import Iterable
from typing import Any

from warmap.text import Text
from warmap_app.outputs import Order, Totals
from warmap_app.outputs.destination import new_text
from warmap_app.result import Result
from warmap_app.safe_text import as_json


def write(results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    """`{"files": […], "passed": …, "failed": …, …}`, or a line a file; written as the results come, none is kept.

    Below the lines of the files stand `{"not_taken": …}`, one an entry, and `{"roster": …}`, where there is something to say.
    """
    with new_text(order.out, force=order.force, inputs=order.inputs) as file:
        if order.format.name == "jsonl":
            file.writelines(f"{as_json(result)}\n" for result in results)
            beside = totals.beside.plain(order.lang)
            file.writelines(f"{as_json({'not_taken': one})}\n" for one in beside["not_taken"])
            if "roster" in beside:
                file.write(f"{as_json({'roster': beside['roster']})}\n")
            return []
        file.write('{\n  "files": [')
        for place, result in enumerate(results):
            file.write((",\n" if place else "\n") + _indented(result, 4))
        file.write("\n  ]" if totals.files else "]")
        for name, value in totals.plain(order.lang).items():
            file.write(f",\n  {json.dumps(name)}: {_indented(value, 2).lstrip()}")
        file.write("\n}\n")
    return []


def _indented(value: Any, by: int) -> str:
    text = as_json(value, indent=2)
    return " " * by + text.replace("\n", "\n" + " " * by)
