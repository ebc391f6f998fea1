"""A portfolio written down: as a workbook, a page, the deals' lines, or a folder with a page for every team."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

from warmap.names import key
from warmap.text import Lang, Text, joined
from warmap_app.command import UserError
from warmap_app.outputs.csv_tables import csv_file
from warmap_app.outputs.destination import cannot_write, file_name, new_file, refuse_existing, refuse_filled
from warmap_app.outputs.parquet_tables import need_pyarrow, parquet_file
from warmap_app.portfolio.deal_lines import LINES, rows_of
from warmap_app.portfolio.figures import pandas
from warmap_app.portfolio.forecast import Portfolio
from warmap_app.portfolio.gathered import Gathered
from warmap_app.portfolio.report_text import BLANK

ENDINGS = (".xlsx", ".html", ".csv", ".parquet")
ENDING = Text(
    "-o 应以{endings}结尾，或是没有扩展名的文件夹，不是“{given}”",
    "-o should end in {endings}, or name a folder, without an ending; not “{given}”",
)
FIRST_PAGE = "index.html"
PAGES = Text("另有 {count} 页在 {folder}", "pages beside it, in {folder}: {count}")
TEAMS = Text("每个团队一页：{count} 页", "a page for every team: {count}")


def refuse(out: Path, *, force: bool) -> None:
    """What cannot be written is told before anything is read. UserError."""
    ending = out.suffix.lower()
    if ending not in {"", *ENDINGS}:
        raise UserError(ENDING.filled(endings=joined(ENDINGS), given=out.name))
    if ending == ".parquet":
        need_pyarrow()
    elif ending != ".csv":
        pandas()
    if not ending:
        refuse_filled(out, force=force)
        return
    refuse_existing(out, force=force)
    if ending == ".html":
        refuse_filled(_pages().folder_beside(out), force=force)


def write(gathered: Gathered, portfolio: Portfolio, lang: Lang, out: Path, *, force: bool) -> list[Text]:
    """Write it; what to tell beside the notes. The modules are loaded by name: each output needs only its own."""
    ending = out.suffix.lower()
    if not ending:
        return list(_by_team(gathered, portfolio, lang, out, force=force))
    if ending == ".html":
        return list(_paged(portfolio, lang, out, force=force))
    remarks: list[Text] = []
    if ending == ".xlsx":
        content = import_module("warmap_app.portfolio.workbook").build_portfolio(portfolio, lang, out.parent)
    elif ending == ".csv":
        content = csv_file(LINES, rows_of(portfolio), lang)
    else:
        content, remarks = parquet_file(LINES, rows_of(portfolio))
    _put(out, content, force=force)
    return remarks


def _put(path: Path, content: bytes, *, force: bool) -> None:
    with new_file(path, force=force) as file:
        file.write(content)


def _pages() -> Any:
    return import_module("warmap_app.portfolio.page")


def _paged(
    portfolio: Portfolio, lang: Lang, out: Path, *, force: bool, beside: list[tuple[str, str]] | None = None
) -> Iterator[Text]:
    """The page and its further pages, those of an earlier and longer portfolio taken away."""
    folder, written = _pages().folder_beside(out), 0
    try:
        for old in folder.glob("*.html") if folder.is_dir() else ():
            if _pages().is_further_page(old.name) and not old.is_symlink():
                old.unlink()
    except OSError as error:
        raise cannot_write(folder, error) from None
    for written, (path, page) in enumerate(_pages().pages_of(portfolio, lang, out, beside or ())):  # noqa: B007
        _put(path, page.encode("utf-8", "replace"), force=force)
    if written:
        yield PAGES.filled(count=written, folder=str(folder))


def _by_team(gathered: Gathered, portfolio: Portfolio, lang: Lang, out: Path, *, force: bool) -> Iterator[Text]:
    """The page of all, which leads to one for each team; what is a team's own is on its page alone, and its own quota."""
    lines = rows_of(portfolio)
    teams = {key(row.deal.team): row.deal.team for row in lines}
    taken, beside = {FIRST_PAGE}, []
    for team in sorted(teams.values()):
        name = file_name(team or BLANK.to(lang), taken, ".html")
        beside.append((team or BLANK.to(lang), quote(name)))
        of_team = gathered.of_team(team, [row.deal for row in lines])
        yield from _paged(of_team, lang, out / name, force=force)
    yield from _paged(portfolio, lang, out / FIRST_PAGE, force=force, beside=beside)
    yield TEAMS.filled(count=len(teams))
