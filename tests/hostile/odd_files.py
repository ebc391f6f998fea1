"""Odd and hostile files, each made by a script of ours, mostly from a good workbook by one change.

What is odd in them is what submitted folders hold, and what the test files of spreadsheet readers are known for; none of
them is a copy of such a file. One module a subject; importing it enters its files in `MAKERS`.
"""

from __future__ import annotations

import odd_books
import odd_cells
import odd_documents
import odd_kinds
import odd_markup
import odd_packages
from odd_workbook import MAKERS, good

SUBJECTS = (odd_kinds, odd_documents, odd_packages, odd_markup, odd_cells, odd_books)
__all__ = ["MAKERS", "SUBJECTS", "good", "make"]


def make(folder):
    """Write every odd file; the paths by name."""
    paths = {}
    for name, maker in sorted(MAKERS.items()):
        paths[name] = folder / name
        paths[name].write_bytes(maker())
    return paths
