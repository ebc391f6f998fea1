"""Words that only fill a cell: TBD, 待定, xxx, ？？, n/a, a dash. What they stand for is not known."""

import re
import unicodedata
from functools import lru_cache

from warmap.terms import LONGEST_REMEMBERED

_WORDS = (
    "tbd|tba|tbc|t.b.d.|to be determined|to be decided|to be defined|to be confirmed|to be filled|to be filled in|"
    "to be completed|to do|todo|to fill in|fill in|placeholder|pending|n/a|n.a.|n.a|n\\a|n/k|none|nil|null|unknown|"
    "not known|not applicable|not available|no idea|don't know|test|testing|test data|just a test|ditto|same as above|"
    "as above|see above|"
    "待定|待补|待补充|待填|待填写|待确认|待完善|待更新|待核实|待了解|待明确|待议|未定|未知|不详|不知道|不清楚|暂无|暂缺|无|没有|"
    "空|空白|略|某|某某|某某某|某人|占位|请填写|待办|同上|同前|见上|测试|测试数据|测试用|测试测试|试填"
)
PLACEHOLDERS = frozenset(_WORDS.split("|"))
_FILLER = re.compile(r"[x×✕〇○]{2,}|某{2,}(?:公司|客户|单位|人)?")  # what carries no letter and no digit is one anyhow
_REMARK = re.compile(r"(.{1,40}?) *[(\[{【〔].*[)\]}】〕][.。!]?", re.DOTALL)
_ENDS = ")]}】〕）］｝"
_MARKS = ".。!?,、…()[]<>{}【】〈〉《》「」:;~- "


def is_placeholder(words: str) -> bool:
    """Whether a text as a whole only fills the cell, a remark in brackets behind it or not."""
    if len(words) <= LONGEST_REMEMBERED:
        return _remembered(words)
    if _FILLER.fullmatch(words.casefold()) or not any(char.isalnum() for char in words):
        return True
    return words.rstrip(".。!")[-1:] in _ENDS and _fills_only(words)


def _fills_only(words: str) -> bool:
    plain = " ".join(unicodedata.normalize("NFKC", words).split())
    if _is_filler(plain):
        return True
    remark = _REMARK.fullmatch(plain)
    return remark is not None and _is_filler(remark[1])


def _is_filler(plain: str) -> bool:
    if plain == "NA" or not any(char.isalnum() for char in plain):  # Na is also a surname
        return True
    folded = plain.casefold()
    return folded in PLACEHOLDERS or folded.strip(_MARKS) in PLACEHOLDERS or bool(_FILLER.fullmatch(folded))


_remembered = lru_cache(maxsize=4096)(_fills_only)
