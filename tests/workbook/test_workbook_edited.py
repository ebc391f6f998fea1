"""A workbook that people and other programs have changed: what is wrong is found at its cell, and the rest is still scored."""

from __future__ import annotations

import datetime as dt
from functools import cache

import openpyxl
import pytest
from edited_books import MAP, Book, entered, pristine, tab_of, told

from warmap.judgement import judge
from warmap.layout import TABS
from warmap.model import TABLE, TABLES, Contact
from warmap.parsing.headers import header_key
from warmap.text import LANGUAGES
from warmap_workbook.reading.read import read_workbook

every_language = pytest.mark.parametrize("lang", LANGUAGES)
OTHER = {"zh": "en", "en": "zh"}

# what is typed into which cell (table, row from 0, field), what is found there, and a word of the hint or message
WRONG = [
    ("deal", 0, "owner", None, "DV201", {"zh": "负责这一单的销售", "en": "The rep who owns the deal"}),
    ("actions", 0, "what", None, "DV201", {"zh": "做什么", "en": "What is to be done"}),
    ("deal", 0, "currency", "CNX", "DV202", {"zh": "CNY", "en": "CNY"}),
    ("contacts", 0, "influence", "很高", "DV202", {"zh": "高", "en": "高"}),
    ("contacts", 2, "level", "maneger", "DV202", {"zh": "Manager", "en": "Manager"}),
    ("contacts", 2, "buying_roles.user", "maybe", "DV202", {"zh": "✓", "en": "✓"}),
    ("contacts", 2, "wants_our_success", "maybe", "DV202", {"zh": "Yes", "en": "Yes"}),
    ("stage_evidence", 0, "done", "差不多", "DV202", {"zh": "是", "en": "Yes"}),
    ("wins", 0, "statuses.2", "nearly", "DV202", {"zh": "nearly", "en": "nearly"}),
    ("deal", 0, "amount", "很多", "DV203", {"zh": "金额", "en": "an amount"}),
    ("contacts", 1, "decision_order", 1.5, "DV203", {"zh": "整数", "en": "a whole number"}),
    ("swot", 0, "weight", "#N/A", "DV203", {"zh": "#N/A", "en": "#N/A"}),
    ("trust", 0, "ratings.sincerity.rating", True, "DV203", {"zh": "数字", "en": "a number"}),
    ("negotiation", 0, "target_price", "贵", "DV203", {"zh": "贵", "en": "贵"}),
    ("visits", 0, "date", "next week", "DV203", {"zh": "2026-06-30", "en": "2026-06-30"}),
    ("needs", 0, "impact", 11, "DV204", {"zh": "1 … 10", "en": "1 … 10"}),
    ("competition", 0, "weight", 0, "DV204", {"zh": "> 0", "en": "> 0"}),
    ("competition", 0, "scores.对手甲", 6, "DV204", {"zh": "0 … 5", "en": "0 … 5"}),
    ("profile", 0, "scale", 9, "DV204", {"zh": "1 … 5", "en": "1 … 5"}),
    ("deal", 0, "stage_since", dt.date(1999, 12, 31), "DV205", {"zh": "1999-12-31", "en": "1999-12-31"}),
    ("contacts", 1, "last_contact", dt.date(2026, 7, 1), "DV205", {"zh": "2026-06-30", "en": "2026-06-30"}),
    ("trust", 1, "contact", "李墙", "DV206", {"zh": "李强", "en": "李强"}),
    ("visits", 0, "contacts", "王芳、陌生人", "DV206", {"zh": "陌生人", "en": "陌生人"}),
    ("contacts", 3, "name", " 赵敏", "DV207", {"zh": "赵敏", "en": "赵敏"}),
    ("contacts", 0, "reports_to", "李强", "DV209", {"zh": "王芳 → 李强 → 王芳", "en": "王芳 → 李强 → 王芳"}),
]  # fmt: skip
IDS = [f"{code} {table}.{field}" for table, _, field, _, code, _ in WRONG]


