"""The worksheet functions: ranges with their header row in, numbers, texts and rows out, real errors for wrong input."""

from __future__ import annotations

import itertools
import random
from datetime import datetime, timedelta
from functools import cache, cached_property

import pytest

from warmap._version import VERSION
from warmap.judgement import Judgement, judge
from warmap.model import TABLE, TABLES, WarMap
from warmap.reading import read_document
from warmap.settings import default_settings, flat, settings_from
from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS, Call, fit
from warmap_udfs.dispatch import WorksheetError, call, settings_of
from warmap_workbook.computed import BLOCKS
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.computed_sheets import second_risk
from warmap_workbook.writing.input_cells import cell_values, competitor_names

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet knows no time zones

# function → arguments before settings, lang, rows
SPECIFIED = {
    "ROLE_COVERAGE": "contacts",
    "ROLE_STATUS": "contacts",
    "CONTACT_STATUS": "contacts trust deal",
    "ORG_MAP": "contacts trust deal wins",
    "TRUST_SCORE": "contacts trust deal",
    "TRUST_PILLARS": "contacts trust deal",
    "RED_FLAGS": (
        "deal contacts trust wins stages needs competition negotiation objections visits actions strengths ideal_customer"
    ),
    "WIN_SCORE": "contacts wins",
    "WIN_CHECKLIST": "contacts wins",
    "STAGE_GATE": "deal stages",
    "STAGE_REACHED": "stages",
    "NEEDS": "needs",
    "COMPETITION": "competition",
    "IDEAL_FIT": "ideal_customer",
    "NEGOTIATION": "negotiation deal",
    "HEALTH": "deal contacts trust wins",
    "HEALTH_WHY": "deal contacts trust wins",
    "PLAN_QUALITY": "deal contacts trust wins",
    "NEXT_ACTIONS": "deal contacts trust wins",
    "CHECK": "deal contacts trust wins",
    "RULE": "code",
    "WHY": "cell",
    "VERSION": "",
}
WITH_TABLES = [name for name in SPECIFIED if name not in {"RULE", "WHY", "VERSION"}]
ARRAYS = [name for name in WITH_TABLES if name in FUNCTIONS and FUNCTIONS[name].columns]
SCALARS = {
    "ROLE_COVERAGE": "role_coverage", "TRUST_SCORE": "trust", "WIN_SCORE": "win", "STAGE_REACHED": "stage_reached",
    "PLAN_QUALITY": "plan_quality",
}  # fmt: skip
every_language = pytest.mark.parametrize("lang", LANGUAGES)
every_sample = pytest.mark.parametrize("sample", ["manufacturer_mes", "telecom_core_network"])


@cache
def sample_map(name, lang="zh"):
    return read_document(load_sample(name, lang)).map


def as_cells(table, war_map, lang):
    """A table as a range gives it: the header row, then the rows; dates as a host hands them over."""
    content = getattr(war_map, table.code)
    if table.is_record:
        values = cell_values(table, content, lang)
        head = {"zh": ("项目", "内容"), "en": ("Field", "Value")}[lang]
        return [list(head), *([field.label.to(lang), values.get(field.code)] for field in table.fields)]
    rivals = competitor_names(content) if table.open_field else []
    rows = [[*(field.label.to(lang) for field in table.fields), *rivals]]
    for row in content:
        values = cell_values(table, row, lang)
        rows.append(
            [values.get(code) for code in (*(field.code for field in table.fields), *(f"scores.{r}" for r in rivals))]
        )
    return rows


def ranges(war_map, lang="zh"):
    return {table.code: as_cells(table, war_map, lang) for table in TABLES}


def arguments(name, cells, **more):
    """The arguments of a function from ranges by table."""
    return [cells[a.table] if a.table in cells else more.get(a.name) for a in FUNCTIONS[name].arguments]


def only(war_map, *codes):
    return WarMap().model_copy(update={code: getattr(war_map, code) for code in codes})


def expected(name, war_map, lang, settings=None):
    """What the plain module gives for the tables the function takes."""
    function = FUNCTIONS[name]
    judgement = Judgement(only(war_map, *function.tables), settings, function.tables)
    result = function.compute(Call(judgement, lang))
    if function.columns:
        return fit(result, None, lang, len(function.columns))
    return "" if result is None else result


