"""What has been checked so far, a line a file: results wait here for their turn, and an interrupted run goes on from here.

The first line says by what terms the files were judged; where these differ nothing is taken over. A file is known again by
its name, its mark (size and time of change on disk, ETag or the like behind a URL, sum and place in an archive) and, but
behind a URL, by its content. A line is taken only with this user's seal and in the form we write: a journal may lie where
others put files. It is for its owner alone to read.
"""

import json
import os
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Literal, Self, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from warmap._version import TEMPLATE_VERSION, VERSION
from warmap.settings import stamp
from warmap.text import Text
from warmap_app.batch.one import Outcome, Terms
from warmap_app.batch.seal import OWNER_ALONE, digest, is_sealed, run_key, sealed
from warmap_app.batch.sources import Source, bytes_of, is_remote
from warmap_app.command import UserError
from warmap_app.opening import NO_LINK, CannotRead
from warmap_app.outputs.destination import cannot_write, refuse_existing

try:
    import fcntl
except ImportError:  # Windows: nothing holds two runs apart
    fcntl = None  # type: ignore[assignment]  # so that the one place that uses it can ask

LAYOUT = 2
PROGRAM = ("journal", "version", "template")  # of the first line what tells of the program that wrote it
NOT_YET = -1
IN_MEMORY = 4 * 1024 * 1024  # bytes of results that need no file
LEFT_OVER = Text(
    "{path} 是上次中断的检查留下的；加 --resume 接着做，或加 --force 从头做",
    "{path} was left by a check that was interrupted; add --resume to go on, or --force to start anew",
)
IN_USE = Text("{path} 正被另一次检查使用", "{path} is in use by another check")
OTHER_VERSION = Text(
    "{path} 是另一个版本的 warmap 留下的，全部重新检查",
    "{path} was left by another version of warmap: all files are checked anew",
)
OTHER_TERMS = Text(
    "{path} 里的结果是按别的评估日、设置、语言得出的，或没有为 --store 留下地图，全部重新检查",
    "the results in {path} are of another as-of date, other settings or another language, or without the maps that --store"
    " keeps: all files are checked anew",
)
NO_JOURNAL = Text("{path} 不是 warmap 的检查日志", "{path} is not a journal of warmap")


def terms_line(terms: Terms) -> dict[str, Any]:
    """By what the files are judged, as the first line of a journal says it."""
    return {
        "journal": LAYOUT,
        "version": VERSION,
        "template": TEMPLATE_VERSION,
        "lang": terms.lang,
        "as_of": terms.as_of.isoformat() if terms.as_of else None,
        "settings": stamp(terms.settings) if terms.settings else None,
        **({"keep": True} if terms.keep else {}),
        **({"recalculate": True} if terms.recalculate else {}),
    }


class Told(BaseModel):
    """A part of a line; its validator is built when a journal is read, which the check of one file never does."""

    model_config = ConfigDict(defer_build=True)


class ToldFinding(Told):
    """Of a finding what decides whether a file passed."""

    code: str
    severity: Literal["critical", "major", "minor"]


class KeptResult(Told):
    """Of a result what every output relies on."""

    file: str
    passed: bool
    counts: dict[str, int]
    findings: list[ToldFinding]
    deal: dict[str, Any]
    scores: dict[str, Any]
    red_flags: list[dict[str, Any]]


class Line(Told):
    """A line of a journal."""

    name: str
    mark: str
    digest: str | None = None
    result: KeptResult
    prints: dict[str, Any] | None

    def is_of(self, source: Source) -> bool:
        """Whether it speaks of this file, and passes it only without a finding that fails."""
        failing = any(one.code.startswith("DV") and one.severity != "minor" for one in self.result.findings)
        return self.result.file == source.name and self.result.passed is not failing