@cache
def spoiled(lang):
    """The small workbook with everything of `WRONG` typed in, and the second wins row made a copy of the first."""
    book = Book(lang)
    for table, row, field, value, _, _ in WRONG:
        book.cell(table, row, field).value = value
    for field in ("contact", "role"):
        book.cell("wins", 1, field).value = book.cell("wins", 0, field).value
    return book, book.read()


@every_language
class TestValuesChanged:
    """Each finding stands at its exact sheet and cell, in the words of either language."""

    def test_nothing_is_found_but_what_is_wrong(self, lang):
        book, intake = spoiled(lang)
        expected = [(code, *book.place(table, row, field), field) for table, row, field, _, code, _ in WRONG]
        expected.append(("DV208", *book.place("wins", 1, "contact"), "contact"))
        assert told(intake) == sorted(expected)

    @pytest.mark.parametrize(("table", "row", "field", "value", "code", "words"), WRONG, ids=IDS)
    def test_the_finding_says_what_and_how_to_mend_it(self, lang, table, row, field, value, code, words):
        book, intake = spoiled(lang)
        (finding,) = [f for f in entered(intake) if (f.code, f.sheet, f.cell) == (code, *book.place(table, row, field))]
        for language in LANGUAGES:
            said = finding.message(language) + finding.hint(language)
            assert words[language] in said
            assert "{" not in said
        if code not in {"DV207", "DV209"}:
            assert (
                TABLE[table].by_code[field].label.to(lang) in finding.message(lang)
                if field in TABLE[table].by_code
                else True
            )

    def test_a_second_person_and_a_second_wins_row_name_the_first(self, lang):
        book, intake = spoiled(lang)
        for code, table, first in (("DV207", "contacts", (2, "name")), ("DV208", "wins", (0, "contact"))):
            (finding,) = [f for f in entered(intake) if f.code == code]
            assert book.place(table, *first)[1] in finding.message(lang)

    def test_everything_readable_is_still_scored(self, lang):
        _, intake = spoiled(lang)
        judged = judge(intake.map, intake.settings)
        assert judged.scores["role_coverage"] > 0
        assert judged.scores["trust"] > 0
        assert judged.scores["win"] > 0
        assert judged.flags
        assert intake.map.contacts[0].level.value == "manager"
        assert intake.map.contacts[2].name == intake.map.contacts[3].name == "赵敏"


@cache
def rearranged(lang):
    """Changes that a user may make: rows added with gaps between, columns moved, a column and a sheet of his own."""
    book = Book(lang)
    book.cell("contacts", 4, "name").value = "新人一"
    book.cell("contacts", 9, "name").value = "新人二"  # with a gap above
    book.cell("contacts", 59, "name").value = "新人三"  # the last row of the table
    first, second = (book.header("trust", code) for code in ("contact", "evidence"))
    for row in range(3):  # the first and the last column change places
        one, other = first.offset(row, 0), second.offset(row, 0)
        one.value, other.value = other.value, one.value
    head = book.header("org_units", "project_related").offset(0, 1)
    head.value, head.offset(1, 0).value = "我的备注", "保留我"
    sheet = book.book.create_sheet("我的人脉", 1)
    sheet.append(["姓名", "部门", "职务", "影响力"])
    sheet.append(["外人", "别处", "无", "高"])
    return book, book.read()


