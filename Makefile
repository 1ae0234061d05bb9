# What a bare machine lacks, bootstrap.py brings: Python's standard library, so that nothing has to be there before.
PYTHON := $(shell for python in python3 python3.15 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv/bin/python
# Each process begins with a part of the files, and one that has nothing left to do takes over from another.
ON_ALL_CORES := --numprocesses=auto --maxprocesses=4 --dist=worksteal
# The tests' processes keep what they compile, whatever the environment says: to do it again took each six seconds.
unexport PYTHONDONTWRITEBYTECODE
# The production environment that docs/running.md documents; the checks run in it, whatever this machine's .env says.
PRODUCTION := DEBUG=False HTTPS=True SECRET_KEY=for-the-checks-alone-0123456789-abcdefghijklmnopqrstuvwxyz \
	ALLOWED_HOSTS=practice.example.org CSRF_TRUSTED_ORIGINS=https://practice.example.org \
	SITE_URL=https://practice.example.org DATABASE_URL=sqlite://:memory: \
	EMAIL_URL=smtp+tls://mailer:password@mail.example.org:587
MANAGE := env $(PRODUCTION) $(VENV) -W error manage.py
# The quickest first. Each is a target of its own.
CHECKS := lint layout templates-lint imports migrations deploy fixtures-check pytest

.PHONY: help python run setup admin test test-slow test-postgres test-mutations fixtures format $(CHECKS)
help:
	@echo "make run            set everything up and serve the site on http://127.0.0.1:8000/ (make run PORT=8001 for another)"
	@echo "make test           every check, the tests and the browser journeys"
	@echo "make test-slow      what takes minutes: load, hostile input, the site started for real"
	@echo "make test-postgres  the tests on a PostgreSQL of their own (Debian: apt install postgresql)"
	@echo "make test-mutations breaks the code in one place after the other, and says what no test notices"
	@echo "make admin          make an administrator's account"
	@echo "make fixtures       rebuild the catalogue's fixtures from fixtures/sources/"
	@echo "make format         put the code in its house style"
	@echo "make setup          install the packages and the tools of development, no more"

run setup admin: python
	@$(PYTHON) bootstrap.py $@

python:
	@test -n "$(PYTHON)" || { echo "Practice Spotlight needs Python 3.11 or newer; here is $$(python3 --version 2>/dev/null || echo no python3). Install a newer Python (it may stand beside the old one), then run the same command again." >&2; exit 1; }

test: setup
	@failed=; for check in $(CHECKS); do echo "$$check"; $(MAKE) --silent --no-print-directory $$check || failed="$$failed $$check"; done; \
	test -z "$$failed" || { echo "Not passed:$$failed. Their output is above." >&2; exit 1; }

lint: setup
	@$(VENV) -m ruff check --no-cache --quiet
layout: setup
	@$(VENV) -m ruff format --check --no-cache --quiet
templates-lint: setup
	@$(VENV) -m djlint templates --lint --quiet
imports: setup
	@.venv/bin/lint-imports --no-cache --no-logo
migrations: setup
	@$(MANAGE) makemigrations --check --dry-run
deploy: setup
	@$(MANAGE) check --deploy --fail-level=WARNING
fixtures-check: setup
	@$(MANAGE) build_fixtures --check
pytest: setup
	@$(VENV) -m pytest -m "not slow" $(ON_ALL_CORES)

test-slow: setup
	@$(VENV) -m pytest -m slow
test-postgres: setup
	@$(VENV) tests/postgres_cluster.py -- $(VENV) -m pytest $(ON_ALL_CORES) \
		-m "not browser and not slow" --ignore=tests/test_commands.py --ignore=tests/pagereader
test-mutations: setup
	@$(VENV) tests/mutations.py

fixtures: setup
	@$(VENV) manage.py build_fixtures
format: setup
	@$(VENV) -m ruff check --fix --quiet; $(VENV) -m ruff format --quiet
