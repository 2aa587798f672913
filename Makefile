# make site   sets everything up and builds the site into site/
# make test   sets everything up and passes every test, in real browsers too
# Both need Python 3.11 or newer, and fetch the rest, pinned, into .venv; the second time there is nothing to fetch.

python := .venv/bin/python

.PHONY: site test serve check format lock clean
.NOTPARALLEL:

site:
	@requirements/install site
	$(python) build.py $(if $(BASE_URL),--base-url "$(BASE_URL)")

test:
	@requirements/install test
	@$(python) -m tests.browser.chromium
	@$(python) -m tests.browser.firefox
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	$(python) -m pytest

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
