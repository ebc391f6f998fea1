"""Files that a macro saves: beside the workbook where that has a folder on this computer, never over another file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from warmap.text import Text
from warmap_addin.macros import edits as edit
from warmap_addin.macros.excel_shell import Session
from warmap_addin.macros.refusals import CannotApply, reason, said
from warmap_workbook.editing.file_edits import without_macros

CANNOT_SAVE = Text(
    "文件写不进“{folder}”：{fault}。请检查文件夹是否存在、可写、未满。",
    "No file can be written to “{folder}”: {fault}. Is the folder there, writable, and not full?",
)


class Files:
    """Saves files for one press of a button; `saved` are those written, in order."""

    def __init__(self, session: Session) -> None:
        self.session, self.book = session, session.book
        self.saved: list[Path] = []

    def home(self) -> Path:
        """The workbook's own folder, or the user's where it has none on this computer (never saved, or in the cloud)."""
        try:
            folder = Path(self.book.fullname).parent
        except Exception:  # noqa: BLE001  xlwings cannot tell the local folder of a cloud address
            return self.session.folder
        return folder if folder.is_absolute() and folder.is_dir() else self.session.folder

    def free(self, name: str, ending: str) -> Path:
        """A path that is not taken yet: nothing is ever overwritten."""
        home, number = self.home(), 1
        while True:
            path = home / f"{name}{ending}" if number == 1 else home / f"{name}_{number}{ending}"
            if not path.exists():
                return path
            number += 1

    def save_copy(self, one: edit.SaveCopy) -> None:
        """Excel writes a copy in the workbook's own format; of a macro workbook the copy handed in is a plain one."""
        ending = Path(self.book.name).suffix.lower() or ".xlsx"
        final = self.free(one.name, ".xlsx" if ending == ".xlsm" else ending)
        copied = self.free(one.name, ending)
        try:
            self.book.api.SaveCopyAs(str(copied))
            if copied.suffix != final.suffix:
                final.write_bytes(without_macros(copied.read_bytes()))
        except Exception as fault:
            final.unlink(missing_ok=True)  # it was not there before
            raise CannotApply(said(CANNOT_SAVE, folder=final.parent, fault=reason(fault))) from fault
        finally:
            if copied != final:
                copied.unlink(missing_ok=True)
        self.saved.append(final)

    def save_file(self, one: edit.SaveFile) -> None:
        """One file; as a workbook it may be opened at once."""
        name, _, ending = one.name.rpartition(".")
        path = self.free(name, f".{ending}")
        _write(path.parent, ((path.name, one.content),))
        self.saved.append(path)
        if one.is_opened:
            self.session.app.books.open(str(path))

    def save_folder(self, one: edit.SaveFolder) -> None:
        """A folder of files."""
        path = self.free(one.name, "")
        _write(path, one.files)
        self.saved.append(path)


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            with (folder / name).open("xb") as file:
                file.write(content)
    except OSError as fault:
        raise CannotApply(said(CANNOT_SAVE, folder=folder, fault=reason(fault))) from fault
