"""Lists of people: every system named, in its encoding, with its separator, under its titles; what is no person stays out."""

from __future__ import annotations

import io
from datetime import date
from functools import partial

import pytest
from lists import ALL, HUBSPOT, MATRIX, REGISTER, SALESFORCE, WUKONG, text, workbook

from warmap.model import blank_map
from warmap.parsing.document import plain
from warmap_app.command import UserError
from warmap_app.people.aliases import aliases
from warmap_app.people.list_file import MOST_COLUMNS, MOST_LINES, sheets_of
from warmap_app.people.listed import Why, is_group, likeness, people_of
from warmap_app.people.plan import Source, plan_of, put_on

DAY = date(2026, 6, 30)


@pytest.fixture
def read(tmp_path):
    """What the program takes of a list's bytes."""

    def reading(name, content, own=None):
        path = tmp_path / name
        path.write_bytes(content)
        known = aliases(own)
        return people_of(sheets_of(path, partial(likeness, known)), known, path, DAY)

    return reading


def as_told(person):
    """What is taken of a person, as the tables of examples write it."""
    return {
        code: set(map(str, plain(value))) if code == "buying_roles" else plain(value)
        for code, value in person.values.items()
    }


class TestEverySystem:
    @pytest.mark.parametrize("a_list", ALL, ids=lambda one: one.name)
    def test_its_people_are_found_with_what_the_map_takes(self, read, a_list):
        found = read(a_list.name, a_list.content)
        assert {one.name: as_told(one) for one in found.people} == a_list.people

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_encoding_and_separator_make_no_difference(self, read, encoding, separator):
        heads, *rows = (line.split(",") for line in WUKONG.content.decode("gb18030").splitlines())
        rows = [("客户联系人", *[""] * 8), [], heads, *rows]  # a title and a blank line above
        found = read("list.csv", text(rows, separator, encoding))
        assert found.head_row == 3
        assert {one.name: as_told(one) for one in found.people} == WUKONG.people

    @pytest.mark.parametrize("titles", range(10))
    def test_heads_may_stand_in_any_of_the_first_ten_rows(self, read, titles):
        rows = [["Our contacts; all of them, as of June"]] * titles + [["Name", "Title"], ["Jane Doe", "CFO"]]
        assert [one.row for one in read("list.xlsx", workbook(rows)).people] == [titles + 2]
        assert [one.name for one in read("list.csv", text(rows)).people] == ["Jane Doe"]

    def test_below_the_tenth_they_are_not_looked_for(self, read):
        with pytest.raises(UserError, match="no head such as “Name” in its first 10 rows"):
            read("list.csv", text([["a title"]] * 10 + [["Name"], ["Jane Doe"]]))


class TestNames:
    @pytest.mark.parametrize(("first", "last", "name"), [
        ("Jane", "Doe", "Jane Doe"), ("", "Doe", "Doe"), ("Jane", "", "Jane"), ("小明", "王", "王小明"), ("建国", "欧阳", "欧阳建国"),
    ])  # fmt: skip
    def test_first_and_last_are_joined_in_the_order_of_the_language(self, read, first, last, name):
        found = read("list.csv", text([("First Name", "Last Name", "Title"), (first, last, "x")]))
        assert [one.name for one in found.people] == [name]

    @pytest.mark.parametrize(
        ("written", "name"), [("Doe, Jane", "Jane Doe"), ("王小明", "王小明"), ("King, Jr", "Jr King")]
    )
    def test_one_column_with_the_last_name_first(self, read, written, name):
        assert [one.name for one in read("list.csv", text([("Name",), (written,)])).people] == [name]

    @pytest.mark.parametrize("group", [
        "IT", "End users", "Finance & Controlling", "Works council", "Procurement team", "Top management", "Suppliers", "采购部", "信息中心",
        "最终用户", "项目组", "财务处", "质量", "全体员工", "管理层", "供应商", "设备动力科",
    ])  # fmt: skip
    def test_a_group_is_no_person(self, group):
        assert is_group(group)

    @pytest.mark.parametrize(
        "person",
        ["Jane Doe", "João Sales", "Theresa May", "Mark Office", "王小科", "李处", "张工", "阿部宽", "Kay Board"],
    )
    def test_a_person_with_such_a_word_in_the_name_is_one(self, person):
        assert not is_group(person)

    def test_what_is_left_out_is_told_with_its_row_and_why(self, read):
        found = read(REGISTER.name, REGISTER.content)
        assert [(one.row, one.words, one.why) for one in found.left_out] == [
            (5, "Example: Jane Public", Why.NO_ENTRY), (9, "End users", Why.GROUP), (10, "IT", Why.GROUP),
        ]  # fmt: skip

    def test_rows_of_one_person_are_joined_where_they_agree(self, read):
        rows = [
            ("Name", "Title", "Role"),
            ("Jane Doe", "CFO", "Decision Maker"),
            ("jane  doe", "CFO", "Champion"),
            ("Jane Doe", "CEO", ""),
        ]
        found = read("list.csv", text(rows))
        assert [as_told(one)["buying_roles"] for one in found.people] == [{"economic", "coach"}]
        assert [(one.row, one.why) for one in found.left_out] == [(4, Why.TWICE)]