class Journal:
    """Outcomes of the sources by their place: in the file of a path, or without one in a temporary file."""

    def __init__(
        self, sources: Sequence[Source], terms: Terms, path: Path | None, *, resume: bool = False, force: bool = False
    ) -> None:
        self.path = path
        self.begun_anew: Text | None = None  # why nothing was taken over, though --resume asked for it
        self._sources = sources
        self._head = terms_line(terms)
        self._key = run_key(self._head)
        self._at = array("q", [NOT_YET]) * len(sources)
        self._file = self._opened(resume=resume, force=force)

    def _opened(self, *, resume: bool, force: bool) -> IO[bytes]:
        if self.path is None:
            return cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            refuse_existing(self.path, force=True)
            number = os.open(self.path, os.O_RDWR | os.O_CREAT | NO_LINK | getattr(os, "O_BINARY", 0), OWNER_ALONE)
            file = os.fdopen(number, "r+b")
        except OSError as error:
            raise cannot_write(self.path, error) from None
        if hasattr(os, "fchmod"):
            with suppress(OSError):  # somebody else's, or a file system without rights
                os.fchmod(number, OWNER_ALONE)
        try:
            _lock(file, self.path)
            self._take_over(file, self.path, resume=resume, force=force)
        except BaseException:
            file.close()
            raise
        return file

    def _take_over(self, file: IO[bytes], path: Path, *, resume: bool, force: bool) -> None:
        """Keep what an earlier run left, where that is wanted and was judged by the same terms; else begin anew."""
        first = file.readline()
        head = _parsed(first)
        if first and not (isinstance(head, dict) and "journal" in head):
            raise UserError(NO_JOURNAL.filled(path=path))  # somebody's file: never written over
        if first and not resume and not force:
            raise UserError(LEFT_OVER.filled(path=path))
        end = 0
        if resume and head == self._head:
            end = self._read_on(file)
        elif resume and first:
            is_same_program = all(head.get(name) == self._head[name] for name in PROGRAM)
            self.begun_anew = (OTHER_TERMS if is_same_program else OTHER_VERSION).filled(path=path)
        file.seek(end)
        file.truncate()
        if not end:
            file.write(_line(self._head))
            file.flush()

    def _read_on(self, file: IO[bytes]) -> int:
        """Find the outcomes of files that are still the same; returns where the last whole line ends."""
        known = {(source.name, source.mark): place for place, source in enumerate(self._sources) if source.mark}
        end = file.tell()
        for line in file:
            if not line.endswith(b"\n"):
                break  # half a line: the run ended while writing it
            entry = _parsed(line)
            place = known.get((str(entry.get("name")), str(entry.get("mark")))) if isinstance(entry, dict) else None
            if place is not None and self._holds(entry, self._sources[place]):
                self._at[place] = end
            end += len(line)
        return end

    def _holds(self, entry: dict[str, Any], source: Source) -> bool:
        """Whether a line is one that we wrote, of this file as it is now."""
        if not is_sealed(entry, self._key):
            return False
        try:
            kept = Line.model_validate(entry)
        except ValidationError:
            return False
        return kept.is_of(source) and (is_remote(source.place) or entry.get("digest") == _digest_of(source))

    def todo(self) -> list[int]:
        """The places that have no outcome yet."""
        return [place for place, at in enumerate(self._at) if at == NOT_YET]

    def add(self, place: int, outcome: Outcome) -> None:
        """Keep the outcome of one file."""
        source = self._sources[place]
        line = _line(sealed({"name": source.name, "mark": source.mark, **outcome}, self._key))
        try:
            at = self._file.seek(0, os.SEEK_END)
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            raise cannot_write(self.path or "TMPDIR", error) from None
        self._at[place] = at

    def outcomes(self) -> Iterator[tuple[int, Outcome]]:
        """The outcomes that are there, each with its place, in the order of the sources."""
        for place, at in enumerate(self._at):
            if at != NOT_YET:
                self._file.seek(at)
                yield place, cast("Outcome", _parsed(self._file.readline()))

    def remove(self) -> None:
        """The run is at its end: nothing is left to go on from."""
        self._file.close()
        if self.path is not None:
            with suppress(OSError):
                self.path.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()


def _line(entry: Any) -> bytes:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None


def _digest_of(source: Source) -> str | None:
    try:
        return digest(bytes_of(source.place))
    except (CannotRead, OSError):
        return None


def _lock(file: IO[bytes], path: Path) -> None:
    """Two runs never write one journal."""
    if fcntl is None:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UserError(IN_USE.filled(path=path)) from None
    except OSError:
        return  # a file system without locks
