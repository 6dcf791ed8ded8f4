# Two commands on a bare machine: `make start` and `make test`. `make help` lists the others.
# Needed: Python 3.11 or later, make, and a Python package registry.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
MANAGE := $(RUN) manage.py
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help start install test check audit screenshots provider bench format clean venv runtime dev

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

start: runtime ## serve the site on http://localhost:8000 (PORT= and HOST= change it), with its background worker
	@exec $(MANAGE) serve

install: runtime ## all but serving: dependencies, database, static files, demonstration network
	@$(MANAGE) prepare

test: dev ## everything, on SQLite and PostgreSQL, with a browser: what CI runs
	@$(RUN) -m tests.suite all

check: dev ## the fast part, in about a minute: format, lint, types, contracts, rules, permissions
	@$(RUN) -m tests.suite fast

audit: dev ## the page audit kit on the pages of tests/pages.txt (AUDIT_KIT= says where the kit is)
	@$(RUN) -m tests.audit

screenshots: dev ## draw the main pages again, on a phone and a desktop, in docs/screenshots
	@$(RUN) -m tests.screenshots

provider: dev ## a local identity provider, to enter as an institution of the demonstration
	@$(RUN) -m tests.demo_provider

bench: dev ## the timings and counts of bench/
	@$(RUN) -m bench

format: dev ## put the code in the house's format
	@$(RUN) -m ruff format . && $(RUN) -m ruff check --fix .

clean: ## forget the virtual environment and caches (never the data in var/)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis

# --- The virtual environment: made once, installed again only when a lock changes ---

venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or later is needed: install it, or say where it is with make PYTHON=/path/to/python3."; exit 1; }
	@test -x $(RUN) || { echo "Making the virtual environment in $(VENV)…"; $(PYTHON) -m venv $(VENV) >/dev/null || { \
		rm -rf $(VENV); echo "Python could not make a virtual environment: install its venv module (Debian: python3-venv)."; exit 1; }; }

runtime: venv
	@cmp -s requirements.txt $(VENV)/installed.txt || { \
		echo "Installing the locked dependencies…"; \
		$(PIP) -r requirements.txt && cp requirements.txt $(VENV)/installed.txt; }

dev: venv
	@cmp -s requirements-dev.txt $(VENV)/installed-dev.txt || { \
		echo "Installing the locked dependencies of the tests…"; \
		$(PIP) -r requirements-dev.txt && cp requirements-dev.txt $(VENV)/installed-dev.txt \
		&& cp requirements.txt $(VENV)/installed.txt; }