class TestWords:
    @pytest.mark.parametrize(("figures", "found"), [
        ((3, 2, 1), ["high", "medium", "low"]), ((5, 3, 1), ["high", "medium", "low"]), ((10, 7, 6, 3), ["high", "high", "medium", "low"]),
        (("H", "M", "L"), ["high", "medium", "low"]), (("高", "中", "低"), ["high", "medium", "low"]), ((80, 7), [None, None]),
    ])  # fmt: skip
    def test_a_scale_of_influence_is_told_by_its_largest_figure(self, read, figures, found):
        listed = read(
            "list.xlsx",
            workbook([("Name", "Influence"), *((f"Person {chr(65 + n)}", one) for n, one in enumerate(figures))]),
        )
        assert [plain(one.values.get("influence")) for one in listed.people] == found

    def test_what_is_not_understood_is_told_and_kept_in_the_notes(self, read):
        found = read(SALESFORCE.name, SALESFORCE.content)
        assert found.unmapped == {"Role": ["Executive Sponsor"]}
        assert found.people[3].notes == ["Role: Executive Sponsor"]

    @pytest.mark.parametrize("day", ["5/6/2026", "yesterday", "2026-07-01", "2026-13-01"])
    def test_a_day_with_two_readings_or_ahead_is_told_and_not_taken(self, read, day):
        found = read("list.csv", text([("Name", "Last activity date"), ("Jane Doe", day)]))
        assert found.people[0].values == {}
        assert found.unmapped == {"Last activity date": [day]}

    def test_of_a_matrix_the_current_attitude_counts_and_not_the_one_wished_for(self, read):
        found = read(MATRIX.name, MATRIX.content)
        assert plain(found.people[1].values["support"]) == "oppose"

    def test_a_file_of_the_users_own_comes_before_ours(self, read, tmp_path):
        own = tmp_path / "own.yaml"
        own.write_text(
            "heads: {name: [伙伴], title: [头号]}\nwords: {role: {coach: [Decision Maker], influence.low: [Gast]}}",
            "utf-8",
        )
        rows = [("伙伴", "头号", "Role"), ("王芳", "总监", "Decision Maker"), ("李强", "", "Gast")]
        found = read("list.csv", text(rows), own)
        assert [as_told(one) for one in found.people] == [
            {"title": "总监", "buying_roles": {"coach"}, "evidence_grade": "guess"}, {"influence": "low"},
        ]  # fmt: skip

    @pytest.mark.parametrize(("content", "words"), [
        ("heads: {nmae: [x]}", "there is no field “nmae”"), ("heads: {name: x}", "a list of texts should stand under “name”"),
        ("words: {influence: {huge: [x]}}", "“influence” has no value “huge”"), ("- a", "should have heads"), ("other: {}", "should have heads"),
        ("heads: [", "cannot be read"), ("heads: {name: [1]}", "a list of texts"),
    ])  # fmt: skip
    def test_a_wrong_one_is_told(self, tmp_path, content, words):
        own = tmp_path / "own.yaml"
        own.write_text(content)
        with pytest.raises(UserError, match=words):
            aliases(own)


