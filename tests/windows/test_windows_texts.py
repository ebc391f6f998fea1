"""What VBA finds in Err.Description when a call fails, as the real DLL says it: tests/excel works with these texts.

After a change of xlwings or pywin32, write them anew: WARMAP_RECORD=1 python -m pytest tests/windows/test_windows_texts.py
"""

import json
import os
import re

import pytest
from under_wine import COMMAND, ROOT

RECORDED = ROOT / "tests" / "excel" / "dll_texts.json"
ANSWERS = ["exec", "pass"]
"""The shortest way to ask for a Python: it need not import what is ours."""
CASES = {
    "a statement that fails": [["exec", "raise ValueError('it broke / 出了错')"]],
    "a function that is not there": [["call", "NO_SUCH", []]],
    "no such program": [["command", '"C:\\none\\python.exe" -I'], ANSWERS],
    "a program that ends at once": [["command", '"{python}" -c "raise SystemExit(3)"'], ANSWERS],
    "started again under the same command": [["stop"], ["command", COMMAND], ANSWERS],
}
"""Each ends in a step that fails."""
ANOTHER = [["command", COMMAND.replace(')"', ') #2"')], ANSWERS]


def without_ids(words):
    """Each start has an id of its own."""
    return re.sub(r"\{[0-9a-f-]{36}\}", "{id}", words)


@pytest.fixture(scope="module")
def heard(any_windows):
    """The code page, the words of each case, and what a start under another command gave after the last of them."""
    steps, ends = [["command", COMMAND], ANSWERS], []
    for case in CASES.values():
        steps += [["command", COMMAND], *case]
        ends.append(len(steps) - 1)
    answers = any_windows.answer("real_dll.py", given=[*steps, *ANOTHER])
    words = {name: without_ids(answers[end]["error"]) for name, end in zip(CASES, ends, strict=True)}
    return str(any_windows.page), words, answers[-1]


def test_the_recorded_texts_are_what_it_says(heard):
    page, words, _ = heard
    recorded = json.loads(RECORDED.read_text("utf-8")) if RECORDED.exists() else {}
    if os.environ.get("WARMAP_RECORD"):
        recorded[page] = words
        RECORDED.write_text(json.dumps(recorded, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert recorded[page] == words


def test_chinese_does_not_survive_an_exception_on_an_english_windows(heard):
    """Why the functions hand a wrong input over as a value, not as an exception."""
    page, words, _ = heard
    assert ("it broke / ???" in words["a statement that fails"]) is (page == "1252")


def test_started_again_under_another_command_it_answers(heard):
    assert heard[2] == {"value": None}
