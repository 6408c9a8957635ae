# Two commands matter: `make run` and `make test`. Each sets up whatever it needs.
.PHONY: run test lint types imports templates tests bench proof picture catalog clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.run-ready
TEST_READY := $(VENV)/.test-ready
ADDRESS ?= 0.0.0.0:8000
# A file of tests to each process. Browsers have the machine for themselves: beside each other they are too slow.
TOGETHER := -n auto --maxprocesses 4 --dist loadfile

run: $(RUN_READY)
	$(BIN)/cocreate run --address $(ADDRESS) --example $(ARGS)

test: lint types imports templates tests

lint: $(TEST_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TEST_READY)
	$(BIN)/mypy

imports: $(TEST_READY)
	$(BIN)/lint-imports --no-logo

templates: $(TEST_READY)
	$(BIN)/djlint templates --lint --quiet

tests: $(TEST_READY) machine
ifeq ($(ARGS),)
	@# Browsers are asked also when something else failed: one run tells all that is wrong.
	$(BIN)/python -m pytest $(TOGETHER) --ignore=tests/browser; others=$$?; \
	$(BIN)/python -m pytest tests/browser && exit $$others
else
	$(BIN)/python -m pytest $(ARGS)
endif

bench: $(TEST_READY) machine
	$(BIN)/python -m benchmarks

proof: $(TEST_READY) machine
	COCREATE_PROOF=1 $(BIN)/python -m pytest $(ARGS)

picture: $(TEST_READY) machine
	$(BIN)/python -m docs.pictures

catalog: $(TEST_READY)
	$(BIN)/pybabel -q extract -F babel.cfg -o $(VENV)/messages.pot --no-location --sort-output -k _l -k _n:1,2 .
	$(BIN)/pybabel -q update -i $(VENV)/messages.pot -d cocreate/translations -N --no-wrap --ignore-obsolete

.PHONY: machine
machine:
	@sh tests/machine.sh

$(BIN)/python:
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || sh tests/machine.sh venv
	$(PYTHON) -m venv $(VENV)

$(RUN_READY): $(BIN)/python requirements/run.txt pyproject.toml
	$(BIN)/python -m pip install --quiet -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

$(TEST_READY): $(RUN_READY) requirements/test.txt requirements/postgres.txt requirements/pdf.txt
	$(BIN)/python -m pip install --quiet -r requirements/test.txt -r requirements/postgres.txt -r requirements/pdf.txt
	touch $@

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache
