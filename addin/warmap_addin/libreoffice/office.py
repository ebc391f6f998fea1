"""Drive a headless LibreOffice: open, recalculate, read, change, save. For tests, the demo and the doctor."""

from __future__ import annotations

import json
import queue
import shutil
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal, Self

from warmap_addin.libreoffice.install import add_extension, copy_extensions
from warmap_addin.libreoffice.locate import (
    OWN_GROUP,
    clean_environment,
    profile_options,
    remove,
    require_office,
    require_python,
    stop,
)
from warmap_workbook.ooxml import cell_name, parse_range, parse_ref

START_SECONDS = 60.0
REQUEST_SECONDS = 120.0
END_SECONDS = 15.0


class OfficeFault(Exception):
    """LibreOffice refused a request, failed at it, or did not answer in time."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The used cells of a sheet from A1, row by row.

    A cell that shows an error has the value None; `strings` (shown text) and `errors` (LibreOffice's error numbers,
    such as 519 for #VALUE!, 525 for #NAME?) are of formula cells only, by address.
    """

    sheet: str
    values: Sequence[Sequence[str | float | None]]
    formulas: Sequence[Sequence[str]]
    strings: Mapping[str, str]
    errors: Mapping[str, int]

    def value(self, address: str) -> str | float | None:
        """Text or number of a cell; empty text for an empty cell, None for an error value."""
        found: str | float | None = _at(self.values, *parse_ref(address))
        return found

    def formula(self, address: str) -> str:
        """The formula as LibreOffice writes it (`{=…}` for an array formula), or the constant as text."""
        return str(_at(self.formulas, *parse_ref(address)))

    def rows(self, area: str) -> list[list[str | float | None]]:
        """The values of a range such as `A1:F10`."""
        box = parse_range(area)
        columns = range(box.c1, box.c2 + 1)
        return [[_at(self.values, row, column) for column in columns] for row in range(box.r1, box.r2 + 1)]


def _at(rows: Sequence[Sequence[Any]], row: int, column: int) -> Any:
    return rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""


def _by_address(by_place: Mapping[str, Any]) -> dict[str, Any]:
    """What the worker names by row and column from 0 (`3,1`), by address (`B4`)."""
    places = ((key.split(","), item) for key, item in by_place.items())
    return {cell_name(int(row) + 1, int(column) + 1): item for (row, column), item in places}


class Document:
    """An open spreadsheet document."""

    def __init__(self, office: Office, number: int, sheets: list[str], copy: Path | None) -> None:
        self._office, self._number, self.sheets, self._copy = office, number, sheets, copy

    def _ask(self, do: str, **request: object) -> Any:
        return self._office.ask(do, {"doc": self._number, **request})

    def recalculate(self) -> None:
        """Compute every formula; on opening, LibreOffice trusts the stored values of a file it did not write."""
        self._ask("recalculate")

    def cells(self, sheet: str | None = None, *, texts: bool = True) -> Cells:
        """The used cells of a sheet, by default the first; the shown texts of formula cells only if asked."""
        found = self._ask("cells", sheet=sheet, texts=texts)
        strings, errors = _by_address(found["strings"]), _by_address(found["errors"])
        return Cells(found["sheet"], found["values"], found["formulas"], strings, errors)

    def all_cells(self) -> dict[str, Cells]:
        """The used cells of every sheet, without the shown texts."""
        return {sheet: self.cells(sheet, texts=False) for sheet in self.sheets}

    def set(self, sheet: str, cell: str, value: str | float | date | None) -> None:
        """Enter a number, a date, a text, a formula (`=…` with English names and `;` between arguments) or nothing."""
        entered = float((value - date(1899, 12, 30)).days) if isinstance(value, date) else value
        self._ask("set", sheet=sheet, cell=cell, value=entered)

    def set_array(self, sheet: str, area: str, formula: str) -> None:
        """Enter an array formula over a range."""
        self._ask("set_array", sheet=sheet, area=area, formula=formula)

    def insert_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Insert rows before a row (from 1)."""
        self._ask("insert_rows", sheet=sheet, row=row, count=count)

    def delete_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Delete rows from a row (from 1) on."""
        self._ask("delete_rows", sheet=sheet, row=row, count=count)

    def insert_sheet(self, name: str, place: int | None = None) -> None:
        """Insert an empty sheet, by default as the last."""
        at = len(self.sheets) if place is None else place
        self._ask("insert_sheet", name=name, place=at)
        self.sheets.insert(at, name)

    def unprotect(self, sheet: str) -> None:
        """Take off the protection of a sheet that has no password."""
        self._ask("unprotect", sheet=sheet)

    def save_as(self, path: Path, kind: Literal["xlsx", "ods", "pdf", "csv"]) -> Path:
        """Save a copy in another format."""
        self._ask("save_as", url=path.resolve().as_uri(), kind=kind)
        return path

    def save(self) -> Path:
        """Save it where it is, and say where: in the copy that was opened. OfficeFault for a new document."""
        if self._copy is None:
            raise OfficeFault("save: a new document has no place")
        self._ask("save")
        return self._copy

    def close(self) -> None:
        """Close without saving."""
        self._ask("close")


