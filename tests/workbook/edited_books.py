"""A small filled workbook, and the ways in which other programs change it (openpyxl stands for them all)."""

from __future__ import annotations

import io
from functools import cache

import openpyxl

from warmap.layout import TABS
from warmap.model import TABLE
from warmap.reading import read_document
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.writing.build import build_workbook

RIVALS = ("维持现状", "对手甲")
DOCUMENT = {
    "deal": {
        "account": "华信", "opportunity": "核心网", "objective": "三年框架", "amount": 1200000, "currency": "CNY", "close_date": "2026-12-31",
        "stage": "market_research", "stage_since": "2026-05-01", "owner": "李晨", "as_of": "2026-06-30", "our_win": "标杆客户",
    },
    "profile": {"scale": 3, "key_account": {"large": True}, "pest": {"social": {"note": "n", "impact": 1}}},
    "org_units": [{"name": "集团", "kind": "company"}, {"name": "采购部", "parent": "集团", "project_related": True}],
    "contacts": [
        {"name": "王芳", "buying_roles": ["user"], "influence": "high", "level": "manager", "contact_frequency": "frequent"},
        {"name": "李强", "buying_roles": ["technical"], "reports_to": "王芳", "last_contact": "2026-06-01", "decision_order": 1},
        {"name": "赵敏", "buying_roles": ["economic", "coach"], "wants_our_success": True},
        {"name": "周伟", "support": "oppose"},
    ],
    "trust": [
        {"contact": "王芳", "rated_on": "2026-05-01", "ratings": {"professional": {"rating": 4, "evidence_grade": "stated"}, "sincerity": {"rating": 3}}},
        {"contact": "李强", "ratings": {"expertise": {"rating": 2}}},
    ],
    "wins": [
        {"contact": "王芳", "role": "user", "statuses": {"reliability": "met"}, "evidence": "e"},
        {"contact": "李强", "role": "technical", "statuses": {"safety": "identified"}},
    ],
    "stage_evidence": [{"stage": "need_identification", "criterion": "pain_confirmed", "done": True, "evidence": "e"}],
    "needs": [{"contact": "王芳", "spin_type": "problem", "question": "q", "answer": "a", "impact": 5}],
    "competition": [
        {"criterion": "价格", "weight": 2, "our_score": 3, "scores": {"维持现状": 1, "对手甲": 4}},
        {"criterion": "服务", "weight": 1, "our_score": 4, "scores": {"对手甲": 2}},
    ],
    "strengths": [{"text": "本地服务", "differs_from": "对手甲", "answers": ["RF205", "王芳"]}],
    "swot": [{"quadrant": "strength", "text": "口碑", "weight": 4}],
    "negotiation": {"target_price": 1000000, "walk_away_price": 900000, "concessions": [{"give": "折扣", "get": "框架"}]},
    "objections": [{"contact": "赵敏", "objection": "太贵", "listened": True}],
    "visits": [{"date": "2026-06-01", "contacts": ["王芳", "李强"], "goal": "g"}],
    "actions": [{"what": "拜访", "owner": "李晨", "due": "2026-07-10", "about": "RF205"}],
    "resources": [{"resource": "专家", "owner": "总部", "needed": True}],
    "ideal_customer": [{"attribute": "规模", "weight": 1, "score": 4}],
    "reviews": [{"reviewed_on": "2026-06-15", "reviewer": "张总", "subject": "王芳", "score": 2}],
}  # fmt: skip
MAP = read_document(DOCUMENT).map


@cache
def pristine(lang):
    """The bytes of the small workbook."""
    return build_workbook(MAP, lang)


def tab_of(table, lang):
    """The name of the tab a table stands on."""
    return next(tab.name.to(lang) for tab in TABS if table in tab.tables)


class Book:
    """The small workbook in an editor."""

    def __init__(self, lang):
        self.lang = lang
        self.book = openpyxl.load_workbook(io.BytesIO(pristine(lang)))

    def sheet(self, table):
        return self.book[tab_of(table, self.lang)]

    def corner(self, table):
        """The first cell of a table's named range."""
        ((sheet, cells),) = self.book.defined_names[f"wm_{table}"].destinations
        return self.book[sheet][cells][0][0]

    def header(self, table, code):
        """The cell a field is named in."""
        corner, codes = self.corner(table), [field.code for field in TABLE[table].fields]
        place = codes.index(code) if code in codes else len(codes) + RIVALS.index(code.removeprefix("scores."))
        return corner.offset(1 + place, 0) if TABLE[table].is_record else corner.offset(0, place)

    def cell(self, table, row, code):
        """The cell of a field in a row (from 0)."""
        head = self.header(table, code)
        return head.offset(0, 1) if TABLE[table].is_record else head.offset(1 + row, 0)

    def place(self, table, row, code):
        """(sheet, cell) as a finding names it."""
        cell = self.cell(table, row, code)
        return cell.parent.title, cell.coordinate

    def saved(self):
        """The bytes as this program saves them."""
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    def read(self):
        return read_workbook(self.saved())


def entered(intake):
    """The findings about what was entered; what openpyxl does to stored results and formulas (DV3xx) is not asked here."""
    return [finding for finding in intake.findings if finding.code[:3] in {"DV0", "DV1", "DV2"}]


def told(intake):
    """The findings as (code, sheet, cell, field), in order."""
    return sorted((f.code, f.sheet, f.cell, f.field) for f in entered(intake))
