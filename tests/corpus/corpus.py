"""The corpus: so many submitted workbooks, seeded and each another, and all that a check must find in them.

`python tests/corpus/corpus.py FOLDER [SIZE]` writes it to look at, with `expected.jsonl` beside the workbooks.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import sys
import tempfile
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

import faults_across
import faults_between_rows
import faults_in_cells
import faults_of_files
import faults_of_formulas
import faults_of_layout
from programs import templates
from submission import CALCULATED, LAST_VALUES, UNSTORED, Expected, Submission
from varied_maps import varied

from warmap.model import TABLES
from warmap_workbook.samples import load_sample, sample_names

SEED = 20260630
FULL = 2000
LEAST = 6  # times that each code is planted, however small the corpus
IN_ONE_FILE = {
    "DV003": faults_of_layout.older,
    "DV004": faults_of_layout.newer,
    "DV101": faults_of_layout.sheet_gone,
    "DV102": faults_of_layout.header_changed,
    "DV103": faults_of_layout.own_row_or_column,
    "DV104": faults_of_layout.not_read,
    "DV105": faults_of_layout.no_entry,
    "DV201": faults_in_cells.required_field_empty,
    "DV202": faults_in_cells.value_not_in_list,
    "DV203": faults_in_cells.wrong_type,
    "DV204": faults_in_cells.out_of_range,
    "DV205": faults_in_cells.impossible_date,
    "DV206": faults_between_rows.unknown_contact,
    "DV207": faults_between_rows.duplicate_contact,
    "DV208": faults_between_rows.duplicate_wins,
    "DV209": faults_between_rows.reporting_loop,
    "DV210": faults_in_cells.size_in_doubt,
    "DV211": faults_in_cells.changes_by_itself,
    "DV212": faults_in_cells.never_calculated,
    "DV301": faults_of_formulas.overwritten,
    "DV302": faults_of_formulas.changed,
    "DV303": faults_of_formulas.other_result,
    "DV304": faults_of_formulas.error_result,
    "DV305": faults_of_formulas.not_stored,
    "DV306": faults_of_layout.settings_changed,
    "DV307": faults_of_formulas.not_compared,
    "DV308": faults_of_layout.retired_setting,
    "DV401": faults_in_cells.placeholder,
    "DV402": faults_between_rows.straight_lining,
    "DV501": faults_of_files.macros,
    "DV502": faults_of_files.links,
    "DV503": faults_of_files.hidden_sheet,
    "DV504": faults_of_files.struck_through,
    "CP001": faults_in_cells.improper_win,
}
ACROSS_FILES = {
    "DV403": faults_across.copied_text,
    "DV404": faults_across.submitted_twice,
    "DV405": faults_across.misspelt_account,
}
NO_MAP = {"DV001": faults_of_files.another_workbook, "DV002": faults_of_files.unreadable}
CODES = (*NO_MAP, *IN_ONE_FILE, *ACROSS_FILES)
PART = 4 * -(-LEAST * len(CODES) // 3)  # a quarter clean, and files enough for each code to come first in so many
ALONE = {"DV305", "DV307"}  # of the whole file
ONLY_CALCULATED = {"DV303", "DV305", "DV307"}  # faults of results that are stored as they now are
ATTEMPTS = 20


class Unit(NamedTuple):
    """Files that are made together: one, or those that share something; `code` is the first fault, empty for none."""

    code: str
    serials: tuple[int, ...]


class Made(NamedTuple):
    """One file of the corpus: its name, what was planted, and every finding that must be made."""

    name: str
    planted: tuple[str, ...]
    expected: tuple[Expected, ...]
    program: str
    lang: str


def plan(size=FULL):
    """A quarter without fault; each code has its turn as the first fault of the others. In an order of no meaning."""
    rng = random.Random(f"{SEED} plan")
    serials = list(range(size))
    rng.shuffle(serials)
    clean, faulty = serials[: size // 4], serials[size // 4 :]
    units = [Unit("", (serial,)) for serial in clean]
    alone = max(LEAST, len(faulty) // len(CODES))  # of those that come as first faults only
    for code in (*NO_MAP, "DV305", *ACROSS_FILES):
        mine, faulty = faulty[:alone], faulty[alone:]
        units += [
            Unit(code, group) for group in (_groups(mine, rng) if code in ACROSS_FILES else ((one,) for one in mine))
        ]
    rest = [code for code in IN_ONE_FILE if code != "DV305"]
    units += [Unit(rest[place % len(rest)], (serial,)) for place, serial in enumerate(faulty)]
    return sorted(units, key=lambda unit: unit.serials)


def _groups(serials, rng):
    """Twos, threes and fours; never one left alone."""
    while serials:
        size = rng.choice([size for size in (2, 3, 4) if len(serials) - size != 1 and size <= len(serials)])
        yield tuple(serials[:size])
        serials = serials[size:]


@cache
def sample(name, lang):
    return load_sample(name, lang)


def submission(books, rng, serial, saved):
    """A varied map in a template of one of the programs, laid out in a way of its own, without fault."""
    template = rng.choice(books)
    document = varied(sample(rng.choice(sample_names()), template.lang), template.lang, rng, serial)
    sub = Submission(template, document, rng, saved=saved)
    for table in TABLES:
        if not table.is_record and table.code != "stage_evidence":
            if rng.random() < 0.3:
                sub.with_gaps(table.code)
            if rng.random() < 0.1:
                sub.with_moved_columns(table.code)
    if rng.random() < 0.4:
        sub.respelled()
    sub.laid_out()
    return sub


def _clean(books, rng, serial):
    sub = submission(books, rng, serial, rng.choice((CALCULATED, LAST_VALUES)))
    if rng.random() < 0.1:
        faults_of_files.visible_sheet(sub, rng)
    if rng.random() < 0.1:
        faults_of_files.link_to_our_addin(sub)
    return sub


def _with_faults(books, rng, serial, code):
    """A submission with this fault and, in two of five, up to three more."""
    more = rng.choices(list(IN_ONE_FILE), k=rng.choice((0, 0, 0, 1, 1, 2, 3)) if code not in ALONE else 0)
    is_calculated = ONLY_CALCULATED & {code, *more}
    saved = CALCULATED if is_calculated else rng.choice((CALCULATED, CALCULATED, LAST_VALUES, UNSTORED))
    sub = submission(books, rng, serial, saved)
    if code in IN_ONE_FILE and not _plant(sub, rng, code):
        return None, ()
    return sub, [other for other in more if other not in ALONE]


def _plant(sub, rng, code):
    """Whether a fault of this code found a place."""
    if not IN_ONE_FILE[code](sub, rng):
        return False
    sub.planted.append(code)
    return True


def _unit(books, unit, attempt):
    """The submissions of a unit; None where the dice left no place for what was to be planted."""
    rng = random.Random(f"{SEED} {unit.serials[0]} {attempt}")
    if not unit.code:
        return [_clean(books, rng, unit.serials[0])]
    made = [_with_faults(books, rng, serial, unit.code) for serial in unit.serials]
    subs = [sub for sub, _ in made]
    if None in subs:
        return None
    if unit.code in ACROSS_FILES:
        if not ACROSS_FILES[unit.code](subs, rng):
            return None
        for sub in subs:
            sub.planted.append(unit.code)
    for sub, more in made:
        for code in more:
            _plant(sub, rng, code)
    return subs


def make(books, folder, unit):
    """Write the files of a unit; what must be found in each."""
    if unit.code in NO_MAP:
        return [_no_map(books, folder, unit)]
    subs = next(subs for attempt in range(ATTEMPTS) if (subs := _unit(books, unit, attempt)) is not None)
    made = []
    for serial, sub in zip(unit.serials, subs, strict=True):
        name = f"{serial:04d}{sub.suffix}"
        (folder / name).write_bytes(sub.bytes())
        made.append(Made(name, tuple(sub.planted), tuple(sub.expected), sub.template.program, sub.lang))
    return made


def _no_map(books, folder, unit):
    (serial,) = unit.serials
    rng = random.Random(f"{SEED} {serial}")
    if unit.code == "DV001":
        data = faults_of_files.another_workbook(rng, serial)
    else:
        data = faults_of_files.unreadable(rng, submission(books, rng, serial, CALCULATED).bytes())
    name = f"{serial:04d}.xlsx"
    (folder / name).write_bytes(data)
    return Made(name, (unit.code,), (Expected(unit.code, "", ""),), "", "")


def write(folder, size=FULL, jobs=2, books=None):
    """Write the corpus into a folder; {name of the file: what must be found in it}."""
    if books is None:
        with tempfile.TemporaryDirectory() as where:
            books = templates(Path(where))
    units = plan(size)
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        made = pool.map(partial(make, books, folder), units, chunksize=20)
    return {one.name: one for files in made for one in sorted(files)}


def main():
    folder, size = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else FULL
    folder.mkdir(parents=True, exist_ok=True)
    made = write(folder, size)
    lines = [json.dumps(one._asdict(), ensure_ascii=False) for _, one in sorted(made.items())]
    (folder / "expected.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
