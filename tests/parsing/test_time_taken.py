"""What takes the square of its length where it is written carelessly: hostile cells and tables take no longer than others."""

from __future__ import annotations

from time import process_time

import pytest

from warmap.names import account_core
from warmap.parsing.cross import improper_word
from warmap.reading import read_document
from warmap.worksheet.ranges import read_range

LONGEST = 32767  # characters, what a cell holds
ROWS = 8000
ALLOWED = 5  # seconds of this process, whatever else the machine does; each took eight or more


def wordless_rows():
    rows = [("标准", "权重", "我方得分"), *((None, float(row), 3.0) for row in range(1, ROWS))]
    return len(read_range("competition", tuple(rows)).rows)


def unknown_names(unknown):
    people = [{"name": f"Person number {place:05d}"} for place in range(2000)]
    actions = [{"what": "w", "owner": "o", "due": "2026-01-01", "about": about} for about in unknown]
    return len([f for f in read_document({"contacts": people, "actions": actions}).findings if f.code == "DV206"])


@pytest.mark.parametrize(("work", "result"), [
    (lambda: improper_word("不收红包 " * (LONGEST // 5)), None),
    (lambda: improper_word("no cash " * (LONGEST // 8)), None),
    (lambda: account_core("甲" + "集团" * (LONGEST // 2)), "甲"),
    (wordless_rows, ROWS - 1),
    (lambda: unknown_names(f"Persan numbre {place:05d}" for place in range(100)), 100),
    (lambda: unknown_names([" ".join(f"rf{code}" for code in range(910, 1000))] * 100), 8900),
], ids=["refused", "refused in English", "legal forms", "rows without a word", "unknown names", "unknown codes"])  # fmt: skip
def test_it_is_done_soon(work, result):
    begun = process_time()
    assert work() == result
    assert process_time() - begun < ALLOWED


@pytest.mark.parametrize(
    "words", ["不收红包", "we never take cash", "refused any gift", "piano cash", "他不喜欢收" + "大" * 12 + "红包"]
)
def test_a_refusal_is_still_seen_in_front_of_the_word(words):
    assert (improper_word("前面的话。" * 20 + words) is None) == (improper_word(words) is None)
