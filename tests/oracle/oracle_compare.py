"""The program's answer beside the oracle's: every difference, named by its place."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import groupby

import oracle_evaluation
from oracle_actions import urgency
from oracle_map import FIGURES

from warmap.evaluation import evaluate
from warmap.judgement import judge
from warmap.reading import read_document
from warmap.settings import settings_from

NEAR = 1e-9


def judged(document, settings=None):
    """The program's judgement of a document."""
    return judge(read_document(document).map, settings_from(settings or {}))


def program(document, settings=None):
    """What `warmap evaluate --json` prints of a document."""
    return evaluate(judged(document, settings), read_document(document).findings, lang="en")


def oracle(document, settings=None):
    """What the specification says of it."""
    figures = {
        code: {**usual, **(settings or {}).get(code, {})} if isinstance(usual, dict) else (settings or {}).get(code, usual)
        for code, usual in FIGURES.items()
    }  # fmt: skip
    return oracle_evaluation.evaluate(document, figures)


def differences(document, settings=None):
    """Each place where the two do not agree about a map."""
    right = oracle(document, settings)
    return between(program(document, settings), right) + of_losses(judged(document, settings).health, right)


def between(ours, theirs):
    """Each place where two answers do not agree."""
    found = []
    for part in ("scores", "roles", "trust_pillars", "win_checklist", "stage_gates"):
        found += compared(part, ours[part], theirs[part])
    kept = ("code", "severity", "subject", "mitigated")
    flags = [Counter(tuple(one[key] for key in kept) for one in side["red_flags"]) for side in (ours, theirs)]
    found += [f"only the program raises {one}" for one in (flags[0] - flags[1]).elements()]
    found += [f"only the oracle raises {one}" for one in (flags[1] - flags[0]).elements()]
    return found + of_actions(ours["next_actions"], theirs["next_actions"], theirs["most_actions"])


def of_actions(ours, theirs, most):
    """Where the next actions differ. What the specification puts on one place may stand in any order there."""
    if len(ours) != min(most, len(theirs)):
        return [f"next_actions: the program has {len(ours)} lines, the oracle {min(most, len(theirs))}"]
    place = 0
    for _, tied in groupby(theirs, urgency):
        wanted = list(tied)
        mine = ours[place : place + len(wanted)]
        place += len(wanted)
        for line in mine:
            match = next((one for one in wanted if is_line(line, one)), None)
            if match is None:
                shown = {key: value for key, value in line.items() if key != "remedy"}
                return [f"next_actions: program {shown}, oracle {wanted}"]
            wanted.remove(match)
    return []


def is_line(ours, theirs):
    """Whether two lines of advice are the same; of several best routes any will do."""
    day = theirs["due"] and theirs["due"].isoformat()
    told = (theirs["code"], theirs["subject"], theirs["owner"] and theirs["owner"].strip(), day)
    same_route = ours["route"] in theirs["routes"] if theirs["routes"] else ours["route"] is None
    same_words = told == tuple(ours[key] for key in ("code", "subject", "owner", "due"))
    return same_words and same_route and is_near(ours["worth"], theirs["worth"])


def of_losses(health, right):
    """Where the lost points are not those of the specification; in which order they are shown is not told."""
    if health.score is None:
        return []
    mine = [(getattr(loss.what, "code", None) or str(loss.what), loss.points) for loss in health.losses]
    return compared("losses", sorted(mine), sorted(right["losses"]))


def is_near(ours, theirs):
    """Whether a number is the same but for rounding, or both are missing."""
    if ours is None or theirs is None:
        return ours is theirs
    return isinstance(ours, int | float) and not isinstance(ours, bool) and abs(ours - float(theirs)) <= NEAR


def compared(place, ours, theirs):
    """Differences of two values of one shape; numbers may differ by rounding."""
    if isinstance(theirs, dict):
        if ours.keys() != theirs.keys():
            return [f"{place}: keys {sorted(ours)} and {sorted(theirs)}"]
        return [one for key in theirs for one in compared(f"{place}.{key}", ours[key], theirs[key])]
    if isinstance(theirs, list | tuple):
        if len(ours) != len(theirs):
            return [f"{place}: {len(ours)} and {len(theirs)}"]
        return [
            one for at, pair in enumerate(zip(ours, theirs, strict=True)) for one in compared(f"{place}[{at}]", *pair)
        ]
    if isinstance(theirs, Fraction | float | int) and not isinstance(theirs, bool):
        if is_near(ours, theirs):
            return []
        return [f"{place}: program {ours!r}, oracle {float(theirs)!r}"]
    return [] if ours == theirs else [f"{place}: program {ours!r}, oracle {theirs!r}"]
