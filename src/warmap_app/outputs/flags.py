"""The red flags of a result as its reader wants them: the open ones, the worst first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from warmap.flags import subject_label
from warmap.terms import Severity
from warmap.text import Lang
from warmap_app.result import Result

_PLACE = {severity.value: severity.place for severity in Severity}


def worst_flags(result: Result, lang: Lang, flags: Sequence[dict[str, Any]] | None = None) -> Iterator[dict[str, Any]]:
    """The flags nothing answers, heaviest first, each with the subject as people say it; `flags` in other words."""
    unanswered = [flag for flag in (result["red_flags"] if flags is None else flags) if not flag["mitigated"]]
    for flag in sorted(unanswered, key=lambda flag: _PLACE[flag["severity"]]):
        yield {**flag, "subject": subject_label(flag["subject"], lang)}
