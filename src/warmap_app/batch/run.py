"""A batch from its sources to its results: checked by an engine, kept in a journal, compared, and given in order.

How far it has come is told meanwhile: by a bar on a terminal, by a line now and then otherwise, not at all of few files.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from warmap.text import Lang, Text
from warmap_app.batch.across import Across, with_findings
from warmap_app.batch.journal import Journal
from warmap_app.batch.one import Kept, Outcome, Terms
from warmap_app.batch.sources import Source
from warmap_app.result import COUNTED_INSTEAD, Result

Engine: TypeAlias = "Callable[[Sequence[Source], Sequence[int], Terms], Iterable[tuple[int, Outcome]]]"
"""What checks the sources at the places asked for and gives (place, outcome) as they are done, in any order."""
Watch: TypeAlias = "Callable[[Outcome], object]"
"""Who is told of every file that is done."""

FEW, FEW_FOR_LINES = 20, 100  # files that are done before anybody wonders
EVERY_SECONDS = 10.0
EVERY_TENTH_AFTER = 2.0  # seconds: a tenth of the files is a reason to speak, but not several times a second
REFRESH_SECONDS = 0.1
CHECKING = Text("检查中", "Checking")
RATE = Text("{rate} 个/秒", "{rate} files/s")
FAILED = Text("{failed} 个未通过", "{failed} not passed")
LINE = Text(
    "已检查 {done}/{all}（{rate} 个/秒），{failed} 个未通过",
    "checked {done} of {all} ({rate} files/s), {failed} not passed",
)
GOING_ON = Text(
    "接着上次：{taken} 个已有结果，还要检查 {todo} 个", "going on: {taken} already checked, {todo} to check"
)


class Results:
    """The results of a batch in the order of its sources; they can be gone through as often as wanted, one at a time."""

    def __init__(self, sources: Sequence[Source], terms: Terms, journal: Journal, across: Across | None) -> None:
        self._sources, self._terms, self._journal, self._across = sources, terms, journal, across

    def __len__(self) -> int:
        return len(self._sources)

    def __iter__(self) -> Iterator[Result]:
        for result, _ in self._all():
            yield result

    def kept(self) -> Iterator[tuple[Result, Kept]]:
        """The results of the maps that a store is to have, each with its map, in the same order."""
        for result, kept in self._all():
            if kept is not None:
                yield result, kept

    def _all(self) -> Iterator[tuple[Result, Kept | None]]:
        for place, outcome in self._journal.outcomes():
            result, prints = outcome["result"], outcome["prints"]
            if self._across is not None and prints is not None:
                found = list(self._across.findings(place, prints, result["deal"]))
                result = with_findings(result, found, self._terms.lang)
                instead = self._across.counted_instead(prints, place)
                if instead is not None:
                    result[COUNTED_INSTEAD] = self._sources[instead].name
            yield result, outcome.get("kept")


def checked_batch(
    sources: Sequence[Source], terms: Terms, journal: Journal, engine: Engine, watch: Watch = lambda _: None
) -> Results:
    """Check what the journal does not know yet, and give the results of all.

    A batch of two files or more is also compared across them (DV403, DV404, DV405).
    """
    for place, outcome in engine(sources, journal.todo(), terms):
        journal.add(place, outcome)
        watch(outcome)
    assert not journal.todo(), "the engine left files unchecked"
    across = Across(lambda place: sources[place].name) if len(sources) > 1 else None
    if across is not None:
        for place, outcome in journal.outcomes():
            if outcome["prints"] is not None:
                across.add(place, outcome["prints"])
        across.settle()
    return Results(sources, terms, journal, across)


@contextmanager
def progress(all_files: int, lang: Lang) -> Iterator[Watch]:
    """Tell this of every file that is done."""
    if all_files >= FEW and sys.stderr.isatty():
        with _bar(all_files, lang) as told:
            yield told
    elif all_files >= FEW_FOR_LINES:
        yield Lines(all_files, lang)
    else:
        yield lambda _: None


class Lines:
    """A line on stderr every ten seconds, or for every tenth of the files where that takes a while."""

    def __init__(self, all_files: int, lang: Lang, clock: Callable[[], float] = time.monotonic) -> None:
        self._all, self._lang, self._clock = all_files, lang, clock
        self._done = self._failed = self._tenth = 0
        self._began = self._said = clock()

    def __call__(self, outcome: Outcome) -> None:
        """One file is done."""
        self._done += 1
        self._failed += not outcome["result"]["passed"]
        now = self._clock()
        tenth = 10 * self._done // self._all
        if now - self._said >= (EVERY_TENTH_AFTER if tenth > self._tenth else EVERY_SECONDS):
            self._said, self._tenth = now, tenth
            rate = self._done / max(now - self._began, 1e-9)
            facts = {"done": self._done, "all": self._all, "rate": f"{rate:.0f}", "failed": self._failed}
            print(LINE.say(self._lang, facts), file=sys.stderr, flush=True)


@contextmanager
def _bar(all_files: int, lang: Lang) -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(CHECKING.to(lang)), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(), TextColumn("{task.fields[failed]}", style="red"),
    )  # fmt: skip
    began = refreshed = time.monotonic()
    done = failed = 0
    # Drawn from here, not from a thread of its own: the engine forks, and a process with threads must not be forked.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=all_files, rate="", failed="")

        def told(outcome: Outcome) -> None:
            nonlocal done, failed, refreshed
            done += 1
            failed += not outcome["result"]["passed"]
            now = time.monotonic()
            if now - refreshed >= REFRESH_SECONDS or done == all_files:
                refreshed = now
                facts = {"rate": f"{done / max(now - began, 1e-9):.0f}", "failed": failed}
                said = FAILED.say(lang, facts) if failed else ""
                bar.update(task, completed=done, rate=RATE.say(lang, facts), failed=said, refresh=True)

        yield told
