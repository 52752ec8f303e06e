# SPDX-License-Identifier: GPL-3.0-or-later
#
#   make            install what is missing, build $(BUILD)/wangge
#   make run        the same, then run the baseline and 三社联动 and compare them
#   make test       the same with what the tests need, then run every test (ONLY=word: those whose path has the word)
#   make deps       install packages, nothing else
#   make program    build without looking at packages
#   make check-sanitizers   the tests once more, watched for bad memory, leaks, undefined behaviour; then check-threads
#   make check-threads      a short run with four threads, watched for races
#   make check-identity   the same results with two compilers at several levels, threads and orders of storage (minutes)
#   make bench-study   a study with one process and with two (ten minutes); STUDY=FILE: another one
#   make check-format, make lint, make format, make bench, make docs, make pictures, make install, make clean
#
# Settings: CC CXX OPT BUILD PREFIX DESTDIR SANITIZE=address,undefined WERROR= (empty: warnings do not
# stop the build) V=1 (show commands)

.DELETE_ON_ERROR:
.SECONDARY:
.SUFFIXES:
.PHONY: all run test deps bench bench-study docs pictures check-format check-identity check-sanitizers check-threads format lint install clean \
  program tests floors FORCE
.DEFAULT_GOAL := all

# ---- settings

ifeq ($(origin CC),default)
CC := gcc
endif
# Run on first use only: nothing but make and a C compiler may be there before the packages are.
once = $(eval $(1) := $$(shell $(2)))$($(1))
CLANG = $(call once,CLANG,$(CC) --version | grep -c clang)
ifeq ($(origin CXX),default)
CXX = $(if $(filter 1,$(CLANG)),clang++,g++)
endif

OPT ?= -O2
BUILD ?= build$(if $(SANITIZE),-sanitize)
PREFIX ?= /usr/local
WERROR ?= $(if $(SANITIZE),,-Werror)
Q := $(if $(V),,@)
PARALLEL = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 1))

# ---- flags

VERSION := $(shell cat VERSION)
REVISION = $(call once,REVISION,test -e .git && git describe --always --dirty --abbrev=12 2>/dev/null)
PKG_CFLAGS = $(call once,PKG_CFLAGS,pkg-config --cflags gsl libconfig hdf5-serial | sed 's/-I/-isystem /g')
PKG_LIBS = $(call once,PKG_LIBS,pkg-config --libs gsl libconfig hdf5-serial)

# gcc inlines the generator across files; objects also carry plain code, so that the tests link quickly.
LTO = $(if $(SANITIZE)$(filter 1,$(CLANG)),,-flto=auto)
FAT = $(if $(LTO),-ffat-lto-objects)
SAN = $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
WARN = -Wall -Wextra -Wconversion -Wshadow $(WERROR)
FLAGS = $(OPT) -g $(WARN) -ffp-contract=off -fopenmp $(LTO) $(FAT) $(SAN) \
  -Isrc -Itests $(PKG_CFLAGS) -D_GNU_SOURCE -DWG_VERSION='"$(VERSION)"'
COMPILE_C = $(CC) -std=gnu11 $(FLAGS)
COMPILE_CXX = $(CXX) -std=c++17 $(FLAGS)
# As shared libraries gcc's two run times don't agree where reports go.
SAN_LINK = $(if $(SANITIZE),$(SAN) $(if $(filter 1,$(CLANG)),,-static-libasan -static-libubsan))
LINK = $(CXX) $(OPT) -g -ffp-contract=off -fopenmp $(SAN_LINK)
LIBS = -lhdf5_serial_hl -lcsv -lsleef $(PKG_LIBS) -lm

# ---- files

