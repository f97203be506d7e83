# Everything goes through `make setup`, which does nothing when nothing has changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .setup

WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format golden web-check clean

help:  ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

setup: $(STAMPS)/python $(STAMPS)/web  ## Virtual environment, dependencies, front-end build

$(STAMPS)/python: pyproject.toml requirements.txt src/cueline/__init__.py
	@mkdir -p $(STAMPS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Cueline needs Python 3.11 or newer; set PYTHON=...'; exit 3; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(STAMPS)/web-packages: web/package.json web/package-lock.json
	@mkdir -p $(STAMPS)
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' || { echo 'Cueline needs Node.js 20 or newer'; exit 3; }
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(STAMPS)/web: $(STAMPS)/web-packages $(WEB_SOURCES)
	cd web && npm run --silent build
	@touch $@

demo: setup  ## Two sample calls, live in the browser; no account needed
	$(BIN)/cueline up --demo

test: setup  ## All tests; installs Chromium for the journeys where it may
	scripts/test

check: setup  ## Formatting, lint, types, import contracts
	scripts/check

format: setup  ## Mend formatting and what lint can mend
	$(BIN)/ruff format src tests scripts evals
	$(BIN)/ruff check --fix src tests scripts evals

golden: setup  ## Renew the golden event logs and show what changed
	CUELINE_RENEW_GOLDEN=1 $(BIN)/python -m pytest -q tests/golden
	git --no-pager diff --stat -- tests/golden

clean:  ## Remove what was built
	rm -rf $(VENV) $(STAMPS) web/node_modules src/cueline/delivery/web