class TestTable:
    """The functions, with their arguments, help and examples in both languages."""

    @pytest.mark.parametrize("name", SPECIFIED)
    def test_it_exists_with_its_arguments_in_their_order(self, name):
        names = [argument.name for argument in FUNCTIONS[name].arguments]
        wanted = SPECIFIED[name].split()
        assert names[: len(wanted)] == wanted

    @pytest.mark.parametrize("name", WITH_TABLES)
    def test_settings_and_language_are_optional_everywhere_and_rows_for_arrays(self, name):
        optional = [argument.name for argument in FUNCTIONS[name].arguments if not argument.required]
        assert {"settings", "lang"} <= set(optional)
        assert ("rows" in optional) == bool(FUNCTIONS[name].columns)

    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_help_in_both_languages_fits_a_function_wizard(self, name):
        function = FUNCTIONS[name]
        for text in (
            function.help,
            function.result,
            *(argument.help for argument in function.arguments),
            *function.columns,
        ):
            assert 0 < len(text.zh) <= 255
            assert 0 < len(text.en) <= 255
        assert function.example.startswith(f"=WARMAP.{name}(")

    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_required_arguments_come_first(self, name):
        required = [argument.required for argument in FUNCTIONS[name].arguments]
        assert required == sorted(required, reverse=True)


class TestAgainstThePlainModule:
    """Every function gives what the scores give for the same tables."""

    @every_sample
    @every_language
    @pytest.mark.parametrize("name", WITH_TABLES)
    def test_on_the_samples(self, name, lang, sample):
        war_map = sample_map(sample, lang)
        assert call(name, arguments(name, ranges(war_map, lang))) == expected(name, war_map, lang)

    @every_sample
    @pytest.mark.parametrize(("name", "score"), SCALARS.items())
    def test_scores_are_those_of_the_whole_map(self, name, score, sample):
        war_map = sample_map(sample)
        assert call(name, arguments(name, ranges(war_map))) == (
            "" if (figure := judge(war_map).scores[score]) is None else figure
        )

    @every_sample
    def test_red_flags_are_those_of_the_whole_map(self, sample):
        war_map = sample_map(sample)
        rows = call("RED_FLAGS", arguments("RED_FLAGS", ranges(war_map)))
        judged = judge(war_map)
        flags = sorted(judged.flags, key=lambda flag: flag.mitigated_by is not None)
        told = [(row[1], row[3], bool(row[7])) for row in rows if row[1]]
        wanted = [(flag.code, flag.message("zh"), flag.mitigated_by is not None) for flag in flags]
        assert sorted(told) == sorted(wanted)

    @every_sample
    def test_red_flags_stand_by_subject_the_two_worst_risks_at_the_head_of_the_first_two(self, sample):
        war_map = sample_map(sample)
        rows = call("RED_FLAGS", arguments("RED_FLAGS", ranges(war_map)))
        subjects = [(bool(row[7]), row[2]) for row in rows if row[1]]
        groups = [group for group, _ in itertools.groupby(subjects)]
        assert len(groups) == len(set(groups))
        assert groups == sorted(groups, key=lambda group: group[0])
        risks = judge(war_map).worst_risks
        assert [(rows[at][1], rows[at][3]) for at in (0, second_risk(rows))][: len(risks)] == [
            (risk.code, risk.message("zh")) for risk in risks
        ]

    def test_a_recalculation_raises_the_flags_once(self, monkeypatch):
        """The functions that speak of flags are given the same tables, and none is forgotten before the last has asked."""
        raised = []

        class Counted(Judgement):
            @cached_property
            def flags(self):
                raised.append(self)
                return super().flags

        monkeypatch.setattr("warmap.worksheet.ranges.Judgement", Counted)
        monkeypatch.setattr("warmap.worksheet.ranges._known", {})
        cells = {**ranges(sample_map("manufacturer_mes")), "newest_snapshots": None}
        for _ in range(2):
            for block in BLOCKS:
                if block.function.tables:
                    call(block.function.name, arguments(block.function.name, cells))
        assert len(raised) == 1

    @pytest.mark.parametrize("name", [name for name in WITH_TABLES if name in FUNCTIONS])
    def test_on_headers_alone(self, name):
        cells = ranges(WarMap())
        result = call(name, arguments(name, cells))
        assert result == expected(name, WarMap(), "zh")

    def test_a_score_that_is_not_assessed_is_an_empty_text(self):
        cells = ranges(WarMap())
        assert call("TRUST_SCORE", arguments("TRUST_SCORE", cells)) == ""
        assert call("WIN_SCORE", arguments("WIN_SCORE", cells)) == ""
        assert call("STAGE_REACHED", arguments("STAGE_REACHED", cells)) == 1

    def test_version_and_rule_need_no_table(self):
        assert call("VERSION", []) == VERSION
        assert call("RULE", ["rf205", "en"]) != call("RULE", ["RF205", "zh"])
        assert "DV202" not in call("RULE", ["DV202", "en"])
        assert "RF000" in call("RULE", ["RF000", "en"])

    @pytest.mark.parametrize("name", ["rule", "Rule", "RULE"])
    def test_names_of_functions_in_any_case(self, name):
        assert call(name, ["RF205"])


