"""The sheets for reference: the settings with their bounds, and the guide with its table of contents."""

from collections.abc import Mapping
from typing import Any

from warmap.layout import GUIDE_NAME, SETTINGS_NAME, TABS, TabKind
from warmap.settings import default_settings, flat, limits_of, meaning
from warmap.terms import Term
from warmap.text import Lang, Text
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import Draft, format_if, set_widths
from warmap_workbook.writing.guide import EXAMPLE, EXAMPLE_PEOPLE, EXAMPLE_TITLE, GUIDE
from warmap_workbook.writing.input_cells import WRONG, number_rule
from warmap_workbook.writing.pages import page
from warmap_workbook.writing.style import lines_of

SETTING_HEADS = (Text("代码", "Code"), Text("数值", "Value"), Text("默认", "Default"), Text("含义", "Meaning"))
SETTING_WIDTHS = (42, 12, 12, 64)
SETTINGS_TOP = 5  # the header row of the settings, from 1
MEMBERS: Mapping[str, Text] = {  # members of a group of settings that are no terms
    "blank": Text("空白", "blank"),
    "not_wanting_our_success": Text("没有确认希望我们成功", "not confirmed to want our success"),
    "not_senior": Text("不是经理以上", "neither director nor manager"),
    "filled": Text("必填项填全", "required fields filled"),
    "broad": Text("各方面都写到", "every part of the map begun"),
    "evidenced": Text("判断有依据", "judgements with evidence"),
    "fresh": Text("判断够新", "judgements that are fresh"),
}
RANGE = Text("{low} 到 {high} 的数字；默认 {default}。", "A number from {low} to {high}; the default is {default}.")
LEAST = Text("{low} 以上的数字；默认 {default}。", "A number of at least {low}; the default is {default}.")
WHOLE = Text("整数。", " Whole numbers only.")
CHANGED = Text("≠ 默认", "≠ default")

CONTENTS = Text("目录", "Contents")
KINDS = {
    TabKind.INPUT: Text("您填写", "you fill in"),
    TabKind.COMPUTED: Text("自动计算", "computed"),
    TabKind.OTHER: Text("设置与说明", "settings and guide"),
}
GUIDE_WIDTHS = (30, 96, 16)
GUIDE_TOP = 4  # the row of the heading over the contents, from 1
LINE = 15


def write_settings_sheet(draft: Draft) -> None:
    """Write every weight and threshold with its default, its bounds and its meaning."""
    sheet, top = page(draft, "settings"), SETTINGS_TOP - 1
    set_widths(sheet, 0, SETTING_WIDTHS)
    draft.write_heads(sheet, top, 0, SETTING_HEADS, style.SAND)
    defaults = dict(flat(default_settings()))
    for row, (code, value) in enumerate(flat(draft.settings), top + 1):
        sheet.write_string(row, 0, code, draft.formats(bg_color=style.SAND_PALE, **style.BOXED))
        sheet.write_number(row, 1, value, draft.formats.computed(align="center"))
        sheet.write_number(row, 2, defaults[code], draft.formats.quiet(align="center", **style.BOXED))
        sheet.write_string(
            row, 3, draft.say(setting_meaning(code)), draft.formats.quiet(text_wrap=True, indent=1, **style.BOXED)
        )
        low, high, is_whole = setting_bounds(code)
        rule = number_rule(low, high, None, is_whole=is_whole)
        sheet.data_validation(row, 1, row, 1, {**rule, **messages_of_setting(code, draft.lang)})
    last = top + len(defaults)
    draft.define_name(SETTINGS_NAME, "settings", SETTINGS_TOP, 1, len(defaults) + 1, 2)
    num_format = f'General" {draft.say(CHANGED)}"'
    different = draft.formats(bold=True, bg_color=style.ORANGE_PALE, num_format=num_format)
    format_if(sheet, (top + 1, 1, last, 1), f"$B{top + 2}<>$C{top + 2}", different)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)


def setting_meaning(code: str) -> Text:
    """The meaning of a setting; for a member of a group, also which member."""
    name, _, member = code.partition(".")
    said = meaning(name)
    if not member:
        return said
    terms = (term.label for kind in Term.__subclasses__() for term in kind if term.value == member)
    label = next(terms, None) or MEMBERS[member]
    return Text(f"{said.zh} · {label.zh}", f"{said.en} · {label.en}")


