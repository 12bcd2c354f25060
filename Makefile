# Everything a developer does, in one word each. The first call of any of them sets up .venv from the lock file.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: sandbox test lint format types bench lock clean

sandbox: $(READY) ## try the product on this machine, without any account
	$(BIN)/soundstage sandbox

test: $(READY) ## run all tests
	$(BIN)/pytest -n 2 --dist loadfile --max-worker-restart 0

lint: $(READY) ## find what a linter finds, and check the layout of the code
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: $(READY) ## lay out the code and mend what can be mended automatically
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(READY) ## check all types
	$(BIN)/mypy

bench: $(READY) ## measure speed and memory; prints ratios against baselines and what was promised
	$(BIN)/python -m tests.benchmarks

lock: $(READY) ## choose the newest versions that pyproject.toml allows and write them down with their hashes
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --upgrade --extra sandbox --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements.lock

clean: ## remove everything that is not part of the repository, except data
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist

# The project itself is installed without dependencies and without build isolation: the lock file has all that it needs,
# and nothing is downloaded that it does not name.
$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; on Debian: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)
