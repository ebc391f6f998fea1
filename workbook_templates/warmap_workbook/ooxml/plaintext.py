"""Text and formulas as parts store them without markup inside; all else is the parser's."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import XML, Element

from .values import Formula

_LAST_CHARACTER = 0x10FFFF
NOT_XML = bytes(code for code in range(32) if code not in b"\t\n")
"""Characters that XML forbids, and the carriage return, which the parser turns into a line feed."""

_NAMED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_REFERENCE = re.compile(r"&(?:[a-z]{2,4}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PLAIN = re.compile(r'<f((?: [A-Za-z0-9]++="[^"<>&\t\n]*+")*+)>([^<>]*+)</f>')
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9]+)="([^"]*)"')


class NotPlain(Exception):
    """Written in another form than the one a fast reader knows; the reader of XML trees takes it."""


def text_of(written: str) -> str:
    """Character data as the parser would give it. NotPlain where markup stands in it or it is wrong."""
    if "<" in written or ">" in written:
        raise NotPlain
    if "&" not in written:
        return written
    return _remembered_text(written) if len(written) <= _LONGEST_REMEMBERED else _text(written)


def _text(written: str) -> str:
    text, count = _REFERENCE.subn(_meant, written)
    if count != written.count("&"):
        raise NotPlain
    return text


def _meant(reference: re.Match[str]) -> str:
    return _character(reference[0])


@lru_cache(maxsize=8192)
def _character(reference: str) -> str:
    """The character of a reference; some programs write every letter beyond ASCII as one. NotPlain for an unknown one."""
    if reference[1] != "#":
        character = _NAMED.get(reference)
    else:
        code = int(reference[3:-1], 16) if reference[2] == "x" else int(reference[2:-1])
        character = chr(code) if code <= _LAST_CHARACTER else None
    if character is None or _NO_CHARACTER.match(character):
        raise NotPlain
    return character


def formula_element(markup: str) -> Formula | Element | None:
    """A cell's `f`: the formula where its text, or that of an array, is all there is to it, else the element; None if empty.

    ParseError or NotPlain where it is wrong.
    """
    return _remembered_formula(markup) if len(markup) <= _LONGEST_REMEMBERED else _formula(markup)


def _formula(markup: str) -> Formula | Element | None:
    match = _PLAIN.fullmatch(markup)
    if match is None:
        return XML(markup)
    pairs = _ATTRIBUTE.findall(match[1])
    attributes = dict(pairs)
    if len(attributes) != len(pairs):
        return XML(markup)
    text = text_of(match[2])
    if not attributes.keys() & {"t", "si", "ref"}:
        return Formula(text.removeprefix("=")) if text else None
    if attributes.get("t") == "array" and attributes.get("ref"):
        return Formula(text.removeprefix("="), attributes["ref"])
    element = Element("f", attributes)
    element.text = text
    return element


_LONGEST_REMEMBERED = 1024
_remembered_text = lru_cache(maxsize=4096)(_text)
_remembered_formula = lru_cache(maxsize=4096)(_formula)
