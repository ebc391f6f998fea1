"""Across files (specification, section 5): DV403 copied text, DV404 a deal submitted twice, DV405 an account misspelt."""

import io
import re
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from submitted import a_map, as_json, codes, write

from warmap.findings import CHECKS
from warmap.model import TABLES
from warmap.text import LANGUAGES, spoken
from warmap_app.batch import across as module
from warmap_app.batch.across import MOST_PAIRS, Across, free_text_fields, prints_of
from warmap_app.batch.which_counts import standing
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


def findings_across(*maps):
    """For each map what is found across all; files are named by letters."""
    names = [f"{letter}.json" for letter in "abcdefghijklmnop"]
    loaded = [load_bytes(name, as_json(document)) for name, document in zip(names, maps, strict=False)]
    prints = [prints_of(one) for one in loaded]
    across = Across(names.__getitem__)
    for place in reversed(range(len(prints))):
        across.add(place, prints[place])
    across.settle()
    return [
        list(across.findings(place, one, {"account": maps[place]["deal"]["account"], "opportunity": ""}))
        for place, one in enumerate(prints)
    ]


def told(*maps):
    """For each map the codes found across all, with the other files named."""
    return [
        [
            (found.code, spoken(found.facts.get("files") or found.facts["file"], "en").partition(" (“")[0])
            for found in of
        ]
        for of in findings_across(*maps)
    ]


