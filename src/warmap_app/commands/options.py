"""Options that several commands take, and files in and out; whatever is wrong with them is a UserError."""

import argparse
import stat
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from warmap.findings import Finding
from warmap.reading import Reading
from warmap.settings import BadSettings, Settings, settings_from
from warmap.text import SEMICOLON, Lang, Text, joined
from warmap_app.apart import DESK
from warmap_app.arguments import with_nearest
from warmap_app.command import UserError
from warmap_app.load import DOCUMENTS, WORKBOOKS, NotParsed, load, parsed
from warmap_app.outputs.destination import refuse_existing
from warmap_workbook.presets import preset, preset_names
from warmap_workbook.saving import ids_of, said_by_system

PATHS = Text(
    "文件、文件夹、通配符、zip 压缩包或网址（s3://…）", "files, folders, patterns, zip archives or URLs (s3://…)"
)
SHARED: Mapping[str, tuple[Text, Mapping[str, Any]]] = {
    "--as-of": (
        Text(
            "以此日期评估（YYYY-MM-DD），代替地图里的评估日", "judge at this date (YYYY-MM-DD) instead of the map's own"
        ),
        {"metavar": "DATE"},
    ),
    "--settings": (
        Text(
            "设置文件（YAML 或 JSON）或行业预设的名字，代替工作簿里的设置",
            "settings file (YAML or JSON), or the name of a preset, instead of the workbook's own",
        ),
        {"metavar": "FILE", "type": Path},
    ),
    "--store": (
        Text(
            "地图库：SQLite 文件名（history.db），或 postgresql://用户@主机/数据库",
            "the store of checked maps: an SQLite file (history.db), or postgresql://user@host/database",
        ),
        {"metavar": "URL"},
    ),
    "--force": (Text("覆盖已有文件", "overwrite an existing file"), {"action": "store_true"}),
    "--json": (Text("输出 JSON", "print JSON"), {"action": "store_true"}),
}

MISSING = Text("{path} 不存在", "{path} does not exist")
IS_FOLDER = Text(
    "{path} 是文件夹；这里要一个文件（整个文件夹用 warmap check）",
    "{path} is a folder; name one file (warmap check takes whole folders)",
)
NO_REGULAR_FILE = Text("{path} 是设备或管道，不是文件；这里要一个文件", "{path} is a device or a pipe; name a file")
CANNOT_OPEN = Text("{path} 打不开：{why}", "{path} cannot be opened: {why}")
NO_NAME = Text("名字不合法", "that is no name of a file")
ENDING = Text("{path} 应以 {extension} 结尾", "{path} should end in {extension}")
TAKEN = WORKBOOKS | DOCUMENTS
NO_DATE = Text(
    "{option} 应是 2026-06-30 这样的日期，不是“{text}”", "{option} should be a date such as 2026-06-30, not “{text}”"
)
SETTINGS_UNREADABLE = Text("设置文件 {path} 读不了：{why}", "the settings file {path} cannot be read: {why}")
SETTINGS_NO_MAPPING = Text(
    "设置文件 {path} 应是一组“名称: 值”", "the settings file {path} should be a mapping of names to values"
)
SETTINGS_WRONG = Text("设置文件 {path}：{faults}", "the settings file {path}: {faults}")
NO_MACROS = Text("这份副本不带宏，也不带指向外部的内容", "the copy carries no macros and nothing that leads outside")
REFUSED = Text("{path}：{why}", "{path}: {why}")


def add_shared(parser: argparse.ArgumentParser, lang: Lang, *names: str) -> None:
    """Declare options by their names in SHARED."""
    for name in names:
        words, how = SHARED[name]
        parser.add_argument(name, help=words.to(lang), **how)


def date_of(text: str | None, option: str = "--as-of") -> date | None:
    """A date given on the command line."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(NO_DATE.filled(option=option, text=text)) from None


def settings_of(path: Path | None) -> Settings | None:
    """Settings from a file, or from a preset where no file of that name exists."""
    if path is None:
        return None
    is_preset = str(path) in preset_names() and not path.exists()
    try:
        data = parsed((preset(str(path)) if is_preset else existing_file(path)).read_bytes(), path.name)
    except NotParsed as error:
        raise UserError(SETTINGS_UNREADABLE.filled(path=path, why=error.why[0].filled(**error.facts))) from None
    if not isinstance(data, dict):
        raise UserError(SETTINGS_NO_MAPPING.filled(path=path))
    try:
        return settings_from(data)
    except BadSettings as error:
        raise UserError(SETTINGS_WRONG.filled(path=path, faults=joined(error.faults, SEMICOLON))) from None


def existing_file(path: Path) -> Path:
    """The same path, of a file that can be opened. UserError."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UserError(IS_FOLDER.filled(path=path))
        if not stat.S_ISREG(mode):  # a pipe would be waited for, a device read without end
            raise UserError(NO_REGULAR_FILE.filled(path=path))
        path.open("rb").close()
    except FileNotFoundError:
        raise UserError(with_nearest(MISSING.filled(path=path), path.name, _names_beside(path))) from None
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        why = said_by_system(error) if isinstance(error, OSError) else NO_NAME
        raise UserError(CANNOT_OPEN.filled(path=path, why=why)) from None
    return path


def _names_beside(path: Path) -> list[str]:
    """The files in the folder of a path; none where that cannot be looked into."""
    try:
        return [one.name for one in path.parent.iterdir() if one.suffix.lower() in TAKEN]
    except OSError:
        return []


def readable(path: Path) -> Reading:
    """A file that holds a map. UserError, with what is wrong in one line, for any other."""
    loaded = load(existing_file(path))
    if not loaded.is_map:
        raise refused(path, loaded.findings[0])
    return loaded


def refused(path: Path, finding: Finding) -> UserError:
    """Why a file is not taken, in one line."""
    return UserError(REFUSED.filled(path=path, why=Text(finding.message("zh"), finding.message("en"))))


def workbook_out(path: Path, ending: str, *, force: bool) -> None:
    """Refuse at once where a workbook cannot be written to: the wrong ending, a folder, a file that is there. UserError.

    Excel does not open a file whose ending says another kind than its content.
    """
    if path.suffix.lower() != ending:
        raise UserError(ENDING.filled(path=path, extension=ending))
    refuse_existing(path, force=force)


def write_file(path: Path, content: bytes, *, force: bool, read: Iterable[Path | None] = ()) -> None:
    """Write a file, whole or not at all; nothing is overwritten without --force, and what was read not at all. CannotWrite."""
    DESK.put(path, content, force=force, inputs=ids_of(read))
