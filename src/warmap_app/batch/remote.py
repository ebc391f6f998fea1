"""Files behind addresses: which stores are asked at all, and what is done in a process of its own within limits.

A server is not trusted: it may send without end, wait for ever, or lead on to the inner network. So listing and reading
have a limit of time and size, and a redirect is followed on the same host only.
"""

import glob
from collections.abc import Iterable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urljoin, urlsplit

from warmap.text import Text
from warmap_app.address import secrets_of, without_secrets
from warmap_app.apart import answer_of
from warmap_app.command import UserError
from warmap_app.safe_text import shown_address

SCHEMES = {"s3", "gs", "gcs", "az", "abfs", "abfss", "https", "http"}
WEB = frozenset({"https", "http"})
HERE = "memory"  # fsspec's store in the memory of this process, which no other can read
LIST_SECONDS = 60.0
MOST_LISTED = 50_000  # files below one address
USUAL_PORTS = {"http": 80, "https": 443}
MARKS = ("ETag", "etag", "md5Hash", "version_id", "mtime", "LastModified", "last_modified", "updated", "created")
"""What the stores call the figure that changes when a file does, the surest first."""

INSTALL = 'pip install "warmap[remote]"'
NOT_INSTALLED = Text(f"读取网址需要另装：{INSTALL}", f"reading a URL needs an extra: {INSTALL}")
NOT_INSTALLED_FOR = Text(
    f"读取网址需要另装：{INSTALL}（{{why}}）", f"reading a URL needs an extra: {INSTALL} ({{why}})"
)
OTHER_SCHEME = Text("{url} 的类型不支持；可用：{known}", "{url} is of a kind that is not read; there are {known}")
CHAINED = Text("{url}：不接受用 :: 连起来的网址", "{url}: addresses joined by :: are not taken")
TOO_MANY = Text("{url} 下的文件超过 {most} 个", "there are more than {most} files below {url}")
NO_URL = Text("{url} 不存在", "{url} does not exist")
BAD_URL = Text("{url} 读不了：{why}", "{url} cannot be read: {why}")


class LedAway(Exception):
    """A server named another host to go on at."""


def scheme_of(url: str) -> str:
    """The part before the colon."""
    return url.partition(":")[0].lower()


def refuse_scheme(url: str) -> None:
    """Refuse an address of a kind that is not on the list, or one made of several. UserError."""
    scheme = scheme_of(url)
    if scheme not in SCHEMES:
        known = ", ".join(sorted(SCHEMES - {HERE}))
        raise UserError(OTHER_SCHEME.filled(url=shown_address(url), known=known))
    if "::" in url and "[" not in url:  # of fsspec; in brackets it is an address of IPv6
        raise UserError(CHAINED.filled(url=shown_address(url)))


def remote_store(url: str) -> tuple[Any, str]:
    """The store of a URL, as fsspec knows it, and the path in it. UserError."""
    refuse_scheme(url)
    scheme = scheme_of(url)
    try:
        url_to_fs = import_module("fsspec.core").url_to_fs
    except ImportError:
        raise UserError(NOT_INSTALLED) from None
    try:
        store, path = url_to_fs(url, **({"get_client": web_client} if scheme in WEB else {}))
    except ImportError as error:
        raise UserError(NOT_INSTALLED_FOR.filled(why=without_secrets(error, secrets_of(url)))) from None
    except Exception as error:  # noqa: BLE001  every store has errors of its own
        raise bad_url(url, error) from None
    return store, str(path)


async def web_client(**given: Any) -> Any:
    """A client of the web that stays on its host."""
    aiohttp = import_module("aiohttp")
    watch = aiohttp.TraceConfig()
    watch.on_request_redirect.append(_stay)
    given.setdefault("timeout", aiohttp.ClientTimeout(total=LIST_SECONDS, sock_read=LIST_SECONDS / 3))
    return aiohttp.ClientSession(trace_configs=[watch], **given)


async def _stay(session: object, context: object, led: Any) -> None:
    """Refuse to be led to another host, or from a secured to an open line."""
    del session, context
    before = urlsplit(str(led.url))
    after = urlsplit(
        urljoin(str(led.url), led.response.headers.get("Location") or led.response.headers.get("URI") or "")
    )
    is_same = before.hostname == after.hostname and _port(before) == _port(after) and before.scheme == after.scheme
    is_secured = (before.scheme, after.scheme) == ("http", "https") and before.hostname == after.hostname
    if not is_same and not (is_secured and {_port(before), _port(after)} == {80, 443}):
        raise LedAway(f"the server leads on to another host ({after.hostname})")


def _port(address: Any) -> int | None:
    return address.port or USUAL_PORTS.get(address.scheme)


def bad_url(url: str, error: Exception) -> UserError:
    """What a store says of a URL, in one line."""
    shown = shown_address(url)
    if isinstance(error, FileNotFoundError):
        return UserError(NO_URL.filled(url=shown))
    why = without_secrets(f"{type(error).__name__}: {error}", secrets_of(url))[:200]
    return UserError(BAD_URL.filled(url=shown, why=why))


def listed(url: str) -> dict[str, Any]:
    """What is behind a URL: whether it is a file itself, and the files (name, address, size, mark). UserError."""
    refuse_scheme(url)
    if find_spec("fsspec") is None:
        raise UserError(NOT_INSTALLED)
    if scheme_of(url) == HERE:
        return _listed(url)
    told: dict[str, Any] = answer_of(partial(_listed, url), shown_address(url), seconds=LIST_SECONDS)
    return told


def _listed(url: str) -> dict[str, Any]:
    store, path = remote_store(url)
    is_web = scheme_of(url) in WEB
    # Of the web a question mark begins a query, and asking whether a file is a folder fetches all of it.
    is_pattern = glob.has_magic(path.partition("?")[0] if is_web else path)
    try:
        if is_pattern:
            found = store.glob(path, detail=True)
        elif url.endswith("/") if is_web else store.isdir(path):
            found = store.find(path, detail=True)
        else:
            found = {path: store.info(path)}
        files = list(_files(store, found))
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001  every store has errors of its own
        raise bad_url(url, error) from None
    if len(files) > MOST_LISTED:
        raise UserError(TOO_MANY.filled(url=shown_address(url), most=MOST_LISTED))
    return {"path": path, "is_named": not is_pattern and path in found, "files": files}


def _files(store: Any, found: dict[str, Any]) -> Iterable[list[Any]]:
    for name in sorted(found):
        info = found[name]
        if info.get("type", "file") == "file":
            size = info.get("size")
            changed = next((info[key] for key in MARKS if info.get(key)), "")
            yield [name, store.unstrip_protocol(name), size if isinstance(size, int) else None, str(changed)]
