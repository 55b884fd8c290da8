# SPDX-License-Identifier: GPL-2.0-or-later
SUMMARY = "Early-boot lock for the kernel, made of BPF LSM programs"
DESCRIPTION = "A static program that loads BPF LSM programs before the real \
root is entered, as a policy asks, pins them and exits."
SECTION = "base"
LICENSE = "GPL-2.0-or-later & GPL-2.0-only"
LIC_FILES_CHKSUM = "file://LICENSES/GPL-2.0-or-later.txt;md5=b234ee4d69f5fce4486a80fdaf4a4263 \
                    file://LICENSES/GPL-2.0-only.txt;md5=b234ee4d69f5fce4486a80fdaf4a4263"

# "make dist" makes the archive; put it next to this file, into files/.
SRC_URI = "file://bpflock-${PV}.tar.gz \
           file://bpflock"
S = "${UNPACKDIR}/bpflock-${PV}"
UNPACKDIR ??= "${WORKDIR}"

DEPENDS = "clang-native bpftool-native"
COMPATIBLE_HOST = "(x86_64|aarch64).*-linux.*"
INSANE_SKIP:${PN} += "already-stripped"

# BPFLOCK_POLICY names the policy that is compiled in.
BPFLOCK_POLICY ?= ""

EXTRA_OEMAKE = "'CC=${CC}' 'AR=${AR}' CROSS_COMPILE=${TARGET_PREFIX} VERSION=${PV} \
    DEPS_TARBALLS=tarballs POLICY=${BPFLOCK_POLICY} CFLAGS=-Os LDFLAGS= \
    MAX_SIZE=2000000"

do_compile() {
    oe_runmake build/bpflock-init build/bpflock-boot
}

do_install() {
    install -D -m 0755 build/bpflock-init ${D}${sbindir}/bpflock-init
    ln -sf bpflock-init ${D}${sbindir}/bpflock
    install -D -m 0755 build/bpflock-boot ${D}${nonarch_libdir}/bpflock/bpflock-boot
    install -D -m 0755 ${UNPACKDIR}/bpflock ${D}/init.d/95-bpflock
}

# bpflock-boot is the program without the tool: the initramfs needs no other.
PACKAGES =+ "initramfs-module-bpflock"
FILES:initramfs-module-bpflock = "/init.d/95-bpflock ${nonarch_libdir}/bpflock/bpflock-boot"
SUMMARY:initramfs-module-bpflock = "initramfs-framework module that locks the kernel"
RDEPENDS:initramfs-module-bpflock = "initramfs-framework-base"
INSANE_SKIP:initramfs-module-bpflock += "already-stripped"
