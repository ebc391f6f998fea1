"""Of several files about one deal, which counts: decided here, for every command (specification, section 5, DV404).

The later as-of date that the map gives itself, then the later saved, then the later name in natural order, in which
`deal (1).xlsx` comes after `deal.xlsx` and `week 10` after `week 9`.
"""

import re
from datetime import date, datetime
from pathlib import PurePosixPath

from warmap.names import key

MOST_NAME_BYTES = 300
_COPY = re.compile(r"[ _]?\((\d{1,6})\)$")  # what a browser or a file manager adds to a second file of one name
_DIGITS = re.compile(r"\d+")


def standing(as_of: date | None, saved: datetime | None, file: str) -> str:
    """A word that orders the files of one deal: the greatest, byte by byte, is of the one that counts."""
    day = as_of.isoformat() if as_of else ""
    moment = saved.isoformat(timespec="seconds")[:19] if saved else ""
    # Hexadecimal, because every database and every program orders it alike.
    return f"{day:<10} {moment:<19} {_natural_name(file).hex()}"


def renamed(standing: str, file: str) -> str:
    """The same word of a file with another name."""
    return standing[: -len(standing.rpartition(" ")[2])] + _natural_name(file).hex()


def _natural_name(file: str) -> bytes:
    path = PurePosixPath(file.replace("\\", "/"))
    stem = key(path.stem)
    copied = _COPY.search(stem)
    number, stem = (int(copied[1]), stem[: copied.start()]) if copied else (0, stem)
    words = f"{_natural(stem)}\x00{number:06d}\x00{_natural(key(file))}"
    return words.encode("utf-8", "surrogatepass")[:MOST_NAME_BYTES]


def _natural(text: str) -> str:
    """Numbers in the order of their size: how many digits, then the digits."""
    return _DIGITS.sub(lambda found: f"{len(found[0].lstrip('0')):03d}{found[0].lstrip('0')}", text)
