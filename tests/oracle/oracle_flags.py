"""All red flags of a map with their answers, and the next actions (section 4)."""

from __future__ import annotations

from oracle_deal_flags import DEAL_RULES, is_open, overdue
from oracle_map import given, people, rows, same, weight
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
}
"""How a role or a stage may be named: the code, the label, the aliases of section 1."""


def answers(document):
    """What open or in-progress actions that are not overdue, and strengths, name: codes and subjects."""
    named = [row["about"] for row in rows(document, "actions") if given(row.get("about")) and is_open(row)
             and not overdue(document, row)]  # fmt: skip
    for row in rows(document, "strengths"):
        named += row.get("answers") or []
    return {same(one) for one in named if given(one)}


def red_flags(document, figures):
    """Every flag with its mitigation: "an open or in-progress action whose `about` names its code or subject is not
    overdue, or a strength's `answers` does". RF703 minor: an unmitigated critical flag and no strengths listed. Reading: a strength is listed when it has a text."""
    named = answers(document)
    raised = [found for rule in (*PEOPLE_RULES, *DEAL_RULES) for found in rule(document, figures)]
    flags = [flag(found, named) for found in raised]
    critical = any(one["severity"] == "critical" and not one["mitigated"] for one in flags)
    if critical and not any(given(row.get("text")) for row in rows(document, "strengths")):
        flags.append(flag(("RF703", "minor", "deal"), named))
    return flags


def flag(found, named):
    """A flag as section 6 prints it."""
    code, severity, subject = found
    names = {same(word) for word in (code, *WORDS.get(subject, (subject,)))}
    return {"code": code, "severity": severity, "subject": subject, "mitigated": bool(names & named)}


def next_actions(document, figures):
    """The unmitigated flags' remedies, by severity, then influence of the subject, then code, at most ten.
    Readings: influence is w(c); what is no person comes after the people."""
    influence = {same(one["name"]): weight(one, figures) for one in people(document)}
    left = [one for one in red_flags(document, figures) if not one["mitigated"]]
    left.sort(
        key=lambda one: (
            SEVERITIES.index(one["severity"]),
            -influence.get(same(one["subject"]), 0),
            one["code"],
        )
    )
    return left[: figures["next_actions"]]
