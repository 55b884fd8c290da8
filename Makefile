# SPDX-License-Identifier: GPL-2.0-or-later
#
# "make help" lists the targets. Variables:
#
#	POLICY=FILE		the policy that is compiled in
#	V=1			show the commands
#	CC, CLANG, BPFTOOL, CROSS_COMPILE
#	DEPS_TARBALLS=DIR	source files of the libraries: no network needed
#	SYSTEM_LIBS=1		static zlib, libelf and libbpf that CC finds itself
#	KERNEL, PROTECTION, DISTRO, FULL=1	parts of the tests: README.md

# aarch64 has longer instructions, and segments that begin at 64 KiB.
MAX_SIZE := $(if $(filter aarch64-%,$(CROSS_COMPILE)),600000,550000)
DEPS_TARBALLS ?= build/tarballs
POLICY ?=
PREFIX ?= /usr

ifeq ($(origin CC),default)
ifdef CROSS_COMPILE
# Debian has no musl-gcc for other machines, but their musl.
musl := build/musl/$(CROSS_COMPILE:%-=%)
CC := $(CROSS_COMPILE)gcc -specs=$(musl)/musl-gcc.specs
else
CC := musl-gcc
endif
endif
ifeq ($(origin AR),default)
AR := $(CROSS_COMPILE)ar
endif
CLANG ?= clang
STRIP_LABELS := llvm-strip -g --wildcard --strip-symbol='LBB*'
BPFTOOL ?= $(or $(shell command -v bpftool),$(wildcard /usr/sbin/bpftool),bpftool)

ifeq ($(V),1)
Q :=
msg :=
else
Q := @
msg = @printf '  %-8s %s\n' $(1) $(2);
MAKEFLAGS += --no-print-directory
endif

deb_arch = $(patsubst aarch64%,arm64,$(firstword $(subst -, ,$(CROSS_COMPILE))))

.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: all force help
all: ## build/bpflock-init, and build/bpflock-boot for an initramfs (the default)
all: build/bpflock-init build/bpflock-boot build/compile_commands.json

help: ## this list
	@sed -n 's/^\([a-z-]*\): ## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | \
		expand -t 22 | sed 's/^/  make /'

build/ build/bpf/ build/bpf/old/ build/deps/:
	$(Q)mkdir -p $@

# Tools. make remakes the files it includes and starts again.
BUILD_TOOLS := $(CLANG) llvm-strip readelf $(firstword $(CC)) $(AR) $(BPFTOOL) bzip2 flock
BUILD_PACKAGES := clang llvm musl-tools gcc binutils bpftool linux-libc-dev bzip2 patch
ifdef musl
BUILD_PACKAGES += gcc-$(CROSS_COMPILE:%-=%) linux-libc-dev-$(deb_arch)-cross
endif
CHECK_PACKAGES := qemu-system-x86 mmdebstrap busybox-static cpio e2fsprogs \
	kmod zstd lz4 python3-jsonschema qemu-system-arm gcc-aarch64-linux-gnu \
	linux-libc-dev-arm64-cross
DEB_PACKAGES := debhelper fakeroot lintian
STYLE_PACKAGES := clang-format clang-tidy cppcheck shellcheck mandoc

no_build := clean help tools style-tools format check-format \
	check-shell check-man check-spdx uninstall
ifneq ($(filter-out $(no_build),$(or $(MAKECMDGOALS),all)),)
missing := $(strip $(foreach tool,$(BUILD_TOOLS),\
	$(if $(shell command -v $(tool)),,$(tool))))
endif
ifneq ($(missing),)
ifdef MAKE_RESTARTS
$(error still not found: $(missing))
endif
include build/tools.mk
build/tools.mk: force | build/
	$(Q)deps/install-tools $(BUILD_PACKAGES)
	$(Q)touch $@
else

# Libraries
machine := $(firstword $(subst -, ,$(shell $(firstword $(CC)) -dumpmachine)))
bpf_arch := $(patsubst aarch64,arm64,$(patsubst x86_64,x86,$(machine)))
libs := build/deps/$(machine)

ifdef SYSTEM_LIBS
dep_include :=
else
deps_done := $(libs)/done
dep_include := -I$(libs)/include -idirafter $(libs)/kernel
dep_lib := -L$(libs)/lib
endif