class Office:
    """A headless LibreOffice with a profile of its own; leaving the `with` ends all its processes.

    It has no extension; or, with `install_addin`, ours (built anew, or the file `oxt`); or, with `as_installed`, those
    that are installed on this machine (in the profile `like`, by default the user's).
    Raises OfficeMissing where LibreOffice or a Python with `uno` is not on this machine.
    """

    def __init__(
        self, *, install_addin: bool = False, oxt: Path | None = None, as_installed: bool = False,
        like: Path | None = None, timeout: float = REQUEST_SECONDS,
    ) -> None:  # fmt: skip
        self.install_addin, self.oxt, self.timeout = install_addin or oxt is not None, oxt, timeout
        self.as_installed, self.like = as_installed, like
        self.place, self.python = require_office(), require_python()
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._soffice: subprocess.Popen[bytes] | None = None
        self._worker: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="warmap-office-"))
        try:
            self._start()
        except BaseException:
            self._end(0)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OfficeFault):
            self.ask("quit", seconds=END_SECONDS)
        self._end()

    @property
    def profile(self) -> Path:
        """The folder of the temporary profile."""
        return self._folder / "profile"

    def _start(self) -> None:
        if self.install_addin:
            add_extension(self.profile, oxt=self.oxt)
        elif self.as_installed:
            copy_extensions(self.like, self.profile)
        pipe = f"warmap{uuid.uuid4().hex}"
        # No window, no dialog about a crash or a lock, no document of its own: nobody is there to click.
        options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"]
        command = [str(self.place.soffice), *options, *profile_options(self.profile), f"--accept=pipe,name={pipe};urp;"]
        quiet = subprocess.DEVNULL
        environment = clean_environment()
        self._soffice = subprocess.Popen(  # noqa: S603  a program of the machine, no shell
            command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, cwd=self._folder, **OWN_GROUP
        )
        # UNO can be imported by LibreOffice's own Python (or the system's) only: the worker speaks UNO, we speak JSON with it.
        worker = str(Path(__file__).with_name("office_worker.py"))
        self._worker = subprocess.Popen(  # noqa: S603  the same machine's Python, no shell
            [str(self.python.program), worker, pipe, str(START_SECONDS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=quiet, text=True, encoding="utf-8", env=environment, cwd=self._folder, **OWN_GROUP,
        )  # fmt: skip
        assert self._worker.stdout is not None
        threading.Thread(target=self._listen, args=(self._worker.stdout,), daemon=True).start()
        self._answer("start", START_SECONDS + 5)

    def _listen(self, lines: IO[str]) -> None:
        with suppress(ValueError):  # closed under our hands as everything ends
            for line in lines:
                self._lines.put(line)
        self._lines.put(None)

    def ask(self, do: str, request: Mapping[str, object] | None = None, seconds: float | None = None) -> Any:
        """One request to the worker. Raises OfficeFault."""
        if self._worker is None or self._worker.stdin is None:
            raise OfficeFault("LibreOffice is not running")
        try:
            self._worker.stdin.write(json.dumps({"do": do, **(request or {})}) + "\n")
            self._worker.stdin.flush()
        except OSError as error:
            raise OfficeFault(f"{do}: LibreOffice has ended") from error
        return self._answer(do, seconds or self.timeout).get("result")

    def _answer(self, do: str, seconds: float) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            self._end(0)
            raise OfficeFault(f"{do}: no answer from LibreOffice in {seconds:g} s") from None
        if line is None:
            self._end(0)
            raise OfficeFault(f"{do}: LibreOffice has ended")
        found: dict[str, Any] = json.loads(line)
        for word in ("refused", "fault"):
            if word in found:
                raise OfficeFault(f"{do}: {found[word]}")
        return found

    def open(self, path: Path | None = None) -> Document:
        """Open a copy of a file, or a new empty document.

        A copy, for LibreOffice locks what it opens and refuses what is locked; the user's file stays as it is.
        """
        url, copy = "private:factory/scalc", None
        if path is not None:
            copy = Path(tempfile.mkdtemp(dir=self._folder)) / path.name
            shutil.copyfile(path, copy)
            url = copy.as_uri()
        found = self.ask("open", {"url": url})
        return Document(self, found["doc"], found["sheets"], copy)

    def _end(self, patience: float = END_SECONDS) -> None:
        worker, soffice = self._worker, self._soffice
        self._worker = self._soffice = None
        if worker is not None:
            stop(worker, min(patience, 2))
            for pipe in (worker.stdin, worker.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
        if soffice is not None:
            stop(soffice, patience)
        remove(self._folder)
