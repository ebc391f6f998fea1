"""Entries as people write them count as the specification says: all that follows from a map is the same."""

from __future__ import annotations

from random import Random

import pytest
from oracle_compare import between, oracle, program
from oracle_entries import entered, typed
from oracle_maps import document_of

MAPS, SEVERAL = 200, 25


def typed_map(seed):
    document = document_of(seed)
    document.pop("snapshots", None)
    return typed(document, Random(f"typed {seed}"))


@pytest.mark.parametrize("first", range(0, MAPS, SEVERAL))
def test_every_score_and_flag_is_that_of_the_entries_as_they_count(first):
    seeds = range(first, first + SEVERAL)
    assert {
        seed: found for seed in seeds if (found := between(program(typed_map(seed)), oracle(entered(typed_map(seed)))))
    } == {}


def test_what_is_typed_otherwise_is_not_what_was_there():
    assert sum(entered(typed_map(seed)) != document_of(seed) for seed in range(MAPS)) > MAPS / 2