ifdef musl
specs := $(musl)/musl-gcc.specs
$(specs):
	$(Q)mkdir -p $(musl)
	$(Q)deb=$$(deps/archive binary bookworm/$(deb_arch) $(musl) musl-dev) && \
		dpkg-deb -x $$deb $(musl)
	$(Q)sed 's,/usr/,$(musl)/usr/,g' $(musl)/usr/lib/*-musl/musl-gcc.specs >$@
endif

# Options. A change of any of them rebuilds what depends on build/flags.
MAPS := -ffile-prefix-map=$(CURDIR)/= -ffile-prefix-map=$(CURDIR)=.
CFLAGS ?= -Os
WERROR ?= -Werror
LDLIBS ?= -lbpf -lelf -lz
ALL_CFLAGS := -std=gnu11 -D_GNU_SOURCE= -Wall -Wextra $(WERROR) \
	-fno-pie -ffunction-sections -fdata-sections -fno-unwind-tables \
	-fno-asynchronous-unwind-tables $(MAPS) -iquote init -iquote . \
	$(dep_include) $(CFLAGS)
# What the tables of libbpf refer to, and nothing here asks for: light skeletons,
# USDT, distilled BTF, the kernel's configuration, programs inside of archives.
# The linker leaves it out. libbpf always calls the free functions, with NULL.
UNUSED := $(addprefix bpf_gen__,finish init load_btf map_create map_freeze \
	map_update_elem populate_outer_map prog_load record_attach_target \
	record_extern record_relo_core) usdt_manager_attach_usdt \
	usdt_manager_new btf_relocate gzopen gzgets gzclose zip_archive_open \
	zip_archive_close zip_archive_find_entry
UNUSED_FREE := bpf_gen__free usdt_manager_free
# No RELRO: without PIE it guards some 300 bytes, for up to 64 KiB of padding.
ALL_LDFLAGS := -static -no-pie -s -Wl,--gc-sections -Wl,--build-id=none \
	-Wl,-z,norelro $(UNUSED:%=-Wl,--defsym=%=abort) \
	$(UNUSED_FREE:%=-Wl,--defsym=%=free) $(dep_lib) $(LDFLAGS)
# clang copies each line of a source that it finds into the type information. Of
# the object that would be an eighth, and the kernel would keep it: hence a directory
# where clang finds none.
BPF_MAPS := -ffile-prefix-map=$(CURDIR)=/bpflock
BPF_CFLAGS := -target bpf -mcpu=v2 -O2 -g -std=gnu11 -Wall -Wextra $(WERROR) \
	-Wno-unused-parameter -D__TARGET_ARCH_$(bpf_arch) $(BPF_MAPS) $(dep_include)

flags := $(CC) $(CLANG) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(LDLIBS) $(BPF_CFLAGS)
build/flags: force | build/ $(specs)
	$(Q)echo '$(flags)' | cmp -s - $@ || echo '$(flags)' >$@

$(libs)/done: force | build/deps/ $(specs)
	$(Q)$(MAKE) -f deps/Makefile OUT=$(libs) CC='$(CC)' AR='$(AR)' \
		TARBALLS='$(DEPS_TARBALLS)'

# The protections, from the one list: a row without its file does not build.
hash := \#
keys := $(shell printf '$(hash)include "bpf/bpflock.h"\n%s\n%s\n' \
	'$(hash)define KEY(word, ...) word' 'BPFLOCK_LIST(KEY)' | \
	$(CLANG) -E -P -iquote . -x c - | tail -n 1)

# Kernel side
# What the others refer to comes first: the linker goes wrong otherwise.
bpf_objects := $(patsubst %,build/bpf/%.bpf.o,shared $(sort $(keys)) self_sysctl \
	first)
# The same for kernels before 5.11: bpf/compat.h says why.
old_objects := $(bpf_objects:build/bpf/%=build/bpf/old/%)

build/bpf/%.bpf.o: bpf/%.bpf.c build/flags $(deps_done) | build/bpf/
	$(call msg,BPF,$@)
	$(Q)$(CLANG) $(BPF_CFLAGS) -DOBJECT=$* -MMD -MP -c $< -o $@
	$(Q)$(STRIP_LABELS) $@

build/bpf/old/%.bpf.o: bpf/%.bpf.c build/flags $(deps_done) | build/bpf/old/
	$(call msg,BPF,$@)
	$(Q)$(CLANG) $(BPF_CFLAGS) -DOLD_KERNEL -DOBJECT=$* -MMD -MP -c $< -o $@
	$(Q)$(STRIP_LABELS) $@

# Anything libbpf has to say about the object is an error: "skipping relo" is
# a pointer in constant data, NULL when it runs (set it in code instead).
# bpftool 7.1 loses maps that are used before the object that has them.
build/bpflock.bpf.o: $(bpf_objects)
build/bpflock_old.bpf.o: $(old_objects)
build/bpflock.bpf.o build/bpflock_old.bpf.o:
	$(call msg,BPFLINK,$@)
	$(Q)$(BPFTOOL) gen object $@ $^
	$(Q)bpf/strip-lines $@
	$(Q)! $(BPFTOOL) gen skeleton $@ 2>&1 >/dev/null | grep . >&2

# User side
init_sources := $(wildcard init/*.c init/*/*.c)
init_objects := $(init_sources:%.c=build/%.o) build/init/util/embedded_files.o

