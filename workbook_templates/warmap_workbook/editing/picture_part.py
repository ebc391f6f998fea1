"""A workbook with the relationship picture on a sheet of its own: shapes that XlsxWriter has not, put into what it wrote."""

from collections.abc import Sequence

from warmap.layout import PICTURE, tab_name
from warmap.model import WarMap
from warmap.settings import Settings
from warmap.text import Lang
from warmap_workbook.editing.package_edit import PackageEdit
from warmap_workbook.writing.build import OwnSheet, build_workbook


def build_with_picture(
    war_map: WarMap | None, lang: Lang, settings: Settings | None, picture: bytes | None, own_sheets: Sequence[OwnSheet] = ()
) -> bytes:  # fmt: skip
    """Build a workbook; `picture` is the drawing part that its picture shows, None for a workbook without one."""
    made = build_workbook(war_map, lang, settings, own_sheets=own_sheets, has_picture=picture is not None)
    if picture is None:
        return made
    edit = PackageEdit(made)
    name = tab_name(PICTURE.code, lang)
    part = next(one.part for one in edit.worksheets() if one.name == name)
    relations = edit.package.relations(part).values()
    edit.put(next(one.target for one in relations if one.kind == "drawing"), picture)
    return edit.content()
