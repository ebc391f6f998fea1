"""Sums are exact: Python's own `sum` of floats differs between Python 3.11 and 3.12 in the last digit, and a score must not.

Whether the Pythons agree is seen on Windows' (tests/windows); an exact sum is also the same in any order.
"""

from itertools import permutations

from warmap.scores.assessment import weighted_mean


def test_a_mean_is_the_same_in_any_order():
    """0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1, where each step is rounded."""
    pairs = [(0.1, 1.0), (0.2, 0.7), (0.3, 0.1), (0.7, 0.3)]
    assert len({weighted_mean(each) for each in permutations(pairs)}) == 1