# VERSION is that of the release; in a git checkout its commit is added.
VERSION ?= $(shell cat VERSION)$(shell git describe --always --dirty \
	--exclude='*' --abbrev=10 2>/dev/null | sed 's/^/+g/')
build/version: force | build/
	$(Q)echo '$(VERSION)' | cmp -s - $@ || echo '$(VERSION)' >$@

build/init/util/version.o: ALL_CFLAGS += -DVERSION='"$(VERSION)"'
build/init/util/version.o: build/version

build/init/%.o: init/%.c build/flags $(deps_done) | build/
	$(call msg,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

build/policy: $(POLICY) force | build/
	$(Q)cat $(POLICY) /dev/null | cmp -s - $@ || cat $(POLICY) /dev/null >$@

build/%.bpf.o.gz: build/%.bpf.o
	$(Q)gzip -9nc $< >$@

build/operations.gz: init/cmd/operations.txt | build/
	$(Q)gzip -9nc $< >$@

build/init/util/embedded_files.o: init/util/embedded_files.S build/bpflock.bpf.o.gz \
		build/bpflock_old.bpf.o.gz build/operations.gz build/policy build/flags
	$(call msg,AS,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) -DBPF_OBJECT='"build/bpflock.bpf.o.gz"' \
		-DOLD_BPF_OBJECT='"build/bpflock_old.bpf.o.gz"' \
		-DOPERATIONS='"build/operations.gz"' \
		-DCOMPILED_POLICY='"build/policy"' -c $< -o $@

# The program without the tool, for the initramfs.
boot_objects := build/boot-only/main.o build/boot-only/embedded_files.o \
	$(filter-out build/init/cmd/% build/init/main.o \
	build/init/util/embedded_files.o,$(init_objects))

build/boot-only/main.o: init/main.c build/init/main.o
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -DBOOT_ONLY -c $< -o $@

build/boot-only/embedded_files.o: init/util/embedded_files.S \
		build/init/util/embedded_files.o
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) -DBPF_OBJECT='"build/bpflock.bpf.o.gz"' \
		-DOLD_BPF_OBJECT='"build/bpflock_old.bpf.o.gz"' \
		-DCOMPILED_POLICY='"build/policy"' -c $< -o $@

build/bpflock-boot: $(boot_objects) build/bpflock-init
	$(call msg,LINK,$@)
	$(Q)$(CC) -o $@ $(boot_objects) $(ALL_LDFLAGS) $(LDLIBS)

# Its own parser has the last word on the policy that is compiled in.
check_policy := $(if $(POLICY),$(if $(CROSS_COMPILE),,yes))

