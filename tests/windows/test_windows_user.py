"""A user called 王小明 on an English and on a Chinese Windows: Python starts, and knows the user's folders."""

import pytest
from under_wine import COMMAND, PYTHON

from warmap import VERSION

PROFILE = r"C:\users\王小明"
PLACES = (
    "import os; from warmap_addin.excel.machine import this_machine; pc = this_machine(); "
    "seen = [os.environ['LOCALAPPDATA'], *map(str, (pc.local, pc.xlstart, pc.documents))]; "
    "open('C:/places.txt', 'w', encoding='utf-8').write('|'.join(seen))"
)
INSTALLED = PROFILE + r"\AppData\Local\warmap\python"


@pytest.fixture(scope="module")
def found(any_windows):
    """The answers of a Python that lies in the user's profile, as an installation has it, and the folders it saw."""
    place = any_windows.here(INSTALLED)
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.is_symlink():
        place.symlink_to(any_windows.here(PYTHON).parent)
    steps = [["python", INSTALLED + r"\python.exe"], ["command", COMMAND], ["call", "VERSION", []], ["exec", PLACES]]
    *_, version, _ = any_windows.answer("real_dll.py", given=steps)
    return any_windows.page, version, any_windows.here(r"C:\places.txt").read_text("utf-8").split("|")


def test_python_in_the_users_own_profile_starts(found):
    _, version, _ = found
    assert version == {"value": VERSION}


def test_the_folders_are_the_users(found):
    """In the environment that the DLL hands on, an English Windows has lost the name."""
    page, _, (environment, *folders) = found
    assert environment == (r"C:\users\???\AppData\Local" if page == 1252 else PROFILE + r"\AppData\Local")
    assert folders == [
        PROFILE + r"\AppData\Local\warmap", PROFILE + r"\AppData\Roaming\Microsoft\Excel\XLSTART", PROFILE + r"\Documents",
    ]  # fmt: skip
