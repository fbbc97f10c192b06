# Everything `publish` does, with the set-up done first. `make help` lists it.
#
#   make pdf            the PDFs of all editions
#   make pdf ARGS='-l ko --release'   with options of `publish build`
#
# Written for GNU make 3.81 or newer and any POSIX shell. Python packages come from files with
# hashes (requirements*.txt), Pango, fonts and tools from apt or Homebrew. Nothing is installed
# twice: the files in .venv/.done say what is there already.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DONE   := $(VENV)/.done
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq install
ARGS   ?=

# On Debian and Ubuntu: what every build needs, and what the judges need (program:package).
PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig \
            fonts-sil-gentiumplus fonts-nanum fonts-unfonts-core fonts-noto-core fonts-noto-mono
TOOLS    := chromium:chromium java:default-jre-headless msgfmt:gettext node:nodejs npm:npm \
            pdftotext:poppler-utils qpdf:qpdf strace:strace
CHROMES  := chromium chromium-browser google-chrome google-chrome-stable
# The same with Homebrew (nobody has tried it yet: tell us how it went).
BREW      := pango fontconfig font-gentium-book-plus font-nanum-myeongjo font-noto-sans-math font-noto-sans-mono
BREW_TOOLS := chromium openjdk gettext node poppler qpdf

# $(call apt,PACKAGES): installs them if it may, else says the one line to run and stops.
define apt
{ set -- $(1); if [ "$$(id -u)" = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo='sudo -n'; else \
    printf '\nThis machine lacks some packages. Please run this line, then make again:\n\n  %s\n\n' \
      "sudo apt-get install -y --no-install-recommends $$*" >&2; exit 1; fi; \
  echo "» Installing $$* (once)" >&2; \
  install="$$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $$*"; \
  $$install >/dev/null 2>&1 </dev/null || { $$sudo apt-get -qq update && $$install >/dev/null </dev/null; }; }
endef

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

##@ Publishing

.PHONY: all
all: $(DONE)/run  ## all editions in all formats
	@$(BIN)/publish build $(ARGS)

.PHONY: pdf epub html site
pdf epub html site: $(DONE)/run  ## all editions in this format; site: all together
	@$(BIN)/publish build -f $@ $(ARGS)

.PHONY: status extract update doctor
status extract update doctor: $(DONE)/run  ## as `publish status`, `publish extract`, …
	@$(BIN)/publish $@ $(ARGS)

.PHONY: check
check: all judges  ## `publish check`, with all judges of what is built
	@$(BIN)/publish check

.PHONY: picture
picture: all $(DONE)/judges  ## docs/picture.png: the first pages side by side, for the README
	@$(BIN)/python tools/picture.py build docs/picture.png

.PHONY: gallery gallery-accept
gallery: all $(DONE)/judges  ## every page as a picture in build/gallery, beside what was accepted
	@$(BIN)/python tools/gallery.py build
gallery-accept: all $(DONE)/judges  ## accepts the pages as they are now
	@$(BIN)/python tools/gallery.py build --accept

##@ Working on publish

.PHONY: setup
setup: $(DONE)/dev  ## the virtual environment with everything for development
	@:

.PHONY: test
test: lint types imports all judges  ## everything CI does
	@$(BIN)/pytest -q -n 3 --dist loadgroup -m 'not partners' $(ARGS)

.PHONY: fast
fast: $(DONE)/dev  ## the tests without the judges
	@$(BIN)/pytest -q -n auto -m 'not judge and not partners' $(ARGS)

.PHONY: lint
lint: $(DONE)/dev  ## style and formatting
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet

.PHONY: fmt
fmt: $(DONE)/dev  ## puts right what lint can put right
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format --quiet

.PHONY: types
types: $(DONE)/dev  ## mypy, strict
	@$(BIN)/mypy --no-error-summary

.PHONY: imports
imports: $(DONE)/dev  ## each module imports only what stands below it
	@$(BIN)/lint-imports --no-logo 2>&1 || { $(BIN)/lint-imports; exit 1; }

.PHONY: judges
judges: $(DONE)/judges  ## installs the independent judges of the artefacts
	@:

.PHONY: test-partners
test-partners: $(DONE)/dev  ## round trips through OmegaT, LibreOffice and Calibre, which it installs
	@command -v omegat >/dev/null && command -v soffice >/dev/null && command -v ebook-convert >/dev/null || \
	  $(call apt,omegat libreoffice-writer calibre)
	@$(BIN)/pytest -q -m partners $(ARGS)

.PHONY: licences
licences: $(DONE)/dev  ## docs/licences.md anew
	@$(BIN)/python tools/licences.py docs/licences.md

.PHONY: audit
audit: requirements.txt requirements-dev.txt  ## what is known against the packages (asks PyPI)
	@[ -x $(VENV)/audit/bin/pip-audit ] || { $(PYTHON) -m venv $(VENV)/audit && \
	  $(VENV)/audit/bin/pip --disable-pip-version-check -qq install pip-audit==2.10.1; }
	@for file in $^; do $(VENV)/audit/bin/pip-audit --strict --disable-pip --require-hashes -r $$file || exit; done

.PHONY: fuzz
fuzz: $(DONE)/dev  ## strange bytes with atheris (TARGET=yaml, catalogue, delivery, figure, page, chapter)
	@$(BIN)/python -c 'import atheris' 2>/dev/null || $(PIP) atheris==3.0.0
	@$(BIN)/python tools/fuzz.py $(or $(TARGET),catalogue) build/fuzz -max_total_time=$(or $(SECONDS),60) $(ARGS)

.PHONY: kills
kills: $(DONE)/dev  ## kill -9 at 200 random moments (KILLS=n: n times)
	@KILLS=$${KILLS:-200} $(BIN)/pytest -q tests/security/test_kills.py $(ARGS)

.PHONY: bench bench-compare profile
bench: $(DONE)/bench  ## measures publish beside its rivals: docs/performance.md (ARGS='--rounds 1')
	@$(BIN)/python benchmarks/bench.py --write $(ARGS)
bench-compare: $(DONE)/bench  ## the article and catalogues; fails if a ratio is 20 % worse than committed
	@$(BIN)/python benchmarks/bench.py --compare --rounds 3 --book-rounds 0 --growth '' --messages 100,1000 --publications 0 $(ARGS)
profile: $(DONE)/run  ## where WeasyPrint spends its time on the article (ARGS='-l ko')
	@$(BIN)/python benchmarks/profiling.py $(ARGS)

.PHONY: build
build: $(DONE)/dev  ## wheel and sdist in dist/
	@$(BIN)/python -m build --no-isolation --outdir dist . >/dev/null && ls dist

.PHONY: lock
lock:  ## the lock files anew
	@lock=$$(mktemp -d) && trap 'rm -rf "$$lock"' EXIT && \
	 $(PYTHON) -m venv "$$lock" && "$$lock/bin/pip" -qq install uv && \
	 compile="$$lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	   --no-emit-index-url --no-emit-find-links --no-header pyproject.toml" && \
	 $$compile --group install -o requirements.txt && \
	 $$compile --group install --group dev -c requirements.txt -o requirements-dev.txt
	@cd tests/judges && rm -rf package-lock.json node_modules && \
	 npm install --silent --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved && \
	 node -e 'for (const p of Object.values((l = JSON.parse(fs.readFileSync(f = "package-lock.json"))).packages)) delete p.funding; fs.writeFileSync(f, JSON.stringify(l, null, 2) + "\n")'

.PHONY: clean distclean
clean:  ## away with what was built
	rm -rf build dist
distclean: clean  ## and with everything that was installed in this folder
	rm -rf $(VENV) tests/judges/node_modules .*_cache .coverage* .hypothesis

.PHONY: help
help:
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z -]+:.*## / { printf "  make %-34s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# --- Set-up -------------------------------------------------------------------------------------

