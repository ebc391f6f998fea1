"""How far a batch has come: a bar on a terminal, now and then a line otherwise, nothing for a few files."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from warmap.text import Lang, Text
from warmap_app.batch.one import Outcome
from warmap_app.batch.run import Watch

FEW, FEW_FOR_LINES = 20, 100  # files that are done before anybody wonders
EVERY_SECONDS = 10.0
EVERY_TENTH_AFTER = 2.0  # seconds: a tenth of the files is a reason to speak, but not several times a second
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


@contextmanager
def progress(all_files: int, lang: Lang) -> Iterator[Watch]:
    """Tell this of every file that is done."""
    if all_files < FEW:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar(all_files, lang) as told:
            yield told
    elif all_files < FEW_FOR_LINES:
        yield lambda _: None
    else:
        yield Lines(all_files, lang)


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
    began, failed = time.monotonic(), 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=all_files, rate="", failed="")

        def told(outcome: Outcome) -> None:
            nonlocal failed
            failed += not outcome["result"]["passed"]
            rate = (bar.tasks[0].completed + 1) / max(time.monotonic() - began, 1e-9)
            facts = {"rate": f"{rate:.0f}", "failed": failed}
            bar.update(task, advance=1, rate=RATE.say(lang, facts), failed=FAILED.say(lang, facts) if failed else "")

        yield told
