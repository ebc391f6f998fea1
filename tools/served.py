"""A folder served to this computer while a test or a measurement looks at it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warmap_addin.web.static_folder import server


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address, as `warmap web --serve` would give it."""
    running = server(folder)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_address[1]}/"
    finally:
        running.shutdown()
        running.server_close()
        thread.join()
