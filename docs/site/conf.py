"""The documentation as a site: `make docs` builds it with Sphinx, and a link that leads nowhere stops it.

The source is the whole repository, of which only its pages are read: they are plain Markdown that reads as well where the
repository is shown, and link each other as files. So the table of contents stands here.
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from warmap import VERSION

PAGES = Path(__file__).resolve().parents[1]
OF_A_LANGUAGE = {
    ("To begin", "入门"): ["tour", "a-week", "entries"],
    ("The program", "程序"): [
        "web", "batch", "results", "report", "portfolio", "sharing", "store", "calibration", "security", "names",
    ],
    ("Excel and WPS", "Excel 与 WPS"): [
        "excel", "excel-rollout", "excel-acceptance", "office", "office-acceptance", "wps-acceptance", "excel-developers",
    ],
}  # fmt: skip
"""Pages that exist in both languages."""
SHARED = {
    "The method / 方法": ["specification", "scores", "rules/README", "vocabulary"],
    "Reference / 参考": ["columns", "functions", "settings", "commands", "checks"],
    "More / 其他": ["libreoffice", "design", "performance", "/README", "/README.zh", "/CONTRIBUTING", "/CHANGELOG"],
}
"""Pages that hold both languages, or English that is of use to both."""
CONTENTS = {
    "docs/index": {"中文": ["index.zh"], **{name[0]: pages for name, pages in OF_A_LANGUAGE.items()}, **SHARED},
    "docs/index.zh": {caption[1]: [f"{page}.zh" for page in pages] for caption, pages in OF_A_LANGUAGE.items()},
    "docs/rules/README": {"": sorted(page.stem for page in PAGES.glob("rules/RF*.md"))},
}  # fmt: skip

project, author, copyright = "warmap", "The warmap authors", "The warmap authors, MIT"  # noqa: A001  names of Sphinx's
version = release = VERSION
extensions = ["myst_parser"]
include_patterns = ["docs/**.md", "*.md"]
exclude_patterns = [".venv", "build", "**/node_modules"]  # which it would walk through
root_doc = "docs/index"
html_theme = "furo"
html_title = f"warmap {VERSION}"
html_extra_path = ["index.html"]
html_search_language = "zh"  # which knows Latin letters too
html_copy_source = False
myst_heading_anchors = 6


def _with_contents(app: Sphinx, name: str, source: list[str]) -> None:  # noqa: ARG001  what Sphinx calls it with
    """Give a page that has pages below it its table of contents, unseen in the page itself."""
    for caption, pages in CONTENTS.get(name, {}).items():
        head = f":caption: {caption}\n" if caption else ""
        source[0] += "\n\n```{toctree}\n:hidden:\n" + head + "\n" + "\n".join(pages) + "\n```\n"


def _in_its_language(app: Sphinx, name: str, template: str, context: dict[str, Any], tree: Any) -> None:  # noqa: ARG001
    """Say of a Chinese page that it is one: to browsers, which choose the font by it, and to screen readers."""
    if name.endswith(".zh"):
        context["language"] = "zh-CN"


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", _with_contents)
    app.connect("html-page-context", _in_its_language)
