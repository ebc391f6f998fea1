"""Security, line 1: no module is ever taken from the current folder or from beside a submitted file."""

import ast
import json
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = [file for room in ("src", "udfs", "addin", "workbook_templates") for file in (ROOT / room).rglob("*.py")]
WARMAP = "import sys; from warmap_app.main import main; sys.exit(main())"
OURS = ("warmap", "warmap_app", "warmap_udfs", "warmap_addin", "warmap_workbook", "tools")
OTHERS = (
    "uno",
    "unohelper",
    "pythonloader",
    "sitecustomize",
    "usercustomize",
    "pip",
    "ensurepip",
    "setuptools",
    "resources",
)
MARK = "import os\nopen(os.environ.get('PLANTED', '/dev/null'), 'a').write(__name__ + chr(10))\nraise SystemExit(77)\n"


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """A folder of submissions with every name that anything may import beside them, each of which tells when it is run."""
    folder = tmp_path_factory.mktemp("submitted")
    names = {*sys.stdlib_module_names, *packages_distributions(), *OURS, *OTHERS} - {"__main__"}
    for name in names:
        if name.isidentifier():
            (folder / f"{name}.py").write_text(MARK)
    for name in ("a", "b", "c"):
        deal = {"account": name, "opportunity": "O", "owner": "R", "as_of": "2026-06-30", "amount": 1200000,
                "currency": "CNY", "close_date": "2026-12-31", "stage": "market_research"}  # fmt: skip
        contact = {
            "name": "王芳",
            "buying_roles": ["user"],
            "contact_frequency": "frequent",
            "last_contact": "2026-06-01",
        }
        (folder / f"{name}.json").write_text(json.dumps({"deal": deal, "contacts": [contact]}))
    (folder / "people.csv").write_text("Name,Title\nJane Doe,CFO\n")
    subprocess.run(
        [script(), "new", "--from", "a.json", "-o", "deal.xlsx"], cwd=folder, check=True, capture_output=True
    )
    return folder


def script():
    """The command as pip installs it."""
    path = Path(sys.executable).with_name("warmap")
    assert path.is_file(), "install the program: pip install -e ."
    return str(path)


LINES = [
    "--version",
    "--help",
    "new --from a.json -o out.xlsx --force",
    "evaluate deal.xlsx",
    "evaluate a.json --json",
    "check deal.xlsx",
    "check . --jobs 2",
    "check . --format xlsx -o out.xlsx --force",
    "check . --format html -o out.html --force",
    "check . --format csv -o out.csv --force",
    "check . --format parquet -o parquet --force",
    "check . --format notes -o notes --force",
    "check . --store history.db",
    "check . --engine dask --jobs 1",
    "check http://127.0.0.1:9/a.json",
    "check s3://bucket/a.json",
    "portfolio . -o out.xlsx --force",
    "portfolio --store history.db",
    "diff a.json b.json",
    "history deal.xlsx",
    "history --store history.db",
    "upgrade deal.xlsx -o out.xlsx --force",
    "repair deal.xlsx -o out.xlsx --force",
    "merge a.json deal.xlsx --base a.json -o out.xlsx --force",
    "import-contacts people.csv --into deal.xlsx --yes -o out.xlsx --force",
    "rule RF205",
    "schema",
    "settings public_sector",
    "addin doctor --host libreoffice",
    "addin doctor --host excel",
    "addin build --host libreoffice -o out.oxt --force",
    "addin build --host excel -o . --force",
    "addin uninstall --host libreoffice --profile profile",
]


@pytest.mark.parametrize("line", LINES)
def test_no_command_runs_what_lies_beside_a_submission(planted, tmp_path, line):
    mark = tmp_path / "mark"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    environment |= {"PLANTED": str(mark), "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    done = subprocess.run(
        [script(), *line.split()],
        cwd=planted,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert not mark.exists(), mark.read_text()
    assert done.returncode in {0, 1, 2}, done.stderr
    assert "SystemExit" not in done.stderr


def test_with_the_current_folder_kept_out_so_does_python_m(planted, tmp_path):
    mark = tmp_path / "mark"
    environment = {**os.environ, "PLANTED": str(mark)}
    line = [sys.executable, "-P", "-m", "warmap_app", "check", ".", "--jobs", "2"]
    subprocess.run(line, cwd=planted, env=environment, capture_output=True, check=False, timeout=120)
    assert not mark.exists()


class TestReadersThatAreNotForked:
    """As on Windows."""

    def test_they_take_nothing_from_the_folder(self, planted, tmp_path):
        mark = tmp_path / "mark"
        code = (
            "import warmap_app.batch.engine as e, warmap_app.child\n"
            "from warmap_app.batch.asked import asked_for\nfrom warmap_app.batch.one import Terms\n"
            "warmap_app.child.CAN_FORK = False\n"
            "if __name__ == '__main__':\n"
            "    s = asked_for(['.']).sources\n"
            "    found = dict(e.check_here(s, range(len(s)), Terms('en'), jobs=1))\n"
            "    assert sum(o['result']['passed'] for o in found.values()) >= 3, found\n"
        )
        (tmp_path / "run.py").write_text(code)
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
        done = subprocess.run(
            [sys.executable, str(tmp_path / "run.py")], cwd=planted, env={**environment, "PLANTED": str(mark)},
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert not mark.exists(), mark.read_text()
        assert done.returncode == 0, done.stderr


STARTS = {
    "run",
    "Popen",
    "check_output",
    "check_call",
    "call",
    "execv",
    "execve",
    "spawnv",
    "system",
    "popen",
    "startfile",
}


def starts(tree):
    """The calls that start a program."""
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) else None
        if not isinstance(called, ast.Attribute) or called.attr not in STARTS:
            continue
        if getattr(called.value, "id", "") in {"subprocess", "os"}:
            yield node


def test_every_program_is_started_in_a_folder_and_with_an_environment_of_our_choice():
    """`cwd`, or a Python with -I or -P; and never the environment as it is, but for Windows' own taskkill and startfile."""
    found = []
    for file in SHIPPED:
        for call in starts(ast.parse(file.read_text("utf-8"))):
            given = {one.arg for one in call.keywords}
            if "env" not in given and not {"taskkill", "startfile"} & set(re.findall(r"\w+", ast.dump(call))):
                found.append(f"{file.relative_to(ROOT)}:{call.lineno}")
    assert found == []


def test_every_python_that_is_started_is_isolated():
    """A list that holds -m or -c for Python holds -I or -P before it; LibreOffice's, which may be older, has a folder of its own."""
    found = []
    for file in SHIPPED:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.List | ast.Tuple):
                words = [one.value for one in node.elts if isinstance(one, ast.Constant)]
                if {"-m", "-c"} & set(words) and not {"-I", "-P"} & set(words) and file.name != "locate.py":
                    found.append(f"{file.relative_to(ROOT)}:{node.lineno} {words}")
    assert found == []