def setting_bounds(code: str) -> tuple[float, float | None, bool]:
    """The lower and the upper bound of a setting (None: no upper bound), and whether it is a whole number."""
    limits, is_whole = limits_of(code)
    low = limits.low if limits.low is not None else limits.above
    assert low is not None, code
    return low, limits.high, is_whole


def messages_of_setting(code: str, lang: Lang) -> dict[str, str]:
    """The messages of a setting's cell, on selection and refusal."""
    low, high, is_whole = setting_bounds(code)
    default = dict(flat(default_settings()))[code]
    facts = {"low": f"{low:g}", "high": "" if high is None else f"{high:g}", "default": f"{default:g}"}
    told = (LEAST if high is None else RANGE).say(lang, facts) + (WHOLE.to(lang) if is_whole else "")
    return {
        "input_title": SETTING_HEADS[1].to(lang), "input_message": f"{setting_meaning(code).to(lang)}\n{told}",
        "error_title": WRONG.to(lang), "error_message": told,
    }  # fmt: skip


def write_guide_sheet(draft: Draft) -> None:
    """Write the contents with links, the method term by term, and a worked example."""
    sheet = page(draft, "guide")
    set_widths(sheet, 0, GUIDE_WIDTHS)
    writer = _GuideWriter(draft)
    writer.contents()
    for section in GUIDE:
        writer.section(section.title, section.words)
        for term, words in section.terms.items():
            writer.line(draft.say(term.label), draft.say(words))
    writer.section(EXAMPLE_TITLE, Text("", ""))
    for title, words in EXAMPLE:
        writer.line(draft.say(title), words.say(draft.lang, EXAMPLE_PEOPLE))
    draft.define_name(GUIDE_NAME, "guide", 1, 1)
    sheet.print_area(0, 0, writer.row - 1, len(GUIDE_WIDTHS) - 1)


class _GuideWriter:
    """Writes from the top down; `row` (from 0) is the next one."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.sheet, self.row = draft, draft.sheet("guide"), GUIDE_TOP - 1

    def contents(self) -> None:
        """Write for every visible sheet a link, what it is for, and who fills it in."""
        self._title(self.draft.say(CONTENTS))
        for tab in TABS:
            if tab.kind is TabKind.HIDDEN:
                continue
            name, purpose = self.draft.say(tab.name), self.draft.say(tab.purpose)
            look = self._look(font_color=style.BLUE, underline=1)
            self.sheet.write_url(self.row, 0, f"internal:'{name}'!A1", look, name)
            self.sheet.write_string(self.row, 1, purpose, self._look())
            kind = self._look(font_color=style.PAPER, bg_color=style.TAB_COLOUR[tab.kind], align="center", font_size=9)
            self.sheet.write_string(self.row, 2, self.draft.say(KINDS[tab.kind]), kind)
            self._height(purpose, GUIDE_WIDTHS[1])
        self.row += 1

    def section(self, title: Text, words: Text) -> None:
        self._title(self.draft.say(title))
        said = self.draft.say(words)
        if said:
            self.sheet.merge_range(self.row, 0, self.row, 2, said, self.draft.formats(**style.TOP_WRAPPED))
            self._height(said, sum(GUIDE_WIDTHS))

    def line(self, term: str, words: str) -> None:
        self.sheet.write_string(self.row, 0, term, self._look(bold=True, indent=1))
        self.sheet.merge_range(self.row, 1, self.row, 2, words, self._look())
        self._height(words, sum(GUIDE_WIDTHS[1:]), term)

    def _title(self, words: str) -> None:
        look = self.draft.formats(bold=True, font_size=12, font_color=style.SAND, bottom=2, bottom_color=style.SAND)
        self.sheet.merge_range(self.row, 0, self.row, 2, words, look)
        self.sheet.set_row(self.row, 24)
        self.row += 1

    def _look(self, **what: Any) -> Any:
        return self.draft.formats(**style.TOP_WRAPPED, bottom=1, bottom_color=style.LINE, **what)

    def _height(self, words: str, width: int, term: str = "") -> None:
        lines = max(lines_of(words, width), lines_of(term, GUIDE_WIDTHS[0] - 3))
        self.sheet.set_row(self.row, LINE * lines + 4)
        self.row += 1
