"""The functions in spreadsheet programs: built, installed and diagnosed for each host, and the macros behind the buttons."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from warmap.text import InWords, Lang, Text
from warmap_workbook.saving import in_full

__all__ = ["CannotDo", "Point", "in_full", "last_words", "print_points"]


class CannotDo(InWords):
    """What was asked for cannot be done here; `words` say why, and what the user can do about it."""


class WrongPath(InWords):
    """A path of the command line is missing, is in the way, or is of the wrong kind: a usage error."""


def last_words(fault: OSError | subprocess.SubprocessError, lines: int = 1) -> str:
    """What a program that failed said last on its error output, else what the system says about it."""
    said = (getattr(fault, "stderr", "") or str(fault)).strip().splitlines()
    return "\n".join(said[-lines:]) or str(fault)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a doctor looked at: a stable code, what was found, and how to fix it where it is not well."""

    code: str
    words: Text
    remedy: Text | None = None

    @property
    def well(self) -> bool:
        """Whether nothing needs fixing."""
        return self.remedy is None


def print_points(points: Sequence[Point], lang: Lang) -> int:
    """Print what a doctor found, with the remedies; gives 0 where all is well, else 1."""
    for point in points:
        print(f"{'✓' if point.well else '✗'} {point.words.to(lang)}")
        if point.remedy is not None:
            print(f"  → {point.remedy.to(lang)}")
    return int(not all(point.well for point in points))
