"""Where the `warmap` command begins: the version is answered before anything else is imported."""

from __future__ import annotations

import gc
import os
import sys

from warmap._version import VERSION


def main() -> int:
    """Run the command line. Returns the exit code."""
    if sys.argv[1:] == ["--version"]:
        print(f"warmap {VERSION}")
        return 0
    from warmap_app.collector import collect_seldom

    collect_seldom()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for them costs more than the import
    from warmap_app.cli import main as run

    code = run()
    gc.freeze()  # the process ends: what is left need not be searched for cycles
    return code