@every_language
class TestHarmlessChanges:
    """A user may add sheets, rows, columns of his own, and move columns; they are kept, and never read as input."""

    def test_rows_added_are_read_wherever_they_stand_in_the_table(self, lang):
        _, intake = rearranged(lang)
        assert intake.map.contacts == [*MAP.contacts, *(Contact(name=name) for name in ("新人一", "新人二", "新人三"))]

    def test_columns_may_change_places(self, lang):
        _, intake = rearranged(lang)
        assert intake.map.trust == MAP.trust

    def test_a_sheet_of_ones_own_is_not_read_and_not_blamed(self, lang):
        _, intake = rearranged(lang)
        assert "外人" not in {contact.name for contact in intake.map.contacts}
        assert all(f.sheet != "我的人脉" for f in entered(intake))

    def test_a_column_of_ones_own_is_said_and_changes_nothing(self, lang):
        book, intake = rearranged(lang)
        head = book.header("org_units", "project_related").offset(0, 1)
        assert told(intake) == [("DV103", head.parent.title, head.coordinate, "")]
        assert intake.map.org_units == MAP.org_units

    def test_everything_else_is_as_it_was(self, lang):
        _, intake = rearranged(lang)
        for table in TABLES:
            if table.code not in {"contacts", "trust"}:
                assert getattr(intake.map, table.code) == getattr(MAP, table.code)

    def test_a_column_inserted_in_the_middle_of_a_table(self, lang):
        book = Book(lang)
        column = book.header("contacts", "title").column
        book.sheet("contacts").insert_cols(column)
        head = book.sheet("contacts").cell(book.corner("contacts").row, column)
        head.value, head.offset(1, 0).value = "生日", "5 月"
        intake = book.read()
        last = book.corner("contacts").column + len(TABLE["contacts"].fields)
        notes = head.parent.cell(
            head.row, last
        ).coordinate  # this program does not widen the named range, as Excel does
        assert told(intake) == [
            ("DV103", head.parent.title, head.coordinate, ""),
            ("DV104", head.parent.title, notes, "notes"),
        ]
        assert intake.map == MAP


def with_headers(lang, name_of):
    """The small workbook with every header of every table written otherwise."""
    book = Book(lang)
    for table in TABLES:
        for field in table.fields:
            book.header(table.code, field.code).value = name_of(field)
    return book.read()


@cache
def in_codes(lang):
    return with_headers(lang, lambda field: field.code)


@every_language
class TestHeadersOtherwise:
    """A reader accepts either language's label, the code, and the listed aliases, ignoring case and surrounding space."""

    def test_in_the_other_language(self, lang):
        intake = with_headers(lang, lambda field: field.label.to(OTHER[lang]))
        assert told(intake) == []
        assert intake.map == MAP

    def test_in_capitals_with_space_and_line_breaks_and_a_star(self, lang):
        intake = with_headers(lang, lambda field: f"  {field.label.to(lang).upper()}\n＊ ")
        assert told(intake) == []
        assert intake.map == MAP

    @pytest.mark.parametrize("tab", [tab for tab in TABS if tab.tables], ids=lambda tab: tab.code)
    def test_as_codes(self, lang, tab):
        intake = in_codes(lang)
        for code in tab.tables:
            assert getattr(intake.map, code) == getattr(MAP, code)
        assert [f.message(lang) for f in entered(intake) if f.sheet == tab.name.to(lang)] == []


@cache
def torn(lang):
    """One sheet renamed, one deleted, one header deleted, one changed."""
    book = Book(lang)
    book.sheet("wins").title = "Plan B"
    del book.book[tab_of("needs", lang)]
    book.header("trust", "rated_on").value = None
    book.header("contacts", "department").value = "我的部门"
    return book, book.read()


@every_language
class TestTornParts:
    """DV101 a sheet is missing, renamed or moved under another name · DV102 a column header missing or changed."""

    def test_a_renamed_sheet_is_said_and_still_read(self, lang):
        _, intake = torn(lang)
        (finding,) = [f for f in entered(intake) if f.code == "DV101" and f.sheet == "Plan B"]
        assert tab_of("wins", lang) in finding.message(lang)
        assert "Plan B" in finding.message(lang)
        assert intake.map.wins == MAP.wins

    def test_a_deleted_sheet_is_said(self, lang):
        _, intake = torn(lang)
        (finding,) = [f for f in entered(intake) if f.code == "DV101" and f.sheet != "Plan B"]
        assert tab_of("needs", lang) in finding.message(lang)
        assert {"zh": "不见了", "en": "is missing"}[lang] in finding.message(lang)
        assert intake.map.needs == []

    def test_the_sheet_of_a_deleted_sheet_is_named_in_the_language_of_the_workbook(self, lang):
        _, intake = torn(lang)
        assert {f.sheet for f in entered(intake) if f.code == "DV101"} == {"Plan B", tab_of("needs", lang)}

    def test_a_deleted_header_is_said_and_only_its_column_is_lost(self, lang):
        _, intake = torn(lang)
        (finding,) = [f for f in entered(intake) if f.code == "DV102" and f.field == "rated_on"]
        assert finding.sheet == tab_of("trust", lang)
        assert TABLE["trust"].by_code["rated_on"].label.to(lang) in finding.message(lang)
        assert intake.map.trust == [row.model_copy(update={"rated_on": None}) for row in MAP.trust]

    def test_a_changed_header_is_missed_and_the_new_one_is_unknown(self, lang):
        book, intake = torn(lang)
        head = book.header("contacts", "department")
        assert ("DV103", head.parent.title, head.coordinate, "") in told(intake)
        assert [f.field for f in entered(intake) if f.code == "DV102" and f.sheet == head.parent.title] == [
            "department"
        ]

    def test_nothing_else_is_found(self, lang):
        _, intake = torn(lang)
        assert sorted(f.code for f in entered(intake)) == ["DV101", "DV101", "DV102", "DV102", "DV103"]

    def test_the_rest_is_scored(self, lang):
        _, intake = torn(lang)
        assert judge(intake.map).scores["role_coverage"] == judge(MAP).scores["role_coverage"]

    def test_a_missing_header_is_found_at_a_cell(self, lang):
        _, intake = torn(lang)
        (finding,) = [f for f in entered(intake) if f.code == "DV102" and f.field == "rated_on"]
        assert finding.cell[:1].isalpha()


