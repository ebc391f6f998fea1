"""Stores whose truth is known: deals with the judgements they had, day by day, and how they ended."""

from datetime import date, timedelta

from warmap.scores import all_scores
from warmap_app.store import open_store

START = date(2026, 1, 5)


def judgement(deal, day, stage, health=80.0, **given):
    """What a check hands to the store: one judgement of a deal on a day, `day` days after the start."""
    band = given.pop("band", "green" if health >= 70 else "amber" if health >= 50 else "red")
    signed = given.pop("signed", False)
    settings = given.pop("settings", None)
    scores = dict.fromkeys(all_scores()) | {"health": health, "band": band, "stage_reached": 6}
    scores |= {code: given.pop(code) for code in list(given) if code in scores}
    as_of = (START + timedelta(day)).isoformat()
    entered = {"account": f"客户 {deal}", "opportunity": "甲", "amount": 1000, "currency": "CNY", "stage": stage}
    entered |= {"as_of": as_of, **given}
    result = {
        "file": f"{deal}.json", "passed": True, "deal": entered, "as_of": as_of, "scores": scores, "red_flags": [],
        "language": "zh", "template_version": "2", "findings": [],
        "stage_gates": [{"criterion": "contract_signed", "done": signed}],
        **({"settings": {"stamp": settings, "changed": {}}} if settings else {}),
    }  # fmt: skip
    kept = {"map": {"deal": entered}, "content": f"{deal} {day} {stage} {given}"[:16], "standing": as_of}
    return result, kept


def fill(store, judgements):
    """Put judgements into a store."""
    with open_store(str(store), write=True) as opened:
        opened.keep(list(judgements))
    return str(store)


def course(deal, outcome, bands, ended=100, stages=("market_research",)):
    """A deal judged every ten days, one stage after the other with these healths, that ended on a day or is still open."""
    judged = [
        judgement(deal, 10 * place, stage, health)
        for place, (stage, health) in enumerate(zip(stages, bands, strict=True))
    ]
    if outcome != "open":
        day = (START + timedelta(ended)).isoformat()
        judged.append(judgement(deal, ended + 5, stages[-1], outcome=outcome, outcome_on=day))
    return judged
