// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ways/chrooted.h"
#include "ways/helpers.h"
#include "ways/leaving.h"
#include "ways/victims.h"

#define TTY   "/dev/tty9" /* nobody else has it open */
#define PAGE  4096
#define TRIES 100

static struct victim leaving;

/*
 * The leader of a session, when it ends, hangs up its terminal after it has given
 * up its root directory, and before it gives up its namespaces
 * (kernel/exit.c:do_exit()). It waits there for whoever is in the middle of writing
 * to the terminal: here for ever.
 */
static int as_leaving(void)
{
	return victim_service(SLICE "/leaving.service") || setsid() < 0 ||
	       open(TTY, O_RDWR | O_CLOEXEC) < 0;
}

/* A page that nobody fills. */
static void *missing_page(void)
{
	int fd = syscall(SYS_userfaultfd, (long)O_CLOEXEC);
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	range.range.start = (uintptr_t)page;
	range.range.len = PAGE;
	if (fd < 0 || page == MAP_FAILED || ioctl(fd, UFFDIO_API, &api) ||
	    ioctl(fd, UFFDIO_REGISTER, &range))
		return NULL;
	return page;
}

static void __attribute__((noreturn)) write_for_ever(int ready)
{
	int tty = open(TTY, O_RDWR | O_NOCTTY | O_CLOEXEC);
	void *page = missing_page();

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (tty < 0 || !page || write(ready, "r", 1) != 1)
		_exit(1);
	write(tty, page, PAGE);
	_exit(0);
}

static int hold_terminal(void)
{
	int ready[2], ret;
	char c;

	if (pipe(ready))
		return -1;
	if (!fork())
		write_for_ever(ready[1]);
	close(ready[1]);
	ret = read(ready[0], &c, 1) != 1;
	close(ready[0]);
	usleep(200000); /* until it writes */
	return ret;
}

/* Has it given up its root directory, and has it its namespaces? */
static int is_leaving(void)
{
	char path[64], to[64];

	snprintf(path, sizeof(path), "/proc/%d/root", (int)leaving.pid);
	if (readlink(path, to, sizeof(to)) >= 0)
		return 0;
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", (int)leaving.pid);
	return readlink(path, to, sizeof(to)) > 0;
}

const char *need_leaving(void)
{
	static int done;

	if (done)
		return NULL;
	/* or the kernel complains of the process that waits */
	write_file("/proc/sys/kernel/hung_task_timeout_secs", "0");
	if (need_victims() || victim_lay(&leaving, as_leaving) ||
	    hold_terminal() || kill(leaving.pid, SIGKILL))
		return "no process can be held while it ends";
	for (int i = 0; i < TRIES && !done; i++) {
		usleep(50000);
		done = is_leaving();
	}
	return done ? NULL : "the process that ends cannot be held";
}

int enter_leaving(void)
{
	return enter_mounts_of(&leaving);
}

int enter_leaving_by_pidfd(void)
{
	return enter_mounts_by_pidfd(&leaving);
}
