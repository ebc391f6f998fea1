"""The zip container: cut, damaged, lying, overlapping, encrypted, and legal but seldom met."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

from odd_workbook import (
    RELATIONS,
    SHEET,
    STRINGS,
    STYLES,
    TYPES,
    WORKBOOK,
    added,
    changed,
    good,
    odd,
    parts,
    put,
    without,
    zipped,
)
from zip_writing import Part, quoted, written

# -- cut and damaged ----------------------------------------------------------------------------------------------------

odd("cut_in_half.xlsx")(lambda: good()[: len(good()) // 2])
odd("first_kilobyte.xlsx")(lambda: good()[:1024])
odd("directory_cut_off.xlsx")(lambda: good()[:-30])
odd("beginning_cut_off.xlsx")(lambda: good()[100:])
odd("middle_cut_out.xlsx")(lambda: good()[:20_000] + good()[21_000:])
odd("garbage_in_front.xlsx")(lambda: b"x" * 100 + good())
odd("self_extracting.xlsx")(lambda: b"MZ" + bytes(6000) + good())
odd("garbage_behind.xlsx")(lambda: good() + b"\0" * 1000)
odd("twice_in_a_row.xlsx")(lambda: good() + good())
odd("line_ends_converted.xlsx")(lambda: good().replace(b"\n", b"\r\n"))
odd("top_bits_lost.xlsx")(lambda: bytes(byte & 0x7F for byte in good()))
odd("read_as_text_and_written_again.xlsx")(lambda: good().decode("utf-8", "replace").encode())


@odd("a_part_damaged.xlsx")
def _damaged():
    data = bytearray(good())
    at = data.index(SHEET.encode()) + len(SHEET) + 40
    data[at : at + 20] = b"\xff" * 20
    return bytes(data)


# -- parts by name ------------------------------------------------------------------------------------------------------


@odd("two_parts_of_one_name.xlsx")
def _twice():
    out = io.BytesIO(good())
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as book:
        warnings.simplefilter("ignore")
        book.writestr(SHEET, b"<worksheet/>")
    return out.getvalue()


odd("two_parts_but_for_case.xlsx")(lambda: added(**{"XL__WORKBOOK.XML": b"<x/>"}))
odd("two_parts_but_for_the_slash.xlsx")(lambda: added(**{"xl\\workbook.xml": b"<x/>"}))
odd("a_path_upwards.xlsx")(lambda: added(**{"..__..__etc__passwd": b"x"}))
odd("an_absolute_path.xlsx")(lambda: added(__etc__passwd=b"x"))
odd("a_windows_path.xlsx")(lambda: added(**{"C:\\temp\\x.exe": b"x"}))
odd("a_part_without_a_name.xlsx")(lambda: written([Part(b"", b"x"), *_entries()]))
odd("a_name_with_a_zero.xlsx")(lambda: written([Part(b"xl/a\0.xml", b"x"), *_entries()]))
odd("a_name_in_gbk.xlsx")(lambda: written([Part("商机.xml".encode("gb18030"), b"x"), *_entries()]))
odd("a_name_of_60000_letters.xlsx")(lambda: written([Part(b"x" * 60_000, b"x"), *_entries()]))
odd("backslashes_between_folders.xlsx")(
    lambda: written([Part(name.replace("/", "\\").encode(), data) for name, data in parts().items()])
)
odd("parts_in_capital_letters.xlsx")(
    lambda: zipped({name if name == TYPES else name.upper(): data for name, data in parts().items()})
)
odd("thousands_of_parts.xlsx")(lambda: added(**{f"customXml__item{i}.xml": b"<x/>" for i in range(3000)}))
odd("parts_nobody_refers_to.xlsx")(lambda: added(**{"[trash]__0000.dat": bytes(100), "xl__calcChain.xml": b"x"}))
odd("no_workbook_part.xlsx")(lambda: without(WORKBOOK))
odd("no_sheet_part.xlsx")(lambda: without(SHEET))
odd("no_styles.xlsx")(lambda: without(STYLES))
odd("no_shared_strings.xlsx")(lambda: without(STRINGS))
odd("no_relations.xlsx")(lambda: without(RELATIONS))
odd("no_relations_of_the_package.xlsx")(lambda: without("_rels/.rels"))
odd("no_content_types.xlsx")(lambda: without(TYPES))
odd("no_parts_but_the_workbook.xlsx")(lambda: zipped({TYPES: parts()[TYPES], WORKBOOK: parts()[WORKBOOK]}))
odd("an_empty_sheet_part.xlsx")(lambda: zipped({**parts(), SHEET: b""}))
odd("an_empty_strings_part.xlsx")(lambda: zipped({**parts(), STRINGS: b""}))
odd("an_empty_relations_part.xlsx")(lambda: zipped({**parts(), RELATIONS: b""}))
odd("an_empty_types_part.xlsx")(lambda: zipped({**parts(), TYPES: b""}))

# -- packing ------------------------------------------------------------------------------------------------------------


def _entries(name=None, **how):
    """The parts as entries; one of them, or all, written as told."""
    return [Part(part.encode(), data, **(how if name in (None, part) else {})) for part, data in parts().items()]


odd("stored_without_compression.xlsx")(lambda: zipped(parts(), compression=zipfile.ZIP_STORED))
odd("compressed_with_lzma.xlsx")(lambda: zipped(parts(), compression=zipfile.ZIP_LZMA))
odd("compressed_with_bzip2.xlsx")(lambda: zipped(parts(), compression=zipfile.ZIP_BZIP2))
odd("compressed_with_deflate64.xlsx")(lambda: written(_entries(method=9)))
odd("compressed_with_zstandard.xlsx")(lambda: written(_entries(method=93)))
odd("packed_by_a_streaming_writer.xlsx")(lambda: written(_entries(has_descriptor=True)))
odd("packed_with_zip64_entries.xlsx")(lambda: written(_entries(is_zip64=True)))
odd("packed_with_a_zip64_directory.xlsx")(lambda: written(_entries(), zip64_end="only"))
odd("packed_with_two_directories_that_agree.xlsx")(lambda: written(_entries(), zip64_end="both"))
odd("packed_with_two_directories_that_differ.xlsx")(lambda: written(_entries(), zip64_end="lies"))
odd("packed_with_extra_fields.xlsx")(lambda: written(_entries(extra=struct.pack("<2H5s", 0x5455, 5, b"\x01abcd"))))
odd("packed_with_a_comment.xlsx")(lambda: written(_entries(), comment=b"made by a tool" * 100))
odd("a_directory_inside_the_comment.xlsx")(lambda: written(_entries(), comment=b"PK\x05\x06" + bytes(18)))
odd("a_password_on_every_part.xlsx")(lambda: written(_entries(flags=1)))
odd("a_password_on_a_part.xlsx")(lambda: written(_entries(SHEET, flags=1)))
odd("aes_encrypted_parts.xlsx")(
    lambda: written(_entries(method=99, flags=1, extra=struct.pack("<2HH2sBH", 0x9901, 7, 2, b"AE", 3, 8)))
)
odd("a_patch_instead_of_a_part.xlsx")(lambda: written(_entries(SHEET, flags=0x20)))

# -- directories that lie -----------------------------------------------------------------------------------------------

odd("sizes_too_small.xlsx")(lambda: written(_entries(size=10)))
odd("a_size_too_large.xlsx")(lambda: written(_entries(SHEET, size=1_000_000)))
odd("a_size_of_four_gigabytes.xlsx")(lambda: written(_entries(SHEET, size=0xFFFFFFFE)))
odd("a_wrong_sum.xlsx")(lambda: written(_entries(SHEET, crc=0)))
odd("stored_and_declared_larger.xlsx")(lambda: written(_entries(SHEET, method=0, size=1_000_000)))
odd("another_name_in_the_local_header.xlsx")(lambda: written(_entries(SHEET, local_name=b"xl/worksheets/sheetX.xml")))
odd("another_method_in_the_local_header.xlsx")(lambda: written(_entries(SHEET, local={"method": 0})))
odd("more_entries_than_there_are.xlsx")(lambda: written(_entries(), count=500))
odd("fewer_entries_than_there_are.xlsx")(lambda: written(_entries(), count=len(parts()) - 1))
odd("no_entries_declared.xlsx")(lambda: written(_entries(), count=0))


@odd("a_directory_elsewhere.xlsx")
def _elsewhere():
    data = bytearray(good())
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<L", data, end + 16, 0xFFFFFF00)
    return bytes(data)


@odd("on_a_second_disk.xlsx")
def _second_disk():
    data = bytearray(good())
    struct.pack_into("<H", data, data.rindex(b"PK\x05\x06") + 4, 1)
    return bytes(data)


@odd("parts_in_the_same_bytes.xlsx")
def _overlapping():
    data = bytearray(good())
    places = [at for at in range(len(data)) if data.startswith(b"PK\x01\x02", at)]
    data[places[5] + 42 : places[5] + 46] = data[places[4] + 42 : places[4] + 46]
    return bytes(data)


# -- bombs --------------------------------------------------------------------------------------------------------------

odd("a_bomb_of_overlapping_parts.xlsx")(lambda: quoted(bytes(500_000), 60, b"xl/worksheets/sheet%d.xml"))
odd("inflates_a_thousandfold.xlsx")(lambda: added(xl__media__image1=b"\0" * 30_000_000))
odd("a_workbook_inside_a_workbook.xlsx")(lambda: added(**{"xl__embeddings__book1.xlsx": good()}))


@odd("larger_than_any_workbook.xlsx")
def _larger():
    noise = bytes(range(1, 256)) * 90_000
    return zipped({**parts(), "xl/media/film.mp4": noise}, compression=zipfile.ZIP_STORED)


@odd("many_parts_just_under_the_ratio.xlsx")
def _many():
    """70 parts of a megabyte, each packed to a fiftieth or so: only their sum tells."""
    piece = b"".join(b"%d," % (i * 7919 % 100_000) for i in range(4_000))
    return added(**{f"xl__media__{n}.txt": (piece * 45)[:1_000_000] for n in range(70)})


odd("a_sheet_that_inflates.xlsx")(lambda: changed(sheet=put(b"</sheetData>", b" " * 40_000_000 + b"</sheetData>")))
