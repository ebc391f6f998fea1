"""The former place of `warmap_app.main`, where an installation made before it moved still looks for the command."""

from warmap_app.main import main

__all__ = ["main"]