class TestRanges:
    """Ranges are whole input tables with their header row, so a user may move or add columns."""

    CONTACTS = (
        ("姓名", "影响力", "用户", "接触频度", "支持度", "支持度依据"),
        ("王芳", "高", "✓", "经常", "支持", "书面或行为证实"),
        ("李强", "低", "✓", "从未", None, None),
    )

    def test_by_hand(self):
        # user: (3 × 1 + 1 × 0.25) ÷ 4 = 0.8125; coverage: a quarter of it
        assert call("ROLE_COVERAGE", [self.CONTACTS]) == pytest.approx(0.8125 / 4)

    def test_columns_in_any_order_with_columns_of_ones_own(self):
        order = list(range(len(self.CONTACTS[0])))
        for seed in range(10):
            random.Random(seed).shuffle(order)
            shuffled = [[row[place] for place in order] + ["我的", None][:1] for row in self.CONTACTS]
            assert call("ROLE_COVERAGE", [shuffled]) == pytest.approx(0.8125 / 4)

    def test_lists_or_tuples_and_blank_rows_and_columns(self):
        wide = [[None, *row, None] for row in self.CONTACTS]
        blank = [None] * len(wide[0])
        for cells in (
            wide,
            tuple(map(tuple, wide)),
            [blank, *wide],
            [wide[0], blank, wide[1], blank, wide[2], blank],
            [*wide, ["", " ", *blank[2:]]],
        ):
            assert call("ROLE_COVERAGE", [cells]) == pytest.approx(0.8125 / 4)

    @every_language
    def test_headers_in_either_language_or_as_codes(self, lang):
        heads = {"zh": self.CONTACTS[0], "en": [TABLE["contacts"].by_code[c].label.en for c in self.codes()]}[lang]
        assert call("ROLE_COVERAGE", [[heads, *self.CONTACTS[1:]]]) == pytest.approx(0.8125 / 4)
        assert call("ROLE_COVERAGE", [[self.codes(), *self.CONTACTS[1:]]]) == pytest.approx(0.8125 / 4)

    @staticmethod
    def codes():
        return ["name", "influence", "buying_roles.user", "contact_frequency", "support", "evidence_grade"]

    @pytest.mark.parametrize(
        "day", [46203, 46203.0, "2026-06-30", EPOCH + timedelta(days=46203), (EPOCH + timedelta(days=46203)).date()]
    )
    def test_dates_in_every_form_a_host_hands_over(self, day):
        deal = [["项目", "内容"], ["评估日", day]]
        contacts = [["姓名", "最近接触"], ["王芳", "2026-01-01"]]
        trust = [["联系人", "关系信任", "关系信任·依据"], ["王芳", 4, "书面或行为证实"]]
        assert call("TRUST_SCORE", [contacts, trust, deal]) == pytest.approx(40.0)

    def test_a_contact_stands_beside_its_row(self):
        rows = [["姓名", "接触频度"], ["甲", "经常"], [None, None], ["乙", None], [None, None]]
        status = call("CONTACT_STATUS", [rows, [["联系人"], [None]]])
        assert [row[0] for row in status] == [0.5, "", 0.25, ""]

    @pytest.mark.parametrize(("first", "then"), [(True, 1), (1, True)])
    def test_a_true_corrected_to_a_one_is_read_again(self, first, then):
        def name_shown(name):
            return call("DECISION_CHAIN", [[["姓名", "决策顺序"], [name, 1]], None, None, 1])[0]

        assert [cell for cell in name_shown(first) if cell in ("TRUE", "1")] != [
            cell for cell in name_shown(then) if cell in ("TRUE", "1")
        ]

    def test_a_true_counts_as_one_where_a_number_is_meant_for_libreoffice_hands_over_no_other(self):
        def trust(rating):
            return call("TRUST_SCORE", [[["姓名"], ["赵敏"]], [["联系人", "职业信任"], ["赵敏", rating]]])

        assert trust(True) == trust(1.0) == 20.0
        assert trust(False) == trust(0.0) == 0.0