build/bpflock-init: $(init_objects)
	$(call msg,LINK,$@)
	$(Q)$(CC) -o $@ $^ $(ALL_LDFLAGS) $(LDLIBS)
	$(Q)size=$$(wc -c <$@); test "$$size" -le $(MAX_SIZE) || \
		{ echo "$@: $$size bytes, limit $(MAX_SIZE)" >&2; exit 1; }
	$(Q)ln -sf bpflock-init build/bpflock
	$(if $(check_policy),$(Q)build/bpflock policy --policy /dev/null \
		--cmdline /dev/null >/dev/null)

# A bpflock of another version, for the tests: its records have another number.
other_sources := $(shell grep -l BPFLOCK_RECORD_VERSION init/*/*.c)
other_objects := $(other_sources:%.c=build/other/%.o)

$(other_objects): build/other/%.o: %.c build/%.o
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -DBPFLOCK_RECORD_VERSION=99 -c $< -o $@

build/bpflock-other: $(other_objects) build/bpflock-init
	$(call msg,LINK,$@)
	$(Q)$(CC) -o $@ $(other_objects) $(filter-out \
		$(other_sources:%.c=build/%.o),$(init_objects)) \
		$(ALL_LDFLAGS) $(LDLIBS)

# The bench, with the libraries and the options of the lock
bench_sources := $(filter-out %.bpf.c,$(wildcard tests/bench/*.c))

build/bench/one.bpf.o: tests/bench/one.bpf.c bpf/kernel.h build/flags $(deps_done)
	$(call msg,BPF,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CLANG) $(BPF_CFLAGS) -DOBJECT=one -iquote . -c $< -o $@

build/bench/bench: $(bench_sources) tests/bench/bench.h build/flags $(deps_done)
	$(call msg,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $(bench_sources) $(ALL_LDFLAGS) $(LDLIBS)

-include $(wildcard build/bpf/*.d build/bpf/old/*.d build/init/*.d build/init/*/*.d)

# For editors: clangd finds it in build/.
commands = for file in $(1); do \
	echo '{"directory": "$(CURDIR)", "file": "'$$file'",' \
		'"command": "$(2) -c '$$file'"},'; done
