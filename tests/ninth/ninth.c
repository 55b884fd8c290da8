// SPDX-License-Identifier: GPL-2.0-or-later
/* The clock is set to the time that it has. */
#include <errno.h>
#include <sys/time.h>
#include <time.h>

#include "engine/attempt.h"
#include "engine/callers.h"
#include "suites/ninth_ops.h"

static int set_day(void)
{
	struct timeval now;

	gettimeofday(&now, NULL);
	return settimeofday(&now, NULL) ? -errno : 0;
}

static int set_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return clock_settime(CLOCK_REALTIME, &now) ? -errno : 0;
}

static int get_clock(void)
{
	struct timespec now;

	return clock_gettime(CLOCK_REALTIME, &now) ? -errno : 0;
}

static const struct attempt attempts[] = {
	{ "set_clock", NULL, "settimeofday", NULL, set_day, .unable = NS_USER },
	{ "set_clock", NULL, "clock_settime", NULL, set_clock,
	  .unable = NS_USER },
	{ NULL, NULL, "clock_gettime", NULL, get_clock },
	{ 0 },
};

SUITE(ninth, NULL);
