# Every target works on a fresh clone: what it needs is installed into .venv first, once.

VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
TESTS ?=

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$name; break; fi; done)

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test lint bench build bundle docs office clean

demo: $(VENV)/.installed
	$(BIN)/selfeval demo demo

test: $(VENV)/.installed-test office
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(TESTS)

lint: $(VENV)/.installed-lint
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed
	$(BIN)/python -m bench.run

build: $(VENV)/.installed
	$(BIN)/python -m toolkit.addin.build
	$(BIN)/python -m toolkit.functions.build
	$(BIN)/python -m toolkit.workbook.build

bundle: $(VENV)/.installed
	$(BIN)/python -m bundle.build $(BUNDLE)

docs: $(VENV)/.installed
	$(BIN)/python -m toolkit.cli.reference docs

office:
	@sh tests/office/install.sh

clean:
	rm -rf $(VENV) build demo dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# Debian ships Python without ensurepip: there the system's pip furnishes the environment with its own.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found; name it with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		$(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; } \
		|| { rm -rf $(VENV); echo "No virtual environment: install python3-venv or pip for $(PYTHON)" >&2; exit 1; }

$(VENV)/.installed: EXTRAS :=
$(VENV)/.installed-test: EXTRAS := [test]
$(VENV)/.installed-lint: EXTRAS := [lint]
$(VENV)/.installed $(VENV)/.installed-test $(VENV)/.installed-lint: setup.cfg pyproject.toml toolkit/__init__.py | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.$(EXTRAS)'
	@touch $@
