// SPDX-License-Identifier: GPL-2.0-or-later
/* Attempts on the names of the pins. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "seal/seal.h"
#include "seal/seal_bpf.h"
#include "ways/uring.h"

#define NEW PINS "/test_new"

static int result(long ret)
{
	return ret < 0 ? -errno : 0;
}

int pin_unlink(void)
{
	return result(unlink(PIN));
}

int pin_unlink_link(void)
{
	return result(unlink(PIN_LINK));
}

int pin_unlink_hook(void)
{
	return result(unlink(HOOK));
}

int pin_unlink_uring(void)
{
	return uring_unlink(PIN);
}

int pin_rename(void)
{
	return result(rename(PIN, NEW));
}

int pin_move_out(void)
{
	return result(rename(PIN, OUTSIDE));
}

int pin_at(const char *path)
{
	int ret, fd = bpf_array("seal_test", 4);

	if (fd < 0)
		return fd;
	unlink(path);
	ret = bpf_pin(fd, path);
	close(fd);
	return ret;
}

int pin_exchange(void)
{
	int ret = pin_at(OUTSIDE);

	/* bpffs cannot exchange: EINVAL comes after the hook */
	if (!ret && syscall(SYS_renameat2, AT_FDCWD, OUTSIDE, AT_FDCWD, PIN,
			    2 /* RENAME_EXCHANGE */))
		ret = errno == EINVAL ? 0 : -errno;
	unlink(OUTSIDE);
	return ret;
}

int pin_over(void)
{
	int ret = pin_at(OUTSIDE);

	if (!ret)
		ret = result(rename(OUTSIDE, PIN));
	unlink(OUTSIDE);
	return ret;
}

int pin_link(void)
{
	unlink(OUTSIDE);
	return result(link(PIN, OUTSIDE));
}

int pin_symlink(void)
{
	int ret = result(symlink("kmodules", PINS "/kmodules_new"));

	unlink(PINS "/kmodules_new");
	return ret;
}

int pin_mkdir(void)
{
	int ret = result(mkdir(PINS "/test_made", 0700));

	rmdir(PINS "/test_made");
	return ret;
}

int pin_rmdir(void)
{
	return result(rmdir(TEST_DIR));
}

int pin_chmod(void)
{
	return result(chmod(PIN, 0666));
}

int pins_chmod(void)
{
	return result(chmod(PINS, 0755));
}

int pin_chown(void)
{
	return result(chown(PIN, 1000, 1000));
}

int pin_times(void)
{
	return result(utimensat(AT_FDCWD, PIN, NULL, 0));
}

int pins_rename(void)
{
	return result(rename(PINS, BPFFS "/moved"));
}

int pin_outside(void)
{
	int ret = pin_at(OUTSIDE);

	if (!ret && (chmod(OUTSIDE, 0640) || unlink(OUTSIDE)))
		ret = -errno;
	return ret;
}
