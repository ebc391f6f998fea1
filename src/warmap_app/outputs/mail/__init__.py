"""A letter for each rep, ready to send: what passed, what must be mended, the worst risks; no recipient is invented."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from warmap.terms import key
from warmap.text import Lang, Text
from warmap_app.outputs import Order
from warmap_app.outputs.columns import Found, name_of, rep_of
from warmap_app.outputs.csv_tables import findings_csv
from warmap_app.outputs.destination import BOM, file_name, new_file, new_folder
from warmap_app.outputs.mail.letter import Letter, letter_for
from warmap_app.outputs.own_words import findings_in_own_language, own_language
from warmap_app.outputs.totals import Totals
from warmap_app.result import Result

DONE = Text("写了 {count} 封信。", "Letters written: {count}.")
ATTACHMENT = "findings.csv"
_KEPT = (
    "passed",
    "file",
    "language",
    "deal",
    "scores",
    "findings",
    "red_flags",
    "in_own_language",
    "red_flags_in_own_language",
)


def write(results: Iterable[Result], order: Order, _: Totals) -> list[Text]:
    """Results are laid aside until all of a rep's are there: a letter as .txt and as .eml, and the full list as .csv."""
    folder: Path = order.out  # type: ignore[assignment]  # `ready` has seen to it
    new_folder(folder)
    taken: set[str] = set()
    places: dict[str, list[int]] = {}
    with TemporaryFile("w+b") as aside:
        for result in results:
            rep = key(rep_of(result))
            group = f"rep {rep}" if rep else f"file {result['file']}"
            places.setdefault(group, []).append(aside.tell())
            aside.write(json.dumps({name: result[name] for name in _KEPT if name in result}).encode() + b"\n")
        for starts in places.values():
            _write_letter([_read(aside, start) for start in starts], order, folder, taken)
    facts = {"count": len(places)}
    return [DONE.filled(**facts)]


def _read(aside: IO[bytes], start: int) -> Result:
    aside.seek(start)
    result: Result = json.loads(aside.readline())
    return result


def _write_letter(results: list[Result], order: Order, folder: Path, taken: set[str]) -> None:
    lang: Lang = Counter(own_language(result, order.lang) for result in results).most_common(1)[0][0]
    stem = file_name(rep_of(results[0]) or name_of(results[0]["file"]), taken)
    letter = letter_for(results, lang, full_list=f"{stem}.csv")
    rows = (
        Found(result, finding, place)
        for result in results
        for place, finding in enumerate(findings_in_own_language(result))
    )
    full_list = (BOM + findings_csv(rows, lang)).encode("utf-8", "backslashreplace")
    body = letter.body.encode("utf-8", "backslashreplace")
    message = _message(letter, body.decode(), full_list)
    for ending, content in ((".txt", body), (".eml", message), (".csv", full_list)):
        with new_file(folder / f"{stem}{ending}", force=order.force) as file:
            file.write(content)


def _message(letter: Letter, body: str, full_list: bytes) -> bytes:
    """A draft that a mail program opens for sending: subject, words and the full list; From, To and Date are left to it."""
    from email.message import EmailMessage
    from email.policy import SMTP

    message: Any = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    message["X-Unsent"] = "1"  # Outlook opens such a file as a draft
    message.set_content(body)
    message.add_attachment(full_list, maintype="text", subtype="csv", filename=ATTACHMENT)
    message.set_boundary("=_warmap_letter")
    return bytes(message.as_bytes())
