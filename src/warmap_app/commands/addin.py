"""warmap addin: build, install, uninstall or diagnose the add-ins of a host."""

from __future__ import annotations

import argparse

from warmap.text import Lang

EXAMPLE = "warmap addin install --host libreoffice"


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """The add-in's own arguments."""
    from warmap_addin.cli import add_arguments as add

    del lang
    add(parser)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Hand over to the add-in's own command."""
    from warmap_addin.cli import run as run_addin

    return run_addin(options, lang)
