"""What was read of one input: a workbook, a YAML or JSON document. One record, whatever it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from warmap.findings import CHECKS, Finding
from warmap.judgement import Judgement, judge
from warmap.model import WarMap, blank_map
from warmap.parsing import Place, read_map
from warmap.settings import Settings
from warmap.text import Lang

ACROSS_FILES = frozenset({"DV403", "DV404", "DV405"})  # looked for when all files of a batch are there
OF_WORKBOOKS = frozenset({
    "DV003", "DV004", "DV101", "DV102", "DV104", "DV105", "DV212", "DV301", "DV302", "DV303", "DV304", "DV305", "DV306",
    "DV307", "DV308", "DV501", "DV502", "DV503", "DV504",
})  # fmt: skip
BUT_FIRST = frozenset(CHECKS) - {"DV001", "DV002"}  # what is not looked for where there is no map


@dataclass(slots=True)
class Reading:
    """A map as it could be read, judged, with everything that was wrong with its input.

    `places` say where the fields of each table stand, by the table's code. `template_version` is None for a document and
    for a workbook without the mark. `counts` say how many sheets, cells, formulas and checks were looked at, and under
    `…_skipped` how many were not; `skipped_checks` are the codes not looked for. Without a map (`is_map` False) a blank
    one is judged, and the findings say why. `own_as_of` is the day of judging that the map gives itself, whatever day it
    is judged at; `saved` when its file says it was last saved.
    """

    judgement: Judgement
    findings: list[Finding]
    places: Mapping[str, Place] = field(default_factory=dict)
    lang: Lang = "zh"
    template_version: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    skipped_checks: frozenset[str] = frozenset()
    is_map: bool = True
    file: str = ""
    own_as_of: date | None = None
    saved: datetime | None = None

    @property
    def map(self) -> WarMap:
        """The map."""
        return self.judgement.map

    @property
    def settings(self) -> Settings:
        """The settings it is judged by: those asked for, else its own."""
        return self.judgement.settings

    @property
    def passed(self) -> bool:
        """No critical or major DV finding; a CP finding is for a person to judge."""
        return not any(f.code.startswith("DV") and f.severity.value in {"critical", "major"} for f in self.findings)


def nothing_read(findings: list[Finding], counts: Mapping[str, int] | None = None, file: str = "") -> Reading:
    """Give the reading of an input that holds no map: only findings that say why."""
    counted = {**(counts or {}), **count_checks(BUT_FIRST)}
    return Reading(judge(blank_map()), findings, counts=counted, skipped_checks=BUT_FIRST, is_map=False, file=file)


def count_checks(skipped: frozenset[str]) -> dict[str, int]:
    """Count the catalogue's checks that were run on a file; DV901 and DV902 are none, they tell of the others."""
    codes = CHECKS.keys() - {"DV901", "DV902"}
    return {"checks": len(codes - skipped), "checks_skipped": len(codes & skipped)}


def read_document(
    data: object, *, as_of: date | None = None, settings: Settings | None = None, today: date | None = None
) -> Reading:
    """Read a map from plain data with the tables' names as keys; nothing raises, everything wrong is a finding.

    `as_of` replaces the day the map says it is to be judged on; `today` is the day of the check.
    """
    cells = _leaves(data)
    read = read_map(data, as_of, today)
    if read is None:
        return nothing_read([Finding("DV001")], {"cells_skipped": cells})
    skipped = OF_WORKBOOKS | ACROSS_FILES
    counts = {"cells": cells, **count_checks(skipped)}
    judgement = judge(read.map, settings)
    return Reading(
        judgement, read.findings, read.places, counts=counts, skipped_checks=skipped, own_as_of=read.own_as_of
    )


def _leaves(data: Any) -> int:
    if isinstance(data, dict):
        return sum(_leaves(value) for value in data.values())
    return sum(_leaves(value) for value in data) if isinstance(data, list) else 1
