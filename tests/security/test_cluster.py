"""Security, line 13: nobody else on the computer gives orders to the cluster that is started here, or looks into it."""

import http.client
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from warmap_app.batch.cluster import _client

PAGES = (
    "",
    "status",
    "info/main/workers.html",
    "health",
    "metrics",
    "json/counts.json",
    "statics/css/base.css",
    "sysinfo",
)


@pytest.fixture(scope="module")
def before():
    return addresses()


@pytest.fixture(scope="module")
def running(before):
    with _client(None, 1) as client:
        yield client


def addresses():
    """Every address that this process and its children listen at."""
    me = psutil.Process()
    return {
        (one.laddr.ip, one.laddr.port)
        for process in (me, *me.children(recursive=True))
        for one in process.net_connections()
        if one.status == psutil.CONN_LISTEN
    }


@pytest.fixture(scope="module")
def listening(before, running):
    """The addresses that the cluster listens at; other tests of this process have servers of their own."""
    return addresses() - before


def test_it_works(running):
    assert running.submit(sum, [1, 2]).result() == 3


def test_only_this_computer_can_reach_it(running, listening):
    assert len(listening) >= 3
    assert {ip for ip, _ in listening} == {"127.0.0.1"}


ORDER = """
import asyncio, sys
from distributed import Client

async def order():
    async with Client(sys.argv[1], asynchronous=True, timeout=2) as client:
        return await client.submit(sum, [1, 2])

try:
    print(asyncio.run(order()))
except (OSError, ValueError, TypeError):
    print("refused")
"""


def test_without_the_certificate_it_takes_no_order(running):
    """From another process, as from another user: all that it has is the address."""
    address = running.scheduler.address
    assert address.startswith("tls://")
    for other in (address, address.replace("tls://", "tcp://")):
        line = [sys.executable, "-c", ORDER, other]
        done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=120)
        assert done.stdout == "refused\n", done.stderr


def test_no_page_is_served(running, listening):
    served = []
    for ip, port in sorted(listening):
        for page in PAGES:
            try:
                urllib.request.urlopen(f"http://{ip}:{port}/{page}", timeout=3)
                served.append((port, page))
            except (OSError, http.client.HTTPException):  # refused, or no HTTP at all
                pass
    assert served == []


@pytest.mark.parametrize("page", ["docs/batch.md", "docs/batch.zh.md", "docs/security.md", "docs/security.zh.md"])
def test_the_docs_say_that_a_scheduler_is_trusted_with_everything(page):
    text = (Path(__file__).parents[2] / page).read_text("utf-8")
    assert ("trusted with everything" in text) or ("完全信任" in text)
