"""A PostgreSQL of the tests' own: a new cluster in a temporary folder, reached through a socket there, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

PATIENCE = 30  # seconds to wait for it to start
HOW_TO_HAVE_IT = "PostgreSQL is not installed: run tools/install-postgres.sh"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "shared_buffers=16MB")


def program(name):
    """Debian puts the server's programs into a folder of their version, outside the path."""
    found = [shutil.which(name), *sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)]
    path = next((path for path in found if path), None)
    assert path, HOW_TO_HAVE_IT
    return str(path)


def somebody_else():
    """PostgreSQL refuses to run as root: whom it runs as instead, as `subprocess` takes it."""
    if os.geteuid() != 0:
        return {}
    who = pwd.getpwnam("postgres")
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


@contextmanager
def cluster():
    """Start one; gives a function that makes a URL of an empty schema of its own."""
    who = somebody_else()
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if who:
        os.chown(folder, who["user"], who["group"])
    data = folder / "data"
    laid = subprocess.run(
        [program("initdb"), "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
        cwd=folder, capture_output=True, text=True, check=False, **who,
    )  # fmt: skip
    assert laid.returncode == 0, laid.stderr
    words = [program("postgres"), "-D", data, "-k", folder, *(word for one in FAST for word in ("-c", one))]
    with (folder.parent / f"{folder.name}.log").open("w") as log:
        running = subprocess.Popen(words, cwd=folder, stdout=log, stderr=log, **who)
    try:
        base = f"host={folder} dbname=postgres user=tests"
        connection = _connected(base, running, Path(log.name))
        made = 0

        def url():
            nonlocal made
            made += 1
            connection.execute(f"CREATE SCHEMA s{made}")
            return f"postgresql://tests@/postgres?host={quote(str(folder), safe='')}&options=-csearch_path%3Ds{made}"

        yield url
        connection.close()
    finally:
        running.terminate()
        running.kill() if _still_there(running) else None
        shutil.rmtree(folder, ignore_errors=True)
        Path(log.name).unlink()


def _connected(base, running, log):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return psycopg.connect(base, autocommit=True)
        except psycopg.OperationalError:
            assert running.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)


def _still_there(running):
    try:
        running.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return True
    return False
