# make site       sets everything up and builds the site into site/
# make test       sets everything up and passes the tests of every commit, in a real browser too
# make test-all   passes all tests: also those in Firefox and those that take too long for every commit
# All need Python 3.11 or newer, and fetch the rest, pinned, into .venv; the second time there is nothing to fetch.

python := .venv/bin/python

.PHONY: site test test-all test-firefox linted serve check format lock clean
.NOTPARALLEL:

site:
	@requirements/install site
	$(python) build.py $(if $(BASE_URL),--base-url "$(BASE_URL)")

test: linted
	$(pytest)

# HYPOTHESIS=random looks for new examples.
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

# One worker a core. Each takes whole files, in the order that tests/conftest.py says.
pytest = $(python) -m pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder

serve:
	@requirements/install site
	$(python) build.py serve

check:
	@requirements/install site
	$(python) build.py check

format:
	@requirements/install test
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

# What pyproject.toml asks for -> what is installed: one lock for Linux and macOS and every Python from 3.11.
# `make lock UPGRADE=--upgrade` takes the newest of everything.
lock:
	@requirements/install test
	$(pin) pyproject.toml --output-file requirements/site.txt
	$(pin) pyproject.toml --group test --constraint requirements/site.txt --output-file requirements/test.txt

pin = $(python) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock' $(UPGRADE)

clean:
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
