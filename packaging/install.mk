# SPDX-License-Identifier: GPL-2.0-or-later
#
# make install and make uninstall, part of the top Makefile. Variables:
#
#	DESTDIR			a directory before every path, for packages
#	PREFIX			/usr; the parts for initramfs tools and systemd are
#				where these look, and they use the program in PREFIX
#	SBIN			PREFIX/sbin: the programs
#	LIBEXEC			PREFIX/lib/bpflock: the program for the initramfs, and what
#				only units run
#	INITRAMFS		the initramfs tools that get their part: dracut,
#				initramfs-tools, mkinitcpio
#	DRACUT_DIR, INITRAMFS_TOOLS_DIR, INITCPIO_DIR, SYSTEMD_DIR,
#				COMPLETION_DIR, FISH_DIR, ZSH_DIR

.PHONY: install uninstall
INITRAMFS ?= dracut initramfs-tools
DRACUT_DIR ?= /usr/lib/dracut/modules.d
INITRAMFS_TOOLS_DIR ?= /usr/share/initramfs-tools
INITCPIO_DIR ?= /usr/lib/initcpio
SYSTEMD_DIR ?= /usr/lib/systemd/system
COMPLETION_DIR ?= $(PREFIX)/share/bash-completion/completions
FISH_DIR ?= $(PREFIX)/share/fish/vendor_completions.d
ZSH_DIR ?= $(PREFIX)/share/zsh/vendor-completions

SBIN ?= $(PREFIX)/sbin
LIBEXEC ?= $(PREFIX)/lib/bpflock
sbin = $(SBIN)
libexec = $(LIBEXEC)
policies := $(PREFIX)/share/bpflock

# MODE:FILE:TARGET of each file, without the links
installed := 755:build/bpflock-init:$(sbin)/bpflock-init \
	755:build/bpflock-boot:$(libexec)/bpflock-boot \
	$(foreach page,$(man_pages),644:$(page):$(PREFIX)/share/man/man$(subst \
		.,,$(suffix $(page)))/$(notdir $(page))) \
	$(foreach policy,$(wildcard policy/*.policy),\
		644:$(policy):$(policies)/$(notdir $(policy))) \
	644:completion/bpflock.bash:$(COMPLETION_DIR)/bpflock \
	644:completion/bpflock.fish:$(FISH_DIR)/bpflock.fish \
	644:completion/_bpflock:$(ZSH_DIR)/_bpflock \
	$(foreach unit,$(notdir $(wildcard systemd/*.service systemd/*.path)),\
		644:systemd/$(unit):$(SYSTEMD_DIR)/$(unit)) \
	755:systemd/policy-changed:$(libexec)/policy-changed

dracut := $(foreach file,$(wildcard dracut/50bpflock/*),\
	$(if $(filter %.sh,$(file)),755,644):$(file):$(file:dracut/%=$(DRACUT_DIR)/%))
initramfs-tools := $(foreach file,hooks/bpflock scripts/init-bottom/bpflock,\
	755:initramfs-tools/$(file):$(INITRAMFS_TOOLS_DIR)/$(file))
mkinitcpio := $(foreach file,install/bpflock hooks/bpflock,\
	644:packaging/mkinitcpio/$(file):$(INITCPIO_DIR)/$(file)) \
	644:dracut/50bpflock/bpflock.service:$(INITCPIO_DIR)/bpflock.service
installed += $(foreach tool,$(INITRAMFS),$($(tool)))

# The files that name a program of the real root
with_path := $(filter 644:systemd/% 755:systemd/% %/hooks/bpflock \
	%/install/bpflock %/module-setup.sh,$(installed))

target = $(lastword $(subst :, ,$(1)))

install: ## into DESTDIR and PREFIX (/usr): programs, manual, initramfs hooks
install: all
	$(Q)for entry in $(installed); do \
		file=$${entry#*:}; \
		install -D -m "$${entry%%:*}" "$${file%%:*}" \
			"$(DESTDIR)$${entry##*:}" || exit; \
	done
	$(if $(filter-out /usr/sbin /usr/lib/bpflock,$(sbin) $(libexec)),$(Q)sed -i \
		-e 's|program=/usr/sbin|program=$(sbin)|' \
		-e 's|program=/usr/lib/bpflock|program=$(libexec)|' \
		-e 's|^ExecStart=/usr/sbin|ExecStart=$(sbin)|' \
		-e 's|^ExecStart=/usr/lib/bpflock|ExecStart=$(libexec)|' \
		$(foreach entry,$(with_path),'$(DESTDIR)$(call target,$(entry))'))
	$(Q)sed -i '1s/$$/ $(filter-out self,$(keys))/' '$(DESTDIR)$(ZSH_DIR)/_bpflock'
	$(Q)for word in bpflock $(filter-out self,$(keys)); do \
		ln -sf bpflock-init '$(DESTDIR)$(sbin)'/$$word && \
		{ test $$word = bpflock || \
			ln -sf bpflock '$(DESTDIR)$(COMPLETION_DIR)'/$$word; } || exit; \
	done

# The links are found by where they lead, so this needs no compiler.
uninstall: ## remove what "make install" with the same variables installed
	$(Q)find '$(DESTDIR)$(sbin)' -maxdepth 1 -lname bpflock-init -delete
	$(Q)find '$(DESTDIR)$(COMPLETION_DIR)' -maxdepth 1 -lname bpflock -delete
	$(Q)rm -f $(foreach entry,$(installed),'$(DESTDIR)$(call target,$(entry))')
	$(Q)rmdir --ignore-fail-on-non-empty '$(DESTDIR)$(policies)' \
		'$(DESTDIR)$(libexec)' \
		$(if $(filter dracut,$(INITRAMFS)),'$(DESTDIR)$(DRACUT_DIR)/50bpflock')
	$(Q)echo 'Make the initramfs anew: the lock is in it until then.'

# Packages
.PHONY: deb dist sbom

sbom: ## build/bpflock-init.spdx.json: the static parts, their versions and licences
sbom: all
	$(Q)packaging/sbom '$(VERSION)' build/bpflock-init build/bpflock-boot \
		>build/bpflock-init.spdx.json

dist: ## build/dist/bpflock-VERSION.tar.gz, for packages of other distributions
dist: all
	$(Q)packaging/dist '$(DEPS_TARBALLS)'

deb: ## Debian packages below build/deb, checked by lintian
deb: all
	$(Q)deps/install-tools $(DEB_PACKAGES)
	$(Q)packaging/deb/build '$(DEPS_TARBALLS)'
