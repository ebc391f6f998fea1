"""Lists of people as the systems named export them: rebuilt by us from their documented heads, with made-up people."""

from __future__ import annotations

import io
from typing import NamedTuple

from xlsxwriter import Workbook


class List(NamedTuple):
    """A list: its file's name, its bytes, and who is on it with what the map takes of them."""

    name: str
    content: bytes
    people: dict[str, dict[str, object]]


def text(rows, separator=",", encoding="utf-8"):
    """A CSV; a cell that holds the separator or a quotation mark is quoted."""

    def cell(value):
        words = str(value)
        return '"' + words.replace('"', '""') + '"' if any(sign in words for sign in (separator, '"', "\n")) else words

    return "".join(separator.join(map(cell, row)) + "\r\n" for row in rows).encode(encoding)


def workbook(rows, sheet="Sheet1", merges=()):
    """A workbook of one sheet; `merges` are (first row, first column, last row, last column, words), from 0."""
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                page.write(row, column, value if value != "" else None)
        for merge in merges:
            page.merge_range(*merge)
    return stream.getvalue()


SALESFORCE = List("salesforce.csv", text([
    ("Contact ID", "First Name", "Last Name", "Account Name", "Title", "Role", "Email", "Phone", "Contact Owner", "Last Modified Date"),
    ("0031", "Jane", "Doe", "Acme Inc.", "CFO", "Economic Buyer", "j@acme.example", "1", "Sam Rep", "2026-05-03"),
    ("0032", "Ben", "Moss", "Acme Inc.", "Architect", "Evaluator", "b@acme.example", "2", "Sam Rep", "2026-05-04"),
    ("0033", "Eva", "Lind", "Acme Inc.", "Planner", "Business User", "e@acme.example", "3", "Sam Rep", "2026-05-04"),
    ("0034", "Tom", "Hart", "Acme Inc.", "COO", "Executive Sponsor", "t@acme.example", "4", "Sam Rep", "2026-05-04"),
], encoding="utf-8-sig"), {
    "Jane Doe": {"title": "CFO", "buying_roles": {"economic"}, "counterpart": "Sam Rep", "evidence_grade": "guess"},
    "Ben Moss": {"title": "Architect", "buying_roles": {"technical"}, "counterpart": "Sam Rep", "evidence_grade": "guess"},
    "Eva Lind": {"title": "Planner", "buying_roles": {"user"}, "counterpart": "Sam Rep", "evidence_grade": "guess"},
    "Tom Hart": {"title": "COO", "counterpart": "Sam Rep"},
})  # fmt: skip
HUBSPOT = List("hubspot.csv", text([
    ("Record ID", "First name", "Last name", "Email", "Job title", "Contact owner", "Last activity date", "Associated company", "Buying role"),
    ("1", "Ann", "Oak", "a@acme.example", "Buyer", "Sam Rep", "2026-05-03 14:22", "Acme", "Champion;Decision maker"),
    ("2", "Bo", "Elm", "b@acme.example", "Lawyer", "Sam Rep", "", "Acme", "Blocker"),
], ";"), {
    "Ann Oak": {"title": "Buyer", "buying_roles": {"coach", "economic"}, "counterpart": "Sam Rep", "last_contact": "2026-05-03", "evidence_grade": "guess"},
    "Bo Elm": {"title": "Lawyer", "support": "oppose", "counterpart": "Sam Rep", "evidence_grade": "guess"},
})  # fmt: skip
DYNAMICS = List("dynamics.xlsx", workbook([
    ("(Do Not Modify) Contact", "(Do Not Modify) Row Checksum", "Full Name", "Job Title", "Company Name", "Owner", "Decision influence"),
    ("c1", "x", "Ada Byron", "Director", "Acme", "Sam Rep", "Decision maker"),
    ("c2", "x", "Alan Kay", "Engineer", "Acme", "Sam Rep", "Influencer"),
    ("c3", "x", "Rob Pike", "Engineer", "Acme", "Sam Rep", "Blocker"),
]), {
    "Ada Byron": {"title": "Director", "buying_roles": {"economic"}, "counterpart": "Sam Rep", "evidence_grade": "guess"},
    "Alan Kay": {"title": "Engineer", "influence": "high", "counterpart": "Sam Rep"},
    "Rob Pike": {"title": "Engineer", "support": "oppose", "counterpart": "Sam Rep", "evidence_grade": "guess"},
})  # fmt: skip
ZOHO = List("zoho.csv", text([
    ("Contact Name", "Account Name", "Title", "Department", "Reporting To"),
    ("Kim Lee", "Acme", "Head of IT", "IT", ""),
    ("Joe Bean", "Acme", "Engineer", "IT", "Kim Lee"),
], "\t", "utf-16"), {
    "Kim Lee": {"title": "Head of IT", "department": "IT"},
    "Joe Bean": {"title": "Engineer", "department": "IT", "reports_to": "Kim Lee"},
})  # fmt: skip
PIPEDRIVE = List("pipedrive.csv", text([
    ("Person - Name", "Person - Job title", "Person - Organization", "Person - Owner"),
    ("Mia Wong", 'Head of "Works"', "Acme, Inc.", "Sam Rep"),
]), {"Mia Wong": {"title": 'Head of "Works"', "counterpart": "Sam Rep"}})  # fmt: skip
WUKONG = List("悟空CRM联系人.csv", text([
    ("姓名", "客户名称", "职务", "手机", "直属上级", "是否关键决策人", "负责人", "最后跟进时间", "备注"),
    ("王 建国", "华信集团", "总经理", "13800000000", "", "是", "李晨", "2026-05-03 14:22:00", "关心交付"),
    ("陈静", "华信集团", "采购经理", "13800000001", "王建国", "否", "李晨", "", ""),
    ("采购部", "华信集团", "", "", "", "", "李晨", "", ""),
], encoding="gb18030"), {
    "王 建国": {"title": "总经理", "buying_roles": {"economic"}, "counterpart": "李晨", "last_contact": "2026-05-03", "evidence_grade": "guess"},
    "陈静": {"title": "采购经理", "reports_to": "王建国", "counterpart": "李晨"},
})  # fmt: skip
YUDAO = List("芋道联系人.xlsx", workbook([
    ("联系人列表",), (), ("姓名", "客户名称", "职位", "手机", "直属上级", "是否关键决策人", "负责人", "最后跟进时间"),
    ("赵敏", "华信", "IT 总监", "1", "", "是", "李晨", "2026-05-03"),
], "联系人"), {
    "赵敏": {"title": "IT 总监", "buying_roles": {"economic"}, "counterpart": "李晨", "last_contact": "2026-05-03", "evidence_grade": "guess"},
})  # fmt: skip
REGISTER = List("register.xlsx", workbook([
    ("Stakeholder register",), ("Project Phoenix, as of June",), (),
    ("Stakeholder", "Role", "Department", "Influence", "Interest", "Attitude", "Communication frequency", "Responsible"),
    ("Example: Jane Public", "Sponsor", "Finance", "H", "H", "Supporter", "Weekly", "Sam Rep"),
    ("Li Na", "Plant manager", "Production", 9, "High", "Supportive", "Weekly", "Sam Rep"),
    ("Ole Berg", "Controller", "Finance", 5, "Low", "Resistant", "Monthly", "Sam Rep"),
    ("Uma Rao", "Clerk", "Finance", 2, "Low", "Unknown", "Never", "Sam Rep"),
    ("End users", "", "Production", 2, "High", "Neutral", "Monthly", "Sam Rep"),
    ("IT", "", "", 8, "", "", "", ""),
], merges=[(0, 0, 0, 7, "Stakeholder register")]), {
    "Li Na": {"title": "Plant manager", "department": "Production", "influence": "high", "support": "support", "contact_frequency": "frequent", "counterpart": "Sam Rep", "evidence_grade": "guess"},
    "Ole Berg": {"title": "Controller", "department": "Finance", "influence": "medium", "support": "oppose", "contact_frequency": "occasional", "counterpart": "Sam Rep", "evidence_grade": "guess"},
    "Uma Rao": {"title": "Clerk", "department": "Finance", "influence": "low", "contact_frequency": "never", "counterpart": "Sam Rep"},
})  # fmt: skip
MATRIX = List("matrix.xlsx", workbook([
    ("Stakeholder engagement assessment matrix",), (),
    ("Name", "Power", "Engagement"),
    ("", "", "Unaware", "Resistant", "Neutral", "Supportive", "Leading"),
    ("Ida Holm", "H", "", "", "", "X", ""),
    ("Per Dahl", "M", "", "C", "", "D", ""),
    ("Nia Okoro", "L", "X", "", "", "", ""),
], merges=[(2, 2, 2, 6, "Engagement")]), {
    "Ida Holm": {"influence": "high", "support": "support", "evidence_grade": "guess"},
    "Per Dahl": {"influence": "medium", "support": "oppose", "evidence_grade": "guess"},
    "Nia Okoro": {"influence": "low"},
})  # fmt: skip
GANXIREN = List("干系人登记册.csv", text([
    ("干系人登记册", "", "", "", ""), ("干系人", "角色", "部门", "影响力", "态度"),
    ("王芳", "决策人", "生产部", "高", "支持"), ("示例：张三", "决策人", "生产部", "高", "支持"), ("全体员工", "", "", "低", "中立"),
], "\t", "utf-8"), {
    "王芳": {"buying_roles": {"economic"}, "department": "生产部", "influence": "high", "support": "support", "evidence_grade": "guess"},
})  # fmt: skip

ALL = (SALESFORCE, HUBSPOT, DYNAMICS, ZOHO, PIPEDRIVE, WUKONG, YUDAO, REGISTER, MATRIX, GANXIREN)
