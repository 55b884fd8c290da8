# SPDX-License-Identifier: GPL-2.0-or-later
################################################################################
#
# bpflock
#
################################################################################

BPFLOCK_VERSION = 0.1.0
BPFLOCK_SOURCE = bpflock-$(BPFLOCK_VERSION).tar.gz
# "make dist" makes the archive. It is a file of this tree, so it has no hash.
BPFLOCK_SITE = $(BR2_EXTERNAL_BPFLOCK_PATH)/../../build/dist
BPFLOCK_SITE_METHOD = file
BPFLOCK_LICENSE = GPL-2.0+, GPL-2.0 (bpf)
BPFLOCK_LICENSE_FILES = LICENSES/GPL-2.0-or-later.txt LICENSES/GPL-2.0-only.txt
BPFLOCK_DEPENDENCIES = host-bpftool

# The libraries are part of the program: their sources are in the archive.
# A C library other than musl makes a larger program.
BPFLOCK_MAKE_OPTS = \
	CC="$(TARGET_CC)" AR="$(TARGET_AR)" \
	BPFTOOL="$(HOST_DIR)/sbin/bpftool" \
	DEPS_TARBALLS=tarballs VERSION=$(BPFLOCK_VERSION) \
	POLICY=$(call qstrip,$(BR2_PACKAGE_BPFLOCK_POLICY)) \
	CFLAGS=-Os LDFLAGS= MAX_SIZE=2000000 \
	CROSS_COMPILE="$(TARGET_CROSS)"

# Without the tool there is no use for its name.
ifeq ($(BR2_PACKAGE_BPFLOCK_TOOL),y)
BPFLOCK_PROGRAM = bpflock-init
define BPFLOCK_INSTALL_TOOL
	ln -sf bpflock-init $(TARGET_DIR)/usr/sbin/bpflock
endef
else
BPFLOCK_PROGRAM = bpflock-boot
endif

define BPFLOCK_BUILD_CMDS
	$(TARGET_MAKE_ENV) $(MAKE) -C $(@D) $(BPFLOCK_MAKE_OPTS) \
		build/$(BPFLOCK_PROGRAM)
endef

define BPFLOCK_INSTALL_TARGET_CMDS
	$(INSTALL) -D -m 0755 $(@D)/build/$(BPFLOCK_PROGRAM) \
		$(TARGET_DIR)/usr/sbin/bpflock-init
	$(BPFLOCK_INSTALL_TOOL)
endef

$(eval $(generic-package))
