// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "ways/modprobe.h"

static const char modprobe[] =
	"#!/bin/sh\n"
	"case $3 in\n"
	"net-pf-19 | fs-bflk | rtnl-link-bflk | crypto-bflk)\n"
	"	what=$(insmod /lib/modules/*/kernel/net/phonet/phonet.ko 2>&1)\n"
	"	case $what in '' | *exists*) echo yes >/run/asked ;; esac\n"
	"	rmmod phonet ;;\n"
	"*)	exec modprobe \"$@\" ;;\n"
	"esac\n";

const char *make_modprobe(void)
{
	int fd = open("/run/modprobe", O_WRONLY | O_CREAT | O_CLOEXEC, 0755);

	if (fd < 0 || write(fd, modprobe, sizeof(modprobe) - 1) < 0)
		return "cannot write /run/modprobe";
	close(fd);
	return write_file("/proc/sys/kernel/modprobe", "/run/modprobe") ?
		       "cannot set kernel.modprobe" :
		       NULL;
}

int was_asked(int ret)
{
	return access("/run/asked", F_OK) ? ret : 0;
}

int autoload_crypto(void)
{
	static const int keys[3];
	static char answer[64];
	struct {
		const char *hash, *other;
		unsigned int other_len, spare[8];
	} kdf = { .hash = "bflk(sha1)" };

	unlink("/run/asked");
	if (!syscall(SYS_keyctl, 23L /* KEYCTL_DH_COMPUTE */, keys, answer,
		     sizeof(answer), &kdf))
		return -EBUSY;
	return was_asked(-errno);
}
