# From a clean clone, with Python 3.11 or newer and nothing else prepared:
#   make demo    set everything up and run the main job on real input
#   make test    set everything up and run all tests and checks
#   make quick   what to try a change with: no host program, under 30 s on two cores
#   make all     make test, and the batch check on all 2,000 generated workbooks, a year of 300 deals
#   make web     the war map as a page for any browser, in build/web
#   make docs    the documentation as a site, in build/docs
#   make release all that people download, in build/release, with checksums and licences
#   make windows all that runs on Windows' own Python under Wine: make test runs the quick part of it

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
NODE_TOOLS := tools/node_modules/.ready
WEB := build/web/folder.json
WEB_FROM := $(shell find src udfs addin workbook_templates -type f -not -path '*/node_modules/*' -not -path '*/__pycache__/*')
PLAIN := tests/house tests/terms tests/model tests/parsing tests/scores tests/rules tests/history tests/release/test_names_hold.py

.PHONY: demo test quick all corpus windows web docs coverage setup office browser postgres wine lint doors types fresh benchmark regenerate clean

demo: setup office
	$(BIN)/warmap demo -o demo --force

test: setup office browser postgres wine $(NODE_TOOLS) $(WEB) lint doors types fresh
	$(BIN)/python -m pytest -n auto --dist loadscope --durations=10

quick: setup
	@$(MAKE) --no-print-directory -j2 lint doors types fresh
	$(BIN)/python -m pytest -n 2 -m "not hypothesis" $(PLAIN)

all: export WARMAP_TESTS=all
all: test corpus

corpus: setup office
	WARMAP_CORPUS=full $(BIN)/python -m pytest tests/corpus tests/store/test_store_year.py --durations=10

windows: setup wine
	WARMAP_WINDOWS=full WARMAP_TESTS=all $(BIN)/python -m pytest tests/windows --durations=10

coverage: setup office browser postgres wine $(NODE_TOOLS) $(WEB)
	$(BIN)/python -m pytest -n auto --dist loadscope --cov --cov-report=term:skip-covered

setup: $(STAMP)

$(STAMP): pyproject.toml
	@echo "== Setting up a virtual environment in $(VENV)"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	$(BIN)/python -m compileall -q src udfs addin workbook_templates
	@touch $@

$(NODE_TOOLS): tools/package.json
	@sh tools/install-node-tools.sh
	@touch $@

office:
	@sh tools/install-office.sh

browser:
	@sh tools/install-browser.sh

postgres:
	@sh tools/install-postgres.sh

wine: setup
	@sh tools/windows/install.sh $(BIN)/python

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

doors: setup
	$(BIN)/lint-imports

types: setup
	$(BIN)/mypy
	$(BIN)/mypy benchmarks

fresh: setup
	$(BIN)/python -m tools.regenerate --check

docs: setup $(WEB)
	$(BIN)/sphinx-build --fail-on-warning --quiet -t en -c docs/site . build/docs/en
	$(BIN)/sphinx-build --fail-on-warning --quiet -t zh -c docs/site . build/docs/zh
	cp docs/site/index.html build/docs/
	rm -rf build/docs/app && cp -R build/web build/docs/app
	@echo "== build/docs/index.html"

# The page: build/web, and a wheel that carries it for `warmap web` where there is no checkout.
web: $(WEB)
	@rm -f build/warmap_web-*.whl
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps -w build addin/warmap_addin/web/carrier
	@echo "== build/web, and $$(ls build/warmap_web-*.whl)"

$(WEB): $(STAMP) $(NODE_TOOLS) $(WEB_FROM)
	@echo "== Building the page (npm and PyPI packages, versions pinned)"
	$(BIN)/python -m warmap_addin.web.static_folder build/web

# From what is committed: a file that lies about would travel in a wheel.
.PHONY: release
release: setup web
	@test -z "$$(git status --porcelain)" || { echo "make release: commit or remove first:"; git status --short; exit 1; }
	rm -rf build/release
	$(BIN)/python -m warmap_addin.release build/release --web build/web

benchmark: setup
	$(BIN)/python benchmarks/run.py

regenerate: setup
	$(BIN)/python -m tools.regenerate

clean:
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