build/compile_commands.json: build/flags Makefile
	$(Q){ $(call commands,$(wildcard bpf/*.bpf.c),$(CLANG) $(BPF_CFLAGS)); \
		$(call commands,$(init_sources),$(CC) $(ALL_CFLAGS)); \
	} | sed '1s/^/[/; $$s/,$$/]/' >$@
endif

# Tests
.PHONY: check check-unit check-vm check-distro check-deb check-ninth bench demo tools
tools:
	$(Q)deps/install-tools $(BUILD_PACKAGES) $(CHECK_PACKAGES) $(DEB_PACKAGES)

check: ## all tests: policy, virtual machines, whole distributions (root, apt)
check: tools all
	$(Q)tests/run all

check-unit: ## unit tests, fuzzing, documents against the tree; needs no root
check-ninth: ## a protection added step by step, to a copy of the tree
check-vm: ## Debian's kernels in QEMU; KERNEL=6.12 PROTECTION=kimg FULL=1 ARCH=arm64
check-distro: ## whole Debian systems in QEMU; DISTRO=trixie
check-deb: ## the packages installed, upgraded, removed; DISTRO=trixie

check-unit check-vm check-distro check-deb check-ninth: check-%: all
	$(Q)KERNEL='$(KERNEL)' PROTECTION='$(PROTECTION)' DISTRO='$(DISTRO)' \
		FULL='$(FULL)' tests/run $(if $(filter vm-arm64,$*-$(ARCH)),arm64,$*)

.PHONY: check-faults
check-faults: ## each system call fails once, or is the last; docs/faults.md; FULL=1
check-faults: tools all
	$(Q)KERNEL='$(KERNEL)' FULL='$(FULL)' STEP='$(STEP)' \
		SCENARIOS='$(SCENARIOS)' tests/faults/run

SECONDS ?= 600
.PHONY: fuzz
fuzz: ## libFuzzer on the policy, events, records, output; SECONDS=600 for each
	$(Q)tests/fuzz/run $(SECONDS)

bench: ## what the lock costs, against tests/bench/figures; KERNEL= UPDATE=1
bench: tools all build/bench/bench build/bench/one.bpf.o
	$(Q)KERNEL='$(KERNEL)' UPDATE='$(UPDATE)' tests/bench/run

demo: ## see it work in a virtual machine
demo: tools all
	$(Q)tests/demo

# Style, of every file of the tree, whether git knows it yet or not.
.PHONY: check-style check-format check-shell check-man check-spdx check-headers
.PHONY: check-layers check-static format style-tools check-reproducible
files = $(shell git ls-files -co --exclude-standard 2>/dev/null || \
	find . -path ./build -prune -o -type f -printf '%P\n')
c_files = $(filter %.c %.h,$(wildcard $(files)))
sh_files = $(sort $(filter tests/%.sh tests/%.guest,$(wildcard $(files))) \
	$(shell grep -lE '^\#!.*sh$$' $(wildcard $(files))))
man_pages = $(wildcard man/*.[578])
spdx_files = $(filter-out LICENSES/% VERSION tests/fuzz/corpus/% debian/copyright debian/source/format \
	packaging/buildroot/external.desc,$(wildcard $(files)))

style-tools:
	$(Q)deps/install-tools $(STYLE_PACKAGES)

check-style: ## format, shell, manual, headers, layers of init/
check-style: check-format check-shell check-man check-spdx check-headers check-layers

check-format: style-tools
	$(Q)! for file in $(c_files) $(sh_files); do \
		expand $$file | grep -n '.\{101\}' | sed "s,^,$$file:,"; \
	done | grep . >&2 || { echo 'lines over 100 columns' >&2; false; }
	$(Q)for file in $(c_files); do \
		clang-format $$file | cmp -s - $$file || echo $$file; \
	done | { ! sed 's/$$/: not in the style of .clang-format: make format/' | \
		grep . >&2; }

check-shell: style-tools
	$(Q)shellcheck -x $(sh_files) $(wildcard completion/*.bash)

check-man: style-tools
	$(Q)! mandoc -T lint $(man_pages) 2>/dev/null | \
		grep -v 'referenced manual not found' | grep . >&2

check-spdx:
	$(Q)! grep -L SPDX-License-Identifier $(spdx_files) | \
		sed 's/$$/: no SPDX-License-Identifier/' | grep . >&2

# Each header must compile by itself: an editor opens it so.
check-headers: $(deps_done)
	$(Q)for header in $(wildcard bpf/*.h); do \
		$(CLANG) $(BPF_CFLAGS) -Wno-unused-function -fsyntax-only -x c \
			$$header || exit; \
	done

format: ## clang-format every C file
format: style-tools
	$(Q)clang-format -i $(c_files)

# The rooms of init/ use only those below them; prints who uses whom.
check-layers: all
	$(Q)tests/style/layers

check-static: ## cppcheck, clang-tidy and gcc -fanalyzer
check-static: style-tools all
	$(Q)cppcheck -q --error-exitcode=1 --inline-suppr --std=c11 \
		--enable=warning,performance,portability \
		-I. -Iinit '-DLIBBPF_OPTS(type,name,...)=struct type name = { 0 }' init
	$(Q)for file in $(init_sources); do \
		clang-tidy --quiet $$file -- -std=gnu11 -D_GNU_SOURCE= \
			-iquote init -iquote . -DVERSION='""' \
			$(dep_include) 2>/dev/null || exit; \
		$(CC) $(ALL_CFLAGS) -O1 -fanalyzer -DVERSION='""' -c $$file \
			-o /dev/null || exit; \
	done

# The same tree in two directories must end in the same bytes.
check-reproducible: ## the same bytes from two directories
check-reproducible: all
	$(Q)for copy in build/copy/a build/copy/another; do \
		rm -rf $$copy && mkdir -p $$copy && \
		tar -cf - --exclude=./build --exclude=./.git . | tar -xf - -C $$copy && \
		$(MAKE) -C $$copy VERSION='$(VERSION)' \
			DEPS_TARBALLS='$(abspath $(DEPS_TARBALLS))' || exit; \
	done
	$(Q)for program in bpflock-init bpflock-boot; do \
		cmp build/copy/a/build/$$program build/copy/another/build/$$program && \
		cmp build/copy/a/build/$$program build/$$program && \
		sha256sum build/$$program || exit; \
	done

include packaging/install.mk

.PHONY: clean
clean: ## remove build/
	$(Q)rm -rf build
