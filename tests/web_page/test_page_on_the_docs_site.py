"""The first page of the docs site is the war map, with a sample in it."""

import shutil

import pytest
from page_in_chromium import ROOT, SLOW
from playwright.sync_api import expect

from tools.served import serving


@pytest.fixture(scope="module")
def site(web_folder, tmp_path_factory):
    """The front page beside the page, as `make docs` puts them."""
    folder = tmp_path_factory.mktemp("site")
    recipe = (ROOT / "Makefile").read_text("utf-8")
    assert "cp docs/site/index.html build/docs/\n" in recipe
    assert "cp -R build/web build/docs/app\n" in recipe
    shutil.copy(ROOT / "docs" / "site" / "index.html", folder)
    shutil.copytree(web_folder, folder / "app")
    with serving(folder) as address:
        yield address


@pytest.mark.parametrize(("locale", "lang"), [("zh-CN", "zh"), ("en-GB", "en")])
def test_it_opens_with_a_sample_in_the_readers_language(browse, site, locale, lang):
    front = browse(site, locale=locale)
    front.page.goto(site)
    war_map = front.page.frame_locator("iframe")
    expect(war_map.locator("#title")).to_have_text(f"manufacturer_mes.{lang}.xlsx", timeout=SLOW)
    expect(war_map.get_by_role("status")).to_have_text({"zh": "已就绪", "en": "Ready"}[lang], timeout=SLOW)
    assert front.page.locator("nav a").count() == 2
    assert front.said == []
    front.page.context.close()
