# `make demo` and `make test` need Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test run check gate bench install clean

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Backchannel needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	touch $(STAMP)

install: $(STAMP)

demo: $(STAMP)  ## the tour on the sample articles, then a chat where stdin is a terminal
	@$(BIN)/backchannel demo

test: $(STAMP)  ## the whole suite
	$(BIN)/python -m pytest -n 2 --dist worksteal

run: $(STAMP)  ## the bot; the token comes from config.toml or BACKCHANNEL_TOKEN
	$(BIN)/backchannel run

check: $(STAMP)  ## ruff, mypy strict, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist worksteal

gate: $(STAMP)  ## quality floors, on the folder named by BACKCHANNEL_EVAL (default ../shared)
	$(BIN)/python -m tests.gate

bench: $(STAMP)  ## speed and crash figures, each beside a peer or a floor
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