SOURCES := $(wildcard src/*/*.c src/*/*.cc)
OBJECTS := $(patsubst %,$(BUILD)/%.o,$(basename $(SOURCES)))
TEST_SOURCES := $(wildcard tests/test_*.c tests/*/test_*.c)
TESTS := $(TEST_SOURCES:%.c=$(BUILD)/%)
FLOORS := $(patsubst %.c,$(BUILD)/%,$(wildcard bench/floor_*.c))
TESTED := $(filter-out $(BUILD)/src/cli/main.o,$(OBJECTS))
FORMATTED := $(wildcard src/*/*.[ch] src/*/*.cc tests/*.[ch] tests/*/*.[ch] bench/*.[ch])
LINTED := $(SOURCES) $(TEST_SOURCES) $(wildcard bench/*.c)
SCRIPTS := scripts/deps scripts/check-identity .ci/run tests/run tests/check_threads $(wildcard tests/sh/*.sh)

# ---- what people call

all:
	@scripts/deps build
	@$(MAKE) --no-print-directory $(PARALLEL) program

run: all
	@mkdir -p output
	$(BUILD)/wangge run scenarios/baseline.cfg -o output/baseline.h5
	$(BUILD)/wangge run scenarios/sanshe.cfg -o output/sanshe.h5
	$(BUILD)/wangge compare output/baseline.h5 output/sanshe.h5

test:
	@scripts/deps build test
	@$(MAKE) --no-print-directory $(PARALLEL) program tests
	@CC='$(CC)' WG_ROOT='$(CURDIR)' WG_BINARY='$(abspath $(BUILD))/wangge' WG_TEST_BUILD='$(abspath $(BUILD))/tests' \
	  $(if $(SANITIZE),$(FIXED_ADDRESSES)) tests/run $(ONLY)

# The sanitizers' run times of some years do not start where the kernel spreads addresses widely.
FIXED_ADDRESSES = $(call once,FIXED_ADDRESSES,setarch -R true 2>/dev/null && echo setarch -R)

check-sanitizers:
	@$(MAKE) --no-print-directory SANITIZE=address,undefined,float-cast-overflow test
	@$(MAKE) --no-print-directory check-threads

# gcc's OpenMP run time does not tell the thread sanitizer what waits for what; clang's does.
THREADS_BUILD = CC=clang CXX=clang++ SANITIZE=thread BUILD=build-tsan
check-threads:
	@scripts/deps build check
	@$(MAKE) --no-print-directory $(PARALLEL) $(THREADS_BUILD) program
	@CC=clang $(FIXED_ADDRESSES) tests/check_threads build-tsan/wangge

deps:
	@scripts/deps build test

# Runs the program several times beside its floors; some minutes (YEARS=2: shorter).
bench:
	@scripts/deps build test
	@$(MAKE) --no-print-directory $(PARALLEL) program floors
	@mkdir -p output
	@BUILD='$(BUILD)' /usr/bin/python3 -B bench/bench.py

bench-study:
	@scripts/deps build
	@$(MAKE) --no-print-directory $(PARALLEL) program
	@mkdir -p output
	@BUILD='$(BUILD)' /usr/bin/python3 -B bench/study.py

docs: all
	$(BUILD)/wangge params >docs/parameters.md
	$(BUILD)/wangge policies >docs/policies.md
	$(BUILD)/wangge outputs >docs/outputs.md
	$(BUILD)/wangge synthesis scenarios/baseline.cfg >docs/synthesis-table.md

# What the notebooks draw, into docs/images (NOTEBOOK=quickstart: of this one); which files they read: docs/notebooks.md.
pictures:
	@scripts/deps test
	scripts/notebook_pictures.py $(NOTEBOOK)

check-identity:
	@scripts/deps build check
	@scripts/check-identity

check-format:
	@scripts/deps lint
	@clang-format --dry-run --Werror $(FORMATTED)

format:
	@scripts/deps lint
	clang-format -i $(FORMATTED)

lint:
	@scripts/deps build test lint
	@# one file a run: the analyser mixes up the va_lists of several
	@printf '%s\n' $(LINTED) | xargs -n 1 -P $$(nproc) sh -c '$(TIDY)' tidy
	@cppcheck --quiet --error-exitcode=1 --enable=warning,performance,portability --inline-suppr --std=c11 -Isrc src
	@shellcheck $(SCRIPTS)

# Prints what clang-tidy finds in the file $1 without its count of what it left out.
TIDY = case $$1 in *.cc) standard=c++17 ;; *) standard=gnu11 ;; esac; \
  told=$$(clang-tidy --quiet "$$1" -- -std=$$standard -fopenmp -Isrc -Itests $(PKG_CFLAGS) -D_GNU_SOURCE \
    $(foreach name,VERSION REVISION SOURCE_DIR PREFIX,-DWG_$(name)=\"\") 2>&1); status=$$?; \
  printf "%s\n" "$$told" | sed "/^[0-9]* warnings* generated\.$$/d; /^$$/d"; exit $$status

SHARE = $(DESTDIR)$(abspath $(PREFIX))/share
install: all
	install -D -m 755 $(BUILD)/wangge '$(DESTDIR)$(abspath $(PREFIX))/bin/wangge'
	mkdir -p '$(SHARE)/wangge'
	cp -R configs notebooks scenarios '$(SHARE)/wangge/'
	$(if $(wildcard docs/wangge.1),install -D -m 644 docs/wangge.1 '$(SHARE)/man/man1/wangge.1')

clean:
	rm -rf $(BUILD)

# ---- how it is built

program: $(BUILD)/wangge ; @:
tests: $(TESTS) ; @:
floors: $(FLOORS) ; @:

# $(BUILD)/is/NAME holds the value of the variable NAME and is rewritten only when that changes.
$(BUILD)/is/%: FORCE
	@mkdir -p $(@D); printf '%s\n' '$(subst ','\'',$($*))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$($*))' >$@

$(BUILD)/%.o: %.c $(BUILD)/is/COMPILE_C
	@mkdir -p $(@D)
	$(if $(V),,@echo '  cc   $<')
	$(Q)$(COMPILE_C) $(EXTRA) -MMD -MP -c $< -o $@

$(BUILD)/%.o: %.cc $(BUILD)/is/COMPILE_CXX
	@mkdir -p $(@D)
	$(if $(V),,@echo '  c++  $<')
	$(Q)$(COMPILE_CXX) $(EXTRA) -MMD -MP -c $< -o $@

$(BUILD)/src/base/maths.o: EXTRA = -fno-builtin
$(BUILD)/src/run/provenance.o: EXTRA = -DWG_REVISION='"$(REVISION)"'
$(BUILD)/src/run/provenance.o: $(BUILD)/is/REVISION
$(BUILD)/src/run/locate.o: EXTRA = -DWG_SOURCE_DIR='"$(CURDIR)"' -DWG_PREFIX='"$(abspath $(PREFIX))"'
$(BUILD)/src/run/locate.o: $(BUILD)/is/CURDIR $(BUILD)/is/PREFIX

$(BUILD)/wangge: $(OBJECTS) $(BUILD)/is/OBJECTS $(BUILD)/is/LINK
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) $(LTO) $(OBJECTS) $(LIBS) -o $@

# Of the program the floors of the benchmark need the clocks and the draws.
$(FLOORS): $(BUILD)/%: $(BUILD)/%.o $(patsubst %,$(BUILD)/src/base/%.o,draw maths pcg_face) $(BUILD)/is/LINK
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) $(LTO) $(filter %.o,$^) -lsleef -lm -o $@

# A test that wraps functions says so in a line of its own: // link: -Wl,--wrap=malloc
$(TESTS): $(BUILD)/%: $(BUILD)/%.o $(TESTED) $(BUILD)/is/OBJECTS $(BUILD)/is/LINK
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) $(if $(LTO),-fno-lto) $< $(TESTED) $$(sed -n 's,^// link: ,,p' $*.c) -lcmocka $(LIBS) -o $@

-include $(OBJECTS:.o=.d) $(TESTS:=.d) $(FLOORS:=.d)
