# The verbs of the project. `make help` lists them; everything runs inside .venv, and data stays in ./data or $PESO_HOME.
SHELL := /bin/sh
PYTHON ?= python3
UV_VERSION := 0.13.8
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS = never
# Some hundreds of processes are started by the tests: each would compile the project anew.
unexport PYTHONDONTWRITEBYTECODE
PORT ?= 3000
SEED ?= 1
COUNT ?= 2000

.DEFAULT_GOAL := help
.PHONY: help setup run check fast test acceptance fuzz coverage cluster-test ui lint format lock clean

help: ## list the verbs
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/uv-$(UV_VERSION):
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(VENV)/installed: $(VENV)/uv-$(UV_VERSION) requirements.lock pyproject.toml
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

$(VENV)/installed-ocr: $(VENV)/installed requirements-ocr.lock
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-ocr.lock
	@touch $@

$(VENV)/installed-test: $(VENV)/installed-ocr requirements-test.lock
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-test.lock
	@touch $@

$(VENV)/installed-cluster: $(VENV)/installed requirements-cluster.lock
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-cluster.lock
	@touch $@

setup: $(VENV)/installed $(EXTRAS:%=$(VENV)/installed-%) ## make .venv and install what running needs (EXTRAS=ocr: scans too)

run: setup ## read the embedded sample and your own documents, compare, publish, report
	@$(BIN)/peso run --sample

# A worker that hangs is ended; one more may take its place, then the run ends: it must not hang from test to test.
PARALLEL = --numprocesses auto --maxprocesses 4 --max-worker-restart 1 --dist loadfile --no-loadscope-reorder

check: lint fast ## lint, types, and the tests of one text, one table, one rule: under a minute

fast: $(VENV)/installed-test ## the tests of one text, one table, one rule
	$(BIN)/pytest $(PARALLEL) --tier check

test: lint ## lint, types, and every test that a change must pass: under ten minutes on two cores
	$(BIN)/pytest $(PARALLEL) --tier test --durations=40

acceptance: $(VENV)/installed-test ## the campaigns: folders of real documents beside the project, damage, kills
	$(BIN)/pytest $(PARALLEL) --tier acceptance --durations=40

fuzz: $(VENV)/installed-test ## damage documents of our own 2,000 times, and hold what is read to four oracles (SEED=1 COUNT=2000)
	$(BIN)/python -m tests.fuzz --seed $(SEED) --count $(COUNT)

coverage: $(VENV)/installed-test ## the branches that the fast tests take, with a floor
	@rm -rf .coverage && mkdir .coverage
	$(BIN)/coverage run -m pytest $(PARALLEL) --tier check
	$(BIN)/coverage combine --quiet && $(BIN)/coverage report

# DOCUMENTS=folder adds documents to the sample. Where the packages cannot be had, it says so and passes.
cluster-test: $(VENV)/installed-test ## the sample past one machine: servers on loopback, kills, and the same rows as here (DOCUMENTS=)
	@if $(MAKE) --no-print-directory $(VENV)/installed-cluster; then $(BIN)/python -m tests.cluster $(DOCUMENTS:%=--documents %); \
	else echo "Skipped: the packages of the extra cluster cannot be had here."; fi

ui: setup ## the Dagster UI with schedules and sensors, on this machine only (PORT=3000)
	@$(BIN)/peso ui --port $(PORT)

lint: $(VENV)/installed-test ## lint and types only
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: $(VENV)/installed-test ## format the code
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

# DuckDB stays on 1.5.5 in the lock: its extensions can be loaded offline from packages, which 2.0 has none of yet.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-strip-extras --generate-hashes \
	--no-emit-index-url --no-header --no-annotate
lock: $(VENV)/uv-$(UV_VERSION) ## resolve the dependencies again
	echo 'duckdb==1.5.5' > $(VENV)/constraints.txt
	$(LOCK) --constraint $(VENV)/constraints.txt --output-file requirements.lock pyproject.toml
	$(LOCK) --constraint requirements.lock --extra ocr --output-file requirements-ocr.lock pyproject.toml
	$(LOCK) --constraint requirements.lock --extra cluster --output-file requirements-cluster.lock pyproject.toml
	$(LOCK) --constraint requirements-ocr.lock --extra test --output-file requirements-test.lock pyproject.toml

clean: ## remove the environment (never the data)
	rm -rf $(VENV)
