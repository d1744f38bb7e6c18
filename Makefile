# Two commands: `make demo` runs everything, `make test` proves it. The rest is listed by `make help`.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin
PY := $(BIN)/python
LOCK := requirements/development.txt
# Named by the lock file's content, so that a changed lock installs again and nothing else does.
STAMP := .venv/kept-$(shell cksum < $(LOCK) | tr ' ' '-')
# Two more than two cores: a test often waits for its browser or for a process of its own; with three,
# a third of the cores' time was left.
PYTEST_WORKERS ?= 4

# Nothing is put outside this folder.
export PIP_CACHE_DIR ?= $(CURDIR)/var/cache/pip
export UV_CACHE_DIR ?= $(CURDIR)/var/cache/uv
export PLAYWRIGHT_BROWSERS_PATH ?= $(CURDIR)/var/browsers
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help install demo demo-reset screenshots test chromium check format messages vendor backup restore

help: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(STAMP) ## Create the virtual environment from the hash-locked requirements

$(STAMP):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Kept needs Python 3.11 or newer; name it like this: make demo PYTHON=python3.11"; exit 1; }
	@test -x $(PY) || { echo "Creating the virtual environment ..."; $(PYTHON) -m venv .venv; } \
		|| { rm -rf .venv; echo "Python's venv module is missing (Debian, Ubuntu: apt-get install python3-venv)."; exit 1; }
	@echo "Installing the locked packages ..."
	@$(PY) -m pip install --quiet --require-hashes -r requirements/installer.txt
	@$(BIN)/uv pip install --quiet --system-certs --python $(PY) --require-hashes -r $(LOCK) || { \
		echo "uv could not; pip installs them (a few minutes)."; \
		$(PY) -m pip install --quiet --progress-bar on --require-hashes -r $(LOCK); }
	@touch $@

demo: $(STAMP) ## Run everything: web, worker, beat, sandbox, PostgreSQL, Valkey
	@$(PY) -m config.demo

demo-reset: $(STAMP) ## Remove the demonstration practice, so that the next demo begins anew
	@$(PY) -m config.reset

screenshots: $(STAMP) chromium ## Look at every page of the demo in every width, and take the pictures
	@$(PY) -m scripts.screenshots

test: $(STAMP) chromium ## Run all tests: unit, database, worker, browser
	@$(PY) -m pytest -n $(PYTEST_WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

chromium: $(STAMP)
	@$(PY) -m tests.plugins.browser || { \
		echo "No Chromium found; trying Playwright's own ..."; \
		timeout 300 $(BIN)/playwright install --only-shell chromium || echo "It could not be installed."; }

check: $(STAMP) ## Lint, types, import directions, templates, migrations, production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(PY) manage.py makemigrations --check --dry-run
	env $$(grep -v '^#' .ci/production.env) $(PY) manage.py check --deploy --fail-level WARNING

format: $(STAMP) ## Put code into its one shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(STAMP) ## Take new sentences into the Spanish catalogue, and compile it
	@$(PY) -m scripts.messages

vendor: $(STAMP) ## Fetch the pinned front-end files again (needs npm) and write what is generated
	$(PY) scripts/vendor.py
	$(PY) -m scripts.tabler
	$(PY) scripts/slots.py

backup: $(STAMP) ## Write the practice's database to var/backups/
	@$(PY) -m config.backups backup

restore: $(STAMP) ## Bring a backup back, with sending paused: make restore FILE=var/backups/...
	@test -n "$(FILE)" || { echo "Name the backup: make restore FILE=var/backups/kept-....dump"; exit 1; }
	@$(PY) -m config.backups restore "$(FILE)"
