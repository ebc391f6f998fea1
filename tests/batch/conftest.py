"""A quiet terminal, a folder of one's own, and the command."""

import json

import pytest

from warmap_batch.cli import main


@pytest.fixture(scope="session")
def s3_server():
    """A local S3 server, named in the environment so that this process and those it starts find it."""
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    patch = pytest.MonkeyPatch()
    names = {
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }
    for name, value in names.items():
        patch.setenv(name, value)
    yield
    patch.undo()
    running.stop()


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    for name, value in (("LC_ALL", ""), ("LC_MESSAGES", ""), ("LANG", "en_US.UTF-8")):
        monkeypatch.setenv(name, value)


@pytest.fixture
def run(capsys):
    """Run a command: exit code, what was printed, what was said on the side."""

    def call(*words):
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def checked(run):
    """Check and give the results by the file's name."""

    def call(*words):
        _, out, _ = run("check", *words, "--format", "json")
        return {result["file"]: result for result in json.loads(out)["files"]}

    return call
