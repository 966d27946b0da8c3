# Two commands matter: `make run` and `make test`. They need Python 3.11, make and the package
# registries; everything else they bring into .venv and web/node_modules, each part once.
PYTHON ?= python3
BIN := .venv/bin
SET_UP := $(PYTHON) -m tools.bootstrap
NODE := $(BIN)/python -m tools.node
UV_LOCK := $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --universal \
	--python-version 3.11 --no-header --no-annotate

# Browsers and kills share two processors with everything else: what failed there is tried once more
# with the machine to itself. What passes only then is named and is a fault to be mended.
ONLY_ALONE := test $$? = 1 && printf '\nonce more, alone:\n' && \
	$(BIN)/python -m pytest -v --last-failed --last-failed-no-failures none --maxfail 3

# Without kept bytecode every start would compile two thousand files again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check check-server check-web fmt lock api migration new-module plugins \
	events proofs chaos soak fuzz trial bench build screenshots

help: ## these targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1: \2/p' $(MAKEFILE_LIST)

run: export CONNECTIVE_DEMO ?= 1
run: export CONNECTIVE_OUTBOUND_ALLOW_PRIVATE ?= 1
run: ## set up once, then serve http://127.0.0.1:8080 with a demo instance
	@$(SET_UP) run
	@exec $(BIN)/connective serve

test: export NO_PROXY := 127.0.0.1,localhost,$(NO_PROXY)
test: export no_proxy := $(NO_PROXY)
test: ## the whole suite: web units, then units, database, HTTP and browser
	@$(SET_UP) test
	$(NODE) web npm run test
	$(BIN)/python -m pytest -n 2 --dist loadgroup || { $(ONLY_ALONE); }

check: ## format, lint, types, import contracts, house rules, web, generated files
	@$(SET_UP) check
	@$(MAKE) --no-print-directory -j 2 check-server check-web

check-server:
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.rules
	$(BIN)/python -m tools.line_links --check
	$(BIN)/python -m tools.generated_client --check
	$(BIN)/python -m tools.drift

check-web:
	$(NODE) web npm run check
	$(NODE) web node node_modules/typescript/bin/tsc --project ../examples/clients
	$(NODE) . node tools/web/texts.mjs web/src

fmt: ## format Python and web sources, and mend what can be mended
	@$(SET_UP) check
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(NODE) web npm run fix
	$(BIN)/python -m tools.line_links

lock: ## compile the requirements*.in files anew, to the newest versions
	@$(SET_UP) lock
	$(UV_LOCK) -o requirements-bootstrap.lock requirements-bootstrap.in
	$(UV_LOCK) -o requirements.lock requirements.in
	$(UV_LOCK) -c requirements.lock -o requirements-build.lock requirements-build.in
	$(UV_LOCK) -c requirements.lock -c requirements-build.lock \
		-o requirements-dev.lock requirements-dev.in

api: ## write the web app's API client from the OpenAPI document
	@$(SET_UP) check
	$(BIN)/python -m tools.generated_client

migration: ## name=add_topics: write the migration between the migrations and the models
	@$(SET_UP) check
	$(BIN)/python -m tools.migration "$(name)"

new-module: ## name=topics: lay out a new feature folder
	@$(SET_UP) check
	$(BIN)/python -m tools.new_module "$(name)"

plugins: ## every channel, node kind, action and report, with its file
	@$(SET_UP) check
	@$(BIN)/connective plugins

events: ## every event inside, and its name outside
	@$(SET_UP) check
	@$(BIN)/connective events

proofs: ## which numbered behaviours are proven by which tests
	@$(SET_UP) check
	@$(BIN)/python -m tools.proofs

chaos: SEED ?= $(shell date +%s)
chaos: KILLS ?= 50
chaos: FAULTS ?= all
chaos: ## SEED=7 KILLS=50 FAULTS=all: storms of kills, then each fault alone, with a report
	@$(SET_UP) test
	$(BIN)/python -m tests.chaos --seed $(SEED) --kills $(KILLS) --faults "$(FAULTS)" $(if $(BRIEF),--brief)

soak: MINUTES ?= 30
soak: ## MINUTES=30 RATE=40: an instance at work for long, and whether anything grows
	@$(SET_UP) check
	$(BIN)/python -m bench.soak --minutes $(MINUTES) $(if $(RATE),--rate $(RATE))

fuzz: export FUZZ_SEED ?= $(shell date +%s)
fuzz: export FUZZ_EXAMPLES ?= 100
fuzz: ## FUZZ_SEED=7 FUZZ_EXAMPLES=100: made-up calls of the API, and each refusal that it documents
	@$(SET_UP) test
	@echo "FUZZ_SEED=$(FUZZ_SEED) FUZZ_EXAMPLES=$(FUZZ_EXAMPLES)"
	$(BIN)/python -m pytest tests/contracts/test_api_conformance.py tests/contracts/test_api_refusals.py -n 0 -q

trial: ## make run as a stranger meets it, a proxy, the service; wants root
	@$(SET_UP) check
	$(BIN)/python -m tools.trial --python $(PYTHON)

bench: ## what the product is measured by, beside its baselines
	@$(SET_UP) check
	$(BIN)/connective bench

build: ## the wheel and the source archive, with the built web app inside
	@$(SET_UP) run
	$(BIN)/uv build --no-build-isolation

screenshots: ## the pictures in docs/images, taken from a fresh demo
	@$(SET_UP) test
	$(BIN)/python -m tools.screenshots
