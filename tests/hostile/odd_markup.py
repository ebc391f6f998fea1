"""The XML of the parts: entities, encodings, namespaces, nesting, and what stands between the tags."""

from __future__ import annotations

import re
import zlib

from odd_workbook import (
    BOMB,
    MAIN,
    RELATIONS,
    SHEET,
    STRINGS,
    after_head,
    cells,
    changed,
    odd,
    parts,
    put,
    shaped,
    zipped,
)

STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
MC = b'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

# -- entities and DOCTYPEs ----------------------------------------------------------------------------------------------

for _part in ("workbook", "strings", "sheet", "types", "styles", "relations"):
    odd(f"entity_bomb_in_{_part}.xlsx")(lambda part=_part: changed(**{part: after_head(BOMB)}))
odd("an_external_entity.xlsx")(lambda: changed(sheet=after_head(XXE)))
odd("an_external_entity_in_the_strings.xlsx")(
    lambda: changed(strings=lambda data: after_head(XXE)(data).replace(b"<t>", b"<t>&e;", 1))
)
odd("an_external_dtd.xlsx")(
    lambda: changed(workbook=after_head(b'<!DOCTYPE workbook SYSTEM "http://localhost:9/x.dtd">'))
)
odd("a_parameter_entity.xlsx")(
    lambda: changed(sheet=after_head(b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://localhost:9/x"> %p;]>'))
)
odd("a_doctype_of_no_use.xlsx")(lambda: changed(strings=after_head(b"<!DOCTYPE sst>")))
odd("an_entity_nobody_declares.xlsx")(lambda: changed(strings=put(b"<t>", b"<t>&nobody;")))
odd("an_inclusion.xlsx")(
    lambda: changed(
        sheet=cells(b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')
    )
)
odd("a_stylesheet_instruction.xlsx")(
    lambda: changed(sheet=after_head(b'<?xml-stylesheet type="text/xsl" href="http://localhost:9/x.xsl"?>'))
)
odd("the_word_doctype_in_a_text.xlsx")(
    lambda: changed(strings=shaped(rb"</sst>", rb"<si><t><![CDATA[<!DOCTYPE x>]]></t></si></sst>"))
)

# -- encodings ----------------------------------------------------------------------------------------------------------


def _declared(name):
    return lambda data: data.replace(b'encoding="UTF-8"', b'encoding="%b"' % name, 1)


odd("in_utf_16.xlsx")(lambda: changed(sheet=lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16")))
odd("in_utf_16_without_a_mark.xlsx")(lambda: changed(sheet=lambda data: data.decode().encode("utf-16-le")))
odd("in_utf_32.xlsx")(lambda: changed(sheet=lambda data: data.decode().encode("utf-32")))
odd("with_a_byte_order_mark.xlsx")(lambda: changed(sheet=lambda data: b"\xef\xbb\xbf" + data))
odd("declared_as_latin_1.xlsx")(lambda: changed(strings=_declared(b"ISO-8859-1")))
odd("declared_as_utf_7.xlsx")(lambda: changed(strings=_declared(b"UTF-7")))
odd("declared_as_gb18030.xlsx")(lambda: changed(strings=_declared(b"GB18030")))
odd("declared_as_what_is_none.xlsx")(lambda: changed(strings=_declared(b"x-none")))
odd("declared_as_utf_8_in_small_letters.xlsx")(lambda: changed(strings=_declared(b"utf-8")))
odd("bytes_that_are_no_utf_8.xlsx")(lambda: changed(strings=put(b"<t>", b"<t>\xff\xfe")))
odd("a_surrogate_in_utf_8.xlsx")(lambda: changed(strings=put(b"<t>", b"<t>\xed\xa0\x80")))
odd("without_an_xml_declaration.xlsx")(lambda: changed(sheet=shaped(rb"^<\?xml[^>]*>", b"")))
odd("blank_lines_in_front.xlsx")(lambda: changed(sheet=lambda data: b"\n\n" + data))
odd("xml_1_1.xlsx")(lambda: changed(sheet=put(b'version="1.0"', b'version="1.1"')))

# -- well-formed or not -------------------------------------------------------------------------------------------------

odd("not_well_formed.xlsx")(lambda: changed(sheet=put(b"</sheetData>", b"</sheetdata>")))
odd("cut_off_inside_a_sheet.xlsx")(lambda: changed(sheet=lambda data: data[: len(data) // 2]))
odd("cut_off_inside_the_strings.xlsx")(lambda: changed(strings=lambda data: data[: len(data) // 2]))
odd("cut_off_inside_the_styles.xlsx")(lambda: changed(styles=lambda data: data[: len(data) // 2]))
odd("a_control_character.xlsx")(lambda: changed(strings=put(b"<t>", b"<t>\x01")))
odd("a_forbidden_reference.xlsx")(lambda: changed(strings=put(b"<t>", b"<t>&#0;")))
odd("an_attribute_twice.xlsx")(lambda: changed(sheet=put(b'<c r="B8"', b'<c r="B8" r="B9"')))
odd("two_roots.xlsx")(lambda: changed(sheet=lambda data: data + b"<worksheet/>"))
odd("another_root.xlsx")(lambda: changed(sheet=lambda data: data.replace(b"<worksheet", b"<chartsheet").replace(b"</worksheet", b"</chartsheet")))  # fmt: skip
odd("nested_too_deep.xlsx")(lambda: changed(sheet=cells(b"<x>" * 50_000 + b"</x>" * 50_000)))
odd("nested_deep_under_the_ratio.xlsx")(lambda: changed(sheet=cells(_nested(60_000))))
odd("a_million_elements.xlsx")(lambda: changed(strings=put(b"</sst>", b"<si/>" * 1_000_000 + b"</sst>")))
odd("a_string_of_many_megabytes.xlsx")(lambda: changed(strings=put(b"</sst>", b"<si><t>" + zlib.compress(b"x").hex().encode() * 300_000 + b"</t></si></sst>")))  # fmt: skip
odd("many_attributes.xlsx")(
    lambda: changed(sheet=put(b"<sheetData>", b"<x " + b" ".join(b'a%d="%d"' % (n, n * n) for n in range(60_000)) + b"/><sheetData>"))
)  # fmt: skip
odd("a_namespace_of_kilobytes.xlsx")(
    lambda: changed(sheet=put(b"<sheetData>", b'<x xmlns:n="' + b"n" * 5_000 + b'"/><sheetData>'))
)


def _nested(depth):
    """Elements of names that differ, so that they do not pack to nothing."""
    names = [b"n%d" % (n * 7919 % 1_000_003) for n in range(depth)]
    return b"".join(b"<%b>" % name for name in names) + b"".join(b"</%b>" % name for name in reversed(names))


# -- other ways to write the same ---------------------------------------------------------------------------------------


def _prefixed(data):
    named = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1m:\2", data)
    return named.replace(b'xmlns="', b'xmlns:m="', 1)


def _strict(data):
    return data.replace(MAIN.encode(), STRICT)


odd("a_prefix_before_every_name.xlsx")(lambda: changed(sheet=_prefixed))
odd("a_prefix_in_the_strings.xlsx")(lambda: changed(strings=_prefixed))
odd("strict.xlsx")(lambda: zipped({name: _strict(data).replace(
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"
) for name, data in parts().items()}))  # fmt: skip
odd("strict_in_one_sheet_only.xlsx")(lambda: changed(sheet=_strict))
odd("a_namespace_nobody_knows.xlsx")(lambda: changed(sheet=put(MAIN.encode(), b"urn:nobody")))
odd("no_namespace.xlsx")(lambda: changed(sheet=put(b' xmlns="' + MAIN.encode() + b'"', b"")))
odd("comments_between_the_cells.xlsx")(lambda: changed(sheet=put(b'<c r="B8"', b'<!-- c --><c r="B8"')))
odd("instructions_between_the_cells.xlsx")(lambda: changed(sheet=put(b'<c r="B8"', b'<?php echo 1 ?><c r="B8"')))
odd("a_comment_inside_a_number.xlsx")(lambda: changed(sheet=put(b"<v>12800000<", b"<v>128<!-- -->00000<")))
odd("a_number_in_cdata.xlsx")(lambda: changed(sheet=put(b"<v>12800000<", b"<v><![CDATA[12800000]]><")))
odd("a_number_by_references.xlsx")(lambda: changed(sheet=put(b"<v>12800000<", b"<v>&#49;2800000<")))
odd("a_number_between_spaces.xlsx")(lambda: changed(sheet=put(b"<v>12800000<", b"<v> \n12800000\t<")))
odd("indented.xlsx")(lambda: changed(sheet=lambda data: data.replace(b"><", b">\n  <")))
odd("alternative_content_around_a_row.xlsx")(
    lambda: changed(
        sheet=shaped(
            rb'<row r="8".*?</row>',
            lambda match: (
                b'<mc:AlternateContent %b><mc:Choice Requires="x14">%b</mc:Choice></mc:AlternateContent>'
                % (MC, match[0])
            ),
        )
    )
)
odd("alternative_content_in_the_workbook.xlsx")(
    lambda: changed(workbook=put(b"<bookViews>", b'<mc:AlternateContent %b><mc:Choice Requires="x15"><x/></mc:Choice></mc:AlternateContent><bookViews>' % MC))
)  # fmt: skip
odd("an_extension_list_in_a_cell.xlsx")(
    lambda: changed(sheet=put(b"<v>12800000</v>", b'<v>12800000</v><extLst><ext uri="x"><v>9</v></ext></extLst>'))
)
odd("relations_with_a_doctype.xlsx")(
    lambda: zipped({**parts(), "_rels/.rels": after_head(XXE)(parts()["_rels/.rels"])})
)
odd("a_bomb_in_a_part_that_is_not_read.xlsx")(
    lambda: zipped({**parts(), "docProps/app.xml": after_head(BOMB)(parts()["docProps/app.xml"])})
)

assert {SHEET, STRINGS, RELATIONS} <= parts().keys()
