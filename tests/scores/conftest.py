"""How the tests of the scores make a map from a dict and judge it."""

from __future__ import annotations

import pytest

from warmap.judgement import Judgement
from warmap.model import WarMap


@pytest.fixture(scope="session")
def assess():
    """A map as in JSON, assessed."""
    return lambda data, **more: Judgement(WarMap.model_validate(data), **more)
