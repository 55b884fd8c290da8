// SPDX-License-Identifier: GPL-2.0-or-later
/* The first lines of bpflock status: is the machine locked as asked? */
#include <errno.h>
#include <string.h>

#include "cmd/view.h"
#include "record/asked.h"
#include "record/seal.h"
#include "util/exit_status.h"
#include "util/print.h"

const char *const verdict_names[VERDICTS] = {
	[VERDICT_OFF] = "off",
	[VERDICT_LOCKED] = "locked",
	[VERDICT_BY_HAND] = "locked-by-hand",
	[VERDICT_MISSING] = "not-as-asked",
	[VERDICT_BROKEN] = "broken",
	[VERDICT_MISTAKES] = "policy-has-mistakes",
	[VERDICT_DIFFERS] = "policy-file-differs",
	[VERDICT_BLIND] = "cannot-see",
};

static bool any_present(const struct view *v)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (v->now.one[i].present)
			return true;
	return false;
}

bool view_unpinned(const struct view *v)
{
	return v->anchored.hooks[BPFLOCK_SELF] &&
	       !v->now.one[BPFLOCK_SELF].present;
}

static enum verdict worst(const struct view *v, const struct judged *j)
{
	bool any = any_present(v);

	if (j->missing || j->seal_missing)
		return VERDICT_MISSING;
	if (j->broken || (any && v->ftrace_held) || view_unpinned(v))
		return VERDICT_BROKEN;
	if (v->blind)
		return VERDICT_BLIND;
	if (v->asked.errors)
		return VERDICT_MISTAKES;
	if (v->file_differs)
		return VERDICT_DIFFERS;
	if (!any)
		return VERDICT_OFF;
	return asked_any(&v->asked) ? VERDICT_LOCKED : VERDICT_BY_HAND;
}

struct judged view_judge(const struct view *v)
{
	struct judged j = { 0 };

	j.missing = asked_missing(&v->asked, &v->now, &j.seal_missing);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (v->now.one[i].present && !v->now.one[i].unreadable &&
		    !v->one[i].ok)
			j.broken |= 1u << i;
	j.verdict = worst(v, &j);
	return j;
}

int view_exit(const struct view *v, const struct judged *j)
{
	switch (j->verdict) {
	case VERDICT_OFF:
	case VERDICT_LOCKED:
	case VERDICT_BY_HAND:
		return STATUS_DONE;
	case VERDICT_BLIND:
		return status_of(v->blind);
	default:
		return STATUS_NOT_ENFORCED;
	}
}

#define NAMED 4 /* more of them do not fit into the line */

/* "kimg kmodules seal" */
static void words(char *line, unsigned int which, bool seal)
{
	int n = __builtin_popcount(which) + seal, named = 0;
	size_t at = strlen(line);

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		if (!(which & (1u << i)) || (named == NAMED && n > NAMED))
			continue;
		at += snprintf(line + at, VERDICT_LEN - at, "%s%s",
			       named++ ? " " : "", protections[i].key);
	}
	if (seal && named < NAMED)
		at += snprintf(line + at, VERDICT_LEN - at, "%sseal",
			       named++ ? " " : "");
	if (named < n)
		snprintf(line + at, VERDICT_LEN - at, " and %d more",
			 n - named);
}

static void add(char *line, const char *text)
{
	size_t at = strlen(line);

	snprintf(line + at, VERDICT_LEN - at, "%s", text);
}

/* Behind "locked": the seal, and whether events were lost. */
static void add_state(const struct view *v, char *line)
{
	const char *seal = seal_state(&v->now);
	size_t at;

	add(line, !strcmp(seal, "on")  ? ", and sealed until the next boot" :
		  !strcmp(seal, "off") ? ", not sealed" :
					 ", the seal is advisory");
	at = strlen(line);
	if (v->lost)
		snprintf(line + at, VERDICT_LEN - at, "; %llu events were lost",
			 v->lost);
}

static void add_broken(const struct view *v, const struct judged *j, char *line)
{
	if (j->broken) {
		add(line, "NOT LOCKED AS ASKED: broken: ");
		words(line, j->broken, false);
	} else if (view_unpinned(v)) {
		add(line, "NOT LOCKED AS ASKED: the pins are gone");
	} else if (v->ftrace_held) {
		add(line, "NOT LOCKED AS ASKED: a process can switch the lock "
			  "off");
	}
}

