"""The module WARMAP of the VBA project: one function each of the function table, handing over to Python."""

from __future__ import annotations

from warmap.worksheet import FUNCTIONS, Argument, Function

MODULE = "WARMAP"
LINE = 112  # VBA breaks off at 1023 characters; people read shorter ones
HEAD = f"""Attribute VB_Name = "{MODULE}"
' GENERATED from the function table of warmap (warmap addin build --host excel); do not edit.
' Each function hands its arguments to Python as they are: ranges as ranges, left-out ones as missing.
Option Explicit
"""


def module_text() -> str:
    """The text of the module, lines ended by a line feed."""
    return HEAD + "".join(f"\n{wrapper(function)}" for function in FUNCTIONS.values())


def argument_name(function: Function, argument: Argument) -> str:
    """The argument's name in VBA, where a function and its argument must not share one (case does not count)."""
    clashes = argument.name.casefold() == function.name.casefold()
    return f"{argument.name}_table" if clashes else argument.name


def wrapper(function: Function) -> str:
    """One VBA function; where Python is out of reach, the function that explains a cell gives VBA's own words."""
    names = [argument_name(function, argument) for argument in function.arguments]
    shown = [
        name if argument.required else f"Optional {name}"
        for name, argument in zip(names, function.arguments, strict=True)
    ]
    lines = [
        *_broken(f"Public Function {function.name}(", shown, ")"),
        *_broken(f'    {function.name} = WarmapCall("{function.name}", Array(', names, "))"),
    ]
    cell = next((name for name, a in zip(names, function.arguments, strict=True) if a.is_cell), None)
    if cell is not None:
        lines.append(f"    If IsError({function.name}) Then {function.name} = WarmapWhy({cell})")
    return "\n".join([*lines, "End Function", ""])


def _broken(head: str, words: list[str], tail: str) -> list[str]:
    """A list in brackets, broken into lines that VBA continues."""
    lines, current = [], head
    for place, word in enumerate(words):
        piece = word + (", " if place < len(words) - 1 else tail)
        if len(current) + len(piece) > LINE:
            lines.append(f"{current.rstrip()} _")
            current = " " * 8
        current += piece
    return [*lines, current if words else head + tail]
