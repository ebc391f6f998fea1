"""What a second reader of a batch is worth: the whole command on the same folder, with one reader and with two."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from check_speed import samples
from figures import Candidate, compared
from measure import process_time

from warmap.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from figures import Figure

FILES = 420
ONE = Text("{count} 份文件的整批检查，一个读取进程", "the batch check of {count} files, one reader")
TWO = Text("同一批，两个读取进程", "the same batch, two readers")
LEAST = 1.7


def readers(scale: float) -> Iterator[Figure]:
    """One reader against two; workbooks of the samples, each under many names."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "submitted"
        folder.mkdir()
        contents = list(samples().values())
        for number in range(FILES):
            (folder / f"{number:04}.xlsx").write_bytes(contents[number % len(contents)])

        def checked(jobs: int) -> Callable[[], float]:
            out = Path(name) / f"{jobs}.jsonl"
            options = ["--jobs", str(jobs), "--format", "jsonl", "-o", str(out), "--force"]
            return process_time([sys.executable, "-m", "warmap_app", "check", str(folder), *options])

        said = Text(*(ONE.say(lang, {"count": FILES}) for lang in ("zh", "en")))
        others = {said: Candidate(checked(1), LEAST, is_least=True)}
        yield from compared(TWO, checked(2), others, round(max(3, 5 * scale)))
