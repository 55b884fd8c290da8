// SPDX-License-Identifier: GPL-2.0-or-later
/* events: the size of the ring buffer that holds the events. */
#include "policy/global.h"
#include "policy/report.h"

/* Bytes, or 0 if the text is not a size that a ring buffer can have. */
static unsigned int parse(const char *s, size_t len)
{
	unsigned long long n = 0;
	unsigned int shift = 0;

	if (len && s[len - 1] == 'K')
		shift = 10;
	else if (len && s[len - 1] == 'M')
		shift = 20;
	len -= !!shift;
	if (!len || len > 9)
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return 0;
		n = n * 10 + (s[i] - '0');
	}
	n <<= shift;
	if (n < EVENTS_MIN || n > EVENTS_MAX || (n & (n - 1)))
		return 0;
	return n;
}

static void take(struct reader *rd, const struct entry *e)
{
	rd->d.events_at = e->at;
	rd->d.events = EVENTS_DEFAULT;
	if (!policy_need_value(rd, e) || e->broken)
		return;
	rd->d.events = parse(e->val, e->val_len);
	if (rd->d.events)
		return;
	rd->d.events = EVENTS_DEFAULT;
	policy_fail(
		rd, e->val_at,
		"\"%s\" is not a power of two from 4K to 16M: events=64K is used",
		policy_quote(e->val, e->val_len).text);
}

static void merge(struct reader *rd)
{
	if (!rd->d.events_at.line)
		return;
	rd->pol->events = rd->d.events;
	policy_where(rd, rd->d.events_at, rd->pol->events_source);
}

const struct global policy_key_events = { "events", take, merge };
