"""The maps that are compared: made up, and samples in which something was changed."""

from __future__ import annotations

import copy
from datetime import timedelta
from functools import cache

from oracle_documents import TODAY, Maker
from oracle_map import ALL_CODES, EXIT_CRITERIA, STAGES

from warmap.parsing import to_document
from warmap.reading import read_document
from warmap_workbook.samples import load_sample, sample_names


@cache
def samples():
    """The sample deals as plain data with codes."""
    return [to_document(read_document(load_sample(name)).map) for name in sample_names()]


def changed_sample(maker):
    """A sample deal, sound or in trouble, in which some fields, rows and tables are others: near to what people write."""
    dice, document = maker.dice, copy.deepcopy(maker.dice.choice(samples()))
    maker.names = [contact["name"] for contact in document["contacts"]]
    other, changes = maker.document(), dice.choice((0.0, 0.02, 0.08))
    for table, held in document.items():
        for row in held if isinstance(held, list) else [held]:
            new = dice.choice(other.get(table) or [{}]) if isinstance(held, list) else other.get(table) or {}
            for field in [field for field in row if field in new and field not in KEPT]:
                if dice.random() < changes:
                    row[field] = new[field]
        if isinstance(held, list) and held and dice.random() < changes:
            held[:] = dice.choice(([], held[1:], [*held, dice.choice(held)]))
    return document


KEPT = {"name", "as_of", "role", "statuses", "stage", "criterion", "scores"}
"""What ties a row to others stays as it is, and so do the competitors, of whom there are four at most."""


def document_of(seed):
    """Every third map is made up, the others are samples that were changed; every fourth has strengths against most flags."""
    maker = Maker(seed)
    document = maker.document() if seed % 3 == 0 else changed_sample(maker)
    if seed % 4 == 0:
        codes = maker.dice.sample(ALL_CODES, 42)
        strengths = [{"text": "the best of all", "answers": codes[at : at + 3]} for at in range(0, len(codes), 3)]
        document.setdefault("strengths", []).extend(strengths)
    if seed % 25 == 0:
        declared_late(maker, document)
    return maker.with_history(document)


def declared_late(maker, document):
    """A deal that closes soon, and has reached more than its declared stage says."""
    close = TODAY + timedelta(maker.dice.choice((19, 20, 21, 29, 30, 31)))
    document["deal"] |= {"as_of": str(TODAY), "close_date": str(close), "stage": maker.dice.choice(STAGES[:4])}
    document["stage_evidence"] = [
        {"stage": stage, "criterion": criterion, "done": True, "evidence": "minutes of 5 March"}
        for stage in STAGES[:4] for criterion in EXIT_CRITERIA[stage]
    ]  # fmt: skip
