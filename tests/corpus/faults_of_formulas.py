"""Formula cells overwritten or changed, and stored results that are wrong, errors, or not there."""

from __future__ import annotations

import re

from results_in_cells import WITHOUT_WORDS
from saved_template import Formula, SavedError
from submission import CALCULATED, LAST_VALUES, UNSTORED

from warmap_workbook.computed import BLOCK, BLOCKS, SCORE_ROW
from warmap_workbook.ooxml import cell_name, parse_ref

TABS = ("home", "people", "review", "scoreboard", "status")
BESIDE_ROWS = ("people", "review")
CONSTANTS = (0, 1, 99, 0.9, "▲", "手工改", "done", True, SavedError("#N/A"))
FORMULA_TEXT = re.compile(r"(<f\b[^>]*>)(.*)(</f>)", re.DOTALL)
FIGURES = ("wm_score_role_coverage", "wm_score_plan_quality", "wm_score_health")
LIVE = ("marks", 5, 2)
ERRORS = ("#VALUE!", "#DIV/0!", "#REF!", "#N/A", "#NUM!", "#NULL!")
CHANGES = (
    lambda text, rng: f"{text}+{rng.randint(1, 40)}",
    lambda text, rng: f"MAX({text},{rng.randint(50, 100)})",
    lambda text, rng: f"IF(TRUE,{rng.randint(50, 100)},{text})",
    lambda text, rng: f"{rng.randint(1, 9)}+1",
    lambda text, rng: f"IFERROR({text},0)",
    lambda text, rng: f"ROUND({text},0)",
)


def _is_compared(sub):
    """Of another version's template the formulas are not known; where a sheet is gone they are nobody's doing."""
    return not sub.is_other_version and not sub.gone


def _block(sub, rng, blocks):
    """A block in which nothing was planted yet."""
    free = [block for block in blocks if ("block", block.name) not in sub.used and block.tab not in sub.gone]
    if not free:
        return None
    block = rng.choice(free)
    sub.used.add(("block", block.name))
    return block


def _other_formula(sub, rng, code):
    """(tab, row, column) of a formula of the template that is no function's; one a tab and code, for they are told so."""
    tab = rng.choice([tab for tab in TABS if tab not in sub.gone])
    if not sub.take((tab, code)):
        return None
    firsts = {(block.row, block.column) for block in BLOCKS if block.tab == tab}
    cells = [at for at in sub.template.sheet(tab).formulas if at not in firsts and (tab, *at) not in sub.used]
    row, column = rng.choice(cells)
    sub.used.add((tab, row, column))
    return tab, row, column


def _place(sub, rng, code):
    """Where a formula is spoiled: (tab, row, column)."""
    if rng.random() < 0.5:
        return _other_formula(sub, rng, code)
    block = _block(sub, rng, BLOCKS)
    if block is None:
        return None
    sub.results.overwritten.add(block.name)
    return block.tab, block.row, block.column


def _expect(sub, code, tab, row, column):
    sub.expect(code, sub.sheet_name(tab), cell_name(row, column))


def overwritten(sub, rng):
    """DV301."""
    place = _place(sub, rng, "DV301") if _is_compared(sub) else None
    if place is None:
        return False
    sub.edit(*place, rng.choice(CONSTANTS))
    _expect(sub, "DV301", *place)
    return True


def changed(sub, rng):
    """DV302: another formula, or none at all."""
    place = _place(sub, rng, "DV302") if _is_compared(sub) else None
    if place is None:
        return False
    if rng.random() < 0.15 and place[0] not in BESIDE_ROWS:
        sub.edit(*place, None)
    else:
        head, text, tail = FORMULA_TEXT.fullmatch(sub.template.sheet(place[0]).formula(*place[1:])).groups()
        sub.edit(*place, Formula(f"{head}{rng.choice(CHANGES)(text, rng)}{tail}", 1))
    _expect(sub, "DV302", *place)
    return True


