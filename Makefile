# Care Compact. `make` alone says what there is.
# Needs Python 3.11 or newer with venv, and make. uv is used when it is there.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV ?= .venv
BIN := $(VENV)/bin
# The first Python that really runs, is new enough and can make an environment.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV := $(shell command -v uv 2>/dev/null)
WORKERS ?= 2
LOCKED := runtime dev browser exact

ifdef UV
INSTALL = $(UV) pip install --quiet --python $(BIN)/python --require-hashes -r
else
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r
endif

.PHONY: help venv demo run test test-browser picture check bench soak soak-intake soak-delivery lock clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

# ---------------------------------------------------------------- the environment
# Each stamp is made when its packages are in, and is older than requirements/*.txt when they have changed.

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed, and none was found. Try: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt | $(BIN)/python
	@echo "Installing what the program needs"
	@$(INSTALL) requirements/runtime.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@echo "Installing what tests and checks need"
	@$(INSTALL) requirements/dev.txt
	@touch $@

$(VENV)/.browser: requirements/browser.txt $(VENV)/.dev
	@echo "Installing what browser tests need"
	@$(INSTALL) requirements/browser.txt
	@touch $@

venv: $(VENV)/.dev ## make .venv with everything pinned; quick when nothing changed
	@echo "$(VENV) is ready"

# ---------------------------------------------------------------- the program

demo: $(VENV)/.runtime ## try it: the program and a stand-in for Telegram, in your browser
	@$(BIN)/python -m bot demo $(ARGS)

run: $(VENV)/.runtime ## run it for real; needs BOT_TOKEN in .env
	@$(BIN)/python -m bot run $(ARGS)

# ---------------------------------------------------------------- tests and checks

test: $(VENV)/.dev ## pass the tests (TESTS=tests/rules for a part)
	@$(BIN)/python -m pytest -q -n $(WORKERS) $(or $(TESTS),tests) $(ARGS)

# The accessibility rules come from npm; without it those tests say that they were left out.
tests/browser/node_modules: tests/browser/package.json
	@if command -v npm >/dev/null; then \
		npm install --prefix tests/browser --no-package-lock --no-audit --no-fund --silent && touch $@; fi

test-browser: $(VENV)/.browser tests/browser/node_modules ## pass the tests that drive a real browser
	@$(BIN)/python -m pytest -q -m browser $(or $(TESTS),tests) $(ARGS)

picture: $(VENV)/.browser ## take docs/phones.png anew, from the demo in a real browser
	@$(BIN)/python -m tests.browser.picture

check: $(VENV)/.dev ## lint, format, types, layers and the shape of the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m pytest -q tests/shape

coverage: $(VENV)/.dev ## pass the tests and say which lines and branches none of them reached
	@$(BIN)/python -m pytest -q -n $(WORKERS) --cov --cov-report=term-missing tests
.PHONY: coverage

docs: $(VENV)/.runtime ## write the pages that are made from the program again
	@$(BIN)/python -m bot.pages
.PHONY: docs

bench: $(VENV)/.dev ## print the figures, each against its floor
	@$(BIN)/python -m benchmarks $(ARGS)

# HiGHS, for one figure of `bench`, lives in an environment of its own: nothing of the program needs it.
build/exact/.made: requirements/exact.txt
	@$(PYTHON) -m venv build/exact
	@build/exact/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements/exact.txt
	@touch $@

bench-exact: $(VENV)/.dev build/exact/.made ## the best times beside an exact solver
	@$(BIN)/python -m benchmarks slots $(ARGS)
.PHONY: bench-exact

soak: soak-intake soak-delivery soak-feedback soak-rewards soak-imports ## kill the program again and again, and count what was lost

soak-intake: $(VENV)/.dev ## kills while updates come in
	@$(BIN)/python -m pytest -q -s -m soak tests/soak/test_intake.py $(ARGS)

soak-delivery: $(VENV)/.dev ## kills while a broadcast goes out
	@$(BIN)/python -m pytest -q -s -m soak tests/soak/test_delivery.py $(ARGS)

soak-feedback: $(VENV)/.dev ## kills while feedback comes in
	@$(BIN)/python -m pytest -q -s -m soak tests/unlinked/test_killed.py $(ARGS)
.PHONY: soak-feedback

soak-rewards: $(VENV)/.dev ## race, interleave and kill what moves money, all of it
	@$(BIN)/python -m benchmarks rewards $(ARGS)
.PHONY: soak-rewards

soak-imports: $(VENV)/.dev ## broken files, and kills while files come in
	@$(BIN)/python -m pytest -q -s -m soak tests/soak/test_imports.py $(ARGS)
.PHONY: soak-imports

figures-feedback: $(VENV)/.dev ## print what the files of unlinked feedback give away (ARGS=--quick for a part)
	@$(BIN)/python -m benchmarks.feedback $(ARGS)
.PHONY: figures-feedback

# ---------------------------------------------------------------- housekeeping
# The lock tool lives in an environment of its own, so that it never mixes with ours.
# No header, no origins and no index: the files say what and which hash, not where from or whose machine.

build/lock/bin/python:
	@$(PYTHON) -m venv build/lock
	@$@ -m pip install --quiet --disable-pip-version-check uv

lock: build/lock/bin/python ## compile requirements/*.in again (ARGS=--upgrade for newer versions)
	@cd requirements && for name in $(LOCKED); do \
		../build/lock/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header $(ARGS) $$name.in -o $$name.txt || exit 1; done
	@echo "requirements/*.txt are up to date"

clean: ## remove what make has made (never data/)
	@rm -rf $(VENV) build dist htmlcov tests/browser/node_modules .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