class TestNeverSilent:
    """Never a silent empty result: what was not read is said."""

    def test_a_row_far_below_the_table(self):
        book = Book("zh")
        book.cell("contacts", 75, "name").value = "漏网之人"
        intake = book.read()
        assert "漏网之人" in {c.name for c in intake.map.contacts} or entered(intake)

    def test_scores_under_a_competitor_without_a_name(self):
        book = Book("zh")
        book.cell("competition", 0, "scores.对手甲").offset(0, 1).value = 4
        assert entered(book.read())

    def test_a_competitor_whose_name_is_a_number(self):
        book = Book("zh")
        book.header("competition", "scores.对手甲").value = 360
        intake = book.read()
        assert "360" in intake.map.competition[0].scores or entered(intake)

    def test_statuses_of_a_row_without_a_role(self):
        book = Book("zh")
        book.cell("wins", 0, "role").value = None
        assert [(f.code, f.field) for f in entered(book.read())] == [("DV201", "role")]


def marked(name, value, lang="zh"):
    """The small workbook with one of its marks changed."""
    book = Book(lang)
    ((sheet, cell),) = book.book.defined_names[name].destinations
    book.book[sheet][cell].value = value
    return book.read()


class TestVersion:
    """DV003 older template version (with the upgrade command) · DV004 newer than this program."""

    @pytest.mark.parametrize(
        ("version", "code"),
        [("0", "DV003"), (0, "DV003"), ("3", "DV004"), (2, None)],
    )
    def test_told_by_the_mark(self, version, code):
        intake = marked("wm_template_version", version)
        told = [f for f in entered(intake) if f.code != "DV101"]  # three tables stand elsewhere in the first version
        assert [f.code for f in told] == ([code] if code else [])
        assert intake.map == MAP
        for finding in told:
            assert str(version) in finding.message("zh")
            assert "warmap" in finding.hint("en")

    def test_a_version_that_is_no_number_does_not_raise(self):
        assert [f.code for f in entered(marked("wm_template_version", "²"))] == ["DV004"]

    @every_language
    def test_the_language_is_told_by_the_mark_and_else_by_the_headers(self, lang):
        assert marked("wm_language", OTHER[lang], lang).lang == OTHER[lang]
        assert marked("wm_language", None, lang).lang == lang
        assert marked("wm_language", "fr", lang).lang == lang


