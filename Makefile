# Two commands for everyone: make run, make test. Two more for those who change the code: make check, make bench.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test check bench words scales prerequisites
.DEFAULT_GOAL := run

run: prerequisites $(RUN_READY)
	@$(BIN)/python -m app.tryout

test: prerequisites $(TEST_READY)
	@$(BIN)/python -m pytest

check: prerequisites $(TEST_READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest --cov --cov-report=term

bench: prerequisites $(TEST_READY)
	@$(BIN)/python -m pytest tests/bench --benchmark-only --benchmark-disable-gc -p no:cacheprovider -s

words: prerequisites $(TEST_READY)
	@$(BIN)/pybabel -q extract --mapping resources/locale/babel.cfg --output resources/locale/oms_bedside.pot --keywords N_ --keywords NN_:1,2 --keywords words --keywords _words --keywords say --no-location --sort-output --project oms-bedside .

scales: prerequisites $(TEST_READY)
	@$(BIN)/python -c "from scales.catalogue import write_checked; write_checked()"

prerequisites:
	@command -v $(PYTHON) >/dev/null || { echo "OMS Bedside needs Python 3.11 or newer, and python3 was not found." >&2; exit 2; }
	@$(PYTHON) app/prerequisites.py

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

$(RUN_READY): $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing what the app needs; this happens once."
	@$(INSTALL) --editable .
	@touch $@

$(TEST_READY): $(RUN_READY)
	@echo "Installing what the tests need; this happens once."
	@$(INSTALL) --editable ".[dev]"
	@touch $@
