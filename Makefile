# One command each: `make run`, `make test`. Everything they need is set up on the first call.
# Variables: PYTHON (the interpreter to make the environment with), VENV (where the environment is),
# WORKERS (processes that the tests run in; 0 for none beside this one), ARGS (handed on to the command).

PYTHON ?= python3
VENV ?= .venv
ARGS ?=
WORKERS ?= auto

BIN := $(VENV)/bin
# The stamps are named after what they were installed from, so a changed pin installs anew.
RUN_PINS := $(shell cat requirements.txt | cksum | cut -d' ' -f1)
DEV_PINS := $(shell cat requirements.txt requirements-dev.txt | cksum | cut -d' ' -f1)
RUN_STAMP := $(VENV)/.installed-run-$(RUN_PINS)
DEV_STAMP := $(VENV)/.installed-dev-$(DEV_PINS)

.PHONY: help run test test-fast lint format ingest eval install install-dev clean
.DEFAULT_GOAL := help

help:
	@echo "make run        serve the page on 127.0.0.1:7860 (builds the index when there is none)"
	@echo "make test       the whole test suite"
	@echo "make test-fast  the same without the slow and the browser tests"
	@echo "make lint       ruff and mypy"
	@echo "make format     ruff, writing"
	@echo "make ingest     bring the index in line with knowledge/; ARGS='--dry-run' passes flags on"
	@echo "make eval       the shipped evaluation"
	@echo "make clean      remove caches and the environment; data/ and .env stay"

run: $(RUN_STAMP)
	$(BIN)/python app.py $(ARGS)

test: $(DEV_STAMP)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

test-fast: $(DEV_STAMP)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not slow and not browser" $(ARGS)

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEV_STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

ingest: $(RUN_STAMP)
	$(BIN)/python ingest.py $(ARGS)

eval: $(RUN_STAMP)
	$(BIN)/python -m assistant eval $(ARGS)

install: $(RUN_STAMP)

install-dev: $(DEV_STAMP)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; choose one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): | $(BIN)/python
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements.txt
	@rm -f $(VENV)/.installed-run-*
	@touch $@

$(DEV_STAMP): | $(BIN)/python
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements-dev.txt
	@rm -f $(VENV)/.installed-*
	@touch $@ $(RUN_STAMP)
