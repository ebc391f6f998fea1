"""Rows of a table that are no entries: totals, repeated headers, end marks, examples, notes, and rows of nothing but FALSE.

People type these among the entries, and programs with check boxes leave FALSE in every blank row. The worksheet
functions and the reader of workbooks ask here, so that a cell and the batch take the same rows.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from warmap.model import Field, Kind, Table
from warmap.parsing.convert import CONVERT
from warmap.parsing.entered import PLAIN, carries_nothing
from warmap.parsing.headers import header_key, spellings
from warmap.parsing.problems import Problem, is_blank
from warmap.terms import LONGEST_REMEMBERED, key, term_for
from warmap.text import Text

TOTAL = Text("合计行", "a total")
HEADER = Text("重复的表头", "a repeated header")
END = Text("结束标记", "an end mark")
EXAMPLE = Text("示例", "an example")
NOTE = Text("说明或落款", "a note")

# Each is matched against a `key`: half width, small letters, no space between Han characters.
_TOTAL = re.compile(
    r"(?:合计|总计|小计|共计|总和|总分|累计|汇总|加权总分|平均|平均分|平均值|均值|加权平均|"
    r"(?:grand |sub-?|weighted )?totals?|sum|(?:weighted )?(?:average|mean))(?: score)? ?[:=]? ?[0-9.,%]*"
)
_FRAME = r"[-=*#~_.·()\[\]【】<>《》 ]*"
_END = re.compile(
    _FRAME + r"(?:(?:此(?:行|处|页))?以下(?:为)?(?:空白?|无(?:内容|正文|数据))|(?:列)?表(?:格)?结束|结束|到此为止|"
    r"(?:the )?end(?: of (?:the )?(?:list|table|sheet|data|file|form|entries))?|eof|nothing (?:follows|below)|"
    r"(?:left )?blank below|below (?:is )?(?:blank|empty)|no (?:more|further) (?:entries|rows))" + _FRAME
)
_EXAMPLE_WORD = r"(?:填写)?(?:示例|样例|范例|举例|例子)|例|example|sample|for example|e\.?g\.?"
_EXAMPLE = re.compile(rf"[(\[【]?(?:{_EXAMPLE_WORD})[)\]】]?[ 0-9]*[:.]?|[(\[【]?(?:{_EXAMPLE_WORD})[)\]】]?:.*|e\.g\..*|例如.*", re.DOTALL)  # fmt: skip
_NOTE = re.compile(
    r"(?:注|附注|备注|说明|制表人?|填表人?|审核人?|审批人?|notes?|remarks?|n\.?b\.?|(?:prepared|filled in|approved|checked) by) ?:.*",
    re.DOTALL,
)
OF_SENTENCES = frozenset({"strengths", "swot", "actions", "visits"})  # where one cell with a note is an entry as well
FALSE = "false"
OF_WORDS = frozenset({Kind.TEXT, Kind.NAME, Kind.NAMES, Kind.GIVE_GET})


def is_hollow(cells: Iterable[object]) -> bool:
    """Whether a row holds nothing but FALSE and 0: check boxes, or links to blank cells."""
    return all(carries_nothing(cell) if not isinstance(cell, str) else key(cell) == FALSE for cell in cells)


def is_printed_only(table: Table, cells: Mapping[str, object]) -> bool:
    """A printed line of the stages sheet that nobody has answered is no row."""
    return table.code == "stage_evidence" and bool(cells) and all(
        code in {"stage", "criterion"} or is_blank(value) for code, value in cells.items()
    )  # fmt: skip


class Above:
    """The rows of a table that were taken so far, added up when a row without a word asks; each is added once."""

    def __init__(self) -> None:
        self.rows: list[Mapping[str, object]] = []
        self._added = 0
        self._sums: dict[str, tuple[int, float]] = {}

    def is_sum(self, filled: Mapping[str, object]) -> bool:
        """Whether each cell is the sum of two or more in its column."""
        for row in self.rows[self._added :]:
            for code, cell in row.items():
                if isinstance(cell, int | float):
                    count, total = self._sums.get(code, (0, 0.0))
                    self._sums[code] = (count + 1, total + cell)
        self._added = len(self.rows)
        return all(self._is_sum(code, cell) for code, cell in filled.items())

    def _is_sum(self, code: str, cell: object) -> bool:
        count, total = self._sums.get(code, (0, 0.0))
        return count > 1 and isinstance(cell, int | float) and bool(cell) and abs(total - cell) <= abs(cell) * 1e-9


def no_entry(table: Table, filled: Mapping[str, object], above: Above) -> Text | None:
    """What a row is, if it is no entry; `filled` are its cells in the order of the sheet."""
    texts = [(code, cell) for code, cell in filled.items() if isinstance(cell, str)]
    if not texts:
        return TOTAL if above.is_sum(filled) else None
    code, first = texts[0]
    meaning = _meaning(first) if len(first) <= LONGEST_REMEMBERED else None
    if meaning is EXAMPLE and next(iter(filled)) == code:
        return EXAMPLE
    if meaning is TOTAL and not any(letter.isalpha() for _, cell in texts[1:] for letter in cell):
        return TOTAL
    if meaning is END and len(texts) == 1:
        return END
    if meaning is NOTE and len(filled) == 1 and table.code not in OF_SENTENCES:
        return NOTE
    known = spellings(table)
    is_header = any(known.get(header_key(cell), ("", None))[0] == code for code, cell in texts[:2])
    return HEADER if is_header and _repeats_header(table, texts, len(filled)) else None


@lru_cache(maxsize=4096)
def _meaning(first: str) -> Text | None:
    """What the first words of a row say that it is: most rows begin with a name that was asked for before."""
    words = key(first)
    for pattern, meaning in ((_EXAMPLE, EXAMPLE), (_TOTAL, TOTAL), (_END, END), (_NOTE, NOTE)):
        if pattern.fullmatch(words):
            return meaning
    return None


def _repeats_header(table: Table, texts: Sequence[tuple[str, str]], filled: int) -> bool:
    """Whether most cells hold the header of their own column, and not only the ticks (a role's name is a way to tick)."""
    known = spellings(table)
    same = [code for code, cell in texts if known.get(header_key(cell), ("", None))[0] == code]
    return 2 * len(same) > filled and any(table.by_code[code].kind is not Kind.TICK for code in same)


def looks_entered(table: Table, filled: Mapping[str, object]) -> bool:
    """Whether a row above the header looks like an entry and not like a title or a legend.

    Its first required cell is filled, and of the cells in columns that take no words more fit than not.
    """
    if len(filled) < 2 or (table.required or table.fields)[0].code not in filled:
        return False
    fields = [(table.by_code[code], cell) for code, cell in filled.items() if code in table.by_code]
    fits = [_fits(field, cell) for field, cell in fields if field.kind not in OF_WORDS]
    return 2 * sum(fits) > len(fits)


def _fits(field: Field, cell: object) -> bool:
    if field.enum is not None:  # without asking for the nearest of its list, which takes a while
        return isinstance(cell, str) and term_for(field.enum, cell) is not None
    return not isinstance(CONVERT[field.kind](field, cell, PLAIN), Problem)
