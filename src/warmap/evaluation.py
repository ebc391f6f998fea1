"""One evaluated map as plain data, ready for JSON (specification, section 6)."""

from collections.abc import Sequence
from typing import Any

from warmap._version import TEMPLATE_VERSION
from warmap.findings import Finding
from warmap.judgement import Judgement
from warmap.parsing.document import plain
from warmap.scores.role_coverage import roles
from warmap.scores.stage import stage_gates
from warmap.scores.trust import trust_pillars
from warmap.scores.win import win_checklist
from warmap.settings import Settings, changed, stamp
from warmap.terms import Term
from warmap.text import Lang


def evaluate(
    judgement: Judgement,
    findings: Sequence[Finding] = (),
    *,
    lang: Lang = "zh",
    language: Lang | None = None,
    file: str = "",
    template_version: str | None = None,
) -> dict[str, Any]:
    """Scores, roles, flags, checklist, gates, actions and findings of one map, stamped with the settings they follow.

    `lang` is the language of the messages, `language` that of the workbook. Numbers are unrounded, a score that is not
    assessed is None, severities and states are codes. Other settings than the default ones are told under `settings`.
    """
    as_of = judgement.as_of
    return {
        "file": file,
        "template_version": template_version or TEMPLATE_VERSION,
        "language": language or lang,
        "as_of": as_of.isoformat() if as_of else None,
        "deal": plain(judgement.map.deal),
        **settings_told(judgement.settings),
        "scores": scores(judgement),
        "roles": {
            role.value: {
                "score": found.score,
                "state": found.state.value,
                "contacts": [contact.name for contact in found.holders],
            }
            for role, found in roles(judgement).items()
        },
        "trust_pillars": {pillar.value: score for pillar, score in trust_pillars(judgement).items()},
        "red_flags": [
            {
                "code": flag.code,
                "severity": flag.severity.value,
                "subject": flag.subject,
                "message": flag.message(lang),
                "remedy": flag.remedy(lang),
                "mitigated": flag.mitigated_by is not None,
            }
            for flag in judgement.flags
        ],
        "win_checklist": [
            {
                "contact": line.contact.name,
                "role": line.role.value,
                "criterion": line.criterion.value,
                "status": line.status.value,
            }
            for line in win_checklist(judgement)
        ],
        "stage_gates": [
            {
                "stage": line.stage.value,
                "criterion": line.criterion.value,
                "done": line.done,
                "claimed": line.claimed,
                "map_says": line.map_says,
            }
            for line in stage_gates(judgement)
        ],
        "next_actions": [
            {
                "code": line.flag.code,
                "subject": line.flag.subject,
                "remedy": line.remedy(lang),
                "owner": line.owner,
                "due": None if line.due is None else line.due.isoformat(),
                "worth": line.worth,
                "route": None if line.route is None else list(line.route),
            }
            for line in judgement.next_actions
        ],
        "findings": [finding_told(finding, lang) for finding in findings],
    }


def finding_told(finding: Finding, lang: Lang) -> dict[str, str]:
    """A finding as data: where, what, how heavy, and the message."""
    return {
        "sheet": finding.sheet,
        "cell": finding.cell,
        "field": finding.field,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message(lang),
    }


def settings_told(settings: Settings) -> dict[str, Any]:
    """The stamp of a result: nothing where it follows the default settings, else their stamp and what they change."""
    different = changed(settings)
    return {"settings": {"stamp": stamp(settings), "changed": different}} if different else {}


def scores(judgement: Judgement) -> dict[str, float | str | None]:
    """Every score by its code; None is not assessed, what is no number is a code."""
    return {code: value.value if isinstance(value, Term) else value for code, value in judgement.scores.items()}
