"""Workbooks open in the stand-in, in both languages."""

from __future__ import annotations

import pytest
from macro_desk import Desk


@pytest.fixture
def desk(tmp_path):
    """Makes desks: desk(content) with a workbook open, or desk() without one."""
    return lambda content=None, **more: Desk(tmp_path, content, **more)


@pytest.fixture(params=["zh", "en"])
def lang(request):
    return request.param
