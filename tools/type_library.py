"""The type library of the LibreOffice extension, written by the LibreOffice SDK and kept, so that a build needs no SDK.

`--write` renews `warmap.idl` and `warmap.rdb` after a change of the function table; `--check` fails where they are stale.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from warmap_addin.libreoffice import generate
from warmap_addin.libreoffice.build import TYPE_LIBRARY_COMMAND as COMMAND
from warmap_addin.libreoffice.locate import find_office


class NoTypeWriter(Exception):
    """`unoidl-write` of the LibreOffice SDK is not there."""


def fresh_rdb(text: str) -> bytes:
    """The type library of an IDL text, written by the LibreOffice SDK. Raises NoTypeWriter without it."""
    office = find_office()
    program = office.program if office else None
    writers = [] if program is None else [
        path for name in ("unoidl-write", "unoidl-write.exe") if (path := program.parent / "sdk" / "bin" / name).is_file()
    ]  # fmt: skip
    if program is None or not writers:
        raise NoTypeWriter
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "warmap.idl"), Path(folder, "warmap.rdb")
        source.write_text(text, encoding="utf-8")
        known = [program / "types.rdb", program / "types" / "offapi.rdb"]
        command = [writers[0], *known, source, target]
        subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: S603  our own list
        return target.read_bytes()


def main(arguments: list[str] | None = None) -> int:
    """Write or check the kept IDL and type library."""
    parser = argparse.ArgumentParser(prog="python -m tools.type_library", description=__doc__)
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--write", action="store_true", help="renew warmap.idl and warmap.rdb")
    group.add_argument("--check", action="store_true", help="exit 1 where they are stale")
    wanted = parser.parse_args(arguments)
    text = generate.idl()
    try:
        rdb: bytes | None = fresh_rdb(text)
    except NoTypeWriter:
        rdb = None
    if wanted.write:
        if rdb is None:
            print("unoidl-write is missing: install the LibreOffice SDK (Debian: libreoffice-dev)", file=sys.stderr)
            return 2
        generate.KEPT_IDL.write_text(text, encoding="utf-8")
        generate.KEPT_RDB.write_bytes(rdb)
        return 0
    stale = not generate.KEPT_IDL.is_file() or generate.KEPT_IDL.read_text(encoding="utf-8") != text
    stale = stale or not generate.KEPT_RDB.is_file() or (rdb is not None and generate.KEPT_RDB.read_bytes() != rdb)
    if stale:
        print(f"warmap.rdb is stale; renew it with: {COMMAND}", file=sys.stderr)
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
