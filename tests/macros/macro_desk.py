"""Workbooks open in the stand-in, and a button pressed in them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from excel_stand_in import App, Book

from warmap_addin.macros.running import run
from warmap_addin.macros.session import Session
from warmap_app.load import load
from warmap_workbook import samples
from warmap_workbook.writing.build import build_workbook

NOW = datetime(2026, 7, 3, 9, 30)  # noqa: DTZ001  a workbook knows no time zone


@cache
def sample(lang):
    """The bytes of a half-filled map in either language."""
    name = "lubricants_group.yaml" if lang == "zh" else "lubricants_group.en.yaml"
    return build_workbook(load(Path(samples.__file__).with_name(name)).map, lang)


@cache
def blank(lang):
    return build_workbook(None, lang)


class Desk:
    """Somebody at a computer: presses buttons in an open workbook."""

    def __init__(self, folder, content=None, name="map.xlsx", lang="en"):
        self.folder, self.app = folder, App()
        self.book = None if content is None else Book(content, folder / name if name else "", self.app)
        self.lang, self.log, self.shown, self.rounds = lang, folder / "profile" / "warmap.log", [], {}
        self.written, self.answer = {}, None

    def press(self, name):
        """The words that Excel shows."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        session = Session(
            self.app, self.book, NOW, self.lang, home, self.log, self.shown.append, self.rounds, self.written
        )
        self.answer = run(name, session)
        return self.answer.words

    def files(self):
        return sorted(p.name for p in self.folder.iterdir() if p.name not in {"home", "profile"})
