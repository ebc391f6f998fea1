"""How the tests of the rules make a map from a dict and ask it for its flags."""

from __future__ import annotations

import pytest

from warmap.judgement import Judgement
from warmap.model import WarMap


@pytest.fixture(scope="session")
def assess():
    """A map as in JSON, assessed."""
    return lambda data, **more: Judgement(WarMap.model_validate(data), **more)


@pytest.fixture(scope="session")
def raised(assess):
    """What one rule says of a map: (subject, severity code) in the order found."""
    return lambda code, data, **more: [
        (flag.subject, flag.severity.value) for flag in assess(data, **more).flags if flag.code == code
    ]