$(DONE)/system: Makefile
	@if [ "$$(uname)" = Darwin ]; then \
	  command -v brew >/dev/null || { echo 'Please install Homebrew, then run make again.' >&2; exit 1; }; \
	  missing=; for p in $(BREW); do brew list $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	  [ -z "$$missing" ] || brew install --quiet $$missing; \
	elif command -v dpkg-query >/dev/null; then \
	  missing=; for p in $(PACKAGES); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q ' installed' || missing="$$missing $$p"; done; \
	  $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || missing="$$missing python3-venv"; \
	  [ -z "$$missing" ] || $(call apt,$$missing); \
	elif ! PATH="$$PATH:/sbin" ldconfig -p | grep -q libpango-1.0.so.0 || ! command -v fc-list >/dev/null; then \
	  echo 'Please install Pango, fontconfig and the fonts Gentium Book Plus, Nanum and Noto, then run make again.' >&2; exit 1; \
	fi
	@mkdir -p $(@D) && touch $@

$(DONE)/run: requirements.txt pyproject.toml | $(DONE)/system
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'publish needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …' >&2; exit 1; }
	@echo '» Installing Python packages (once)' >&2
	@[ -x $(BIN)/pip ] || $(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(DONE)/dev: requirements-dev.txt tests/records/schemas.txt $(DONE)/run
	@echo '» Installing tools for development (once)' >&2
	@$(PIP) --require-hashes -r requirements-dev.txt
	@rm -rf $(VENV)/schemas && $(PIP) --require-hashes --no-deps --target $(VENV)/schemas -r tests/records/schemas.txt
	@touch $@

$(DONE)/bench: benchmarks/rivals/typst.txt $(DONE)/dev
	@command -v po4a-translate >/dev/null && command -v msgmerge >/dev/null || $(call apt,po4a gettext)
	@rm -rf $(VENV)/typst && $(PIP) --require-hashes --no-deps --target $(VENV)/typst -r $<
	@touch $@

$(DONE)/judges: tests/judges/package-lock.json $(DONE)/dev
	@missing=; for t in $(TOOLS); do \
	  case $$t in chromium:*) names='$(CHROMES)' ;; *) names=$${t%%:*} ;; esac; \
	  for n in $$names; do command -v $$n >/dev/null && continue 2; done; missing="$$missing $${t#*:}"; done; \
	[ -z "$$missing" ] || \
	  if command -v dpkg-query >/dev/null; then $(call apt,$$missing); \
	  elif command -v brew >/dev/null; then brew install --quiet $(BREW_TOOLS); \
	  else echo "Please install:$$missing" >&2; exit 1; fi
	@echo '» Installing the judges (once)' >&2
	@cd tests/judges && PUPPETEER_SKIP_DOWNLOAD=1 ELECTRON_SKIP_BINARY_DOWNLOAD=1 \
	  npm ci --ignore-scripts --no-audit --no-fund --silent </dev/null
	@touch $@
