# What each target does is in bootstrap/: Python's standard library, so that a bare machine can start.
PYTHON := $(shell for python in python3 python3.15 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

.PHONY: help run test test-slow test-postgres test-mutations admin setup fixtures format python
help:
	@echo "make run            set everything up and serve the site on http://127.0.0.1:8000/ (make run PORT=8001 for another)"
	@echo "make test           every check, the tests and the browser journeys"
	@echo "make test-slow      what takes minutes: load, hostile input, the site started for real"
	@echo "make test-postgres  the tests on a PostgreSQL of their own (Debian: apt install postgresql)"
	@echo "make test-mutations  breaks the code in one place after the other, and says what no test notices"
	@echo "make admin          make an administrator's account"
	@echo "make fixtures       rebuild the catalogue's fixtures from fixtures/sources/"
	@echo "make format         put the code in its house style"
	@echo "make setup          install the packages and the tools of development, no more"

run test test-slow test-postgres test-mutations admin setup fixtures format: python
	@$(PYTHON) -m bootstrap $@

python:
	@test -n "$(PYTHON)" || { echo "Practice Spotlight needs Python 3.11 or newer; here is $$(python3 --version 2>/dev/null || echo no python3). Install a newer Python (it may stand beside the old one), then run the same command again." >&2; exit 1; }
