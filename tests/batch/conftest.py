"""A quiet terminal, a folder of one's own, and the command."""

import json

import pytest

from warmap_app.batch import remote


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
def _own_folder(quiet_terminal, monkeypatch):
    """Every test here; fsspec's store in memory stands for one elsewhere."""
    monkeypatch.setattr(remote, "SCHEMES", remote.SCHEMES | {remote.HERE})


@pytest.fixture
def checked(run):
    """Check and give the results by the file's name."""

    def call(*words):
        _, out, _ = run("check", *words, "--format", "json")
        return {result["file"]: result for result in json.loads(out)["files"]}

    return call
