"""Settings for kinds of business: one file each, which holds only what differs from the defaults."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def preset_names() -> list[str]:
    """The names of the presets, in alphabetical order."""
    return sorted(file.name.removesuffix(".yaml") for file in files(__name__).iterdir() if file.name.endswith(".yaml"))


def preset(name: str) -> Traversable:
    """The file of a preset. Raises KeyError for an unknown name."""
    if name not in preset_names():
        raise KeyError(name)
    return files(__name__) / f"{name}.yaml"
