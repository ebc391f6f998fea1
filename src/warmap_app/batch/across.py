"""What is only seen when all files are there: copied text (DV403) and a deal submitted twice (DV404).

A worker leaves the *prints* of a map: its account, its opportunity and its free texts, hashed. They wait in a temporary
database on disk, so memory does not grow with the number of files; it is sorted and asked but never compared file by
file, so time grows with the number of texts and not with the pairs. A map that does not name its account is no other
account's.

Free text is what a rep writes in sentences: the fields whose column is declared as text of several lines (objective,
evidence, notes, questions and answers, goals and results of visits, actions, …) and the concessions. Names, titles,
departments, criteria, attributes and whatever is picked from a list or printed by the template are none.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from typing import Any

from warmap.evaluation import finding_told
from warmap.findings import Finding
from warmap.model import TABLE, TABLES, Field, Kind, Table
from warmap.parsing.headers import at
from warmap.reading import Reading
from warmap.terms import Severity, key
from warmap.text import Lang, Text
from warmap_app.result import Result, finding_result

CODES = ("DV403", "DV404")
SHORTEST = 20  # characters of a text that counts
QUOTED = 40  # characters of it that a finding shows
AND_MORE = Text("{files} 等 {count} 个文件", "{files} and {more} more")


def prints_of(loaded: Reading) -> dict[str, Any]:
    """`account` and `deal` are hashes, empty where not filled in; `at` is sheet and cell of the opportunity.

    `texts` has one entry a text, where it stands first: its hash, table, field, sheet, cell, and how it begins.
    """
    deal = loaded.map.deal
    account = _bare(deal.account or "")
    return {
        "account": hash_of(account) if account else "",
        "deal": deal_print(deal.account, deal.opportunity),
        "at": list(at(loaded.places, "deal", 0, "opportunity")),
        "texts": list(_texts(loaded)),
    }


def deal_print(account: str | None, opportunity: str | None) -> str:
    """A hash that all maps of one account and opportunity share, however these are spelt; empty where either is blank."""
    names = _bare(account or ""), _bare(opportunity or "")
    return hash_of(*names) if all(names) else ""


def _bare(words: str) -> str:
    """Words as they are compared: without case, width and white space, which a copy gains and loses on its way."""
    return "".join(key(words).split())


def hash_of(*words: str) -> str:
    """16 bytes that stand for these words, as hexadecimal digits."""
    return blake2b("\n".join(words).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _texts(loaded: Reading) -> Iterator[list[str]]:
    seen: set[str] = set()
    for table, fields in free_text_fields():
        content = getattr(loaded.map, table.code)
        for index, row in enumerate([content] if table.is_record else content):
            for field in fields:
                for text in _sayings(getattr(row, field.code)):
                    plain = key(text)
                    words = "".join(plain.split())
                    if len(plain) >= SHORTEST and words not in seen:
                        seen.add(words)
                        sheet, cell = at(loaded.places, table.code, index, field.code)
                        yield [hash_of(words), table.code, field.code, sheet, cell, " ".join(text.split())[:QUOTED]]


def _sayings(value: Any) -> Iterator[str]:
    """The texts in one cell: itself, or of a list of concessions what is given and what is got."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for concession in value:
            yield " → ".join(part for part in (concession.give, concession.get) if part)


@cache
def free_text_fields() -> tuple[tuple[Table, tuple[Field, ...]], ...]:
    """The tables that hold free text, and its fields."""
    kinds = (Kind.TEXT, Kind.GIVE_GET)
    chosen = ((table, tuple(f for f in table.fields if f.multiline and f.kind in kinds)) for table in TABLES)
    return tuple((table, fields) for table, fields in chosen if fields)