def other_result(sub, rng):
    """DV303: a result typed into the file behind the formula's back."""
    compared = [block for block in WITHOUT_WORDS if sub.results.is_compared(block)]
    block = _block(sub, rng, compared) if _is_compared(sub) and sub.saved == CALCULATED else None
    if block is None:
        return False

    def change(rows):
        filled = [
            (row, column)
            for row, cells in enumerate(rows)
            for column, value in enumerate(cells)
            if value not in ("", None)
        ]
        row, column = rng.choice(filled or [(0, 0)])
        value = rows[row][column]
        return (
            row,
            column,
            value + rng.choice((0.01, 7, -0.5)) if isinstance(value, int | float) else rng.choice(("很好", "fine", 42)),
        )

    sub.results.in_blocks.append(("DV303", block, change))
    return True


def error_result(sub, rng):
    """DV304."""
    if not _is_compared(sub) or sub.saved == UNSTORED:
        return False
    error = SavedError(rng.choice(ERRORS))
    if rng.random() < 0.5:
        place = _other_formula(sub, rng, "DV304")
        if place is None:
            return False
        sub.edit(*place, Formula(sub.template.sheet(place[0]).formula(*place[1:]), error))
        _expect(sub, "DV304", *place)
        return True
    block = _block(sub, rng, BLOCKS)
    if block is None:
        return False
    row, column = rng.randrange(max(1, block.rows)), rng.randrange(block.width)
    sub.results.in_blocks.append(("DV304", block, lambda _: (row, column, error)))
    return True


def not_stored(sub, rng):
    """DV305: never calculated, entries changed since, or functions that were not there."""
    if not _is_compared(sub) or sub.used or sub.saved != CALCULATED:
        return False
    kind = rng.randrange(3)
    if kind == 0:
        sub.saved = UNSTORED
    elif kind == 1:
        sub.saved = LAST_VALUES
        for line in sub.lines_in_use("contacts"):  # who has been met more often since counts for more
            sub.put("contacts", line, "contact_frequency", rng.choice(("frequent", "never")))
            sub.put("contacts", line, "influence", rng.choice(("high", "low")))
    else:
        for block in rng.sample(BLOCKS, rng.randint(1, len(BLOCKS))):
            if sub.take(("block", block.name)):
                sub.results.in_blocks.append(("DV305", block, lambda _: (0, 0, SavedError("#NAME?"))))
    return True


def not_compared(sub, rng):
    """DV307: the names dropped or leading nowhere, or values alone with a score that is another."""
    if sub.used or sub.saved != CALCULATED:
        return False
    kind = rng.randrange(3)
    _as_the_map_has_it(sub)
    sub.part_changes.append(lambda parts: _names_gone(parts, "" if kind else "#REF!"))
    if kind < 2:
        sub.expect("DV307")
        return True
    block = rng.choice([block for block in BLOCKS if block.name in FIGURES])
    sub.edit(block.tab, block.row, block.column, rng.choice((0.123456, 77, 41.5)))
    sub.results.overwritten.add(block.name)
    sub.part_changes.append(_as_values)
    _expect(sub, "DV307", block.tab, block.row, block.column)
    return True


def _as_the_map_has_it(sub):
    """The scores without a function of their own, which the scoreboard takes from the list of all."""
    own = {(block.row, block.column) for block in BLOCKS if block.tab == "scoreboard"}
    sheet = sub.template.sheet("scoreboard")
    for row, (_, value, *_) in enumerate(sub.results.before["wm_scores"], SCORE_ROW):
        if (row, 3) not in own:
            sub.edit("scoreboard", row, 3, Formula(sheet.formula(row, 3), value))


def _names_gone(parts, instead):
    """Every name of ours dropped, or leading nowhere."""
    text = parts["xl/workbook.xml"].decode()
    change = rf"\1{instead}</definedName>" if instead else ""
    text = re.sub(r"(<definedName\b[^>]*name=\"wm_[^>]*>)[^<]*</definedName>", change, text, flags=re.IGNORECASE)
    parts["xl/workbook.xml"] = text.replace("<definedNames></definedNames>", "").encode()


def _as_values(parts):
    """Every formula gone, its result left."""
    for name, data in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = re.sub(r"<f\b[^>]*/>|<f\b[^>]*>.*?</f>", "", data.decode(), flags=re.DOTALL).encode()


__all__ = [
    "BLOCK",
    "LAST_VALUES",
    "LIVE",
    "changed",
    "error_result",
    "not_compared",
    "not_stored",
    "other_result",
    "overwritten",
    "parse_ref",
]
