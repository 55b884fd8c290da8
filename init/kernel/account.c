// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "kernel/account.h"

#define NOBODYS_UID 2147463436 /* no range of users, of people or containers */
#define KEEP	    ((uid_t)-1)

static bool charges_user(void)
{
	unsigned int major, minor;
	struct utsname u;

	return !uname(&u) && sscanf(u.release, "%u.%u", &major, &minor) == 2 &&
	       (major < 5 || (major == 5 && minor < 11));
}

uid_t account_begin(void)
{
	uid_t before = getuid();

	/* If that fails, root is charged: the lock is worth more. */
	if (charges_user())
		setresuid(NOBODYS_UID, KEEP, KEEP);
	return before;
}

void account_end(uid_t before)
{
	if (getuid() != before && setresuid(before, KEEP, KEEP))
		_exit(71); /* never: the effective user is still the same */
}