WAITING = "CREATE TABLE print (print BLOB, owner BLOB, file INTEGER)"
"""A row a print and file. The owner of a text is its account: who shares it with others has copied, or was copied from.
The owner of a deal is its file: whoever shares it is told. So one comparison serves both."""
SETTLED = (
    "CREATE INDEX print_owner ON print (print, owner, file)",
    # The prints of several owners, and in how many files each stands.
    """CREATE TABLE shared AS SELECT print, count(*) AS files FROM print GROUP BY print HAVING min(owner) < max(owner)""",
    # For every file and print it shares: in how many files of other owners that stands.
    """CREATE TABLE told AS
       SELECT file, print, owner, files - count(*) OVER (PARTITION BY print, owner) AS others
       FROM shared JOIN print USING (print)""",
    "CREATE INDEX told_file ON told (file)",
    # Enough files to name three of another owner, whichever owner asks: three of each, six in all.
    """CREATE TABLE first AS SELECT print, owner, file FROM (
          SELECT print, owner, file, row_number() OVER (PARTITION BY print ORDER BY file) AS place FROM (
            SELECT print, owner, file, row_number() OVER (PARTITION BY print, owner ORDER BY file) AS of_owner
            FROM shared JOIN print USING (print)
          ) WHERE of_owner <= 3
        ) WHERE place <= 6""",
    "CREATE INDEX first_print ON first (print, file)",
)
SHARED = "SELECT print, owner, others FROM told WHERE file = ?"
NAMED = "SELECT file FROM first WHERE print = ? AND owner <> ? ORDER BY file LIMIT 3"


class Across:
    """The prints of all files by their place in the batch; `name_of` gives a file's shown name."""

    def __init__(self, name_of: Callable[[int], str]) -> None:
        import sqlite3  # here, for a check of one file compares nothing

        self._name_of = name_of
        # Without a name SQLite keeps 2 MB of it in memory, the rest in a file that goes with the process.
        self._database = sqlite3.connect("", isolation_level=None)
        for line in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", WAITING, "BEGIN"):
            self._database.execute(line)

    def __del__(self) -> None:
        self._database.close()

    def add(self, file: int, prints: Mapping[str, Any]) -> None:
        """Remember one file, once, in any order of the files."""
        account = bytes.fromhex(prints["account"])
        rows = [(bytes.fromhex(text[0]), account, file) for text in prints["texts"]] if account else []
        if prints["deal"]:
            rows.append((_deal_key(prints), b"file%d" % file, file))
        self._database.executemany("INSERT INTO print VALUES (?, ?, ?)", rows)

    def settle(self) -> None:
        """All files are there: find what several of them share."""
        for line in SETTLED:
            self._database.execute(line)

    def findings(self, file: int, prints: Mapping[str, Any], deal: Mapping[str, Any]) -> Iterator[Finding]:
        """What one file shares with the others, in the order of its texts."""
        shared = {row[0]: row[1:] for row in self._database.execute(SHARED, (file,))}
        for text, table, field, sheet, cell, value in prints["texts"] if shared else ():
            files = self._files(bytes.fromhex(text), shared)
            if files is not None:
                facts = {"field": TABLE[table].by_code[field].label, "value": value, "files": files}
                yield Finding("DV403", sheet, cell, field, facts)
        files = self._files(_deal_key(prints), shared)
        if files is not None:
            facts = {"account": deal["account"], "value": deal["opportunity"], "files": files}
            sheet, cell = prints["at"]
            yield Finding("DV404", sheet, cell, "opportunity", facts)

    def _files(self, one: bytes, shared: Mapping[bytes, tuple[bytes, int]]) -> Text | None:
        """The other files in which a print stands: three by their names, the rest counted."""
        if one not in shared:
            return None
        owner, count = shared[one]
        names = [self._name_of(file) for (file,) in self._database.execute(NAMED, (one, owner))]
        named, more = Text("、".join(names), ", ".join(names)), count - len(names)
        return AND_MORE.filled(files=named, count=count, more=more) if more else named


def _deal_key(prints: Mapping[str, Any]) -> bytes:
    """The print of a deal, kept apart from those of texts."""
    return b"deal" + bytes.fromhex(prints["deal"])


def with_findings(result: Result, findings: list[Finding], lang: Lang) -> Result:
    """The result of a map with which the checks across files were made as well: judged again, and counted."""
    counts = dict(result["counts"])
    counts["checks"] += len(CODES)
    counts["checks_skipped"] -= len(CODES)
    passed = result["passed"] and not any(
        finding.severity in (Severity.CRITICAL, Severity.MAJOR) for finding in findings
    )
    more = [finding_result(finding, finding_told(finding, lang), result["file"], lang) for finding in findings]
    judged = {**result, "passed": passed, "counts": counts, "findings": [*result["findings"], *more]}
    if "in_own_language" in result:
        own = result["language"]
        words = [{"message": finding.message(own), "hint": finding.hint(own)} for finding in findings]
        judged["in_own_language"] = [*result["in_own_language"], *words]
    return judged
