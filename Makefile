# Every target works alone on a fresh clone; .venv is made when it is needed, for a reader first.
PYTHON ?= python3
# the language that a reader is shown: LANG is the shell's own
EDITION ?= ko
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)  # in a container; Jupyter asks to be told
endif
# A module and its browser stay on one; the longest first, as tests/conftest.py has put them.
CORES := -n logical --maxprocesses=4 --dist=loadscope --no-loadscope-reorder
# Each core has a worker already: with more threads they wait for one another, three times as long.
check test lowest elsewhere: export OPENBLAS_NUM_THREADS = 1
# Whatever the shell says: a hundred processes would each compile the package anew.
check test lowest elsewhere: export PYTHONDONTWRITEBYTECODE =
INSTALL := -m pip install --quiet --disable-pip-version-check

.PHONY: help lab lecture slides check test lowest elsewhere lint figures notebooks site bench dist clean
help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' Makefile

# What is installed knows where udl lies: in a folder that was moved no notebook would find it.
ifneq ($(shell cat .venv/reader 2>/dev/null),$(shell pwd -P))
.PHONY: .venv/reader
endif
.venv/reader: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version.split()[0]; sys.exit(None if sys.version_info >= (3, 11) else "udl needs Python 3.11 or newer, $(PYTHON) is " + v + "; name another: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python $(INSTALL) -c constraints.txt -e '.[lab]'
	@pwd -P > $@

.venv/installed: .venv/reader
	$(BIN)/python $(INSTALL) -c constraints.txt -e '.[dev]'
	@touch $@

lab: .venv/reader  ## open the course in JupyterLab, in English: make lab EDITION=en
	$(BIN)/python -m udl lab --lang $(EDITION) -- $(ROOT) $(LAB)

lecture: .venv/reader  ## present a notebook in JupyterLab: make lecture N=3 EDITION=en
	$(BIN)/python -m udl lecture --lang $(EDITION) $(or $(N),1) -- $(ROOT) $(LAB)

slides: .venv/installed  ## the slides as pages that need no network, in build/slides/
	$(BIN)/python -m udl slides --lang $(EDITION)

check: lint  ## style and every test but those of browser and site
	$(BIN)/python -m pytest $(CORES) --ignore=tests/browser

test: lint  ## every test and every notebook
	$(BIN)/python -m pytest $(CORES)

# pip has no lowest-direct; the lower bounds are older than what newer Pythons run with.
build/lowest/installed: pyproject.toml constraints.txt
	python3.11 -m venv --clear build/lowest
	build/lowest/bin/python $(INSTALL) -c constraints.txt uv
	build/lowest/bin/uv pip install --quiet --python build/lowest/bin/python --resolution lowest-direct -e '.[dev]'
	@touch $@

lowest: build/lowest/installed  ## the tests, or TESTS, with the oldest versions that pyproject.toml allows
	build/lowest/bin/python -m pytest $(CORES) $(TESTS)

# Its experiments are kept apart, or it would find those of this processor.
elsewhere: export UDL_CACHE = $(CURDIR)/build/elsewhere
elsewhere: export PYTHONPATH = $(CURDIR)/tests/elsewhere
elsewhere: .venv/installed  ## the tests, or TESTS, with e^x rounded as another processor may
	$(BIN)/python -m pytest $(CORES) --ignore=tests/browser $(TESTS)

lint: .venv/installed  ## style of code and notebooks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

figures: .venv/reader  ## draw every figure and equation into figures/
	$(BIN)/python -m udl figures

notebooks: .venv/installed  ## run every notebook and store its outputs
	$(BIN)/python -m udl notebooks

site: .venv/installed  ## the course as a book of web pages in each language, in build/site/
	rm -rf build/site build/doctrees
	$(BIN)/python -m udl figures --format pdf --out build/pdf
	$(BIN)/python -m sphinx --quiet --fail-on-warning -c site -t ko -d build/doctrees/ko . build/site/ko
	$(BIN)/python -m sphinx --quiet --fail-on-warning -c site -t en -d build/doctrees/en . build/site/en
	rm -rf build/site/jupyter_execute
	cp site/root.html build/site/index.html

bench: .venv/installed  ## speed against peers
	$(BIN)/python benchmarks/figures.py
	$(BIN)/python benchmarks/maps.py
	$(BIN)/python benchmarks/batches.py
	$(BIN)/python benchmarks/explorers.py
	$(BIN)/python benchmarks/pages.py

dist:  ## sdist and wheel in dist/, checked; the wheel draws a figure with its dependencies alone
	rm -rf dist build/dist build/wheel
	$(PYTHON) -m venv build/dist
	build/dist/bin/python $(INSTALL) build twine
	build/dist/bin/python -m build
	build/dist/bin/python -m twine check --strict dist/*
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python $(INSTALL) dist/*.whl
	cd build/wheel && bin/python -m udl figures --only 1 --out figures

clean:  ## remove .venv and what the tools leave behind
	rm -rf .venv build dist .pytest_cache .ruff_cache .hypothesis *.egg-info