class TestOptionalArguments:
    """`settings` and `lang` (zh, en; default: the workbook's) are optional everywhere; `rows` fixes the height of an array."""

    MAP = sample_map("manufacturer_mes")

    @pytest.mark.parametrize("left_out", [None, "", " "])
    def test_left_out(self, left_out):
        cells = ranges(self.MAP)
        assert call("ROLE_COVERAGE", [cells["contacts"], left_out, left_out]) == call(
            "ROLE_COVERAGE", [cells["contacts"]]
        )
        assert call("ROLE_STATUS", [cells["contacts"], left_out, left_out, left_out]) == call(
            "ROLE_STATUS", [cells["contacts"]]
        )

    def test_the_language_is_that_of_the_headers(self):
        zh, en = (call("ROLE_STATUS", [ranges(self.MAP, lang)["contacts"]])[0][0] for lang in LANGUAGES)
        assert (zh, en) == ("教练", "Coach")

    @pytest.mark.parametrize(("lang", "coach"), [("zh", "教练"), ("en", "Coach"), (" EN ", "Coach"), ("Zh", "教练")])
    def test_the_language_may_be_given(self, lang, coach):
        assert call("ROLE_STATUS", [ranges(self.MAP)["contacts"], None, lang])[0][0] == coach

    def test_settings_change_the_score(self):
        changed = [
            ["代码", "数值"],
            ["role_weight.coach", 1],
            ["role_weight.user", 0],
            ["role_weight.technical", 0],
            ["role_weight.economic", 0],
        ]
        contacts = ranges(self.MAP)["contacts"]
        settings = settings_from({"role_weight": {"coach": 1, "user": 0, "technical": 0, "economic": 0}})
        assert call("ROLE_COVERAGE", [contacts, changed]) == judge(self.MAP, settings).scores["role_coverage"]
        assert call("ROLE_COVERAGE", [contacts, changed]) != call("ROLE_COVERAGE", [contacts])

    def test_settings_with_and_without_a_header_and_with_blanks(self):
        rows = [list(pair) for pair in flat(default_settings())]
        for cells in (
            rows,
            [["code", "value"], *rows],
            [*rows, [None, None]],
            [["role_weight.coach", None]],
            [[" trust_fading_days ", 180]],
        ):
            assert settings_of(cells) == default_settings()

    @pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if function.earlier])
    def test_a_workbook_of_the_first_template_is_answered_too(self, name):
        """Its formulas have the settings where tables stand that came later."""
        function, cells = FUNCTIONS[name], ranges(self.MAP, "en")
        plain = {"settings": [["code", "value"], *map(list, flat(default_settings()))], "lang": "zh", "rows": 5}
        tables = [argument.table for argument in function.earlier if argument.table]
        judgement = Judgement(only(self.MAP, *tables), None, tables)
        wanted = fit(function.compute(Call(judgement, "zh")), 5, "zh", len(function.columns))
        assert call(name, [cells[a.table] if a.table else plain[a.name] for a in function.earlier]) == wanted

    @pytest.mark.parametrize("name", ARRAYS)
    @pytest.mark.parametrize("rows", [1, 5, 300])
    def test_rows_fix_the_height_and_the_last_row_says_how_many_more(self, name, rows):
        cells = ranges(self.MAP, "en")
        free = call(name, arguments(name, cells))
        fixed = call(name, arguments(name, cells, rows=rows))
        width = len(FUNCTIONS[name].columns)
        assert len(fixed) == rows
        assert {len(row) for row in (*fixed, *free)} == {width}
        if name == "HEALTH_WHY" and len(free) > rows:  # a sum must stay one: its last row sums up the rest
            assert fixed[:-1] == free[: rows - 1]
            assert sum(row[1] for row in fixed) == pytest.approx(sum(row[1] for row in free))
        elif len(free) <= rows:
            assert fixed == free + [[""] * width] * (rows - len(free))
        else:
            assert fixed[:-1] == free[: rows - 1]
            assert sorted(fixed[-1], reverse=True) == [f"… {len(free) - rows + 1} more rows", *[""] * (width - 1)]

    def test_a_row_too_much_is_said_in_chinese_too(self):
        assert "… 还有 3 行" in call("ROLE_STATUS", [ranges(self.MAP)["contacts"], None, "zh", 2])[-1]


