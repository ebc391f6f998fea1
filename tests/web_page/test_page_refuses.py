"""Files that are no war map, damaged or made to do harm end in words, and cells are never taken for HTML."""

import sys
from pathlib import Path

import pytest
from page_in_chromium import is_as_native, native, sample
from playwright.sync_api import expect

sys.path.append(str(Path(__file__).parents[1] / "hostile"))
