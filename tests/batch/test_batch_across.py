"""Across files (specification, section 5): DV403 copied text in maps of different accounts, DV404 a deal submitted twice."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from submitted import a_map, as_json, codes, write

from warmap.findings import CHECKS
from warmap.model import TABLES
from warmap.text import LANGUAGES
from warmap_app.batch import across as module
from warmap_app.batch.across import Across, free_text_fields, prints_of
from warmap_app.load import load_bytes
from warmap_workbook.writing.build import build_workbook

LONG = "Their plant manager told us on 3 May that the line stands still twice a week."
OTHER = "The board has asked for three offers and a visit to a reference by August."
TWENTY, NINETEEN = "一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九"


def note(text, **more):
    return {"actions": [{"what": text, "owner": "a", "due": "2026-09-01"}], **more}


def print_of(account, *texts, opportunity="deal"):
    """Prints of a map with these texts, as a worker would send them."""
    rows = [{"what": text, "owner": "a", "due": "2026-09-01"} for text in texts]
    return prints_of(load_bytes("m.json", as_json(a_map(account, opportunity, actions=rows))))


def told(*maps):
    """For each map the codes found across all, with the other files named."""
    names = [f"{letter}.json" for letter in "abcdefghijklmnop"]
    loaded = [load_bytes(name, as_json(document)) for name, document in zip(names, maps, strict=False)]
    prints = [prints_of(one) for one in loaded]
    across = Across(names.__getitem__)
    for place in reversed(range(len(prints))):
        across.add(place, prints[place])
    across.settle()
    return [
        [
            (found.code, found.facts["files"].en)
            for found in across.findings(place, prints[place], {"account": "", "opportunity": ""})
        ]
        for place in range(len(prints))
    ]


# what two maps hold, and what is found in the first: (code, other files)
EXAMPLES = [
    ("the same text at another account", a_map("A", "1", **note(LONG)), a_map("B", "2", **note(LONG)), ["DV403"]),
    ("in another field", a_map("A", "1", **note(LONG)), a_map("B", "2", deal={"objective": LONG}), ["DV403"]),
    ("other case, width and spaces", a_map("A", "1", **note(LONG)), a_map("B", "2", **note(f"  {LONG.upper().replace(' ', '   ')}\n")), ["DV403"]),
    ("spaces between Chinese and figures gained on the way", a_map("A", "1", **note("6月4日周会上他说：误报还是多，但提了当周就改")), a_map("B", "2", **note("6 月 4 日周会上他说： 误报还是多， 但提了当周就改")), ["DV403"]),
    ("the same account with a space more", a_map("江北重工", "1", **note(LONG)), a_map("江北 重工", "2", **note(LONG)), []),
    ("two texts are two findings", a_map("A", "1", **note(LONG, deal={"our_win": OTHER})), a_map("B", "2", **note(OTHER, deal={"our_win": LONG})), ["DV403", "DV403"]),
    ("twenty characters", a_map("A", "1", **note(TWENTY)), a_map("B", "2", **note(TWENTY)), ["DV403"]),
    ("a concession", a_map("A", "1", negotiation={"concessions": [{"give": LONG, "get": "x"}]}), a_map("B", "2", negotiation={"concessions": [{"give": LONG, "get": "x"}]}), ["DV403"]),
    ("nineteen characters", a_map("A", "1", **note(NINETEEN)), a_map("B", "2", **note(NINETEEN)), []),
    ("another opportunity of the same account", a_map("A", "1", **note(LONG)), a_map("A", "2", **note(LONG)), []),
    ("the same account in other case and width", a_map("ACME Ltd", "1", **note(LONG)), a_map(" acme  ltd ", "2", **note(LONG)), []),
    ("an account that is not known", a_map("A", "1", **note(LONG)), a_map(None, "2", **note(LONG)), []),
    ("another text", a_map("A", "1", **note(LONG)), a_map("B", "2", **note(OTHER)), []),
    ("the same text twice in one map", a_map("A", "1", **note(LONG, deal={"our_win": LONG})), a_map("B", "2"), []),
    ("the same title and department", a_map("A", "1", contacts=[{"name": "王", "title": LONG, "department": LONG}]), a_map("B", "2", contacts=[{"name": "李", "title": LONG, "department": LONG}]), []),
    ("the same criterion, attribute and team", a_map("A", "1", competition=[{"criterion": LONG, "weight": 1}], deal={"team": LONG}), a_map("B", "2", competition=[{"criterion": LONG, "weight": 1}], deal={"team": LONG}), []),
    ("the same opportunity name at another account", a_map("A", LONG), a_map("B", LONG), []),
    ("one deal submitted twice", a_map("A", "1"), a_map("A", "1"), ["DV404"]),
    ("one deal in other case and spaces", a_map("Acme", "Core net"), a_map("ACME", " core  net"), ["DV404"]),
    ("a copy of the whole file", a_map("A", "1", **note(LONG)), a_map("A", "1", **note(LONG)), ["DV404"]),
    ("no opportunity named", a_map("A", None), a_map("A", None), []),
    ("no account named", a_map(None, "1"), a_map(None, "1"), []),
]  # fmt: skip


class TestExamples:
    @pytest.mark.parametrize(
        ("name", "first", "second", "expected"), EXAMPLES, ids=[example[0] for example in EXAMPLES]
    )
    def test_two_maps(self, name, first, second, expected):
        """Both maps are told, each of the other: nobody knows who copied."""
        assert told(first, second) == [[(code, "b.json") for code in expected], [(code, "a.json") for code in expected]]

    def test_at_most_three_others_are_named_and_the_rest_counted(self):
        maps = [a_map(f"Account {place}", "1", **note(LONG)) for place in range(7)]
        found = told(*maps)
        assert found[0] == [("DV403", "b.json, c.json, d.json and 3 more")]
        assert found[6] == [("DV403", "a.json, b.json, c.json and 3 more")]
        assert told(*maps[:4])[0] == [("DV403", "b.json, c.json, d.json")]

    def test_files_of_the_same_account_are_not_named(self):
        maps = [a_map("A", str(place), **note(LONG)) for place in range(5)] + [a_map("B", "1", **note(LONG))]
        found = told(*maps)
        assert found[4] == [("DV403", "f.json")]
        assert found[5] == [("DV403", "a.json, b.json, c.json and 2 more")]

    def test_a_deal_submitted_many_times(self):
        found = told(*[a_map("A", "1")] * 6)
        assert found[2] == [("DV404", "a.json, b.json, d.json and 2 more")]


class TestFreeText:
    """What a rep writes in sentences of his own, as the columns declare it."""

    def test_the_fields(self):
        fields = {f"{table.code}.{field.code}" for table, of in free_text_fields() for field in of}
        assert {
            "deal.objective",
            "trust.evidence",
            "wins.personal_win",
            "needs.answer",
            "visits.goal",
            "actions.what",
            "negotiation.concessions",
        } <= fields
        never = {
            "name",
            "title",
            "department",
            "criterion",
            "attribute",
            "owner",
            "account",
            "opportunity",
            "team",
            "parent",
            "counterpart",
            "about",
        }
        assert not {name for name in fields if name.partition(".")[2] in never}
        assert fields < {f"{table.code}.{field.code}" for table in TABLES for field in table.fields}

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_an_empty_template_has_none(self, lang):
        assert prints_of(load_bytes("war_map.xlsx", build_workbook(None, lang)))["texts"] == []

    def test_the_place_is_the_cell_of_the_workbook(self):
        from warmap.reading import read_document

        book = build_workbook(read_document(a_map("A", "1", **note(LONG))).map, "en")
        (text,) = prints_of(load_bytes("m.xlsx", book))["texts"]
        assert text[1:4] == ["actions", "what", "Actions"]
        assert text[4][0].isalpha()
        assert text[4][-1].isdigit()


class TestInABatch:
    """The findings in the results of a run."""

    @pytest.fixture
    def copied(self, tmp_path):
        write(tmp_path / "in" / "a.json", a_map("A", "1", **note(LONG)))
        write(tmp_path / "in" / "b.json", a_map("B", "1", **note(LONG)))
        write(tmp_path / "in" / "c.json", a_map("C", "1"))
        write(tmp_path / "in" / "d.json", a_map("c", "1"))
        return tmp_path / "in"

    def test_copied_text_does_not_pass_and_a_second_copy_does(self, copied, checked):
        found = checked("in")
        assert {name[3:]: (codes(result), result["passed"]) for name, result in found.items()} == {
            "a.json": (["DV403"], False), "b.json": (["DV403"], False), "c.json": (["DV404"], True), "d.json": (["DV404"], True),
        }  # fmt: skip

    @pytest.mark.parametrize(("lang", "word"), [("zh", "其他客户"), ("en", "other accounts")])
    def test_the_finding_is_whole_in_both_languages(self, copied, checked, lang, word):
        (finding,) = checked("in", "--lang", lang)["in/a.json"]["findings"]
        assert word in finding["message"]
        assert "in/b.json" in finding["message"]
        assert LONG[:30] in finding["message"]
        assert finding["hint"] == CHECKS["DV403"].hint.to(lang)
        assert {key: finding[key] for key in ("sheet", "cell", "field", "code", "severity", "file")} == {
            "sheet": "actions", "cell": "actions[0].what", "field": "what", "code": "DV403", "severity": "major", "file": "in/a.json",
        }  # fmt: skip

    def test_the_rep_is_told_in_the_language_of_his_file(self, copied, checked):
        result = checked("in", "--lang", "en")["in/a.json"]
        assert result["language"] == "zh"
        assert len(result["in_own_language"]) == len(result["findings"])
        assert "其他客户" in result["in_own_language"][0]["message"]

    def test_the_checks_across_files_are_counted_where_they_were_made(self, copied, checked):
        many, one = checked("in")["in/c.json"]["counts"], checked("in/c.json")["in/c.json"]["counts"]
        assert (many["checks"], many["checks_skipped"]) == (one["checks"] + 2, one["checks_skipped"] - 2)

    def test_of_a_file_that_is_no_map_they_are_not_made(self, copied, checked):
        write(copied / "e.json", b"{")
        assert checked("in")["in/e.json"]["counts"]["checks"] == 2

    @pytest.mark.parametrize(("code", "severity"), [("DV403", "major"), ("DV404", "minor")])
    def test_severities(self, code, severity):
        assert CHECKS[code].severity.value == severity


def by_comparing_all(maps):
    """The plain way: every file against every other. (account, opportunity, texts) in, the findings of each file out."""
    found = []
    for place, (account, deal, texts) in enumerate(maps):
        mine = []
        for text in texts:
            others = [
                o
                for o, (other, _, theirs) in enumerate(maps)
                if text in theirs and other and account and other != account
            ]
            mine += [("DV403", tuple(others[:3]), len(others))] if others else []
        twins = [
            o
            for o, (other, same, _) in enumerate(maps)
            if o != place and account and deal and (other, same) == (account, deal)
        ]
        found.append(mine + ([("DV404", tuple(twins[:3]), len(twins))] if twins else []))
    return found


class TestAgainstThePlainWay:
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["", "A", "B", "C"]),
                st.sampled_from(["", "1", "2"]),
                st.lists(st.sampled_from("pqrs"), unique=True),
            ),
            max_size=12,
        ),
        st.randoms(),
    )
    def test_the_same_is_found(self, maps, random):
        prints = [
            {
                "account": f"{ord(account):x}" if account else "",
                "deal": f"{ord(account):x}{ord(deal):x}" if account and deal else "",
                "at": ["", ""],
                "texts": [[f"{ord(text):x}", "actions", "what", "", "", text] for text in texts],
            }
            for account, deal, texts in maps
        ]
        across = Across(str)
        order = list(range(len(maps)))
        random.shuffle(order)
        for place in order:
            across.add(place, prints[place])
        across.settle()
        told = []
        for place, one in enumerate(prints):
            found = across.findings(place, one, {"account": "", "opportunity": ""})
            told.append([(finding.code, *named(finding.facts["files"].en)) for finding in found])
        assert told == by_comparing_all(maps)


def named(words):
    """(the files named, how many files there are) of what a finding says."""
    names, _, more = words.partition(" and ")
    places = tuple(int(name) for name in names.split(", "))
    return places, len(places) + int(more.split()[0] if more else 0)


def work(prints):
    """Lines of Python and steps of SQLite that comparing these maps runs: time, as a number that is always the same."""
    lines = steps = 0

    def step():
        nonlocal steps
        steps += 1

    def count(frame, event, arg):
        nonlocal lines
        if frame.f_code.co_filename != module.__file__:
            return None
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        across = Across(str)
        across._database.set_progress_handler(step, 1)
        for place, one in enumerate(prints):
            across.add(place, one)
        across.settle()
        found = sum(
            len(list(across.findings(place, one, {"account": "", "opportunity": ""})))
            for place, one in enumerate(prints)
        )
    finally:
        sys.settrace(before)
    return lines, steps, found


SHAPES = {
    "all texts the same, every account another": lambda place, of: print_of(
        f"A{place}", LONG, OTHER, opportunity=str(place)
    ),
    "half of one account": lambda place, of: print_of(f"A{max(place - of // 2, 0)}", LONG, opportunity=str(place)),
    "two accounts by turns": lambda place, of: print_of(f"A{place % 2}", LONG, opportunity=str(place)),
    "nothing shared": lambda place, of: print_of(f"A{place}", f"{LONG} {place}", opportunity=str(place)),
    "one deal again and again": lambda place, of: print_of("A", opportunity="1"),
    "one account and then another": lambda place, of: print_of(f"A{4 * place // of}", LONG, opportunity=str(place)),
}


class TestWork:
    """It grows with the number of files, whatever they share: no file is compared with every other."""

    @pytest.mark.parametrize("shape", SHAPES)
    def test_four_times_the_files_are_four_times_the_work(self, shape):
        few, steps_of_few, _ = work([SHAPES[shape](place, 50) for place in range(50)])
        many, steps_of_many, found = work([SHAPES[shape](place, 200) for place in range(200)])
        assert many <= 4 * few + 400
        assert steps_of_many <= 4 * steps_of_few + 400
        assert bool(found) == (shape != "nothing shared")


GROWTH = """
from pathlib import Path
from warmap_app.batch.across import Across

def peak():
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

def prints(file):
    texts = [[f"{file * 45 + text:032x}", "actions", "what", "Actions", "A6", "a text"] for text in range(45)]
    return {"account": f"{file:032x}", "deal": f"{file:032x}", "at": ["Deal", "B6"], "texts": texts}

across = Across(str)
for file in range(4000):
    if file == 400:
        before = peak()
    across.add(file, prints(file))
across.settle()
found = sum(len(list(across.findings(file, prints(file), {}))) for file in range(4000))
print(found, peak() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process how large it was")
def test_memory_does_not_grow_with_the_number_of_files():
    """The texts of ten times the files: 3,600 files took 20 MB more when they were remembered in memory."""
    done = subprocess.run([sys.executable, "-c", GROWTH], capture_output=True, text=True, check=True)
    found, kib = map(int, done.stdout.split())
    assert found == 0
    assert kib < 8 * 1024
