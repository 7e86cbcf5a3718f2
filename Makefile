# Two commands for everyone: make run, make test. More for those who change the code: make check, make bench, make growth, make faults, make figures.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test
PIP_LOG := $(VENV)/pip.log
# Two processes share the tests; those of one file stay together, since they share what is costly to make. Files come
# by name: by number of tests, as pytest-xdist would have it, those of a few long ones would be left to the end.
SIDE_BY_SIDE := -n 2 --dist loadfile --no-loadscope-reorder
# What pip says, its warnings too, is shown only where it fails.
install = $(BIN)/python -m pip install --disable-pip-version-check --no-input --constraint constraints.txt $(1) > $(PIP_LOG) 2>&1 || { cat $(PIP_LOG) >&2; exit 2; }

# Whatever the shell says: else each process that a test starts would compile the app anew.
test check: export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check bench growth faults figures words checked prerequisites
.DEFAULT_GOAL := run

run: prerequisites $(RUN_READY)
	@$(BIN)/python -m app.tryout

test: prerequisites $(TEST_READY)
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE)

check: prerequisites $(TEST_READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) --cov --cov-report=term

bench: prerequisites $(TEST_READY)
	@$(BIN)/python -m pytest tests/bench --benchmark-only --benchmark-disable-gc --benchmark-columns=median,rounds -p no:cacheprovider -o faulthandler_timeout=0 -s

# Two files of different size; the first run writes them, which takes some minutes for the large one.
SMALL := 100
LARGE := 10000

growth: prerequisites $(TEST_READY)
	@$(BIN)/python -m tests.growth $(SMALL) $(LARGE)

# FAULTS=--short does a few of each; FAULTS="--seed N" repeats the chances of an earlier run.
FAULTS :=

faults: prerequisites $(TEST_READY)
	@$(BIN)/python -m tests.faults $(FAULTS)

figures: prerequisites $(TEST_READY)
	@$(BIN)/python -m tests.architecture.figures

words: prerequisites $(TEST_READY)
	@$(BIN)/pybabel -q extract --mapping resources/locale/babel.cfg --output resources/locale/oms_bedside.pot --keywords N_ --keywords NN_:1,2 --keywords words --keywords _words --keywords say --no-location --sort-output --project oms-bedside .

checked: prerequisites $(TEST_READY)
	@$(BIN)/python -m app.checked

prerequisites:
	@command -v $(PYTHON) >/dev/null || { echo "OMS Bedside needs Python 3.11 or newer, and python3 was not found." >&2; exit 2; }
	@$(PYTHON) app/prerequisites.py

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 2; }

$(RUN_READY): $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing what the app needs; this happens once."
	@$(call install,--editable .)
	@touch $@

$(TEST_READY): $(RUN_READY)
	@echo "Installing what the tests need; this happens once."
	@$(call install,--editable ".[dev]")
	@touch $@
