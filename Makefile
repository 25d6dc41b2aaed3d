# Every target works alone on a fresh clone; .venv is made when it is needed.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)  # in a container; Jupyter asks to be told
endif
CORES := -n logical --maxprocesses=4 --dist=loadscope  # a module and its browser stay on one

.PHONY: help lab lecture slides test lint figures notebooks site bench clean
help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' Makefile

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version.split()[0]; sys.exit(None if sys.version_info >= (3, 11) else "udl needs Python 3.11 or newer, $(PYTHON) is " + v + "; name another: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[lab,test,site,slides]'
	@touch $@

lab: .venv/installed  ## open the course in JupyterLab
	$(BIN)/python -m udl lab -- $(ROOT) $(LAB)

lecture: .venv/installed  ## present a notebook in JupyterLab: make lecture N=3
	$(BIN)/python -m udl lecture $(or $(N),1) -- $(ROOT) $(LAB)

slides: .venv/installed  ## the slides as pages that need no network, in build/slides/
	$(BIN)/python -m udl slides

test: lint  ## every test and every notebook
	$(BIN)/python -m pytest $(CORES)

lint: .venv/installed  ## style of code and notebooks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

figures: .venv/installed  ## draw every figure and equation into figures/
	$(BIN)/python -m udl figures

notebooks: .venv/installed  ## run every notebook and store its outputs
	$(BIN)/python -m udl notebooks

site: .venv/installed  ## the course as a book of web pages, in build/site/
	rm -rf build/site build/doctrees
	$(BIN)/python -m udl figures --format pdf --out build/pdf
	$(BIN)/python -m sphinx --quiet --fail-on-warning -c site -d build/doctrees . build/site

bench: .venv/installed  ## speed against peers
	$(BIN)/python benchmarks/figures.py
	$(BIN)/python benchmarks/maps.py
	$(BIN)/python benchmarks/batches.py
	$(BIN)/python benchmarks/explorers.py

clean:  ## remove .venv and what the tools leave behind
	rm -rf .venv build .pytest_cache .ruff_cache .hypothesis *.egg-info