class TestSettingsEdited:
    """Settings travel in the workbook; one that cannot be used is found, and the defaults are used."""

    @staticmethod
    def edited(code, value):
        book = Book("zh")
        sheet = book.book["设置"]
        row = next(row for row in sheet.iter_rows() if row[0].value == code)
        row[1].value = value
        return book.read()

    def test_a_changed_number_counts(self):
        assert self.edited("trust_fading_days", 90).settings.trust_fading_days == 90

    def test_a_blank_keeps_the_default(self):
        intake = self.edited("trust_fading_days", None)
        assert (intake.settings.trust_fading_days, entered(intake)) == (180, [])

    @pytest.mark.parametrize("value", [-1, 0, "很久", "#N/A"])
    def test_a_bad_one_is_found(self, value):
        intake = self.edited("trust_fading_days", value)
        (finding,) = entered(intake)
        assert (finding.code, finding.sheet) == ("DV203", "设置")
        assert "trust_fading_days" in finding.message("zh")
        assert intake.settings.trust_fading_days == 180

    def test_a_bad_one_is_found_at_its_cell(self):
        (finding,) = entered(self.edited("trust_fading_days", -1))
        assert finding.cell.startswith("B")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


class TestOtherFiles:
    """DV002 unreadable (corrupt, encrypted, wrong type, too large), with the reason; DV001 not a war map."""

    FILES = (
        ("empty", lambda _: b"", "是空的", "is empty"),
        ("encrypted", lambda _: OLE + "EncryptedPackage".encode("utf-16-le"), "加密", "password"),
        ("old xls", lambda _: OLE + "Workbook\0".encode("utf-16-le"), ".xls", "old .xls"),
        ("csv", lambda _: "姓名,部门\r\n王芳,采购\r\n".encode(), "CSV", "CSV"),
        ("html", lambda _: b"<html><table><tr><td>1</td></tr></table></html>", "HTML", "web page"),
        ("pdf", lambda _: b"%PDF-1.7\n%\xe2", "不是 Excel", "not an Excel"),
        ("truncated", lambda whole: whole[: len(whole) // 2], "不完整", "incomplete"),
        ("damaged", lambda whole: whole[:3000] + bytes(200) + whole[3200:], "损坏", "damaged"),
    )  # fmt: skip

    @pytest.mark.parametrize(("make", "zh", "en"), [item[1:] for item in FILES], ids=[item[0] for item in FILES])
    def test_unreadable_has_its_own_words_and_a_remedy(self, make, zh, en):
        intake = read_workbook(make(pristine("zh")))
        (finding,) = intake.findings
        assert (finding.code, intake.is_map) == ("DV002", False)
        assert zh in finding.message("zh")
        assert en in finding.message("en")
        assert finding.hint("zh").endswith("。")
        assert finding.hint("en").endswith(".")

    def test_no_two_kinds_share_their_words(self):
        said = {read_workbook(make(pristine("zh"))).findings[0].message("en") for _, make, *_ in self.FILES}
        assert len(said) == len(self.FILES)

    def test_a_path_that_leads_nowhere(self, tmp_path):
        (finding,) = read_workbook(tmp_path / "no such file.xlsx").findings
        assert "no such file" in finding.message("en")

    @pytest.mark.parametrize("rows", [[], [["name", "amount"], ["x", 1]], [["作战", "地图"]]])
    def test_a_foreign_workbook_is_no_war_map(self, rows, tmp_path):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "foreign.xlsx")
        intake = read_workbook(tmp_path / "foreign.xlsx")
        assert [f.code for f in entered(intake)] == ["DV001"]
        assert intake.counts["sheets_skipped"] == 1

    def test_a_bare_table_of_people_is_read_as_far_as_it_goes(self, tmp_path):
        """Not our template, yet a table of ours: read, scored, and everything else said to be missing."""
        book = openpyxl.Workbook()
        book.active.append(["Name", "Influence", "Contact frequency", "User"])
        book.active.append(["Ann", "High", "Frequent", "x"])
        book.save(tmp_path / "people.xlsx")
        intake = read_workbook(tmp_path / "people.xlsx")
        assert [c.name for c in intake.map.contacts] == ["Ann"]
        assert {f.code for f in entered(intake)} >= {"DV101", "DV102"}
        assert judge(intake.map).scores["role_coverage"] == pytest.approx(0.5 / 4)


def test_headers_of_the_small_workbook_are_where_the_helper_says():
    """The helper of these tests itself: a slip there would let every test above pass for nothing."""
    for lang in LANGUAGES:
        book = Book(lang)
        for table in TABLES:
            for field in table.fields:
                assert header_key(book.header(table.code, field.code).value) == header_key(field.label.to(lang))
