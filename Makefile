# Every command of the house. The work is done by the small scripts in scripts/.
PYTHON = $(shell scripts/find-python)

.PHONY: help run test check bench demo-reset lock format
.DEFAULT_GOAL := help

help: ## Show these commands
	@sed -n 's/^\([a-z-]*\): ## /\1|/p' Makefile | while IFS='|' read -r name what; do printf '  make %-11s %s\n' "$$name" "$$what"; done

run: ## Start Attune with its demo; Ctrl-C stops it, the data stays
	@$(PYTHON) scripts/prepare.py run
	@.venv/bin/python scripts/run.py

test: ## Run every test, on SQLite and then on PostgreSQL
	@$(PYTHON) scripts/prepare.py test
	@.venv/bin/python scripts/test.py

check: ## Check format, lint, types, walls between rooms, templates, migrations, settings
	@$(PYTHON) scripts/prepare.py check
	@.venv/bin/python scripts/check.py

bench: ## Measure the pages and the slow work against their floors (ONLY=name for one)
	@$(PYTHON) scripts/prepare.py check
	@.venv/bin/python -m benchmarks $(ONLY)

demo-reset: ## Throw the demo's data away and make it afresh
	@$(PYTHON) scripts/prepare.py run
	@.venv/bin/python scripts/run.py --reset

lock: ## Pin every dependency again from requirements/*.in (ARGS=--upgrade for newer ones)
	@$(PYTHON) scripts/prepare.py check
	@scripts/lock $(ARGS)

format: ## Put code and templates into the house's format
	@$(PYTHON) scripts/prepare.py check
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .
	@git ls-files 'templates/*.html' | xargs -r .venv/bin/djhtml --tabwidth 2 --quiet || true