def refused(name, given):
    with pytest.raises(WorksheetError) as caught:
        call(name, given)
    return caught.value


class TestWrongInput:
    """A wrong input gives a real error value, and WARMAP.WHY gives the words."""

    GOOD = (["姓名"], ["王芳"])

    @pytest.mark.parametrize(
        ("name", "given", "zh", "en"),
        [
            ("ROLE_COVERAGE", [], "缺少参数“contacts”", "“contacts” is missing"),
            ("ROLE_COVERAGE", [None], "缺少参数“contacts”", "“contacts” is missing"),
            ("TRUST_SCORE", [[["姓名"], ["甲"]]], "缺少参数“trust”", "“trust” is missing"),
            ("ROLE_COVERAGE", [5], "不是“关键人”表", "not the table “People”"),
            ("ROLE_COVERAGE", ["text"], "不是“关键人”表", "not the table “People”"),
            ("ROLE_COVERAGE", [[["a", "b"], [1, 2]]], "不是“关键人”表", "not the table “People”"),
            ("ROLE_COVERAGE", [[]], "不是“关键人”表", "not the table “People”"),
            ("STAGE_GATE", [[["a"]], [["采购阶段"]]], "不是“商机”表", "not the table “Deal”"),
            ("ROLE_STATUS", [GOOD, None, "fr"], "zh 或 en", "zh or en"),
            ("ROLE_STATUS", [GOOD, None, 5], "zh 或 en", "zh or en"),
            ("ROLE_STATUS", [GOOD, None, None, 0], "rows", "rows"),
            ("ROLE_STATUS", [GOOD, None, None, 1.5], "rows", "rows"),
            ("ROLE_STATUS", [GOOD, None, None, -1], "rows", "rows"),
            ("ROLE_STATUS", [GOOD, None, None, "many"], "rows", "rows"),
            ("ROLE_STATUS", [GOOD, None, None, True], "rows", "rows"),
            ("ROLE_STATUS", [GOOD, None, None, 10001], "rows", "rows"),
            ("ROLE_STATUS", [GOOD, [["nope", 1]]], "没有设置项 nope", "no setting nope"),
            ("ROLE_STATUS", [GOOD, [["low_trust", 200]]], "low_trust", "low_trust"),
            ("ROLE_STATUS", [GOOD, [["a", 1], ["low_trust", "high"]]], "low_trust", "low_trust"),
            ("RULE", [], "缺少参数“code”", "“code” is missing"),
        ],
    )  # fmt: skip
    def test_is_refused_with_words_in_both_languages(self, name, given, zh, en):
        error = refused(name, given)
        assert error.code == "#VALUE!"
        assert zh in error.words.zh
        assert en in error.words.en
        assert "{" not in error.words.zh + error.words.en

    def test_an_unknown_function(self):
        error = refused("NOPE", [])
        assert error.code == "#NAME?"
        assert "WARMAP.NOPE" in error.words.zh

    @pytest.mark.parametrize("settings", ["abc", 5, [["a"]], [["role_weight.coach", "abc"]], [["role_weight.coach"]]])
    def test_settings_that_are_no_settings(self, settings):
        assert refused("ROLE_COVERAGE", [self.GOOD, settings]).code == "#VALUE!"

    def test_too_many_arguments(self):
        assert refused("ROLE_COVERAGE", [self.GOOD, None, None, None, "more"]).code == "#VALUE!"

    def test_what_is_wrong_in_a_cell_does_not_stop_the_rest(self):
        bad = [["姓名", "用户", "接触频度", "影响力"], ["王芳", "✓", "经常", "巨大"], ["李强", "?", 7, None]]
        assert call("ROLE_COVERAGE", [bad]) == pytest.approx(0.5 / 4)
