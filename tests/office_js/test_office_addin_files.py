"""The files of the Office add-in agree with the function table, and with what Microsoft's own packages say, offline.

Used: custom-functions-metadata, office-addin-manifest-converter with the schemas of @microsoft/app-manifest, and typescript with
Microsoft's declarations of Office.js. Not used: office-addin-mock, which knows no methods (the stand-in in excel_stand_in.js has
its discipline of load and sync), and office-addin-manifest, which asks a service on the web.
"""

import json
import os
import re
import shutil
import struct
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from warmap import VERSION
from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS
from warmap_addin.web.office.office_files import kind_of, manifest, metadata
from warmap_app.main import main

MODULES = Path(__file__).parents[2] / "tools" / "node_modules"
ADDRESS = "https://maps.firm.example/warmap/"
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="session")
def npm():
    """Ask one of Microsoft's packages: a check of microsoft_checks.js, and what it is given."""
    program = shutil.which("node")
    assert program, "Node.js is not installed: tools/install-node-tools.sh"
    assert (MODULES / "typescript").exists(), "the checkers are not installed: tools/install-node-tools.sh"

    def ask(check, **given):
        environment = {"PATH": os.environ["PATH"], "NODE_PATH": str(MODULES)}
        line = [program, str(Path(__file__).with_name("microsoft_checks.js"))]
        done = subprocess.run(
            line,
            input=json.dumps([check, given]),
            capture_output=True,
            text=True,
            check=False,
            env=environment,
            cwd=MODULES,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def commented(function, lang):
    """A function as custom-functions-metadata reads it: declared in a comment."""
    lines = [one["description"] for one in json.loads(metadata(lang))["functions"] if one["id"] == function.name]
    lines += [f"@customfunction {function.name}"]
    for argument in function.arguments:
        shape = "any[][]" if kind_of(argument) == "range" else "any"
        name = argument.name if argument.required else f"[{argument.name}]"
        lines.append(f"@param {{{shape}}} {name} {argument.help.to(lang)}")
    lines += ["@returns {any[][]}"]
    if function.arguments:
        lines += ["@requiresParameterAddresses", "@param {CustomFunctions.Invocation} invocation"]
    names = ", ".join(
        [*(argument.name for argument in function.arguments), *(["invocation"] if function.arguments else [])]
    )
    return "/**\n" + "".join(f" * {line}\n" for line in lines) + f" */\nfunction {function.name}({names}) {{}}\n"


class TestFunctions:
    @every_language
    def test_functions_json_agrees_with_the_function_table(self, lang):
        document = json.loads(metadata(lang))
        assert document["allowErrorForDataTypeAny"], "else Excel never asks us about a range with an error value"
        assert [one["id"] for one in document["functions"]] == list(FUNCTIONS)
        for told, function in zip(document["functions"], FUNCTIONS.values(), strict=True):
            assert [one["name"] for one in told["parameters"]] == [one.name for one in function.arguments]
            assert [not one.get("optional", False) for one in told["parameters"]] == [
                one.required for one in function.arguments
            ]
            assert [one["description"] for one in told["parameters"]] == [
                one.help.to(lang) for one in function.arguments
            ]
            assert told["description"].startswith(function.help.to(lang))
            assert function.example in told["description"]
            assert told["result"]["dimensionality"] == "matrix", (
                "Excel gives addresses only where the result is a matrix"
            )
            assert told.get("options", {}).get("requiresParameterAddresses", False) is bool(function.arguments)

    @every_language
    def test_microsofts_generator_writes_the_same(self, npm, lang):
        found = npm("functions", source="".join(commented(function, lang) for function in FUNCTIONS.values()))
        assert found["errors"] == []

        def plain(one):  # what is left out says the same as what Excel takes it for
            parameters = [
                {"optional": False, "dimensionality": "scalar", **parameter} for parameter in one["parameters"]
            ]
            return {**one, "parameters": parameters, "result": {"type": "any", **one["result"]}}

        assert [plain(one) for one in found["functions"]] == [
            plain(one) for one in json.loads(metadata(lang))["functions"]
        ]

    def test_every_function_has_its_stub_and_no_other(self, node_excel):
        assert set(node_excel("bank_risk_platform.en", 0)("names")) == set(FUNCTIONS)

    def test_what_the_scripts_call_is_declared_by_microsoft(self, npm, folder):
        files = [str(folder / name) for name in ("adapter.js", "functions.js", "connect.js")]
        assert npm("types", files=files, roots=str(MODULES / "@types")) == []

    def test_the_check_of_the_types_finds_a_slip(self, npm, folder, tmp_path):
        slip = tmp_path / "adapter.js"
        slip.write_text((folder / "adapter.js").read_text("utf-8").replace("getRangeOrNullObject", "getRangeOrNull"))
        assert any(
            "getRangeOrNull" in words for words in npm("types", files=[str(slip)], roots=str(MODULES / "@types"))
        )


class TestManifest:
    @pytest.fixture
    def tree(self):
        return ET.fromstring(manifest(ADDRESS))

    def test_microsofts_converter_takes_it_and_the_schemas_what_comes_out(self, npm, folder, tmp_path):
        found = npm("manifest", file=str(folder / "manifest.xml"), out=str(tmp_path))
        assert found["manifest"]["errors"] == found["chinese"]["errors"] == []
        made = found["manifest"]["document"]
        assert made["version"] == VERSION
        (extension,) = made["extensions"]
        assert {"name": "SharedRuntime", "minVersion": "1.1"} in extension["requirements"]["capabilities"]
        pages = {runtime["code"]["page"] for runtime in extension["runtimes"]}
        assert pages == {"https://maps.firm.example/warmap/office/taskpane.html"}
        assert "long" in {runtime["lifetime"] for runtime in extension["runtimes"]}
        assert found["chinese"]["document"]["name.short"] == "作战地图"

    def test_every_resource_is_there_and_used_and_short_enough(self, tree):
        """The converter leaves custom functions out, so what they refer to is looked up here."""
        used = {one.get("resid") for one in tree.iter() if one.get("resid")}
        given = {
            one.get("id"): one
            for one in tree.iter()
            if one.tag.rpartition("}")[2] in ("Image", "Url", "String") and one.get("id")
        }
        assert used == set(given)
        assert all(len(name) <= 32 for name in used)
        for one in given.values():
            most = {"ShortStrings": 125, "LongStrings": 250}.get(_parent(tree, one).tag.rpartition("}")[2], 2048)
            assert all(
                len(words) <= most for words in [one.get("DefaultValue"), *(inner.get("Value") for inner in one)]
            )
        assert given["Namespace"].get("DefaultValue") == "WARMAP"
        kinds = [one.get("{http://www.w3.org/2001/XMLSchema-instance}type") for one in tree.iter()]
        assert {"CustomFunctions", "PrimaryCommandSurface", "ShowTaskpane"} <= set(kinds)

    def test_every_address_is_ours_and_its_file_is_in_the_folder(self, tree, folder):
        text = ET.tostring(tree, "unicode")
        found = set(re.findall(r"https://maps\.firm\.example/warmap/office/([^\"]+)", text))
        assert found == {
            "functions.js", "functions.json", "functions.zh.json", "icon-16.png", "icon-32.png", "icon-64.png", "icon-80.png", "taskpane.html",
        }  # fmt: skip
        assert all((folder / name).is_file() for name in found)
        assert "warmap.example.com" not in text

    def test_the_page_names_the_functions_before_anything_else(self, folder):
        head = (folder / "taskpane.html").read_text("utf-8").partition("</head>")[0]
        scripts = re.findall(r'<script src="([^"]+)"([^>]*)>', head)
        assert [name.rpartition("/")[2] for name, _ in scripts] == [
            "office.js",
            "adapter.js",
            "functions.js",
            "connect.js",
        ]
        assert [more.strip() for _, more in scripts[:3]] == ["", "", ""], "neither deferred nor modules"
        assert all((folder / name).is_file() for name, _ in scripts[1:])

    def test_the_id_never_changes(self, tree):
        assert tree.find("{*}Id").text == "25c1fcdb-c5d8-4b20-adb3-d708286b1b06"

    def test_icons_are_of_the_size_they_say(self, folder):
        for file in folder.glob("icon-*.png"):
            size = int(file.stem.rpartition("-")[2])
            assert struct.unpack(">II", file.read_bytes()[16:24]) == (size, size)

    @pytest.mark.parametrize(
        "address", ["http://firm.example/", "maps", "https://", "https://a.example/?b", "https://a.example/#c"]
    )
    def test_an_address_that_excel_would_not_load_from_is_refused(self, address, tmp_path, capsys):
        out = tmp_path / "out"
        assert main(["addin", "build", "--host", "web", "--address", address, "-o", str(out)]) == 2
        assert "https://" in capsys.readouterr().err
        assert not out.exists()


def _parent(tree, child):
    return next(one for one in tree.iter() if child in list(one))
