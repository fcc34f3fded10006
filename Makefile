# Suo: `make demo` builds, indexes the sample notes and searches them; `make test` runs every test. Both install the
# system libraries that are missing first.

SHELL := /bin/bash
SWIFT ?= swift
.DEFAULT_GOAL := help
.PHONY: help demo test test-benchmarks sanitize lint bench bench-kernels build libraries screenshot clean

ifeq ($(shell uname -s),Darwin)
  # Homebrew keeps ICU apart from the system's, and Snowball has no pkg-config file.
  BREW := $(shell brew --prefix 2>/dev/null)
  export PKG_CONFIG_PATH := $(shell brew --prefix icu4c 2>/dev/null)/lib/pkgconfig:$(PKG_CONFIG_PATH)
  FLAGS := -Xcc -I$(BREW)/include -Xlinker -L$(BREW)/lib
  RELEASE := -c release $(FLAGS)
else
  # With the Swift libraries inside, the program runs where no Swift is installed; at a fixed address, 85,000 pointers need
  # not be relocated at every start. With the system's libraries inside, too, where these can be had so, it runs where none of
  # them is installed, and nothing is loaded and looked up at a start, which took more than a quarter of the time of a first search.
  # Expanded when a recipe needs it: the libraries may be installed by then only.
  RELEASE = -c release --static-swift-stdlib -Xlinker --no-pie $(shell scripts/static-flags)
endif

help:
	@echo 'make demo   build, index seeds/notes, search in both languages'
	@echo 'make test   run every test'
	@echo 'make test-benchmarks  run the tests of the scripts that compare; needs Python 3'
	@echo 'make sanitize  run the tests of storage and format under the address sanitizer'
	@echo 'make lint   check format, links and marks of unfinished work'
	@echo 'make bench  compare with other engines; options in BENCH, see benchmarks/README.md'
	@echo 'make bench-kernels  time the inner loops one by one'
	@echo 'make build  build the program only'

libraries:
	@scripts/install-libraries

build: libraries
	$(SWIFT) build $(RELEASE) --product suo

demo: build
	@scripts/demo "$$($(SWIFT) build $(RELEASE) --show-bin-path)/suo"

test: libraries
	$(SWIFT) test $(FLAGS)

test-benchmarks:
	cd benchmarks && PYTHONDONTWRITEBYTECODE=1 python3 -m unittest discover --start-directory tests --top-level-directory .

# The runner of XCTest leaks by itself, so only Swift Testing runs here.
sanitize: libraries
	$(SWIFT) test $(FLAGS) --scratch-path .build-sanitize --disable-xctest --sanitize address \
	  --filter 'ByteStorageTests|IndexFormatTests'

lint:
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift \
	  benchmarks/kernels/Package.swift benchmarks/kernels/Benchmarks
	scripts/check-links
	scripts/check-figures
	scripts/check-marks

bench: build
	@benchmarks/compare/run "$$($(SWIFT) build $(RELEASE) --show-bin-path)/suo" $(BENCH)

bench-kernels:
	$(SWIFT) package --package-path benchmarks/kernels -c release benchmark --grouping metric --format markdown \
	  --no-progress $(BENCH)

# Draws the picture of README.md from the real output; needs Python 3.
screenshot: demo
	scripts/draw-search "$$($(SWIFT) build $(RELEASE) --show-bin-path)/suo" docs/images/search.svg

clean:
	$(SWIFT) package clean
	rm -rf index/notes
