"""The workbooks that are measured: every sample, and a full map of 60 contacts, as different programs save them."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
from big_map import big_map, snapshots

from warmap.model import WarMap
from warmap.reading import read_document
from warmap.text import LANGUAGES, Lang
from warmap_workbook.samples import load_sample, sample_names
from warmap_workbook.writing.build import build_workbook

SAMPLE = "telecom_core_network"
SNAPSHOTS = 12


def sample(name: str = SAMPLE, lang: Lang = "zh") -> bytes:
    """A filled sample as XlsxWriter saves it."""
    return build_workbook(read_document(load_sample(name, lang)).map, lang)


def samples() -> dict[str, bytes]:
    """Every sample in both languages, by its name."""
    return {f"{name}.{lang}": sample(name, lang) for name in sample_names() for lang in LANGUAGES}


def full(count: int = 0) -> bytes:
    """A map of 60 contacts with so many snapshots of itself."""
    data = big_map() | ({"snapshots": snapshots(count)} if count else {})
    return build_workbook(WarMap.model_validate(data), "zh")


def saved_by_openpyxl(content: bytes) -> bytes:
    """The workbook opened and saved."""
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(content)).save(out)
    return out.getvalue()


def write_samples(folder: Path) -> dict[str, list[Path]]:
    """The samples below a folder, by the program that saved them; LibreOffice's where it is installed."""
    made = samples()
    files = {program: folder / program for program in ("XlsxWriter", "openpyxl", "LibreOffice")}
    for path in files.values():
        path.mkdir()
    for name, content in made.items():
        (files["XlsxWriter"] / f"{name}.xlsx").write_bytes(content)
        (files["openpyxl"] / f"{name}.xlsx").write_bytes(saved_by_openpyxl(content))
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office:
        sources = sorted(map(str, files["XlsxWriter"].glob("*.xlsx")))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(files["LibreOffice"])]
        subprocess.run([*command, *sources], check=True, capture_output=True, timeout=600)
    found = {program: sorted(path.glob("*.xlsx")) for program, path in files.items()}
    return {program: paths for program, paths in found.items() if paths}