# what two maps hold, and what is found in the first: (code, other files)
EXAMPLES = [
    ("the same text at another account", a_map("A", "1", **note(LONG)), a_map("B", "2", **note(LONG)), ["DV403"]),
    ("in another field", a_map("A", "1", **note(LONG)), a_map("B", "2", deal={"objective": LONG}), ["DV403"]),
    ("other case, width and spaces", a_map("A", "1", **note(LONG)), a_map("B", "2", **note(f"  {LONG.upper().replace(' ', '   ')}\n")), ["DV403"]),
    ("spaces between Chinese and figures gained on the way", a_map("A", "1", **note("6月4日周会上他说：误报还是多，但提了当周就改")), a_map("B", "2", **note("6 月 4 日周会上他说： 误报还是多， 但提了当周就改")), ["DV403"]),
    ("the same account with a space more", a_map("江北重工", "1", **note(LONG)), a_map("江北 重工", "2", **note(LONG)), []),
    ("two texts are one finding of a pair", a_map("A", "1", **note(LONG, deal={"our_win": OTHER})), a_map("B", "2", **note(OTHER, deal={"our_win": LONG})), ["DV403"]),
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
    ("accounts that are probably one are not accused", a_map("Acme Co., Ltd.", "1", **note(LONG)), a_map("ACME Limited", "2", **note(LONG)), ["DV405"]),
    ("an account with other punctuation", a_map("Acme-Nord", "1"), a_map("Acme, Nord", "2"), ["DV405"]),
    ("a Chinese account without its legal form", a_map("江北重工股份有限公司", "1"), a_map("江北重工", "2"), ["DV405"]),
    ("a name that is nothing but a legal form", a_map("集团", "1"), a_map("公司", "2"), []),
    ("one deal with a character that is not seen", a_map("Acme", "Core net"), a_map("Ac\u200bme", "Core net"), ["DV404"]),
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

    def test_at_most_five_pairs_are_told_and_the_rest_counted(self):
        maps = [a_map(f"Account {place}", "1", **note(LONG)) for place in range(8)]
        found = findings_across(*maps)
        assert told(*maps)[7] == [("DV403", f"{letter}.json") for letter in "abcde"]
        assert [spoken(one.facts["more"], "en") for one in found[7]] == [
            *[""] * 4,
            "; at least 2 more files share texts with this one",
        ]
        assert told(*maps[:4])[0] == [("DV403", f"{letter}.json") for letter in "bcd"]

    def test_files_of_the_same_account_are_not_named(self):
        maps = [a_map("A", str(place), **note(LONG)) for place in range(4)] + [a_map("B", "1", **note(LONG))]
        found = told(*maps)
        assert found[3] == [("DV403", "e.json")]
        assert found[4] == [("DV403", f"{letter}.json") for letter in "abcd"]

    def test_a_pair_is_told_with_the_number_of_texts_and_the_first_places(self):
        texts = [f"{LONG} {number}" for number in range(5)]
        rows = {"actions": [{"what": text, "owner": "a", "due": "2026-09-01"} for text in texts]}
        ((finding,), _) = findings_across(a_map("A", "1", **rows), a_map("B", "1", **rows))
        assert (finding.sheet, finding.cell, finding.field) == ("actions", "actions[0].what", "what")
        said = finding.message("en")
        assert "b.json, a map of another account: “Their plant manager told us on 3 May tha”" in said
        assert (
            "(actions actions[0].what, actions actions[1].what, actions actions[2].what …). Texts in common: 5." in said
        )

    def test_the_file_that_shares_most_is_told_though_a_phrase_stands_in_many(self):
        phrase = [a_map(f"Account {place}", "1", **note(LONG)) for place in range(10)]
        rows = {"actions": [{"what": text, "owner": "a", "due": "2026-09-01"} for text in (LONG, OTHER, TWENTY)]}
        found = findings_across(*phrase, a_map("X", "1", **rows), a_map("Y", "1", **rows))[10]
        assert [(spoken(one.facts["file"], "en"), one.facts["count"]) for one in found] == [
            *((f"{letter}.json", 1) for letter in "abcd"), ("l.json", 3),
        ]  # fmt: skip

    def test_an_account_is_told_how_others_spell_it(self):
        found = findings_across(a_map("Acme Ltd", "1"), a_map("Acme Limited", "2"), a_map("ACME LTD", "3"))
        said = [one.message("en") for of in found for one in of]
        assert said[0] == "The account “Acme Ltd” is probably the same as in b.json (“Acme Limited”)."
        assert (
            said[1] == "The account “Acme Limited” is probably the same as in a.json (“Acme Ltd”), c.json (“ACME LTD”)."
        )

    def test_a_deal_submitted_many_times(self):
        found = told(*[a_map("A", "1")] * 6)
        assert found[2] == [("DV404", "a.json, b.json, d.json and 2 more")]


class TestTwice:
    """Which of several files about one deal counts, and how heavy it is."""

    @staticmethod
    def twice(**second):
        first, other = findings_across(a_map("A", "1"), a_map("A", "1", deal=second))
        assert [one.code for one in (*first, *other)] == ["DV404", "DV404"]
        assert first[0].severity == other[0].severity
        return first[0].severity.value, first[0].message("en")

    def test_the_same_figures_are_a_minor_matter(self):
        assert self.twice() == (
            "minor",
            "The opportunity “” at A was also submitted as b.json, which is the one that counts.",
        )

    def test_the_file_that_counts_is_named_once_where_it_is_the_only_other(self):
        first, other = findings_across(a_map("A", "1"), a_map("A", "1"))
        assert first[0].message("zh") == "A 的商机“”还有别的文件：b.json，计入的是它。"
        assert other[0].message("zh") == "A 的商机“”还有别的文件：a.json；计入的是 b.json。"
        assert other[0].message("en").endswith("was also submitted as a.json; b.json is the one that counts.")
        three = findings_across(a_map("A", "1"), a_map("A", "1"), a_map("A", "1"))
        assert three[0][0].message("en").endswith("as b.json, c.json; c.json is the one that counts.")

    @pytest.mark.parametrize(
        ("second", "words"),
        [
            ({"amount": 2000000}, "they differ in amount: 1,200,000 CNY, 2,000,000 CNY."),
            ({"stage": "contract_signing"}, "they differ in stage: Contract signing, Market research."),
            (
                {"amount": 2000000.5, "stage": None},
                "they differ in amount and stage: 1,200,000 CNY · Market research, 2,000,000.5 CNY · —.",
            ),
            ({"currency": "USD"}, "they differ in currency: 1,200,000 CNY, 1,200,000 USD."),
        ],
    )
    def test_other_figures_are_a_major_one_and_are_named(self, second, words):
        severity, said = self.twice(**second)
        assert severity == "major"
        assert said.endswith(words)

    def test_an_amount_written_otherwise_is_the_same(self):
        assert self.twice(amount="1200000.00")[0] == "minor"

    def test_the_later_day_counts_before_the_name(self):
        assert "a.json is the one" in self.twice(as_of="2026-06-01")[1]


# the files of one deal in the order in which they count, the last first: (as_of, saved, name)
ORDERED = [
    [("2026-06-30", None, "a"), ("2026-06-29", "2026-07-02T00:00:00", "b"), (None, "2026-07-03T00:00:00", "c")],
    [("2026-06-30", "2026-07-02T00:00:01", "a"), ("2026-06-30", "2026-07-02T00:00:00", "b"), ("2026-06-30", None, "c")],
    [(None, None, f"{name}.xlsx") for name in ("wk47/deal (2)", "wk46/deal (1)", "wk47/deal", "wk46/deal")],
    [(None, None, name) for name in ("deal（1）.xlsx", "deal.xlsx")],
    [
        (None, None, name)
        for name in ("Plan 10.xlsx", "plan 9 (3).xlsx", "PLAN 9.xlsx", "plan 009.xlsm", "in/plan 8.xlsx")
    ],
    [(None, None, name) for name in ("wk47.zip/deal.xlsx", "s3://b/wk47/deal.xlsx", "C:\\wk46\\deal.xlsx")],
    [(None, None, name) for name in ("合同 12.xlsx", "合同 2.xlsx", "合同.xlsx")],
]


class TestStanding:
    @pytest.mark.parametrize("files", ORDERED, ids=[of[0][2] for of in ORDERED])
    def test_the_order_of_the_files_of_a_deal(self, files):
        def word(file):
            as_of, saved, name = file
            return standing(
                as_of and date.fromisoformat(as_of), saved and datetime.fromisoformat(saved).replace(tzinfo=UTC), name
            )

        assert sorted(files, key=word, reverse=True) == files
        assert len({word(file) for file in files}) == len(files)

    @given(st.text(), st.text())
    def test_any_names(self, one, other):
        assert (standing(None, None, one) == standing(None, None, other)) == (
            standing(None, None, other) == standing(None, None, one)
        )

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_workbook_says_when_it_was_saved(self, lang):
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(build_workbook(None, lang)))
        stream = io.BytesIO()
        book.save(stream)  # sets the property to this moment
        saved = load_bytes("a.xlsx", stream.getvalue()).saved
        assert abs(datetime.now(UTC) - saved) < timedelta(minutes=5)

    @pytest.mark.parametrize(
        ("written", "moment"),
        [
            (b">2026-07-01T08:00:00Z<", datetime(2026, 7, 1, 8, tzinfo=UTC)),
            (b">2026-07-01T08:00:00+08:00<", datetime(2026, 7, 1, 0, tzinfo=UTC)),
            (b">2026-07-01T08:00:00<", datetime(2026, 7, 1, 8, tzinfo=UTC)),
            (b">0001-01-01T00:00:00+08:00<", None),
            (b">yesterday<", None),
            (b"><", None),
        ],
    )
    def test_whatever_the_property_says(self, written, moment):
        data = build_workbook(None, "en")
        source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
        with zipfile.ZipFile(target, "w") as out:
            for name in source.namelist():
                content = source.read(name)
                if name == "docProps/core.xml":
                    content = re.sub(rb"(<dcterms:modified[^>]*)>[^<]*<", lambda found: found[1] + written, content)
                    assert written in content
                out.writestr(name, content)
        loaded = load_bytes("a.xlsx", target.getvalue())
        assert loaded.is_map
        assert loaded.saved == moment


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
        assert (text[1], text[3]) == ("Actions", "what")
        assert text[2][0].isalpha()
        assert text[2][-1].isdigit()


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

    @pytest.mark.parametrize(("lang", "word"), [("zh", "另一个客户"), ("en", "another account")])
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
        assert "另一个客户" in result["in_own_language"][0]["message"]

    def test_the_checks_across_files_are_counted_where_they_were_made(self, copied, checked):
        many, one = checked("in")["in/c.json"]["counts"], checked("in/c.json")["in/c.json"]["counts"]
        assert (many["checks"], many["checks_skipped"]) == (one["checks"] + 3, one["checks_skipped"] - 3)

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
        twins = [
            o
            for o, (other, same, _) in enumerate(maps)
            if o != place and account and deal and (other, same) == (account, deal)
        ]
        mine = [("DV404", tuple(twins[:3]), len(twins), max([*twins, place]))] if twins else []
        common = {
            o: len(set(texts) & set(theirs))
            for o, (other, _, theirs) in enumerate(maps)
            if account and other and other != account and set(texts) & set(theirs)
        }
        found.append((mine, common))
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
                "spelling": f"{ord(account):x}" if account else "",
                "name": account,
                "deal": f"{ord(account):x}{ord(deal):x}" if account and deal else "",
                "figures": ["1", "CNY", ""],
                "standing": f"{place:03d}",
                "at": [["", ""], ["", ""]],
                "texts": [[f"{ord(text):x}", "", "", "what", text] for text in texts],
            }
            for place, (account, deal, texts) in enumerate(maps)
        ]
        across = Across(str)
        order = list(range(len(maps)))
        random.shuffle(order)
        for place in order:
            across.add(place, prints[place])
        across.settle()
        for place, (twice, common) in enumerate(by_comparing_all(maps)):
            found = list(across.findings(place, prints[place], {"account": "", "opportunity": ""}))
            told = [(one.code, *named(one.facts["files"].en), counted_of(one)) for one in found if one.code == "DV404"]
            assert told == twice
            instead = across.counted_instead(prints[place], place)
            assert instead == (twice[0][3] if twice and twice[0][3] != place else None)
            pairs = {int(one.facts["file"].en): one.facts["count"] for one in found if one.code == "DV403"}
            assert pairs.items() <= common.items()
            assert len(pairs) == min(len(common), MOST_PAIRS)
            if len(common) <= MOST_PAIRS:
                assert not any(one.facts.get("more") for one in found)


def counted_of(finding):
    """The file that a finding says to count."""
    said = finding.facts["counted"].en
    return int(finding.facts["files"].en if said == ", which is the one that counts" else said.split()[1])


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
    texts = [[f"{file * 45 + text:032x}", "Actions", "A6", "what", "a text"] for text in range(45)]
    return {
        "account": f"{file:032x}", "spelling": f"{file:032x}", "name": str(file), "deal": f"{file:032x}",
        "figures": ["1", "CNY", ""], "standing": f"{file:032x}", "at": [["Deal", "B6"], ["Deal", "B7"]], "texts": texts,
    }

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
