"""`warmap web` writes the whole folder or shows it on this computer, and says in one line what is missing."""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from tools.served import serving
from warmap_addin import CannotDo
from warmap_addin.web import static_folder
from warmap_addin.web.office.office_files import office_files
from warmap_addin.web.static_folder import MOST_BYTES, files_of
from warmap_app.main import main

FILES = {
    "index.html": b"<!doctype html>", "main.js": b"export {}", "pyodide/pyodide.mjs": b"export {}",
    "pyodide/pyodide.asm.wasm": b"\0asm", "wheels/one-1-py3-none-any.whl": b"PK", "app.webmanifest": b"{}", "icon.svg": b"<svg/>",
    "offline.js": b'const NAME = "NAME-OF-THE-BUILD";',
}  # fmt: skip


def made(folder, files=FILES):
    """A folder as the build leaves it."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    static_folder._list_files(folder)
    return folder


@pytest.fixture
def built(tmp_path, monkeypatch):
    folder = made(tmp_path / "built")
    monkeypatch.setattr(static_folder, "BUILT", folder)
    monkeypatch.chdir(tmp_path)
    return folder


def content_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_keeps_the_folder_in_a_browser_is_another_file_in_every_build(tmp_path):
    """A browser looks for a newer build where the bytes of that file are other ones, and nowhere else."""
    for name, page in (("first", b"<p>one"), ("second", b"<p>two")):
        folder = made(tmp_path / name, {**FILES, "index.html": page})
        told = json.loads((folder / "folder.json").read_text("utf-8"))["name"]
        assert (folder / "offline.js").read_text("utf-8") == f'const NAME = "{told}";'
    assert (tmp_path / "first" / "offline.js").read_bytes() != (tmp_path / "second" / "offline.js").read_bytes()


class TestTheCommand:
    def test_writes_the_folder_whole(self, built, capsys):
        (built / "beside.txt").write_text("not of the build")
        assert main(["web", "site", "--lang", "en"]) == 0
        written = content_of(built.parent / "site")
        assert written == {name: content for name, content in content_of(built).items() if name != "beside.txt"}
        assert f"{len(FILES) + 1} files" in capsys.readouterr().out

    def test_a_folder_with_files_is_left_alone(self, built, capsys):
        site = built.parent / "site"
        site.mkdir()
        (site / "index.html").write_text("mine")
        assert main(["web", "site", "--lang", "en"]) == 2
        assert "not empty" in capsys.readouterr().err
        assert content_of(site) == {"index.html": b"mine"}
        assert main(["web", "site", "--force"]) == 0
        assert (site / "index.html").read_bytes() == FILES["index.html"]

    def test_with_the_office_add_in_for_its_address(self, built, capsys):
        address = "https://maps.firm.example/warmap/"
        words = ["addin", "build", "--host", "web", "--address", address, "-o", "site", "--lang", "en"]
        assert main(words) == 0
        office = {f"office/{name}": content for name, content in office_files(address).items()}
        assert content_of(built.parent / "site") == {**content_of(built), **office}
        assert address in capsys.readouterr().out
        assert f'"{address}office/taskpane.html"'.encode() in office["office/manifest.xml"]
        assert main(words) == 2, "the folder holds something now"
        assert main([*words, "--force"]) == 0

    @pytest.mark.parametrize("action", ["install", "uninstall", "doctor"])
    def test_nothing_of_it_is_installed_here(self, action, capsys):
        assert main(["addin", action, "--host", "web", "--lang", "en"]) == 1
        assert "docs/office.md" in capsys.readouterr().out

    @pytest.mark.parametrize("words", [[], ["site", "--serve"]])
    def test_a_folder_or_serve_and_not_both(self, built, capsys, words):
        assert main(["web", *words, "--lang", "en"]) == 2
        assert "--serve" in capsys.readouterr().err
        assert not (built.parent / "site").exists()

    @pytest.mark.parametrize("words", [["site"], ["--serve"]])
    def test_without_a_built_folder_one_line_says_how(self, tmp_path, monkeypatch, capsys, words):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(static_folder, "BUILT", tmp_path / "none")
        monkeypatch.setattr(static_folder, "find_spec", lambda _: None)
        assert main(["web", *words, "--lang", "en"]) == 2
        said = capsys.readouterr().err.strip()
        assert "make web" in said
        assert "pip install warmap-web" in said
        assert "\n" not in said

    @pytest.mark.parametrize("port", ["70000", "-1"])
    def test_a_port_that_is_none_is_told(self, built, capsys, port):
        assert main(["web", "--serve", "--port", port, "--lang", "en"]) == 2
        assert port in capsys.readouterr().err


def fetched(address, path):
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type", ""), answer.read()
    finally:
        connection.close()


class TestTheServer:
    def test_listens_on_this_computer_only(self, built):
        with serving(built) as address:
            assert urlsplit(address).hostname == "127.0.0.1"

    def test_each_file_has_its_type(self, built):
        types = {"main.js": "text/javascript", "pyodide/pyodide.mjs": "text/javascript", "pyodide/pyodide.asm.wasm": "application/wasm",
                 "app.webmanifest": "application/manifest+json", "icon.svg": "image/svg+xml"}  # fmt: skip
        with serving(built) as address:
            assert {name: fetched(address, f"/{name}") for name in types} == {
                name: (200, kind, FILES[name]) for name, kind in types.items()
            }
            assert fetched(address, "/")[2] == FILES["index.html"]

    @pytest.mark.parametrize("path", ["/pyodide/", "/wheels/", "/pyodide"])
    def test_folders_are_not_listed(self, built, path):
        with serving(built) as address:
            status, _, body = fetched(address, path)
        assert status in {301, 404}
        assert b"pyodide.mjs" not in body
        assert b"one-1" not in body

    @pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/pyodide/../../secret.txt", "/..%2fsecret.txt", "//secret.txt", "/leads_out.txt"])  # fmt: skip
    def test_nothing_beside_the_folder_is_given(self, built, path):
        (built.parent / "secret.txt").write_text("secret")
        (built / "leads_out.txt").symlink_to(built.parent / "secret.txt")
        with serving(built) as address:
            status, _, body = fetched(address, path)
        assert status == 404
        assert b"secret\n" not in body
        assert body != b"secret"


class TestTheList:
    def test_names_all_files_and_the_wheels(self, built):
        about = json.loads((built / "folder.json").read_text("utf-8"))
        assert about["files"] == sorted(FILES)
        assert about["wheels"] == ["one-1-py3-none-any.whl"]
        assert files_of(built) == [*sorted(FILES), "folder.json"]

    def test_its_name_is_made_of_names_and_contents(self, tmp_path):
        def name(number, files):
            return json.loads((made(tmp_path / str(number), files) / "folder.json").read_text("utf-8"))["name"]

        first = name(1, FILES)
        assert name(2, dict(reversed(FILES.items()))) == first
        assert name(3, FILES | {"main.js": b"export { }"}) != first
        assert name(4, {("other.js" if one == "main.js" else one): content for one, content in FILES.items()}) != first

    def test_a_folder_that_is_too_large_gets_no_list(self, tmp_path, monkeypatch):
        monkeypatch.setattr(static_folder.gzip, "compress", lambda data, mtime: bytes(MOST_BYTES))
        with pytest.raises(CannotDo, match="at most"):
            made(tmp_path / "large")
        assert not (tmp_path / "large" / "folder.json").exists()

    def test_a_licence_that_several_share_stands_once(self):
        licences = static_folder._Licences()
        licences.add("one", "1.0", "MIT", ["Permission is granted", "And a notice"])
        licences.add("two", "2.0", "", ["Permission is granted"])
        text = "\n".join(licences.lines)
        assert text.count("Permission is granted") == 1
        assert "The same text as of one." in text
        assert "== two 2.0: -" in text

    def test_a_program_that_is_missing_or_fails_is_named(self, tmp_path, monkeypatch):
        with pytest.raises(CannotDo, match="no-such-program"):
            static_folder._run("no-such-program", cwd=tmp_path)
        with pytest.raises(CannotDo, match="failed"):
            static_folder._run("python3", "-c", "raise SystemExit('broken')", cwd=tmp_path)
