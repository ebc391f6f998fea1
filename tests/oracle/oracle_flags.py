"""All red flags of a map and which of them are answered (section 4)."""

from __future__ import annotations

import re

from oracle_deal_flags import DEAL_RULES, is_open, overdue
from oracle_map import ALL_CODES, given, listed, people, rows, same
from oracle_people_flags import PEOPLE_RULES

SEVERITIES = ("critical", "major", "minor")
WORDS = {
    "coach": ("coach", "教练"),
    "user": ("user", "用户"),
    "technical": ("technical", "技术把关者"),
    "economic": ("economic", "关键决策者", "决策者", "财务决策者"),
    "need_identification": ("need_identification", "需求识别"),
    "market_research": ("market_research", "市场调研"),
    "supplier_assessment": ("supplier_assessment", "供应商评估"),
    "quotation_negotiation": ("quotation_negotiation", "报价及谈判"),
    "contract_signing": ("contract_signing", "合同签署"),
    "fulfilment": ("fulfilment", "履约跟踪"),
    "deal": ("deal",),
}
"""How a role or a stage may be named: the code, the label, the aliases of section 1."""

CODE = re.compile(r"rf\d{3}")
COUNT = 3  # its first three entries count


def named(document, about):
    """The codes and the subjects that a list names: codes anywhere in an entry, subjects as a whole entry. Other words name
    nothing. Subjects are people, roles, stages and the deal. Reading: a person called what a role is called is named by that word, and so is the role."""
    words = {word: subject for subject, spellings in WORDS.items() for word in map(same, spellings)}
    persons = {same(one["name"]) for one in people(document)}
    codes, subjects = set(), []
    for entry in map(same, listed(about)[:COUNT]):
        codes |= {code.upper() for code in CODE.findall(entry)} & set(ALL_CODES)
        subjects += [entry] if entry in persons else []
        subjects += [same(words[entry])] if entry in words else []
    return codes, subjects


def lines(document):
    """What is named by every open or in-progress action that is not overdue, in the order of the sheet, then by every
    strength."""
    live = [row for row in rows(document, "actions") if is_open(row) and not overdue(document, row)]
    told = [row.get("about") for row in live] + [row.get("answers") for row in rows(document, "strengths")]
    return [named(document, about) for about in told]


def answer(document, flags):
    """Mark what is answered: codes only answer every flag of those codes; codes and subjects the flags with one of each;
    subjects only the one heaviest flag of each subject that is not answered yet (severity, then code), line by line."""
    for one in flags:
        one["mitigated"] = False
    for codes, subjects in lines(document):
        if codes:
            for one in flags:
                if one["code"] in codes and (not subjects or same(one["subject"]) in subjects):
                    one["mitigated"] = True
            continue
        for subject in dict.fromkeys(subjects):
            left = [one for one in flags if same(one["subject"]) == subject and not one["mitigated"]]
            if left:
                min(left, key=lambda one: (SEVERITIES.index(one["severity"]), one["code"]))["mitigated"] = True
    return flags


def red_flags(document, figures):
    """Every flag with its answer. RF703 minor: an unmitigated critical flag and no strengths listed. Readings: a strength is
    listed when it has a text; RF703 is lighter than what raises it, so that raising it leaves the critical flags' answers
    as they are."""
    raised = [found for rule in (*PEOPLE_RULES, *DEAL_RULES) for found in rule(document, figures)]
    flags = answer(document, [dict(zip(("code", "severity", "subject"), found, strict=True)) for found in raised])
    critical = any(one["severity"] == "critical" and not one["mitigated"] for one in flags)
    if critical and not any(given(row.get("text")) for row in rows(document, "strengths")):
        flags = answer(document, [*flags, {"code": "RF703", "severity": "minor", "subject": "deal"}])
    return flags
