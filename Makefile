# `make` lists the targets. What they do stands in stack/.

SHELL := /bin/sh
.DEFAULT_GOAL := help
RUN := stack/bootstrap.sh

.PHONY: help up down status logs reset services test test-unit lint manifests pins format bench bench-pages faults loadtest image api requirements

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s%s\n", $$1, $$2}' Makefile

up: ## install, seed and start everything (SPLIT=1: a process per role; DATA=dir: a dump)
	@$(RUN) up $(if $(SPLIT),--split) $(if $(DATA),--data '$(DATA)')

down: ## stop everything, keep the data
	@$(RUN) down

status: ## show each process, its pid, its uptime and whether it is ready
	@$(RUN) status || true

logs: ## follow all logs (ROLE=relay: of one process)
	@$(RUN) logs $(ROLE)

reset: ## stop everything and delete its data (YES=1: without asking)
	@$(RUN) reset $(if $(YES),--yes)

services: ## start only MongoDB, Kafka and Redis
	@$(RUN) services

test: ## run lint and all tests on services of their own (ARGS="apps/common -x": these)
	@$(RUN) test $(if $(ARGS),-- $(ARGS))

test-unit: ## run only the tests that need no service (ARGS="apps/ai": some of them)
	@$(RUN) test-unit $(if $(ARGS),-- $(ARGS))

lint: ## check format, rules, types, imports and the front end
	@$(RUN) lint

manifests: ## render the overlays of kustomize/, validate them strictly, check our own rules
	@$(RUN) manifests

pins: ## pin the images of docker/ and kustomize/ by the digests of their tags today (asks the registries)
	@$(RUN) pins

format: ## format the Python code and fix what ruff can fix
	@$(RUN) format

bench: ## measure against a bare WSGI application, on the services of the tests
	@$(RUN) bench $(if $(ARGS),-- $(ARGS))

bench-pages: ## measure home, results and a listing on a throttled phone
	@$(RUN) bench -- pages

faults: ## races, failing databases, killed processes and brokers (ARGS="races --seed 7": those, again)
	@$(RUN) faults $(if $(ARGS),-- $(ARGS))

loadtest: ## run the JMeter plan against the split stack (USERS=100 MINUTES=5)
	@$(RUN) loadtest --users $(or $(USERS),100) --minutes $(or $(MINUTES),5)

image: ## build both images without Docker and run each role in one (REGISTRY=1: on registry bases)
	@$(RUN) image $(if $(REGISTRY),--registry)

api: ## write docs/ (openapi.json, Postman, asyncapi.json, events/) and the front end's types from the code
	@$(RUN) exec -- .venv/bin/python manage.py export_openapi
	@$(RUN) exec -- .venv/bin/python manage.py export_events
	@$(RUN) types

requirements: ## compile requirements/*.in again (UPGRADE=1: to the newest versions)
	@$(RUN) exec -- sh requirements/compile.sh $(if $(UPGRADE),--upgrade)
