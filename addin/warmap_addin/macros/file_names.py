"""Names of files from what people entered: `account_opportunity_2026-06-30`, with characters every disk takes."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from warmap.model import Deal

REFUSED = re.compile(r'[<>:"/\\|?*#%&{}$!\'`@+=~^;,\s]+')  # Windows refuses the first nine, cloud folders some others
LONGEST_PART = 60
UNNAMED = "war_map"


def file_name(deal: Deal, day: date | None) -> str:
    """The name without its ending; what is blank is left out."""
    parts = [part for words in (deal.account, deal.opportunity) if (part := safe(words or ""))]
    return "_".join([*(parts or [UNNAMED]), *([day.isoformat()] if day else [])])


def safe(words: str) -> str:
    """A part of a file name: no separators, no control or direction marks, not too long, no dot at its ends."""
    plain = "".join(
        char if unicodedata.category(char)[0] != "C" else " " for char in unicodedata.normalize("NFC", words)
    )
    return REFUSED.sub("_", plain).strip("._- ")[:LONGEST_PART].strip("._- ")
