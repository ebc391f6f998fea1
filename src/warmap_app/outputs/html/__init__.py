"""One web page that needs nothing but itself: filters and sorts in the browser, prints, and runs no foreign script."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, TextIO

from warmap._version import VERSION
from warmap.terms import Severity
from warmap.text import Lang, Text
from warmap_app.outputs import Order
from warmap_app.outputs.destination import new_text
from warmap_app.outputs.html.file import COLUMNS, file_facts, rep_said
from warmap_app.outputs.html.words import CARDS, MADE_BY, NOT_LISTED, WORDS
from warmap_app.outputs.totals import Totals
from warmap_app.outputs.wording import checked_lines, problem, severity_said
from warmap_app.result import Result

if TYPE_CHECKING:
    from jinja2 import Environment

PIECE = 1 << 16  # characters of the rows that are copied at once
MOST_FILES = 5_000  # a browser works with this many at ease
HERE = Path(__file__).parent
END_OF_FILE = "</tbody>\n"
LANGUAGE_TAG = {"zh": "zh-CN", "en": "en"}


def write(results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    """Files are laid aside as they come, and the page is put together when the totals are known."""
    path: Path = order.out  # type: ignore[assignment]  # `ready` has seen to it
    environment = _environment()
    reps: Counter[str] = Counter()
    with (
        TemporaryFile("w+", encoding="utf-8", errors="replace") as rows,
        new_text(path, force=order.force) as page,
    ):
        template = environment.get_template("file.html.j2")
        for result in results:
            if totals.files <= MOST_FILES:
                reps[rep_said(result, order.lang)] += 1
                rows.write(template.render(file_facts(result, order.lang, path.parent)))
        left_out = max(totals.files - MOST_FILES, 0)
        facts = {"most": MOST_FILES, "more": left_out}
        remarks = [NOT_LISTED.filled(**facts)] if left_out else []
        rows.seek(0)
        whole = environment.get_template("page.html.j2")
        page.writelines(
            whole.generate(files=_chunks(rows), reps=sorted(reps), **_page_facts(order.lang, totals, remarks))
        )
    return remarks


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        autoescape=True, loader=FileSystemLoader(HERE), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _page_facts(lang: Lang, totals: Totals, remarks: list[Text]) -> dict[str, Any]:
    from markupsafe import Markup

    style, script = ((HERE / name).read_text("utf-8") for name in ("page.css", "page.js"))
    cards = [
        *zip((head.to(lang) for head in CARDS), (totals.files, totals.passed, totals.failed), ("", "passed", "failed"),
             strict=True),
        *((severity_said(s.value, lang), totals.severities[s.value], s.value) for s in Severity),
    ]  # fmt: skip
    return {
        "lang_tag": LANGUAGE_TAG[lang],
        "words": {name: text.to(lang) for name, text in WORDS.items()},
        "style": Markup(style),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "style_hash": _hash(style),
        "script_hash": _hash(script),
        "made_by": MADE_BY.say(lang, {"version": VERSION}),
        "cards": cards,
        "lines": [*checked_lines(totals, lang), *(remark.to(lang) for remark in remarks)],
        "codes": [(code, f"{code} {problem(code, lang)}"[:60]) for code in sorted(totals.codes)],
        "severities": [(s.value, severity_said(s.value, lang)) for s in Severity],
        "columns": [{"head": c.head.to(lang), "is_number": c.code not in TEXT_COLUMNS} for c in COLUMNS],
    }


def _hash(text: str) -> str:
    """What the page's policy names of its only style and its only script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _chunks(rows: TextIO) -> Iterator[Any]:
    from markupsafe import Markup

    while text := rows.read(PIECE):
        yield Markup(text)  # noqa: S704 - rendered by our own template, which escapes


TEXT_COLUMNS = frozenset({"file", "passed", "rep", "account"})
