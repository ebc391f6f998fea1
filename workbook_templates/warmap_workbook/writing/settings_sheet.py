"""The settings sheet: every weight and threshold with its default, its bounds and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from warmap.layout import SETTINGS_NAME, TAB
from warmap.settings import default_settings, flat, limits_of, meaning
from warmap.terms import Term
from warmap.text import Lang, Text
from warmap_workbook.writing import style

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_workbook.writing.build import Draft

HEADS = (Text("代码", "Code"), Text("数值", "Value"), Text("默认", "Default"), Text("含义", "Meaning"))
WIDTHS = (42, 12, 12, 64)
SETTINGS_TOP = 5  # the header row of the settings, from 1
MEMBERS: Mapping[str, Text] = {  # members of a group that are no term of the vocabulary
    "blank": Text("空白", "blank"),
    "not_wanting_our_success": Text("没有确认希望我们成功", "not confirmed to want our success"),
    "not_senior": Text("不是经理以上", "neither director nor manager"),
    "required": Text("必填项填全", "required fields filled"),
    "evidence": Text("判断有依据", "judgements with evidence"),
    "fresh": Text("判断够新", "judgements that are fresh"),
}
RANGE = Text("{low} 到 {high} 的数字；默认 {default}。", "A number from {low} to {high}; the default is {default}.")
LEAST = Text("{low} 以上的数字；默认 {default}。", "A number of at least {low}; the default is {default}.")
WHOLE = Text("整数。", " Whole numbers only.")
WRONG = Text("填写有误", "That cannot be taken")
CHANGED = Text("≠ 默认", "≠ default")


def write(draft: Draft) -> None:
    """The whole sheet."""
    from warmap_workbook.writing.build import page

    sheet = page(draft, TAB["settings"])
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    top = SETTINGS_TOP - 1
    for column, text in enumerate(HEADS):
        sheet.write_string(top, column, text.to(draft.lang), draft.formats.header(style.SAND))
    defaults = dict(flat(default_settings()))
    for row, (code, value) in enumerate(flat(draft.settings), top + 1):
        sheet.write_string(row, 0, code, draft.formats(bg_color=style.SAND_PALE))
        sheet.write_number(row, 1, value, draft.formats.input(align="center", border=1, border_color=style.LINE))
        sheet.write_number(row, 2, defaults[code], draft.formats.quiet(align="center"))
        words = words_of(code).to(draft.lang)
        sheet.write_string(row, 3, words, draft.formats.quiet(text_wrap=True, indent=1))
        _validate(draft, sheet, row, code)
    last = top + len(defaults) + 1
    draft.book.define_name(SETTINGS_NAME, f"='{TAB['settings'].name.to(draft.lang)}'!$A${top + 1}:$B${last}")
    different = draft.formats(bold=True, bg_color=style.ORANGE_PALE, num_format=f'General" {CHANGED.to(draft.lang)}"')
    what = {"type": "formula", "criteria": f"=$B{top + 2}<>$C{top + 2}", "format": different}
    sheet.conditional_format(top + 1, 1, last - 1, 1, what)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)


def words_of(code: str) -> Text:
    """What a setting means; of a member of a group also which."""
    name, _, member = code.partition(".")
    said = meaning(name)
    if not member:
        return said
    terms = (term.label for kind in Term.__subclasses__() for term in kind if term.value == member)
    label = MEMBERS.get(member) or next(terms, Text(member, member))
    return Text(f"{said.zh} · {label.zh}", f"{said.en} · {label.en}")


def bounds_of(code: str) -> tuple[float, float | None, bool]:
    """The least and the most a setting may be (None: no most), and whether it is a whole number."""
    limits, is_whole = limits_of(code)
    low = limits.low if limits.low is not None else limits.above
    assert low is not None, code
    return low, limits.high, is_whole


def messages_of(code: str, lang: Lang) -> dict[str, str]:
    """What the cell of a setting says when it is entered and when it refuses."""
    low, high, is_whole = bounds_of(code)
    default = dict(flat(default_settings()))[code]
    facts = {"low": f"{low:g}", "high": "" if high is None else f"{high:g}", "default": f"{default:g}"}
    told = (LEAST if high is None else RANGE).say(lang, facts) + (WHOLE.to(lang) if is_whole else "")
    return {
        "input_title": HEADS[1].to(lang), "input_message": f"{words_of(code).to(lang)}\n{told}",
        "error_title": WRONG.to(lang), "error_message": told,
    }  # fmt: skip


def _validate(draft: Draft, sheet: Worksheet, row: int, code: str) -> None:
    low, high, is_whole = bounds_of(code)
    limits = (
        {"criteria": ">=", "value": low} if high is None else {"criteria": "between", "minimum": low, "maximum": high}
    )
    rule = {"validate": "integer" if is_whole else "decimal", **limits, **messages_of(code, draft.lang)}
    sheet.data_validation(row, 1, row, 1, rule)
