# `make run` opens be-tui on an example service; `make test` runs the tests. Both set up what they
# need in .venv, from nothing but Python 3.11 or later.

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3.14 python3 python,\
  $(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $(name))))
BIN := .venv/bin
PROJECT ?= example:shop-api

.PHONY: help run test prove lives check lint types format goldens docs benchmark clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

run: .venv/run ## open the session on the example service, or on PROJECT=DIR
	@if [ -t 0 ] && [ -t 1 ]; then \
	  $(BIN)/be-tui --project "$(PROJECT)"; \
	else \
	  $(BIN)/be-tui decide optimize --auto --project "$(PROJECT)" && \
	  $(BIN)/be-tui decide refactor --auto --project "$(PROJECT)"; \
	fi

test: .venv/dev ## run the tests
	@$(BIN)/python -m pytest -n 3 -m "not terminal and not slow"

prove: .venv/dev ## run the slower proofs: many cases, real servers, the session in a real terminal
	@$(BIN)/python -m pytest -n 2 -m "slow and not lives"
	@$(BIN)/python -m pytest -m terminal  # one after the other: they watch the clock

lives: .venv/dev ## generate services of each stack, and prove them; minutes each
	@$(BIN)/python -m pytest -n 2 -m lives

check: lint types test ## what a commit must pass; CI adds `prove` and `benchmark`

lint: .venv/dev ## style and import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-logo

types: .venv/dev ## mypy, strict
	@$(BIN)/mypy

format: .venv/dev ## put the code into shape
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

goldens: .venv/dev ## write the frames of the screens anew; read the difference before you commit
	@$(BIN)/python -m pytest tests/tui --update-goldens

docs: .venv/dev ## write the generated pages anew
	@$(BIN)/python -m be_tui.tui.keys_page > docs/keys.md
	@$(BIN)/be-tui config docs > docs/configuration.md
	@$(BIN)/python -m tests.core.migrations.effects.page > docs/migration-truth.md
	@$(BIN)/python -m tests.core.migrations.checks.rules_page
	@$(BIN)/python -c "import json; from be_tui.core.scaffold.schema import spec_schema; print(json.dumps(spec_schema(), indent=2))" > docs/spec.schema.json
	@$(BIN)/python -m docs.picture > docs/decide.svg

MARGIN ?= 1.25
benchmark: .venv/dev ## measure, beside bare Python and an empty Textual app
	@$(BIN)/python -m benchmarks --margin $(MARGIN)

clean: ## remove what the targets made
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist build

.venv/run: pyproject.toml constraints.txt
	@$(MAKE) --no-print-directory venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@# pip compiles what it copies, not what it leaves in place: the first start waits for nothing.
	@$(BIN)/python -m compileall -q be_tui
	@touch $@

.venv/dev: .venv/run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

.PHONY: venv
venv:
	@test -n "$(PYTHON)" || { echo "be-tui needs Python 3.11 or later on the PATH" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@# The start script that an older pip writes imports `re`, which costs half an interpreter.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip -c constraints.txt
