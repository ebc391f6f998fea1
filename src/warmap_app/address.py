"""What a store says of an address, without what is secret in it (`safe_text.shown_address` is for the address itself)."""

from collections.abc import Iterable
from urllib.parse import quote, quote_plus, unquote, urlsplit

from warmap_app.safe_text import MASK, shown_address

SHORTEST_SECRET = 4  # characters: a shorter one would blot out half of any message


def secrets_of(url: str) -> set[str]:
    """The pieces of an address that are nobody's business, in every spelling that an error may repeat them in."""
    try:
        parts = urlsplit(url)
        named = [parts.username, parts.password, parts.query, parts.netloc.rpartition("@")[0]]
    except ValueError:
        named = []
        parts = None
    values = [pair.partition("=")[2] for pair in (parts.query if parts else "").split("&")]
    plain = {piece for piece in (*named, *values) if piece and len(piece) >= SHORTEST_SECRET}
    return {way(piece) for piece in plain for way in (str, unquote, _quoted, quote_plus)}


def _quoted(piece: str) -> str:
    return quote(piece, safe="")


def without_secrets(words: object, secrets: Iterable[str]) -> str:
    """What a store says of an address, on one line and without its secrets; one that holds another goes first, whole."""
    line = shown_address(" ".join(str(words).split()))
    for secret in sorted(secrets, key=len, reverse=True):
        line = line.replace(secret, MASK)
    return line
