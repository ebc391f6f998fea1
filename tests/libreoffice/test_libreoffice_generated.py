"""What is generated from the function table says what the table says."""

import xml.etree.ElementTree as ET

import pytest

from tools import type_library
from warmap import VERSION
from warmap.worksheet import FUNCTIONS
from warmap_addin.libreoffice import generate

OOR = "{http://openoffice.org/2001/registry}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def nodes():
    functions = ET.fromstring(generate.xcu()).find(f".//node[@{OOR}name='AddInFunctions']")
    return {node.get(f"{OOR}name"): node for node in functions}


def values(node, name):
    prop = node.find(f"prop[@{OOR}name='{name}']")
    return {value.get(XML_LANG): value.text for value in prop}


def test_every_function_and_no_other_is_described(nodes):
    assert set(nodes) == set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_its_name_and_help_in_both_languages(nodes, name):
    function, node = FUNCTIONS[name], nodes[name]
    assert set(values(node, "DisplayName").values()) == {f"WARMAP.{name}"}
    assert set(values(node, "CompatibilityName").values()) == {f"WARMAP.{name}"}
    assert values(node, "Description")["zh-CN"].startswith(function.help.zh)
    assert values(node, "Description")["en"].startswith(function.help.en)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_help_of_each_argument_stands_under_the_name_the_interface_gives_it(nodes, name):
    parameters = list(nodes[name].find(f"node[@{OOR}name='Parameters']"))
    wanted = [generate.argument_name(argument) for argument in FUNCTIONS[name].arguments]
    assert [parameter.get(f"{OOR}name") for parameter in parameters] == wanted
    line = next(line for line in generate.idl().splitlines() if f" {name}(" in line)
    assert all(f" {argument}" in line for argument in wanted)
    for parameter, argument in zip(parameters, FUNCTIONS[name].arguments, strict=True):
        assert values(parameter, "Description") == {
            "en": argument.help.en,
            "en-US": argument.help.en,
            "zh-CN": argument.help.zh,
        }


def test_the_kept_type_library_is_the_one_a_fresh_build_gives():
    assert type_library.main(["--check"]) == 0, f"renew it with: {type_library.COMMAND}"


def test_the_check_fails_with_the_name_of_the_command_that_renews(monkeypatch, capsys, tmp_path):
    old = tmp_path / "warmap.idl"
    old.write_text("module org { };", encoding="utf-8")
    monkeypatch.setattr(generate, "KEPT_IDL", old)
    assert type_library.main(["--check"]) == 1
    assert type_library.COMMAND in capsys.readouterr().err


def test_the_description_says_who_and_which_version():
    root = ET.fromstring(generate.description())
    found = {element.tag.rpartition("}")[2]: element for element in root.iter()}
    assert found["identifier"].get("value") == "org.warmap.addin"
    assert found["version"].get("value") == VERSION
    assert {element.get("lang") for element in root.iter() if element.tag.endswith("}name")} == {"en", "zh-CN"}


def test_all_generated_files_are_well_formed():
    for data in generate.documents().values():
        ET.fromstring(data)
