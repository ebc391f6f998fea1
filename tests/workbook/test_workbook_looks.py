"""The workbook as its users meet it: what a colour says, what stands in sight, how it prints, where a new map begins."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from warmap.evaluation import scores
from warmap.history import snapshot_of
from warmap.judgement import judge
from warmap.layout import TABS, TabKind, placements, tab_name
from warmap.reading import read_document
from warmap.terms import WIN_CRITERIA, BuyingRole, EvidenceGrade, Influence, Support
from warmap.text import COLON, LANGUAGES
from warmap.worksheet import FUNCTIONS
from warmap.worksheet.relationships import EMPTY, GONE, SIGN_OF, STALE, UNKNOWN
from warmap_workbook.samples import load_sample
from warmap_workbook.writing import style
from warmap_workbook.writing.build import build_workbook
from warmap_workbook.writing.draft import SUBJECTS_COLUMN
from warmap_workbook.writing.home import ACTION_ROWS, FIRST_STEPS, FOOT_ROW, RISK_ROWS
from warmap_workbook.writing.home_cards import CARD_ROW, FIRST, MIDDLE, TITLE_LAST
from warmap_workbook.writing.pages import PRINTED_WIDTH, USUAL_ROWS, scale_for
from warmap_workbook.writing.reference_sheets import MEMBERS, setting_bounds, setting_meaning

INKS = ("INK", "PALE_INK", "NAVY", "TEAL", "SAND", "RED", "ORANGE", "BLUE")
PAPERS = (
    "PAPER", "GREY_PALE", "TEAL_PALE", "NAVY_PALE", "RED_PALE", "ORANGE_PALE", "GREEN_PALE", "BLUE_PALE", "SAND_PALE", "UNFINISHED",
)  # fmt: skip
READABLE = 4.5  # WCAG 2.1, 1.4.3
ACTIONS = [
    {"what": "Later", "owner": "Li", "due": date(2026, 7, 9)}, {"what": "Sooner", "owner": "Wu", "due": date(2026, 6, 1)},
    {"what": "Finished", "owner": "Wu", "due": date(2026, 5, 1), "status": "done"},
]  # fmt: skip

ONE_UNMET = {
    "deal": {"as_of": "2026-06-30"},
    "contacts": [
        {
            "name": "Han", "buying_roles": ["coach", "user", "technical", "economic"], "level": "director", "influence": "low",
            "support": "support", "contact_frequency": "frequent", "wants_our_success": False, "assessed_on": "2026-06-20",
            "counterpart": "Li",
        },
        {"name": "Wu", "influence": "high"},
    ],
}  # fmt: skip


def light(colour):
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def built(lang, document=None):
    war_map = read_document(document).map if document else None
    return openpyxl.load_workbook(io.BytesIO(build_workbook(war_map, lang)), data_only=True)


@pytest.fixture(scope="module", params=LANGUAGES)
def empty(request):
    return request.param, built(request.param)


@pytest.fixture(scope="module", params=LANGUAGES)
def filled(request):
    return request.param, built(request.param, load_sample("manufacturer_mes", request.param))


def rules_of(sheet):
    return [rule for cells in sheet.conditional_formatting for rule in cells.rules]


class TestColours:
    """Colours are safe for colour-blind eyes: they differ in lightness from their ground, and a sign says the same."""

    @pytest.mark.parametrize(("ink", "paper"), list(itertools.product(INKS, PAPERS)))
    def test_every_ink_is_readable_on_every_paper(self, ink, paper):
        dark, bright = sorted((light(getattr(style, ink)), light(getattr(style, paper))))
        assert (bright + 0.05) / (dark + 0.05) >= READABLE

    def test_each_severity_has_a_sign_beside_its_colour(self):
        assert len(set(style.SEVERITY_COLOUR)) == len(set(style.SEVERITY_COLOUR.values())) == 3


class TestSavedByLibreOffice:
    """What LibreOffice 7.4 saves otherwise than it was is not used: the file looks the same after it was saved there."""

    def test_no_conditional_format_draws_lines_which_would_turn_black(self, filled):
        _, book = filled
        lines = [rule.dxf.border for sheet in book for rule in rules_of(sheet) if rule.dxf and rule.dxf.border]
        assert not [line for line in lines if any(side and side.style for side in (line.left, line.top, line.bottom))]

    def test_no_chart_is_a_radar_which_would_be_mirrored(self):
        with zipfile.ZipFile(io.BytesIO(build_workbook(None, "en"))) as parts:
            charts = [parts.read(name) for name in parts.namelist() if name.startswith("xl/charts/chart")]
        assert charts
        assert not [chart for chart in charts if b"radarChart" in chart]


class TestHome:
    """The deal in two minutes; a map nobody has begun says where to begin, and shows no figure that means nothing."""

    def test_an_empty_map_leads_to_its_first_cells_and_shows_no_score(self, empty):
        lang, book = empty
        home = book.worksheets[0]
        shown = [home.cell(row + 1, FIRST + 1).value for row in (*RISK_ROWS, *ACTION_ROWS[:2])]
        assert shown == [words.to(lang) for _, words in FIRST_STEPS]
        assert all(name in book.defined_names for name, _ in FIRST_STEPS)
        assert not [cell.coordinate for row in home.iter_rows() for cell in row if cell.value in (0, "0", "0%")]

    def test_no_link_selects_a_whole_table(self, empty):
        lang, _ = empty
        book = openpyxl.load_workbook(io.BytesIO(build_workbook(None, lang)))
        formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        links = [formula for formula in formulas if isinstance(formula, str) and "HYPERLINK" in formula]
        assert links
        assert not [link for link in links for place in placements().values() if f'"#{place.name}"' in link]

    def test_the_plan_comes_first_with_owner_and_date_and_suggestions_follow_with_their_worth(self):
        document = {"deal": {"as_of": "2026-06-30"}, "contacts": [{"name": "Han"}], "actions": ACTIONS}
        home = built("en", document).worksheets[0]
        lines = [
            [home.cell(row + 1, column).value for column in (FIRST + 1, MIDDLE, MIDDLE + 1)] for row in ACTION_ROWS
        ]
        assert lines[0] == ["1. Sooner", "Wu\n2026-06-01\noverdue", None]
        assert lines[1] == ["2. Later", "Li\n2026-07-09", None]
        assert lines[2][0].startswith("3. ")
        assert re.fullmatch(r"\+\d\.\d\nplan it ▸", lines[2][2])

    def test_a_card_says_its_band_with_a_sign_and_a_word_and_what_is_not_assessed_is_no_0(self, filled, empty):
        words = {"zh": ("▲ 红", "○ 未评估"), "en": ("▲ Red", "○ not assessed")}
        for (lang, book), word in zip((filled, empty), (0, 1), strict=True):
            home = book.worksheets[0]
            assert home.cell(CARD_ROW + 2, FIRST + 2).value == words[lang][word]

    def test_a_card_says_how_much_moved_since_the_last_snapshot(self):
        document = {"deal": {"as_of": "2026-06-30"}, "contacts": [{"name": "Han", "buying_roles": ["user"]}]}
        before = read_document(document).map
        coach = {"name": "Li", "buying_roles": ["coach"], "contact_frequency": "frequent"}
        now = read_document({**document, "contacts": [*document["contacts"], coach]}).map
        taken = snapshot_of(before, scores(judge(before)), date(2026, 6, 20))
        book = build_workbook(now.model_copy(update={"snapshots": [taken]}), "en")
        home = openpyxl.load_workbook(io.BytesIO(book), data_only=True).worksheets[0]
        health, _, coverage = (home.cell(CARD_ROW + 3, FIRST + 1 + 2 * place).value for place in range(3))
        assert re.fullmatch(r"\d+\.\d before red flags, [+−±]\S+ since last time", health)
        assert re.fullmatch(r"\+\d+ points since last time", coverage)

    @pytest.mark.parametrize(
        ("answers", "codes", "said", "links"),
        [
            ([], ["RF104 ▸", "RF303 ▸"], [], ["plan it ▸", "plan it ▸"]),
            (["RF303"], ["RF104 ▸", None], ["No other flag is unanswered"], ["plan it ▸", "✓ answered ▸"]),
            (["RF104", "RF303"], [None, None], ["No flag is unanswered", None], ["✓ answered ▸", None]),
        ],
    )
    def test_an_answered_flag_is_none_of_the_two_worst_risks(self, answers, codes, said, links):
        """Where one flag or none is open, the page says so and leads to those that are answered."""
        document = {**ONE_UNMET, "strengths": [{"text": "We are ready", "answers": ["RF308", *answers]}]}
        home = built("en", document).worksheets[0]
        shown = {
            column: [home.cell(row + below, column).value for row in RISK_ROWS]
            for below, column in ((1, MIDDLE + 1), (1, FIRST + 1))
        }
        assert shown[MIDDLE + 1] == codes
        assert [text for text, code in zip(shown[FIRST + 1], codes, strict=True) if code is None] == said
        assert [home.cell(row + 2, MIDDLE + 1).value for row in RISK_ROWS] == links

    def test_it_says_when_something_newer_than_the_day_of_judging_is_entered(self):
        document = {"deal": {"as_of": "2026-06-30"}, "contacts": [{"name": "Han", "last_contact": "2026-07-02"}]}
        home = built("en", document).worksheets[0]
        assert home.cell(1, TITLE_LAST + 2).value.startswith("▲ Set “Judged as of” to today")

    def test_it_fits_the_screen_of_a_laptop_and_one_page(self, filled):
        _, book = filled
        home = book.worksheets[0]
        height = sum(home.row_dimensions[row].height or 15 for row in range(1, FOOT_ROW + 2))
        width = (
            sum(home.column_dimensions[letter].width for letter in ("A", "B")) + 13 * home.column_dimensions["B"].width
        )
        assert height * 4 / 3 <= 768 - 248  # pixels, at 100 %, without the bars and the ribbon of the program
        assert 7 * width <= 1366 - 20
        assert home.print_area.endswith(f"$O${FOOT_ROW + 1}")


class TestInSight:
    """Trust and Stages tell at once what counts."""

    def test_a_rating_above_its_evidence_shows_how_much_counts(self, filled):
        lang, book = filled
        formats = {rule.dxf.numFmt.formatCode for rule in rules_of(book[tab_name("trust", lang)]) if rule.dxf.numFmt}
        assert {f'General" → {cap}"' for cap in (2, 3, 4)} <= formats
        told = [rule.formula[0] for rule in rules_of(book[tab_name("trust", lang)])]
        for grade in EvidenceGrade:
            assert sum(f"evidence_cap.{grade.value}" in formula for formula in told) == 8  # twice for each pillar

    def test_the_stages_claimed_and_earned_stand_beside_each_other(self, filled):
        lang, book = filled
        sheet = book[tab_name("stages", lang)]
        above, time = (
            [cell.value for cell in sheet[placements()["stage_evidence"].header_row - before][:4]] for before in (2, 1)
        )
        assert time[1::2] == [-4, 110]  # the close date is past, and four stages are left
        assert above[1::2] == (
            ["报价及谈判", "市场调研"] if lang == "zh" else ["Quotation and negotiation", "Market research"]
        )

    @pytest.mark.parametrize(
        ("deal", "signed", "words"),
        [
            ({"outcome": "lost"}, False, {"zh": "丢单", "en": "Lost"}),
            ({"outcome": "won"}, True, {"zh": "赢单", "en": "Won"}),
            ({}, True, {"zh": "已签约", "en": "signed"}),
            ({"outcome": "open", "stage": "fulfilment"}, False, {"zh": "已签约", "en": "signed"}),
        ],
    )
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_of_a_deal_that_is_signed_or_has_ended_no_days_are_counted(self, lang, deal, signed, words):
        line = {
            "stage": "contract_signing",
            "criterion": "contract_signed",
            "done": signed,
            "evidence": "Signed 29 May",
        }
        document = {
            "deal": {"as_of": "2026-06-30", "close_date": "2026-05-29", "stage": "contract_signing", **deal},
            "stage_evidence": [line],
        }
        row = placements()["stage_evidence"].header_row - 1
        days = [cell.value for cell in built(lang, document)[tab_name("stages", lang)][row][:4]]
        assert days[1::2] == [words[lang], "–"]

    def test_blanks_of_a_person_that_are_asked_first_look_unfinished(self, empty):
        lang, book = empty
        marked = [
            str(cells.sqref) for cells in book[tab_name("people", lang)].conditional_formatting for rule in cells.rules
            if rule.dxf.fill and rule.dxf.fill.bgColor.rgb.endswith(style.UNFINISHED[1:])
        ]  # fmt: skip
        assert len(marked) == 10  # name, title, level, four ticks, influence, support, contact frequency


class TestRelationshipMap:
    """The tree and its heat map: whoever prints it in grey reads the same."""

    def test_the_legend_names_every_sign(self, filled):
        lang, book = filled
        legend = book[tab_name("relationships", lang)]["B3"].value
        for term in (*Influence, *Support):
            assert f"{SIGN_OF[term]} {term.label.to(lang)}" in legend
        assert all(f"{role.value[0].upper()} {role.label.to(lang)}" in legend for role in BuyingRole)
        assert all(sign in legend for sign in (EMPTY, GONE, STALE, UNKNOWN))

    def test_every_colour_is_chosen_by_a_sign_or_a_figure_in_a_cell(self, filled):
        lang, book = filled
        rules = rules_of(book[tab_name("relationships", lang)])
        coloured = [rule for rule in rules if rule.dxf.fill is not None]
        assert len(coloured) > 20
        assert all(re.search(r'LEFT\(.*="[\W0]+"|ISNUMBER', rule.formula[0]) for rule in coloured)

    def test_no_two_ranges_with_rules_meet_for_libreoffice_heeds_the_first_only(self, filled):
        lang, book = filled
        formatting = book[tab_name("relationships", lang)].conditional_formatting
        bounds = sorted(one.bounds for cells in formatting for one in cells.sqref.ranges)
        columns = [(first, last) for first, top, last, _ in bounds if top == 6]
        assert columns == [(column, column) for column in range(1, len(FUNCTIONS["ORG_MAP"].columns) + 1)]

    def test_it_fits_the_screen_of_a_laptop_and_the_names_stay_in_sight(self, filled):
        lang, book = filled
        sheet = book[tab_name("relationships", lang)]
        widths = [sheet.column_dimensions[get_column_letter(column)].width for column in range(1, 13)]
        assert 7 * sum(widths) < 1366 - 40  # pixels, without the row numbers and the scroll bar
        assert sheet.freeze_panes == "B6"


class TestPrinting:
    """It prints on A4 and Letter; what does not fit the print area is said, never left out silently."""

    def test_every_page_of_a_parted_sheet_fits_the_narrower_paper(self):
        widths, starts = [20.0] * 12, [4, 8]
        scale = scale_for(widths, starts, range(1))
        assert scale * 5 * (20 * 7 + 5) / 100 <= PRINTED_WIDTH

    def test_what_stands_below_the_print_area_is_told_by_a_rule(self, empty):
        lang, book = empty
        for code in USUAL_ROWS:
            sheet = book[tab_name(code, lang)]
            last = int(sheet.print_area.rpartition("$")[2])
            assert any(f"${last + 1}:" in formula for rule in rules_of(sheet) for formula in rule.formula), code

    def test_a_page_that_repeats_a_column_leaves_out_what_would_be_cut_there(self, empty):
        lang, book = empty
        people = book[tab_name("people", lang)]
        assert people.print_title_cols
        assert people.print_area.split("!")[-1].startswith("$A$3:")

    def test_no_amount_shows_a_dot_without_figures(self, filled):
        _, book = filled
        shown = {cell.number_format for sheet in book for row in sheet.iter_rows() for cell in row}
        assert not [number_format for number_format in shown if ".##" in number_format or ".#;" in number_format]


class TestValidation:
    """Every input cell says what to put in, within Excel's limits, and stops what is wrong with words that help."""

    def test_messages_are_whole_and_errors_explain(self, empty):
        lang, book = empty
        for tab in TABS:
            if tab.kind is TabKind.HIDDEN:
                continue
            for rule in book[tab.name.to(lang)].data_validations.dataValidation:
                assert 0 < len(rule.promptTitle) <= 32
                assert 0 < len(rule.prompt) <= 255
                assert not rule.prompt.endswith("…")
                if rule.showErrorMessage and rule.type is not None:
                    assert rule.error
                    assert rule.errorTitle

    def test_what_may_be_named_is_offered_and_several_may_be_written(self, filled):
        lang, book = filled
        for code, field in (
            ("contacts", "influenced_by"), ("actions", "about"), ("strengths", "answers"), ("reviews", "subject"),
        ):  # fmt: skip
            place = placements()[code]
            at = place.left + [one.code for one in place.table.fields].index(field)
            sheet = book[tab_name(place.tab.code, lang)]
            (rule,) = [
                one for one in sheet.data_validations.dataValidation
                if f"{get_column_letter(at)}{place.header_row + 1}" in one.sqref
            ]  # fmt: skip
            assert (rule.type, bool(rule.showErrorMessage)) == ("list", False)

    def test_the_rules_with_open_flags_come_first_among_what_an_action_may_be_about(self, filled):
        lang, book = filled
        offered = [book["_lists"].cell(row, SUBJECTS_COLUMN).value for row in range(2, 200)]
        war_map = read_document(load_sample("manufacturer_mes", lang)).map
        open_codes = sorted({flag.code for flag in judge(war_map).open_flags})
        names = [contact.name for contact in war_map.contacts]
        assert [one for one in offered if one] == open_codes + names

    def test_a_win_is_asked_for_by_the_names_of_its_criterion(self, empty):
        lang, book = empty
        prompts = [rule.prompt for rule in book[tab_name("wins", lang)].data_validations.dataValidation]
        third = "\n".join(
            f"{role.label.to(lang)}{COLON.to(lang)}{criteria[2].label.to(lang)}"
            for role, criteria in WIN_CRITERIA.items()
        )
        assert any(third in prompt for prompt in prompts)

    @pytest.mark.parametrize("code", ["band.green", "trust_fading_days", "position_critical", "suspicious_contacts"])
    def test_a_setting_is_bounded_as_the_program_bounds_it(self, code):
        bounds = {"band.green": (0, 100, False), "trust_fading_days": (0, 36500, False),
                  "position_critical": (-5, 5, False), "suspicious_contacts": (1, None, True)}  # fmt: skip
        assert setting_bounds(code) == bounds[code]

    def test_no_setting_is_explained_by_a_code(self):
        assert "_" not in setting_meaning("coach_cap.not_wanting_our_success").en
        assert all(text.zh != text.en for text in MEMBERS.values())
