// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/fold.h"

bool fold_same(const struct bpflock_event *a, const struct bpflock_event *b)
{
	return a->protection == b->protection && a->op == b->op &&
	       a->verdict == b->verdict && a->cgroup == b->cgroup &&
	       a->uid == b->uid && a->host == b->host &&
	       a->detail == b->detail && !strcmp(a->comm, b->comm) &&
	       !strcmp(a->object, b->object);
}

struct folded *fold_find(struct folded *list, size_t n,
			 const struct bpflock_event *e)
{
	size_t back = n < FOLD_BACK ? n : FOLD_BACK;

	for (size_t i = n; i-- > n - back;)
		if (list[i].times && fold_same(&list[i].e, e) &&
		    e->time_ns <= list[i].last_ns + FOLD_NS)
			return &list[i];
	return NULL;
}

void fold_start(struct folded *f, const struct bpflock_event *e)
{
	*f = (struct folded){ .e = *e,
			      .last_ns = e->time_ns,
			      .times = 1,
			      .seen = e->times,
			      .told = 1,
			      .told_ns = e->time_ns };
}

void fold_more(struct folded *f, const struct bpflock_event *e)
{
	/* Once the kernel has forgotten the kind, it counts from 1 again. */
	f->times += e->times > f->seen ? e->times - f->seen : 1;
	f->seen = e->times;
	if (e->time_ns > f->last_ns)
		f->last_ns = e->time_ns;
}

void fold_seen(struct folded *f, const struct bpflock_seen *s)
{
	if (s->times <= f->seen)
		return;
	f->times += s->times - f->seen;
	f->seen = s->times;
	if (s->last_ns > f->last_ns)
		f->last_ns = s->last_ns;
}

bool fold_due(const struct folded *f, unsigned long long now)
{
	return f->times > f->told && now > f->told_ns + FOLD_NS;
}

bool limit_pass(struct limit *table, const struct bpflock_event *e,
		unsigned long long *held)
{
	unsigned int kind = (e->protection << 8 | e->op) * 2 + e->verdict + 1;
	struct limit *l = table;

	for (int i = 0; i < LIMITS; i++) {
		if (table[i].kind == kind && table[i].cgroup == e->cgroup) {
			l = &table[i];
			break;
		}
		if (table[i].start_ns < l->start_ns)
			l = &table[i]; /* the oldest one gives way */
	}
	*held = 0;
	if (l->kind != kind || l->cgroup != e->cgroup ||
	    e->time_ns > l->start_ns + LIMIT_NS) {
		if (l->kind == kind && l->cgroup == e->cgroup)
			*held = l->held;
		*l = (struct limit){ .kind = kind,
				     .cgroup = e->cgroup,
				     .start_ns = e->time_ns };
	}
	if (l->used == LIMIT_BURST) {
		l->held++;
		return false;
	}
	l->used++;
	return true;
}

static bool parse_ago(const char *text, long long now, long long *out)
{
	static const struct {
		char unit;
		int seconds;
	} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || n < 0 || !*end || end[1])
		return false;
	for (int i = 0; i < 4; i++)
		if (units[i].unit == *end) {
			*out = now - (long long)n * units[i].seconds;
			return true;
		}
	return false;
}

/* "2026-11-26T13:05:12.345678Z" of JSON, and the text's "12.345", as forms */
static bool plain(const char *text, char out[32], bool *utc)
{
	size_t len = strlen(text), n;
	char *point;

	*utc = len && text[len - 1] == 'Z';
	len -= *utc;
	if (len >= 32)
		return false;
	memcpy(out, text, len);
	out[len] = '\0';
	point = strchr(out, '.');
	if (point) {
		n = strspn(point + 1, "0123456789");
		if (!n || point[1 + n])
			return false;
		*point = '\0';
	}
	if (len > 10 && out[10] == 'T')
		out[10] = ' ';
	return true;
}

bool since_parse(const char *text, long long now, long long *out)
{
	static const char *const forms[] = { "%Y-%m-%d %H:%M:%S",
					     "%Y-%m-%d %H:%M", "%Y-%m-%d",
					     "%H:%M:%S", "%H:%M" };
	bool yesterday = !strcmp(text, "yesterday"), utc;
	time_t today = now;
	char time[32];

	if (parse_ago(text, now, out))
		return true;
	if (!strcmp(text, "today") || yesterday)
		text = "00:00";
	if (!plain(text, time, &utc))
		return false;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct tm tm;
		const char *end;

		localtime_r(&today, &tm);
		tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
		tm.tm_isdst = -1;
		end = strptime(time, forms[i], &tm);
		if (!end || *end)
			continue;
		tm.tm_mday -= yesterday;
		*out = utc ? timegm(&tm) : mktime(&tm);
		return true;
	}
	return false;
}