class TestHostileLists:
    def test_a_formula_is_a_text(self, read):
        found = read("list.csv", text([("Name", "Title"), ("Jane Doe", "=cmd|'/c calc'!A0"), ("@SUM(A1)", "+1")]))
        assert [(one.name, one.values["title"]) for one in found.people] == [
            ("Jane Doe", "=cmd|'/c calc'!A0"),
            ("@SUM(A1)", "+1"),
        ]

    def test_nul_is_no_text(self, read):
        with pytest.raises(UserError, match="NUL"):
            read("list.csv", b"Name,Title\nJane\0 Doe,CFO\n")

    def test_a_huge_cell_is_cut_and_a_huge_name_no_name(self, read):
        found = read(
            "list.csv",
            text([("Name", "Title", "Notes"), ("Jane Doe", "C" * 10**6, "n" * 10**6), ("J" * 10**6, "CFO", "")]),
        )
        assert [len(one.values["title"]) for one in found.people] == [200]
        assert len(found.people[0].notes[0]) < 2_100
        assert [(one.row, one.why, len(one.words)) for one in found.left_out] == [(3, Why.TOO_LONG, 60)]

    @pytest.mark.parametrize(("content", "words"), [
        (b"Name\n" + b"x\n" * (MOST_LINES + 1), "more than 100000 rows"), (b"Name" + b"," * (MOST_COLUMNS + 1), "more than 200 columns"),
        (b'Name,Title\n"Jane', "never closed"), (b"", "no head"), (b"\n\n\n", "no head"), (b"\xff\xfe", "no head"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel|xls"), (b"PK\x03\x04nothing", "cannot be read"),
    ])  # fmt: skip
    def test_what_is_no_list_is_told(self, read, content, words):
        with pytest.raises(UserError, match=words):
            read("list.csv", content)

    def test_a_cell_far_out_is_refused_before_any_other_reader_makes_room_for_it(self, read):
        stream = io.BytesIO(workbook([("Name",), ("Jane Doe",), *[()] * 10]))
        rows = [("Name",), ("Jane Doe",)]
        far = workbook([*rows, [""] * MOST_COLUMNS + ["far"]])
        assert stream
        with pytest.raises(UserError, match="more than 200 columns"):
            read("list.xlsx", far)

    def test_heads_that_are_no_text_are_no_heads(self, read):
        found = read("list.xlsx", workbook([("Name", 3, True), ("Jane Doe", 4, False)]))
        assert [(one.name, one.values) for one in found.people] == [("Jane Doe", {})]


class TestPlan:
    SOURCE = Source("list.csv", DAY, "en")

    def test_only_blanks_are_filled_and_a_judgement_stays(self, read):
        people = read(HUBSPOT.name, HUBSPOT.content).people
        first = put_on(blank_map(), plan_of(blank_map(), people, 60, self.SOURCE))
        judged = first.contacts[1].model_copy(
            update={"support": type(first.contacts[1].support).STRONG_SUPPORT, "evidence_grade": None, "title": None}
        )
        war_map = first.model_copy(update={"contacts": [first.contacts[0], judged]})
        plan = plan_of(war_map, people, 60, self.SOURCE)
        assert [(one.name, one.field, plain(one.ours), plain(one.theirs)) for one in plan.conflicts] == [
            ("Bo Elm", "support", "strong_support", "oppose"),
        ]  # fmt: skip
        after = put_on(war_map, plan).contacts[1]
        assert (after.title, plain(after.support), after.evidence_grade) == ("Lawyer", "strong_support", None)

    @pytest.mark.parametrize("a_list", ALL, ids=lambda one: one.name)
    def test_a_second_import_changes_nothing(self, read, a_list):
        people = read(a_list.name, a_list.content).people
        first = put_on(blank_map(), plan_of(blank_map(), people, 60, self.SOURCE))
        later = plan_of(first, people, 60, Source("list.csv", date(2027, 1, 1), "zh"))
        assert later.is_empty
        assert (len(later.same), later.conflicts) == (len(people), [])

    def test_the_notes_say_where_somebody_comes_from_and_what_is_a_guess(self, read):
        plan = plan_of(blank_map(), read(WUKONG.name, WUKONG.content).people, 60, Source(WUKONG.name, DAY, "zh"))
        assert [contact.notes for _, contact in plan.new] == [
            "备注: 关心交付\n导入自 悟空CRM联系人.csv 第 2 行（2026-06-30）；角色是我方推测",
            "导入自 悟空CRM联系人.csv 第 3 行（2026-06-30）",
        ]

    def test_a_superior_who_is_not_on_the_map_goes_into_the_notes(self, read):
        people = read("list.csv", text([("Name", "Reports To"), ("Jane Doe", "Max Boss")])).people
        ((_, contact),) = plan_of(blank_map(), people, 60, self.SOURCE).new
        assert (contact.reports_to, contact.notes.splitlines()[0]) == (None, "Reports to: Max Boss")

    def test_whoever_finds_no_room_is_told(self, read):
        people = read("list.csv", text([("Name",), *((f"Person {chr(65 + n)}",) for n in range(5))])).people
        plan = plan_of(blank_map(), people, 3, self.SOURCE)
        assert len(plan.new) == 3
        assert [(one.row, one.why) for one in plan.left_out] == [(5, Why.NO_ROOM), (6, Why.NO_ROOM)]
