# make site       installs the requirements and builds the site into site/
# make test       installs the requirements and runs the tests of every commit, also in Chromium
# make test-all   runs all tests: also those in Firefox and those that are too slow for every commit
# All need Python 3.11 or newer, and download pinned packages into .venv the first time.

python := .venv/bin/python

.PHONY: site test test-all test-firefox linted serve check format lock clean
.NOTPARALLEL:

# Taken from the command line alone, as in `make site BASE_URL=…`: other programs have environment variables of these
# names. The shell expands them, so that nothing in a value is code.
given = $(if $(filter command%,$(origin $1)),$(value $1))
export ALMANAC_BASE_URL := $(call given,BASE_URL)
export ALMANAC_SINCE := $(call given,SINCE)
export ALMANAC_FORMAT := $(call given,FORMAT)
unexport BASE_URL SINCE FORMAT PYTHONHOME PYTHONPATH

site:
	@requirements/install site
	$(python) build.py $${ALMANAC_BASE_URL:+--base-url "$$ALMANAC_BASE_URL"}

test: linted
	$(pytest)

# HYPOTHESIS=random searches for new examples.
test-all: linted
	@$(python) -m tests.browser.firefox
	$(pytest) -m "" $(if $(HYPOTHESIS),--hypothesis-profile=$(HYPOTHESIS))

linted:
	@requirements/install test
	@$(python) -m tests.browser.chromium
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy

test-firefox:
	@requirements/install test
	@$(python) -m tests.browser.firefox
	$(python) -m pytest -m "" tests/browser/test_firefox.py

# One worker per core. Each runs whole files, in the order set by tests/conftest.py.
pytest = $(python) -m pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder

serve:
	@requirements/install site
	$(python) build.py serve

check:
	@requirements/install site
	$(python) build.py check $${ALMANAC_SINCE:+--since "$$ALMANAC_SINCE"} \
		$${ALMANAC_FORMAT:+--format "$$ALMANAC_FORMAT"}

format:
	@requirements/install test
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

# Requirements in pyproject.toml -> locks: one for Linux, macOS and every Python from 3.11.
# `make lock UPGRADE=--upgrade` upgrades all packages.
lock:
	@requirements/install test
	$(pin) pyproject.toml --group site --output-file requirements/site.txt
	$(pin) pyproject.toml --group test --constraint requirements/site.txt --output-file requirements/test.txt
	$(pin) pyproject.toml --group build --constraint requirements/test.txt --output-file requirements/scanner.txt

pin = $(python) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock' $(UPGRADE)

clean:
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
