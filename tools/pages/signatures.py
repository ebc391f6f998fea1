"""The signatures of the worksheet functions as a plain module: what the Excel shell needs before anything is computed."""

from __future__ import annotations

from warmap.worksheet import FUNCTIONS

PATH = "udfs/warmap_udfs/signatures.py"
HEAD = '"""Names, help and arguments of the worksheet functions, generated from the function table (make regenerate).'
MOST = 255  # characters Excel takes for a help text


def signatures() -> str:
    """The module's text."""
    lines = [
        HEAD, "", "They stand here as plain data so that registering the functions imports neither the model nor pydantic.",
        '"""', "", "from __future__ import annotations", "",
        "# name: (help, ((argument, help, is a range, is required, is a cell), …))",
        "SIGNATURES: dict[str, tuple[str, tuple[tuple[str, str, bool, bool, bool], ...]]] = {",
    ]  # fmt: skip
    for function in FUNCTIONS.values():
        lines += [
            f"    {_quoted(function.name)}: (",
            f"        {_quoted(_both(function.help.zh, function.help.en))},",
            "        (",
        ]
        for argument in function.arguments:
            words = _quoted(_both(argument.help.zh, argument.help.en))
            is_range = bool(argument.table) or argument.name == "settings"
            flags = f"{is_range}, {argument.required}, {argument.is_cell}"
            lines.append(f"            ({_quoted(argument.name)}, {words}, {flags}),")
        lines += ["        ),", "    ),"]
    return "\n".join([*lines, "}  # fmt: skip", ""])


def _both(zh: str, en: str) -> str:
    return f"{zh} / {en}"[:MOST]


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
