"""How the checks across files (DV403, DV404) grow: four times as many maps, four times the time, whatever they share.

`python benchmarks/across_files.py` prints the time of one map in batches of 500 to 32,000.
"""

from __future__ import annotations

import gc
import hashlib
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

from figures import Candidate, compared

from warmap.text import Text
from warmap_app.batch.across import Across

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from figures import Figure

    Prints = dict[str, Any]

FEW, MANY, TEXTS = 1000, 4000, 45
SIZES = (500, 1000, 2000, 4000, 8000, 16000, 32000)
NAMED = {"account": "A", "opportunity": "B"}
USUAL = Text("其中每 20 份有一份抄了别人的一段", "of which every twentieth has copied a text")
WORST = Text("每份都抄同一段，客户各不相同", "all of which share one text, each of another account")
ONE_DEAL = Text("全是同一商机", "all of one deal")
ACROSS = Text("{count} 份地图互相比较，{what}", "Comparing {count} maps with each other, {what}")


def _hash(words: str) -> str:
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()


def _print(place: int, shared: str = "", deal: str = "") -> Prints:
    """What a worker sends of one map: see `warmap_app.batch.across`."""
    words = [f"{place} {number}" for number in range(TEXTS - bool(shared))] + [shared] * bool(shared)
    texts = [[_hash(text), "actions", "what", "Actions", f"A{row}", text[:40]] for row, text in enumerate(words, 6)]
    account = deal or _hash(f"account {place}")
    return {"account": account, "deal": deal or account, "at": ["Deal", "B6"], "texts": texts}


SHAPES: dict[Text, Callable[[int], Prints]] = {
    USUAL: lambda place: _print(place, shared="" if place % 20 else f"copied {place // 100}"),
    WORST: lambda place: _print(place, shared="the same words in every map"),
    ONE_DEAL: lambda place: _print(place, deal=_hash("one deal")),
}


def compare(prints: list[Prints]) -> int:
    """All that a batch does across its files; how many findings there are."""
    across = Across(str)
    for place, one in enumerate(prints):
        across.add(place, one)
    across.settle()
    return sum(len(list(across.findings(place, one, NAMED))) for place, one in enumerate(prints))


def processor_time(prints: list[Prints]) -> float:
    """Seconds of the processor that a comparison takes: other programs on the machine do not count."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        compare(prints)
        return time.process_time() - started
    finally:
        gc.enable()


def growing(scale: float) -> Iterator[Figure]:
    """(g) Four times the maps against the maps, interleaved."""
    for what, shape in SHAPES.items():
        prints = [shape(place) for place in range(MANY)]
        many, few = (
            Text(*(ACROSS.say(lang, {"count": f"{count:,}", "what": what}) for lang in ("zh", "en")))
            for count in (MANY, FEW)
        )
        candidate = Candidate(partial(processor_time, prints), 5)
        yield from compared(few, partial(processor_time, prints[:FEW]), {many: candidate}, round(12 * scale))


def main() -> int:
    for what, shape in SHAPES.items():
        prints = [shape(place) for place in range(SIZES[-1])]
        for size in SIZES:
            seconds = processor_time(prints[:size])
            print(f"{size:6,} maps, {what.en}: {seconds / size * 1e6:6.1f} µs a map, {seconds:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
