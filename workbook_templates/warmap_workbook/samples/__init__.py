"""Sample war maps: at least one deal at each procurement stage, well run or not, each in Chinese and in English."""

from importlib import resources
from typing import Any, cast

import yaml

from warmap.text import Lang


def sample_names() -> tuple[str, ...]:
    """The names of the samples, in alphabetical order."""
    files = (item.name for item in resources.files(__name__).iterdir())
    return tuple(
        sorted(name.removesuffix(".yaml") for name in files if name.endswith(".yaml") and name.count(".") == 1)
    )


def load_sample(name: str, lang: Lang = "zh") -> dict[str, Any]:
    """One sample as plain data for `read_document`; codes, dates and numbers are the same in both languages.

    Raises FileNotFoundError for a name that `sample_names` does not give.
    """
    file = f"{name}.yaml" if lang == "zh" else f"{name}.{lang}.yaml"
    return cast("dict[str, Any]", yaml.safe_load(resources.files(__name__).joinpath(file).read_text("utf-8")))
