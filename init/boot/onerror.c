// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util/log.h"
#include "boot/onerror.h"

static void stop(int how)
{
	sync();
	reboot(how);
	log_error("reboot(2): %s: waiting for a person", strerror(errno));
	for (;;)
		pause();
}

/* Documentation/admin-guide/sysrq.rst: "c" panics, whatever panic= says. */
static void panic(void)
{
	int fd;

	sync();
	fd = open("/proc/sysrq-trigger", O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, "c", 1) != 1)
		log_error("write /proc/sysrq-trigger: %s: rebooting",
			  strerror(errno));
	stop(RB_AUTOBOOT);
}

static void child_shell(void)
{
	int fd;

	setsid();
	fd = open("/dev/console", O_RDWR);
	if (fd >= 0) {
		ioctl(fd, TIOCSCTTY, 1);
		dup2(fd, 0);
		dup2(fd, 1);
		dup2(fd, 2);
	}
	execl("/bin/sh", "sh", "-i", (char *)NULL);
	_exit(127);
}

/* Without a shell nobody can decide: the machine must not go on unlocked. */
static bool shell(void)
{
	int status = 0;
	pid_t pid;

	log_error("starting a shell; when it exits, the policy is applied "
		  "again");
	pid = fork();
	if (!pid)
		child_shell();
	if (pid > 0 && waitpid(pid, &status, 0) == pid &&
	    !(WIFEXITED(status) && WEXITSTATUS(status) == 127))
		return true;
	log_error("/bin/sh does not start: powering off");
	stop(RB_POWER_OFF);
	return false;
}

bool on_error(enum on_error action)
{
	switch (action) {
	case ON_ERROR_SHELL:
		return shell();
	case ON_ERROR_REBOOT:
		log_error("on_error=reboot");
		stop(RB_AUTOBOOT);
		break;
	case ON_ERROR_POWEROFF:
		log_error("on_error=poweroff");
		stop(RB_POWER_OFF);
		break;
	case ON_ERROR_PANIC:
		log_error("on_error=panic");
		panic();
		break;
	case ON_ERROR_CONTINUE:
	default:
		break;
	}
	return false;
}