const char *verdict_line(const struct view *v, const struct judged *j,
			 char line[VERDICT_LEN])
{
	line[0] = '\0';
	switch (j->verdict) {
	case VERDICT_OFF:
		add(line, "not locked: nothing was asked for");
		break;
	case VERDICT_MISSING:
		add(line, "NOT LOCKED AS ASKED: ");
		words(line, j->missing, j->seal_missing);
		break;
	case VERDICT_BROKEN:
		add_broken(v, j, line);
		break;
	case VERDICT_BLIND:
		add(line, "cannot see what is enforced");
		break;
	case VERDICT_MISTAKES:
		snprintf(line, VERDICT_LEN,
			 "%sLOCKED, WITH %u MISTAKE%s IN THE POLICY",
			 any_present(v) ? "" : "NOT ", v->asked.errors,
			 v->asked.errors == 1 ? "" : "S");
		break;
	case VERDICT_DIFFERS:
		add(line, any_present(v) ? "" : "NOT ");
		add(line, "LOCKED, AND THE POLICY FILE IS NOT THE ONE APPLIED");
		break;
	case VERDICT_BY_HAND:
		add(line, "locked by hand, until the next boot");
		add_state(v, line);
		break;
	default:
		add(line, "locked as asked");
		add_state(v, line);
	}
	return line;
}

static void advise_missing(const struct view *v, const struct judged *j,
			   FILE *out)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct in_force_one *one = &v->now.one[i];

		if (!(j->missing & (1u << i)))
			continue;
		fprintf(out, "  %s: asked for by %s, %s\n", protections[i].key,
			asked_source(&v->asked, i),
			one->present ? "less is in force" : "not in force");
	}
	if (j->seal_missing)
		fprintf(out, "  seal: asked for by %s, not in force\n",
			v->asked.seal_source);
	if (!j->missing && !j->seal_missing)
		return;
	fputs(v->at_boot ?
		      "  Boot again, or set it by hand: bpflock PROTECTION "
		      "--help.\n" :
		      "  Make an initramfs with bpflock in it "
		      "(update-initramfs -u, dracut -f), boot\n  again, and look "
		      "for \"bpflock\" in the kernel log (dmesg).\n",
	      out);
}

static void advise_mistakes(const struct view *v, FILE *out)
{
	for (unsigned int i = 0; i < v->asked.diags; i++) {
		fputs("  ", out);
		print_safe(out, v->asked.diag[i]);
		fputc('\n', out);
	}
	if (v->asked.errors > v->asked.diags)
		fprintf(out, "  and %u more: bpflock policy\n",
			v->asked.errors - v->asked.diags);
}

static void advise_blind(const struct view *v, FILE *out)
{
	/* It begins with ": ". */
	const char *hint = v->hint && *v->hint ? v->hint + 2 :
						 "run this as root on the host";

	fprintf(out, "  The pins cannot be read: %s.\n  %s.\n",
		v->blind == -EPROTO ? "they have another format" :
				      strerror(-v->blind),
		hint);
}

void verdict_advice(const struct view *v, const struct judged *j, FILE *out)
{
	if (view_unpinned(v))
		fputs("  No pins are found: they are gone, or hidden. Until the "
		      "next boot, what is\n  anchored (status -v) is in force "
		      "in any case.\n",
		      out);
	advise_missing(v, j, out);
	if (j->broken)
		fputs("  \"bpflock status -v\" shows the hooks that do not "
		      "work.\n",
		      out);
	if (v->ftrace_held)
		fputs("  A process had kernel.ftrace_enabled open before the "
		      "lock. End the process.\n",
		      out);
	if (v->blind)
		advise_blind(v, out);
	advise_mistakes(v, out);
	if (v->file_differs)
		fputs("  /etc/bpflock/policy is not the policy file that was "
		      "applied at boot: make the\n  initramfs anew "
		      "(update-initramfs -u, dracut -f) and boot again.\n",
		      out);
	if (v->lost)
		fprintf(out,
			"  %llu denied calls have no event: the ring had no room, "
			"or none for their cgroup.\n  \"events = SIZE\" makes it "
			"larger, bpflock-events.service empties it. The\n  "
			"counters are exact.\n",
			v->lost);
}
