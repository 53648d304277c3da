# make demo: the bundled study, imported, served.   make test: everything CI checks.   make check: the quick part.

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
DEMO := .demo
# Temporary stores in memory, where there is room: on disk, tests wait for it a quarter of their time.
ROOM := $(shell df --output=avail /dev/shm 2>/dev/null | tail -n 1)
PYTEST := $(if $(shell test "$(ROOM)" -gt 4000000 2>/dev/null && echo roomy),TMPDIR=/dev/shm )$(BIN)/pytest
PACKAGES := ontology queries graphstore ingest analysis lineage pages api hypothread studies

.PHONY: setup demo test check long safety crash clients bench lock format clean

setup: .venv/ready

# The lock holds hashes and no addresses: pip takes the packages from whatever registry it is set up for.
.venv/ready: requirements.lock pyproject.toml hatch_build.py frontend/package-lock.json
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

demo: setup
	$(BIN)/hypothread import innovation-ecosystem --store $(DEMO)/store
	$(BIN)/hypothread site $(DEMO)/site --store $(DEMO)/store
	$(BIN)/hypothread serve --store $(DEMO)/store --port $(PORT)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(PACKAGES) tests benchmarks
	$(BIN)/lint-imports

test: check
	$(PYTEST) --numprocesses auto --dist loadfile --no-loadscope-reorder

# Everything that is left out of `make test` because it takes minutes.
long: setup
	$(PYTEST) -m long

# These have a short form in `make test`.
safety: setup
	$(PYTEST) tests/safety -m "long or not long"

crash: setup
	$(PYTEST) tests/crash -m long

# Comunica comes from npm, which takes a minute.
clients: setup
	$(PYTEST) tests/clients -m "long or not long"

bench: setup
	$(BIN)/python -m benchmarks

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --group development pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv $(DEMO) pages/static frontend/node_modules
