"""The database of checked maps: what `warmap check --store` writes, and where the trend is read from.

SQLAlchemy is an optional extra and heavy: only `database` and `kept` know it, and they are loaded when a store is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from warmap_app.store.address import address_of

if TYPE_CHECKING:
    from warmap_app.store.kept import Store


@contextmanager
def open_store(words: str, *, write: bool = False) -> Iterator[Store]:
    """The store at a place that the user named. UserError for whatever keeps it from being used.

    For writing it is made where it is missing, and proven to be writable; for reading it must be there.
    """
    address = address_of(words)
    store: Store = import_module("warmap_app.store.kept").Store(address, write=write)
    try:
        store.prepare() if write else store.look()
        yield store
    finally:
        store.close()
