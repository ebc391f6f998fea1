"""Compare as many made-up maps as one likes: `python tests/oracle/hunt.py FIRST LAST`; what differs is made small."""

from __future__ import annotations

import copy
import json
import sys

from oracle_compare import differences
from oracle_maps import document_of
from oracle_settings import some_settings


def places(value, before=()):
    """Every key and index of a map, the outer ones first."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [((*before, key), held) for key, held in inside]
    yield from (place for place, _ in found)
    for place, held in found:
        yield from places(held, place)


def without(document, place):
    """A copy of a map without one of its places."""
    left = copy.deepcopy(document)
    inner = left
    for key in place[:-1]:
        inner = inner[key]
    del inner[place[-1]]
    return left


def small(document, settings):
    """The smallest map that still differs; snapshots of it are left as they are."""
    for place in places(document):
        left = without(document, place)
        if differences(left, settings):
            return small(left, settings)
    return document


def main():
    first, last = int(sys.argv[1]), int(sys.argv[2])
    for seed in range(first, last):
        document = document_of(seed)
        for settings in ({}, some_settings(seed)):
            if differences(document, settings):
                least = small(document, settings)
                print(seed, json.dumps(least, ensure_ascii=False), *differences(least, settings), sep="\n  ")


if __name__ == "__main__":
    main()
