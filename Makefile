# Vigie Bail. « make » seul affiche l'aide. Une seule condition : Python 3.11 ; le reste s'installe dans .venv.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installe
UV     := $(shell command -v uv 2>/dev/null)
# One file of tests, one worker; long files early, or the last one keeps a worker waiting.
PYTEST := $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

# Sans bytecode gardé, chaque processus d'Airflow recompile tout ce qu'il importe.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help demo serve screenshots test test-extracts check fix bench bench-web airflow lock clean

help:  ## Affiche cette aide
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMP)  ## Rejoue des nuits et deux lundis sur un bailleur synthétique, et dit quoi ouvrir
	@$(BIN)/python -m dags.local.replay

serve: $(STAMP)  ## Ouvre l'application de revue sur la démonstration (après make demo), un compte par rôle
	@$(BIN)/riskmodel web serve --demo

airflow: $(STAMP)  ## Démarre Airflow sur cette machine (SQLite, 127.0.0.1) ; Ctrl-C pour finir
	@$(BIN)/python -m dags.local.scheduler

screenshots: $(STAMP)  ## Refait les images de docs/images sur la démonstration (après make demo ; demande chromium)
	@$(BIN)/python -m tests.web.screenshots

test: $(STAMP)  ## Lance tous les tests qui se suffisent du dépôt
	@$(PYTEST)

test-extracts: extraits $(STAMP)  ## Lance les tests sur de grands extraits : make test-extracts VIGIE_EXTRACTS=dossier
	@VIGIE_EXTRACTS="$(abspath $(VIGIE_EXTRACTS))" $(PYTEST) tests/extracts

check: lint  ## Vérifie style, types, imports entre pièces et pages produites
	$(BIN)/pytest -q tests/house

lint: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(STAMP)  ## Corrige ce qui se corrige tout seul, et réécrit les pages produites
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/riskmodel docs contract
	$(BIN)/riskmodel docs access
	$(BIN)/riskmodel docs retention
	$(BIN)/riskmodel docs rights
	$(BIN)/riskmodel docs api
	$(BIN)/riskmodel features dictionary
	$(BIN)/riskmodel score page
	$(BIN)/riskmodel schemes page
	$(BIN)/riskmodel law page

bench: $(STAMP)  ## Mesure durées et mémoire sur des bailleurs engendrés (benchmarks/results.md)
	@$(BIN)/python -m benchmarks

bench-web: $(STAMP)  ## Mesure l'application sous vingt personnes (benchmarks/web.md ; demande postgresql)
	@$(BIN)/python -m benchmarks.web

lock:  ## Recalcule requirements.lock (demande uv)
	@test -n "$(UV)" || { echo "uv est introuvable : installez-le (pip install uv), puis relancez make lock." >&2; exit 1; }
	uv pip compile pyproject.toml --extra airflow --group dev --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --upgrade --output-file requirements.lock

clean:  ## Efface l'environnement, les caches et la démonstration (garde le reste de var/)
	rm -rf $(VENV) var/demo build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: extraits lint
extraits:
	@test -n "$(VIGIE_EXTRACTS)" || { echo "Donnez le dossier des extraits : make test-extracts VIGIE_EXTRACTS=/chemin" >&2; exit 1; }
	@test -d "$(VIGIE_EXTRACTS)" || { echo "VIGIE_EXTRACTS=$(VIGIE_EXTRACTS) : ce dossier n'existe pas." >&2; exit 1; }

$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) est introuvable. Installez Python 3.11 (Debian 12 : apt install python3.11-venv)," >&2; \
	  echo "ou dites où il est : make $(MAKECMDGOALS) PYTHON=/chemin/vers/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
	  echo "$(PYTHON) est un $$($(PYTHON) -V) ; il faut Python 3.11." >&2; exit 1; }
	@echo "Installation dans $(VENV) des versions de requirements.lock (une à deux minutes la première fois)…"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
ifdef UV
	@VIRTUAL_ENV=$(VENV) $(UV) pip sync --quiet --require-hashes requirements.lock
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --editable .
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
endif
	@touch $@
