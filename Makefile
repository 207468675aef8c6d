# One word a chore. Each prepares .venv by itself, once.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test lint format bench fuzz lock clean

demo: .venv/run.stamp
	@$(BIN)/veilleuse demo

test: .venv/dev.stamp
	@$(BIN)/pytest -n auto

lint: .venv/dev.stamp
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: .venv/dev.stamp
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: .venv/run.stamp
	@$(BIN)/veilleuse bench

# Needs clang with its libFuzzer; runs for FUZZ_SECONDS and keeps what it found in build/fuzz. docs/kernel.md.
FUZZ_SECONDS ?= 600
FUZZ := build/fuzz
FUZZ_FLAGS := -std=c11 -g -O1 -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined
CORE := $(filter-out %/module.c,$(wildcard src/veilleuse/reading/_kernel/*.c))

fuzz: .venv/run.stamp
	@command -v clang >/dev/null || { echo "veilleuse: clang is missing; on Debian: apt install clang libclang-rt-14-dev"; exit 1; }
	@mkdir -p $(FUZZ)/corpus && $(BIN)/python tools/fuzz/export_vocabulary.py $(FUZZ)
	@clang $(FUZZ_FLAGS) -o $(FUZZ)/fuzz_kernel tools/fuzz/fuzz_kernel.c $(CORE)
	@VOCABULARY=$(FUZZ)/vocabulary $(FUZZ)/fuzz_kernel -max_total_time=$(FUZZ_SECONDS) -max_len=1024 -len_control=0 -timeout=20 \
		-dict=$(FUZZ)/words.dict -artifact_prefix=$(FUZZ)/ -print_final_stats=1 $(FUZZ)/corpus $(FUZZ)/seeds

# Needs `uv`; hashes for every platform, and no address of any registry.
lock:
	uv pip compile --universal --generate-hashes --no-header -q pyproject.toml --group pyproject.toml:build -o requirements.txt
	uv pip compile --universal --generate-hashes --no-header -q pyproject.toml --group pyproject.toml:build --group pyproject.toml:dev -o requirements-dev.txt

.venv/python.stamp:
	@command -v $(PYTHON) >/dev/null || { echo "veilleuse: $(PYTHON) is missing; install Python 3.11 or newer, or name yours: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "veilleuse: Python 3.11 or newer is needed, and $(PYTHON) is older; name another: make PYTHON=python3.12"; exit 1; }
	@echo "veilleuse: preparing .venv"
	@$(PYTHON) -m venv .venv || { echo "veilleuse: the venv module is missing; on Debian: apt install python3-venv"; exit 1; }
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements.txt pyproject.toml setup.py $(wildcard src/veilleuse/reading/_kernel/* src/veilleuse/cues/_phrases/*)
	@echo "veilleuse: installing what it stands on (about half a minute, once)"
	@$(BIN)/pip install -q --require-hashes -r requirements.txt
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src # as pip does of all but what it installs in place
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	@echo "veilleuse: installing what the tests need"
	@$(BIN)/pip install -q --require-hashes -r requirements-dev.txt
	@touch $@

clean:
	rm -rf .venv build src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
