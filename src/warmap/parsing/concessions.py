"""Concessions as a cell holds them: one a line, «give → get»."""

import re

LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # as str.splitlines knows them
QUOTES = re.compile("[“”]")
ARROW = re.compile(
    "→|->|=>"
)  # the spaces around it are cut off the sides: looked for here they would cost their square


def split_lines(cell: str) -> list[dict[str, str]]:
    """The concessions of a cell, each as what is given and what is got; a side that is blank is left out."""
    lines = []
    for line in _outside(cell, LINE_END):
        give, *get = _outside(line.strip(), ARROW, most=2)
        sides = {"give": _unquoted(give), "get": _unquoted(get[0]) if get else ""}
        if any(sides.values()):
            lines.append({side: words for side, words in sides.items() if words})
    return lines


def _outside(words: str, mark: re.Pattern[str], most: int | None = None) -> list[str]:
    """The words cut at the marks that stand outside “quotes”; where the quotes do not pair, at every mark."""
    if not QUOTES.search(words):
        return mark.split(words, (most or 1) - 1)
    parts: list[str] = []
    depth = start = 0
    for found in re.finditer(f"{QUOTES.pattern}|{mark.pattern}", words):
        if found[0] in "“”":
            depth += 1 if found[0] == "“" else -1
            if depth < 0:
                return mark.split(words, (most or 1) - 1)
        elif not depth and (most is None or len(parts) < most - 1):
            parts.append(words[start : found.start()])
            start = found.end()
    return mark.split(words, (most or 1) - 1) if depth else [*parts, words[start:]]


def quoted(words: str) -> str:
    """One side of a concession as a cell holds it: in “quotes” where it holds an arrow or a line break of its own."""
    return f"“{words}”" if ARROW.search(words) or "\n" in words else words


def _unquoted(words: str) -> str:
    inside = words.strip()
    if inside[:1] == "“" and inside[-1:] == "”" and (ARROW.search(inside) or "\n" in inside):
        return inside[1:-1].strip()
    return inside
