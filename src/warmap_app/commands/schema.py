"""warmap schema: the JSON schema of a map."""

from __future__ import annotations

import argparse
import json

from warmap.text import Lang
from warmap_app.cli import PASSED

EXAMPLE = "warmap schema > warmap.schema.json"


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """None."""
    del parser, lang


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Print the schema."""
    from warmap.schema import json_schema

    del options
    print(json.dumps(json_schema(lang), ensure_ascii=False, indent=2))
    return PASSED
