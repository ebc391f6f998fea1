"""What is only seen when all files are there: copied text (DV403), double submissions (DV404), misspelt accounts (DV405).

A worker leaves the *prints* of a map: its account, its deal and its free texts, hashed. They wait in a temporary
database on disk, so memory does not grow with the number of files; it is sorted and asked but never compared file by
file, so time grows with the number of texts and not with the pairs. A map that does not name its account is no other
account's; accounts that are probably one are never accused of copying from each other.

Free text is what a rep writes in sentences: the fields whose column is declared as text of several lines (objective,
evidence, notes, questions and answers, goals and results of visits, actions, …) and the concessions. Names, titles,
departments, criteria, attributes and whatever is picked from a list or printed by the template are none.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from typing import Any

from warmap.evaluation import finding_told
from warmap.findings import Finding
from warmap.model import TABLES, Field, Kind, Table
from warmap.names import account_core, key, unspaced
from warmap.parsing.headers import at
from warmap.reading import ACROSS_FILES, Reading
from warmap.terms import ProcurementStage, Severity
from warmap.text import Lang, Text, joined
from warmap_app.batch.which_counts import standing
from warmap_app.result import Result, finding_result

SHORTEST = 20  # characters of a text that counts
QUOTED = 40  # characters of it that a finding shows
NAMED = 3  # files or places that a finding names
MOST_PAIRS = 5  # files of which a file is told one by one that texts stand there too
AND_MORE = Text("{files} 等 {count} 个文件", "{files} and {more} more")
PLACES_MORE = Text("{places} 等", "{places} …")
MORE_PAIRS = Text("；另有至少 {more} 个文件也有其中的文字", "; at least {more} more files share texts with this one")
COUNTS = Text("；计入的是 {file}", "; {file} is the one that counts")
IT_COUNTS = Text("，计入的是它", ", which is the one that counts")
SPELT = Text("{file}（“{name}”）", "{file} (“{name}”)")
DIFFER = (Text("金额", "amount"), Text("币种", "currency"), Text("阶段", "stage"))
DIFFERENT = Text("；{what}不同：{values}", "; they differ in {what}: {values}")


def prints_of(loaded: Reading) -> dict[str, Any]:
    """What is compared with other files; hashes are hexadecimal, and empty where nothing is filled in.

    `account` is shared by all spellings that are probably one account, `spelling` by those that are the same name.
    `deal` is the deal's, `figures` its amount, currency and stage, and `standing` orders the files of one deal. `at` has
    sheet and cell of the account and of the opportunity. `texts` has one entry a text, where it stands first: its
    hash, sheet, cell, field, and how it begins.
    """
    deal = loaded.map.deal
    name = key(deal.account or "")
    stage = deal.stage.value if deal.stage else ""
    return {
        "account": hash_of(account_core(deal.account or "") or name) if name else "",
        "spelling": hash_of(name) if name else "",
        "name": " ".join((deal.account or "").split()),
        "deal": deal_print(deal.account, deal.opportunity),
        "figures": ["" if deal.amount is None else f"{deal.amount.normalize():f}", deal.currency or "", stage],
        "standing": standing(loaded.own_as_of, loaded.saved, loaded.file),
        "at": [list(at(loaded.places, "deal", 0, field)) for field in ("account", "opportunity")],
        "texts": list(_texts(loaded)),
    }


def deal_print(account: str | None, opportunity: str | None) -> str:
    """A hash that all maps of one account and opportunity share, however these are spelt; empty where either is blank."""
    names = key(account or ""), key(opportunity or "")
    return hash_of(*names) if all(names) else ""


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
                    words = unspaced(plain)
                    if len(plain) >= SHORTEST and words not in seen:
                        seen.add(words)
                        sheet, cell = at(loaded.places, table.code, index, field.code)
                        yield [hash_of(words), sheet, cell, field.code, " ".join(text.split())[:QUOTED]]


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


WAITING = (
    # A row a print and file. The owner of a text is its account: who shares it with others has copied, or was copied
    # from. The owner of an account is its spelling, that of a deal its file. So one comparison serves all three.
    "CREATE TABLE print (print BLOB, owner BLOB, file INTEGER)",
    "CREATE TABLE map (file INTEGER PRIMARY KEY, account BLOB, name TEXT)",
    "CREATE TABLE deal (print BLOB, figures TEXT, standing TEXT, file INTEGER)",
)
SETTLED = (
    "CREATE INDEX print_owner ON print (print, owner, file)",
    # The prints of several owners, and in how many files each stands.
    """CREATE TABLE shared AS SELECT print, count(*) AS files FROM print GROUP BY print HAVING min(owner) < max(owner)""",
    # For every file and print it shares: in how many files of other owners that stands.
    """CREATE TABLE told AS
       SELECT file, print, owner, files - count(*) OVER (PARTITION BY print, owner) AS others
       FROM shared JOIN print USING (print)""",
    "CREATE INDEX told_file ON told (file)",
    # Enough files to name MOST_PAIRS of another owner, whichever owner asks: five of each, ten in all.
    """CREATE TABLE first AS SELECT print, owner, file FROM (
          SELECT print, owner, file, row_number() OVER (PARTITION BY print ORDER BY file) AS place FROM (
            SELECT print, owner, file, row_number() OVER (PARTITION BY print, owner ORDER BY file) AS of_owner
            FROM shared JOIN print USING (print)
          ) WHERE of_owner <= 5
        ) WHERE place <= 10""",
    "CREATE INDEX first_print ON first (print, file)",
    # Of a deal with several files the one that counts: SQLite takes `file` from the row of the maximum.
    """CREATE TABLE twice AS SELECT print, file AS counted, max(standing) FROM deal GROUP BY print HAVING count(*) > 1""",
    "CREATE INDEX twice_print ON twice (print)",
    "CREATE TABLE kind AS SELECT DISTINCT print, figures FROM deal WHERE print IN (SELECT print FROM twice)",
    "CREATE INDEX kind_print ON kind (print, figures)",
)
SHARED = "SELECT print, owner, others FROM told WHERE file = ?"
OTHERS = "SELECT file FROM first WHERE print = ? AND owner <> ? ORDER BY file LIMIT ?"
HOLDS = (
    "SELECT 1 FROM print JOIN map ON map.file = print.file AND map.account = owner WHERE print = ? AND print.file = ?"
)
COUNTED = "SELECT counted FROM twice WHERE print = ?"
KINDS = "SELECT figures FROM kind WHERE print = ? ORDER BY figures LIMIT 4"
NAME = "SELECT name FROM map WHERE file = ?"


class Across:
    """The prints of all files by their place in the batch; `name_of` gives a file's shown name."""

    def __init__(self, name_of: Callable[[int], str]) -> None:
        import sqlite3  # here, for a check of one file compares nothing

        self._name_of = name_of
        # Without a name SQLite keeps 2 MB of it in memory, the rest in a file that goes with the process.
        self._database = sqlite3.connect("", isolation_level=None)
        for line in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", *WAITING, "BEGIN"):
            self._database.execute(line)

    def __del__(self) -> None:
        self._database.close()

    def add(self, file: int, prints: Mapping[str, Any]) -> None:
        """Remember one file, once, in any order of the files."""
        account, spelling = bytes.fromhex(prints["account"]), bytes.fromhex(prints["spelling"])
        rows = [(bytes.fromhex(text[0]), account, file) for text in prints["texts"]] if account else []
        if account:
            rows.append((_account_key(prints), spelling, file))
            self._database.execute("INSERT INTO map VALUES (?, ?, ?)", (file, account, prints["name"]))
        if prints["deal"]:
            rows.append((_deal_key(prints), b"file%d" % file, file))
            deal = (bytes.fromhex(prints["deal"]), json.dumps(prints["figures"]), prints["standing"], file)
            self._database.execute("INSERT INTO deal VALUES (?, ?, ?, ?)", deal)
        self._database.executemany("INSERT INTO print VALUES (?, ?, ?)", rows)

    def settle(self) -> None:
        """All files are there: find what several of them share."""
        for line in SETTLED:
            self._database.execute(line)

    def counted_instead(self, prints: Mapping[str, Any], file: int) -> int | None:
        """The file that counts for the deal of this one, where that is another."""
        found = self._one(COUNTED, bytes.fromhex(prints["deal"]))
        return found if found != file else None

    def findings(self, file: int, prints: Mapping[str, Any], deal: Mapping[str, Any]) -> Iterator[Finding]:
        """What one file shares with the others: its account's spelling, its deal, its texts."""
        shared = {row[0]: row[1:] for row in self._database.execute(SHARED, (file,))}
        if not shared:
            return
        (account_sheet, account_cell), (sheet, cell) = prints["at"]
        spelt = self._files(_account_key(prints), shared, self._spelt)
        if spelt is not None:
            facts = {"value": deal["account"], "files": spelt}
            yield Finding("DV405", account_sheet, account_cell, "account", facts)
        files = self._files(_deal_key(prints), shared, self._name_of)
        if files is not None:
            differ, counted = self._differ(prints), self._one(COUNTED, bytes.fromhex(prints["deal"]))
            is_the_other = counted != file and shared[_deal_key(prints)][1] == 1
            facts = {
                "account": deal["account"], "value": deal["opportunity"], "files": files, "differ": differ or "",
                "counted": IT_COUNTS if is_the_other else COUNTS.filled(file=self._name_of(counted)),
            }  # fmt: skip
            yield Finding("DV404", sheet, cell, "opportunity", facts, Severity.MAJOR if differ else None)
        yield from self._pairs([text for text in prints["texts"] if bytes.fromhex(text[0]) in shared], shared)

    def _files(
        self, one: bytes, shared: Mapping[bytes, tuple[bytes, int]], say: Callable[[int], str | Text]
    ) -> Text | None:
        """The other files in which a print stands: three by their names, the rest counted."""
        if one not in shared:
            return None
        owner, count = shared[one]
        names = [say(file) for (file,) in self._database.execute(OTHERS, (one, owner, NAMED))]
        named, more = joined(names), count - len(names)
        return AND_MORE.filled(files=named, count=count, more=more) if more else named

    def _spelt(self, file: int) -> Text:
        return SPELT.filled(file=joined([self._name_of(file)]), name=self._one(NAME, file))

    def _differ(self, prints: Mapping[str, Any]) -> Text | None:
        """In what the files of one deal differ, and the values; None where amount, currency and stage are the same."""
        kinds = [json.loads(row[0]) for row in self._database.execute(KINDS, (bytes.fromhex(prints["deal"]),))]
        which = [place for place in range(len(DIFFER)) if len({kind[place] for kind in kinds}) > 1]
        if not which:
            return None
        what = Text("、".join(DIFFER[place].zh for place in which), " and ".join(DIFFER[place].en for place in which))
        return DIFFERENT.filled(what=what, values=joined([_figures(kind, which) for kind in kinds]))

    def _pairs(self, texts: Sequence[Sequence[str]], shared: Mapping[bytes, tuple[bytes, int]]) -> Iterator[Finding]:
        """One finding a pair of files: how many texts, and where the first stand."""
        near: dict[int, list[Sequence[str]]] = {}
        for text in texts:
            one = bytes.fromhex(text[0])
            for (file,) in self._database.execute(OTHERS, (one, shared[one][0], MOST_PAIRS)):
                near.setdefault(file, []).append(text)
        if not near:
            return
        # Of a text in many files only the first were looked at: those that are told are asked for all texts.
        nearest = sorted(near, key=lambda file: (-len(near[file]), file))[:MOST_PAIRS]
        more = max(len(near), *(shared[bytes.fromhex(text[0])][1] for text in texts)) - len(nearest)
        for file in sorted(nearest):
            common = [text for text in texts if self._one(HOLDS, bytes.fromhex(text[0]), file)]
            _, sheet, cell, field, value = common[0]
            places = ", ".join(f"{place[1]} {place[2]}" for place in common[:NAMED])
            facts = {
                "count": len(common), "file": joined([self._name_of(file)]), "value": value,
                "places": PLACES_MORE.filled(places=places) if len(common) > NAMED else places,
                "more": MORE_PAIRS.filled(more=more) if more and file == max(nearest) else "",
            }  # fmt: skip
            yield Finding("DV403", sheet, cell, field, facts)

    def _one(self, query: str, *values: object) -> Any:
        found = self._database.execute(query, values).fetchone()
        return found[0] if found else None


def _figures(kind: Sequence[str], which: Sequence[int]) -> Text:
    """The figures of one file in which others differ: `1,000,000 CNY · Supplier assessment`."""
    amount, currency, code = kind
    stage = next((one.label for one in ProcurementStage if one.value == code), Text("—", "—"))
    said = [f"{Decimal(amount):,f} {currency}" if amount else "—"] if {0, 1} & set(which) else []
    return Text(*(" · ".join([*said, *([label] if 2 in which else [])]) for label in (stage.zh, stage.en)))


def _deal_key(prints: Mapping[str, Any]) -> bytes:
    """The print of a deal, kept apart from those of texts."""
    return b"deal" + bytes.fromhex(prints["deal"])


def _account_key(prints: Mapping[str, Any]) -> bytes:
    """The print of an account, kept apart from those of texts."""
    return b"name" + bytes.fromhex(prints["account"])


def with_findings(result: Result, findings: list[Finding], lang: Lang) -> Result:
    """The result of a map with which the checks across files were made as well: judged again, and counted."""
    counts = dict(result["counts"])
    counts["checks"] += len(ACROSS_FILES)
    counts["checks_skipped"] -= len(ACROSS_FILES)
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
