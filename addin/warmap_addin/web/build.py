"""`warmap addin build --host web`: the page and the Office add-in in one folder, for the address where it will lie."""

import argparse
from pathlib import Path

from warmap.text import Lang, Text
from warmap_addin.web.office.office_files import FOLDER, PLACEHOLDER, office_files
from warmap_addin.web.static_folder import files_of, find
from warmap_app.outputs.destination import refuse_filled
from warmap_workbook.saving import in_full, save

OUT = "warmap-web"
WRITTEN = Text(
    "已写入 {path}：{count} 个文件。整个文件夹放到 {address}，再把 {manifest} 交给 Excel（见 docs/office.zh.md）",
    "wrote {path}: {count} files; put the folder at {address} and give {manifest} to Excel (docs/office.md)",
)


def build(arguments: argparse.Namespace, lang: Lang) -> int:
    """`warmap addin build --host web [--address URL] [-o DIR] [--force]`: 0 written.

    Raises CannotDo where no page was built, WrongPath, CannotWrite, and UserError for a folder that holds something.
    """
    folder, address = Path(arguments.out or OUT), arguments.address or PLACEHOLDER
    office = {f"{FOLDER}/{name}": content for name, content in office_files(address).items()}
    refuse_filled(folder, force=arguments.force)
    page = find()
    content = {**{name: (page / name).read_bytes() for name in files_of(page)}, **office}
    for name, data in content.items():
        save(folder / name, data, force=arguments.force)
    manifest = folder / FOLDER / "manifest.xml"
    print(in_full(WRITTEN, path=folder, count=len(content), address=address, manifest=manifest).to(lang))
    return 0
