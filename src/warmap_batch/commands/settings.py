"""warmap settings: the default settings as a file to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap_batch.cli import PASSED

if TYPE_CHECKING:
    import argparse

    from warmap.text import Lang

EXAMPLE = "warmap settings > settings.yaml"


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """None."""
    del parser, lang


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Print every setting with its default, and what it is as a comment."""
    from warmap.settings import default_settings, meaning

    del options
    settings = default_settings()
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        print(f"# {meaning(name).to(lang)}")
        if isinstance(value, dict):
            print(f"{name}:")
            for member, number in value.items():
                print(f"  {member}: {number:g}")
        else:
            print(f"{name}: {value:g}")
    return PASSED
