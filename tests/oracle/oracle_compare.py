"""The program's answer beside the oracle's: every difference, named by its place."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import oracle_health
from oracle_map import FIGURES

from warmap.evaluation import evaluate
from warmap.judgement import judge
from warmap.reading import read_document
from warmap.settings import settings_from

NEAR = 1e-9


def program(document, settings=None):
    """What `warmap evaluate --json` prints of a document."""
    intake = read_document(document)
    return evaluate(judge(intake.map, settings_from(settings or {})), intake.findings, lang="en")


def oracle(document, settings=None):
    """What the specification says of it."""
    figures = {
        code: {**usual, **(settings or {}).get(code, {})} if isinstance(usual, dict) else (settings or {}).get(code, usual)
        for code, usual in FIGURES.items()
    }  # fmt: skip
    return oracle_health.evaluate(document, figures)


def differences(document, settings=None):
    """Each place where the two do not agree about a map."""
    return between(program(document, settings), oracle(document, settings))


def between(ours, theirs):
    """Each place where two answers do not agree."""
    found = []
    for part in ("scores", "roles", "trust_pillars", "win_checklist", "stage_gates"):
        found += compared(part, ours[part], theirs[part])
    kept = ("code", "severity", "subject", "mitigated")
    flags = [Counter(tuple(one[key] for key in kept) for one in side["red_flags"]) for side in (ours, theirs)]
    found += [f"only the program raises {one}" for one in (flags[0] - flags[1]).elements()]
    found += [f"only the oracle raises {one}" for one in (flags[1] - flags[0]).elements()]
    actions = [[(one["code"], one["subject"]) for one in side["next_actions"]] for side in (ours, theirs)]
    if actions[0] != actions[1]:
        found.append(f"next_actions: program {actions[0]}, oracle {actions[1]}")
    return found


def compared(place, ours, theirs):
    """Differences of two values of one shape; numbers may differ by rounding."""
    if isinstance(theirs, dict):
        if ours.keys() != theirs.keys():
            return [f"{place}: keys {sorted(ours)} and {sorted(theirs)}"]
        return [one for key in theirs for one in compared(f"{place}.{key}", ours[key], theirs[key])]
    if isinstance(theirs, Fraction | float | int) and not isinstance(theirs, bool):
        if isinstance(ours, int | float) and not isinstance(ours, bool) and abs(ours - float(theirs)) <= NEAR:
            return []
        return [f"{place}: program {ours!r}, oracle {float(theirs)!r}"]
    return [] if ours == theirs else [f"{place}: program {ours!r}, oracle {theirs!r}"]
