"""What the plain formulas of a book come to (sums, look-ups, ratios), going by what is stored for the functions WARMAP.*."""

from collections.abc import Iterator

from warmap_workbook.calculating.calculation import Calculation
from warmap_workbook.calculating.coercions import Scalar
from warmap_workbook.calculating.readers import At
from warmap_workbook.ooxml import Book


def plain_results(book: Book) -> Iterator[tuple[At, tuple[int, int], Scalar]]:
    """Every cell (sheet, row, column) that a plain formula fills, (row, column) of that formula, and the value.

    Formulas that cannot be worked out here are left out.
    """
    calculation = Calculation(book, None)
    calculation.run()
    for at, value in calculation.results.items():
        area = calculation.area_of(at)
        if area is not None:
            yield at, area[1:3], value
