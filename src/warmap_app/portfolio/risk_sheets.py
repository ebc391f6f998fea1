"""The sheets of the worst risks and of the files that were not counted."""

from __future__ import annotations

from warmap.terms import Severity
from warmap.worksheet.guidance import SIGN
from warmap_app.portfolio import words
from warmap_app.portfolio.deals_sheet import BAND_LOOK, band_words
from warmap_app.portfolio.sheets import HEAD_ROW, Draft, height_for, number
from warmap_app.scoreboard import clean
from warmap_workbook.writing import style

RISK_HEADS = (
    (words.ACCOUNT, 18), (words.OPPORTUNITY, 18), (words.WHOSE, 10), (words.HEALTH, 7), (words.BAND, 8),
    (words.CURRENCY, 8), (words.CLAIMED, 15), (words.SEVERITY, 10), (words.CODE, 7), (words.SUBJECT, 12),
    (words.PROBLEM, 36), (words.REMEDY, 42),
)  # fmt: skip
LEFT_HEADS = ((words.FILE, 50), (words.ACCOUNT, 24), (words.OPPORTUNITY, 24), (words.WHY, 50), (words.REMEDY, 40))
WRAPPED = (0, 1, 2, 8, 9, 10, 11)
SEVERITY_LOOK = {
    Severity.CRITICAL: {"bg_color": style.RED_PALE, "font_color": style.RED},
    Severity.MAJOR: {"bg_color": style.ORANGE_PALE, "font_color": style.ORANGE},
    Severity.MINOR: {"bg_color": style.BLUE_PALE, "font_color": style.BLUE},
}


def write_risks(draft: Draft) -> None:
    """The two worst open flags of each deal, with remedy and whose they are."""
    sheet, lang = draft.sheets["risks"], draft.lang
    draft.page(sheet, words.RISKS.to(lang), words.PORTFOLIO_PURPOSE["risks"].to(lang))
    draft.head(sheet, RISK_HEADS)
    base = {"bottom": 1, "bottom_color": style.LINE, "valign": "top", "text_wrap": True}
    text, risks = draft.formats(**base), draft.portfolio.risks()
    for row, (line, risk) in enumerate(risks, HEAD_ROW + 1):
        deal = line.deal
        sheet.write_string(row, 0, deal.account, text)
        sheet.write_string(row, 1, deal.opportunity, text)
        sheet.write_string(row, 2, deal.rep or words.BLANK.to(lang), text)
        sheet.write_number(row, 3, line.health, draft.formats(**base, num_format=style.SCORE, align="center"))
        sheet.write_string(row, 4, band_words(deal.band, lang), draft.formats(**base, **BAND_LOOK[deal.band]))
        sheet.write_string(row, 5, line.currency, draft.formats(**base, align="center"))
        sheet.write_number(row, 6, number(line.step.claimed, line.currency), draft.money(line.currency, **base))
        sign = f"{SIGN[risk.severity]} {risk.severity.label.to(lang)}"
        sheet.write_string(row, 7, sign, draft.formats(**base, **SEVERITY_LOOK[risk.severity], indent=1))
        told = (risk.code, risk.subject, risk.message, risk.remedy)
        for column, part in enumerate(told, 8):
            sheet.write_string(row, column, part, text)
        wrapped = zip((deal.account, deal.opportunity, deal.rep, *told), WRAPPED, strict=True)
        sheet.set_row(row, height_for((part, RISK_HEADS[column][1]) for part, column in wrapped))
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(1, len(risks)), len(RISK_HEADS) - 1)
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.fit_to_pages(1, 0)


def write_left_out(draft: Draft) -> None:
    """Every file that is in none of the figures, and why."""
    sheet, lang = draft.sheets["left"], draft.lang
    draft.page(sheet, words.NOT_COUNTED.to(lang), words.PORTFOLIO_PURPOSE["left"].to(lang))
    draft.head(sheet, LEFT_HEADS)
    look = draft.formats(bottom=1, bottom_color=style.LINE, valign="top", text_wrap=True)
    left = draft.portfolio.left_out
    for row, one in enumerate(left, HEAD_ROW + 1):
        parts = (clean(one.file), one.account, one.opportunity, one.why, one.remedy)
        for column, part in enumerate(parts):
            sheet.write_string(row, column, part, look)
        sheet.set_row(row, height_for((part, head[1]) for part, head in zip(parts, LEFT_HEADS, strict=True)))
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(1, len(left)), len(LEFT_HEADS) - 1)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.fit_to_pages(1, 0)
