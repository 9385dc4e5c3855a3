# nasij: everything one does with a checkout. Needs Rust (cargo, rustfmt, clippy) and Python 3.11
# or later; all else is installed into .venv at the versions of requirements*.txt.

# The first of these that runs and is new enough.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The same features and profile everywhere, so that one build serves all.
export CARGO_TERM_PROGRESS_WHEN ?= never
export CARGO_INCREMENTAL ?= 0
export PIP_CONSTRAINT := $(CURDIR)/requirements-dev.txt
export PIP_BUILD_CONSTRAINT := $(CURDIR)/requirements-dev.txt

SEEDS := seeds/articles/articles.jsonl
# Of `make oracles` and `make bench`: articles of your own.
CORPUS ?=
# Of `make fuzz`.
TARGET ?= normalize
SECONDS ?= 600
RUST := $(shell find src python/src -name '*.rs')
CORE := Cargo.toml Cargo.lock python/Cargo.toml pyproject.toml $(RUST) $(wildcard seeds/lexicon/*.tsv seeds/clitics/*.tsv seeds/model/tagger.bin)

RUN_STAMP := $(VENV)/run.stamp
DEV_STAMP := $(VENV)/dev.stamp
ORACLES_STAMP := $(VENV)/oracles.stamp
BENCH_STAMP := $(VENV)/bench.stamp
BUILD_STAMP := $(VENV)/build.stamp

.DEFAULT_GOAL := help
.PHONY: help demo build test test-rust test-python test-stubs test-sdist oracles lint format bench \
	instructions fuzz lexicon cities clitics model lock clean
.DELETE_ON_ERROR:

help: ## Show this list
	@echo "nasij: who appears with whom in Arabic news, and the sentence that proves it"
	@echo
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: $(BUILD_STAMP) ## Analyse the sample articles and show what comes out (into demo/)
	$(BIN)/nasij analyze $(SEEDS) -o demo --force

build: $(BUILD_STAMP) ## Install the package into .venv, optimised, its Python files linked

test: test-rust test-python test-stubs test-sdist ## Run every test: Rust, Python, examples, notebooks, stubs, sdist

test-rust: ## Run the tests of the core
	cargo test --locked

test-python: $(BUILD_STAMP) $(ORACLES_STAMP) ## Run the tests of the package, the examples of its docstrings and the notebooks
	$(BIN)/python -m pytest

test-stubs: $(BUILD_STAMP) $(DEV_STAMP) ## Check the stubs against the compiled extension
	$(BIN)/python -m mypy.stubtest nasij._nasij --mypy-config-file pyproject.toml

test-sdist: $(BUILD_STAMP) ## Build the sdist, install it into a clean environment and try it on the sample
	tests/packaging/sdist.sh $(BIN)/maturin $(SEEDS)

oracles: $(BUILD_STAMP) $(ORACLES_STAMP) ## Check the rules against other people's on the articles of CORPUS
	NASIJ_CORPUS="$(CORPUS)" $(BIN)/python -m pytest tests/python/test_oracles_*.py

lint: $(DEV_STAMP) ## Check format, lints, types and the Rust documentation
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(DEV_STAMP) ## Format all Rust and Python
	cargo fmt --all
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .

bench: $(BUILD_STAMP) $(BENCH_STAMP) ## Measure the stages beside their peers, after checking their answers
	$(BIN)/python tests/bench/run.py $(foreach path,$(CORPUS),--corpus "$(path)")

instructions: $(BUILD_STAMP) ## Count the instructions of each stage under valgrind, beside those recorded
	$(BIN)/python tests/bench/instructions.py

fuzz: ## Hold TARGET (normalize, segment, extract) to its laws on made-up texts for SECONDS; needs cargo-fuzz
	@mkdir -p fuzz/found/$(TARGET)
	cargo fuzz run --sanitizer none $(TARGET) fuzz/found/$(TARGET) fuzz/corpus/$(TARGET) -- \
		-dict=fuzz/arabic.dict -max_total_time=$(SECONDS)

lexicon: $(BUILD_STAMP) $(DEV_STAMP) ## Check the files of the lexicon: columns, ids, braces, spellings given twice, ISO codes
	$(PIP) install --no-deps -r requirements-seeds.txt
	$(BIN)/python -m pytest tests/python/test_lexicon_files.py tests/python/test_places.py

cities: $(DEV_STAMP) ## Make the cities of the lexicon anew from GeoNames
	$(PIP) install --no-deps -r requirements-seeds.txt
	$(BIN)/python seeds/cities/cities.py

clitics: ## Learn seeds/clitics anew from plain text: make clitics NEWS=file
	cargo run --release --locked --example stems -- seeds/clitics < $(NEWS)

model: $(BUILD_STAMP) $(DEV_STAMP) ## Train the tagger anew: make model DATA=folder (see seeds/model/MODEL_CARD.md)
	@test -d "$(DATA)" || { echo "name the folder of the corpora: make model DATA=..." >&2; exit 1; }
	$(PIP) install -r requirements-model.txt
	$(BIN)/python seeds/model/train.py "$(DATA)"

lock: $(DEV_STAMP) ## Renew requirements*.txt after a change of requirements*.in
	$(PIP) install "uv==0.13.8"
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile -q --universal --python-version 3.11 \
		--no-annotate requirements.in -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile -q --universal --python-version 3.11 \
		--no-annotate requirements-dev.in -c requirements.txt -o requirements-dev.txt

clean: ## Remove what was built, the environment too
	rm -rf $(VENV) target demo python/nasij/_nasij*.so

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "nasij needs Python 3.11 or later with venv; name it: make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.txt $(VENV)/pyvenv.cfg
	$(PIP) install -r requirements.txt
	@touch $@

$(DEV_STAMP): requirements-dev.txt $(RUN_STAMP)
	$(PIP) install -r requirements-dev.txt
	@touch $@

# The source package of pyunormalize holds Unicode's own test, which its wheel leaves out.
$(ORACLES_STAMP): requirements-oracles.txt $(DEV_STAMP)
	$(PIP) install --no-deps -r requirements-oracles.txt
	$(PIP) download --no-deps --no-binary :all: -d $(VENV)/oracles $$(grep ^pyunormalize $<)
	@touch $@

$(BENCH_STAMP): requirements-bench.txt $(ORACLES_STAMP)
	$(PIP) install --no-deps -r requirements-bench.txt
	@touch $@

$(BUILD_STAMP): $(CORE) $(RUN_STAMP)
	$(BIN)/maturin develop --release --locked
	@touch $@
