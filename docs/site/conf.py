"""The documentation as a site: `make docs` builds it with Sphinx, and a link that leads nowhere stops it.

There are two of it, one a language (`-t zh`, `-t en`), side by side and linked page by page: so menus, contents, search and its
words are all of one language. Pages that hold both are in either. The source is the whole repository, of which only its
pages are read: they are plain Markdown that reads as well where the repository is shown, and link each other as files.
So the table of contents stands here.
"""

import re
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

from warmap import VERSION
from warmap.text import Lang, Text

ROOT = Path(__file__).resolve().parents[2]
LANG: Lang = "zh" if tags.has("zh") else "en"  # type: ignore[name-defined]  # noqa: F821  Sphinx gives it
OTHER: Lang = "en" if LANG == "zh" else "zh"
NAME = Text("中文", "English")

OF_A_LANGUAGE = {
    Text("入门", "To begin"): ["tour", "a-week", "entries"],
    Text("程序", "The program"): [
        "batch", "results", "report", "portfolio", "sharing", "store", "calibration", "security", "names",
    ],
    Text("在哪里用", "Where it runs"): [
        "web", "excel", "excel-rollout", "excel-acceptance", "office", "office-acceptance", "libreoffice", "wps-acceptance",
        "excel-developers",
    ],
}  # fmt: skip
"""Pages that exist in both languages, each for itself."""
SHARED = {
    Text("方法", "The method"): ["specification", "scores", "rules/README", "vocabulary"],
    Text("参考", "Reference"): ["columns", "functions", "settings", "commands", "checks"],
    Text("其他", "More"): ["design", "performance", "/CONTRIBUTING", "/CHANGELOG"],
}
"""Pages that hold both languages, or English that is of use to both."""
ENGLISH = {
    "docs/specification": "规格（英文）",
    "docs/design": "设计（英文）",
    "CONTRIBUTING": "参与（英文）",
    "CHANGELOG": "更改记录（英文）",
}
"""Pages in English only, and what Chinese contents call them."""


def _in(lang: Lang, name: str) -> str:
    """The name of a page that exists in both languages."""
    return f"{name}.zh" if lang == "zh" else name


PAIRED = {f"docs/{page.stem.removesuffix('.zh')}" for page in ROOT.glob("docs/*.md") if page.stem.endswith(".zh")}
PAIRED.add("README")
FIRST = _in(LANG, "docs/index")
CONTENTS = {
    FIRST: {
        **{caption.to(LANG): [f"docs/{_in(LANG, page)}" for page in pages] for caption, pages in OF_A_LANGUAGE.items()},
        **{
            caption.to(LANG): [normpath(join("docs", page)).lstrip("/") for page in pages]
            for caption, pages in SHARED.items()
        },
        "": [_in(LANG, "README")],
    },
    "docs/rules/README": {"": sorted(f"docs/rules/{page.stem}" for page in ROOT.glob("docs/rules/RF*.md"))},
}

project, author, copyright = "warmap", "The warmap authors", "The warmap authors, MIT"  # noqa: A001  names of Sphinx's
version = release = VERSION
language = "zh_CN" if LANG == "zh" else "en"
extensions = ["myst_parser"]
include_patterns = ["docs/**.md", "*.md"]
exclude_patterns = [
    ".venv", "build", "**/node_modules",  # which it would walk through
    *(f"{_in(OTHER, name)}.md" for name in PAIRED),
]  # fmt: skip
root_doc = FIRST
html_theme = "furo"
html_title = Text("warmap 大客户作战地图", "warmap").to(LANG) + f" {VERSION}"
templates_path = ["."]
html_sidebars = {
    "**": [
        "sidebar/brand.html", "other_language.html", "sidebar/search.html", "sidebar/scroll-start.html",
        "sidebar/navigation.html", "sidebar/scroll-end.html",
    ],
}  # fmt: skip
html_copy_source = False
myst_heading_anchors = 6

CHINESE = "\\u3400-\\u9fff"


class Search(SearchEnglish):
    """Latin words as in English; of Chinese, which puts no space between words, every sign and every pair of neighbours.

    So any word of the reader's is found, and no dictionary has to know it. The names are those of Sphinx's interface.
    """

    lang = "both"  # and the stemmer in the browser goes by `language_name`, English
    js_splitter_code = f"""
var splitQuery = (query) =>
  (query.match(/[{CHINESE}]+|(?:(?![{CHINESE}])[\\p{{L}}\\p{{N}}_])+/gu) || []).flatMap((word) =>
    word.length > 1 && /[{CHINESE}]/.test(word) ? Array.from(word.slice(1), (sign, place) => word[place] + sign) : [word]
  );
"""

    def split(self, input: str) -> list[str]:  # noqa: A002
        """The words of a text, as the index has them."""
        words: list[str] = []
        for chinese, latin in re.findall(rf"([{CHINESE}]+)|([^\W{CHINESE}]+)", input):
            words += [latin] if latin else [*chinese, *map("".join, pairwise(chinese))]
        return words


html_search_language = Search.lang


HEADING = re.compile(r"^# ((?:.+ · )?)(.+) / (.+)$", re.MULTILINE)


LINK = re.compile(r"\[([^][]*)\]\(([^()\s#]+)\.md(#[^()\s]*)?\)")


def _led(name: str, source: str) -> str:
    """The text of a page whose links lead on in this language, or into the other site where that is meant."""
    folder = dirname(name)

    def led(found: re.Match[str]) -> str:
        words, target, anchor = found[1], normpath(join(folder, found[2])), found[3] or ""
        plain = target.removesuffix(".zh")
        if plain not in PAIRED or target == _in(LANG, plain):
            return found[0]
        if name.removesuffix(".zh") in PAIRED:
            return f'<a href="{_over(name, target)}{anchor}" hreflang="{OTHER}">{words}</a>'
        own = _in(LANG, found[2].removesuffix(".zh"))
        return f"[{words}]({own}.md)"  # its headings are in another language

    return LINK.sub(led, source)


def _over(name: str, page: str) -> str:
    """The address of a page of the other site, seen from one of this."""
    return f"{'../' * (name.count('/') + 1)}{OTHER}/{page}.html"


def _read(app: Sphinx, name: str, source: list[str]) -> None:  # noqa: ARG001  what Sphinx calls it with
    """Lead the links, leave of a title in both languages the own half, and give a page with pages below it their list."""
    source[0] = HEADING.sub(r"# \1\2" if LANG == "zh" else r"# \1\3", _led(name, source[0]), count=1)
    for caption, pages in CONTENTS.get(name, {}).items():
        head = f":caption: {caption}\n" if caption else ""
        lines = "\n".join(
            f"{ENGLISH[page]} </{page}>" if LANG == "zh" and page in ENGLISH else f"/{page}" for page in pages
        )
        source[0] += f"\n\n```{{toctree}}\n:hidden:\n{head}\n{lines}\n```\n"


def _shown(app: Sphinx, name: str, template: str, context: dict[str, Any], tree: Any) -> None:  # noqa: ARG001
    """Give a page its way into the other language, and say where it is in English in spite of all around it."""
    plain = name.removesuffix(".zh")
    page = (
        _in(OTHER, plain)
        if plain in PAIRED
        else name
        if context.get("page_source_suffix")
        else _in(OTHER, "docs/index")
    )
    context["other_language"] = {"lang": OTHER, "name": NAME.to(OTHER), "href": _over(name, page)}
    context["language"] = "zh-CN" if LANG == "zh" and name not in ENGLISH else "en"


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.add_search_language(Search)
    app.connect("source-read", _read)
    app.connect("html-page-context", _shown)
