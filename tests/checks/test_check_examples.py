"""The example of every check, as the docs print it: done alone it gives that finding, at the cell where it was done."""

from __future__ import annotations

import pytest

from tools.check_examples import EXAMPLES, finding_of
from warmap.findings import CHECKS
from warmap.text import LANGUAGES

every_language = pytest.mark.parametrize("lang", LANGUAGES)
# checks whose finding stands elsewhere than what was done
ELSEWHERE = {
    "DV003": "of the whole file",
    "DV004": "of the whole file",
    "DV102": "where the table's headers begin",
    "DV209": "at the first person of the loop",
}
WITH_OTHERS = {"DV003": "the workbook itself is not of that version", "DV902": "it counts others"}


def test_every_check_has_one_and_in_the_order_of_the_checks():
    assert [*EXAMPLES] == [*CHECKS]


@every_language
@pytest.mark.parametrize("code", EXAMPLES)
class TestEveryExample:
    def test_done_alone_it_gives_the_finding_that_is_printed(self, code, lang):
        found = EXAMPLES[code].found(lang)
        assert finding_of(code, lang) in found
        assert finding_of(code, lang).code == code
        others = {one.code for one in found} - {code, "DV305"}  # an entry changed: the last values are out of date
        assert not others or code in WITH_OTHERS

    def test_it_is_found_at_the_cell_where_it_was_done(self, code, lang):
        assert (finding_of(code, lang).cell == EXAMPLES[code].cell) is (code not in ELSEWHERE) or not EXAMPLES[
            code
        ].cell

    def test_all_of_it_is_said(self, code, lang):
        found = finding_of(code, lang)
        for words in (EXAMPLES[code].said(lang), found.message(lang), found.hint(lang)):
            assert words
            assert "{" not in words
