// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "policy/moot.h"

#define BIT(op) BPFLOCK_BIT(op)

/* A process that may perform one of @ways needs none of @denied any more. */
static const struct way {
	enum bpflock_protection of;
	uint64_t ways, denied;
	const char *what;
} ways[] = {
	{ BPFLOCK_KIMG,
	  BIT(KIMG_DEV_MEM) | BIT(KIMG_UNSIGNED_MODULE) | BIT(KIMG_MSR) |
		  BIT(KIMG_ACPI_TABLES) | BIT(KIMG_XMON_WR) |
		  BIT(KIMG_DBG_WRITE_KERNEL),
	  BIT(KIMG_OPS) - 1, "change the kernel" },
	{ BPFLOCK_KIMG, BIT(KIMG_KCORE),
	  BIT(KIMG_BPF_READ) | BIT(KIMG_DBG_READ_KERNEL),
	  "read the kernel's memory" },
	{ BPFLOCK_FILELESS, BIT(FILELESS_MMAP),
	  BIT(FILELESS_EXEC) | BIT(FILELESS_INTERP),
	  "run any fileless program with ld.so" },
	{ BPFLOCK_ROOTFS, BIT(ROOTFS_RAW_WRITE),
	  BIT(ROOTFS_REMOUNT) | BIT(ROOTFS_MOUNT_OVER),
	  "change the root on its device" },
	{ BPFLOCK_ESCAPE,
	  BIT(ESCAPE_PTRACE) | BIT(ESCAPE_NSENTER) |
		  BIT(ESCAPE_USERMODEHELPER) | BIT(ESCAPE_BLOCKDEV),
	  BIT(ESCAPE_OPS) - 1, "act as a host process" },
};

static const char *ops_text(const struct protection *p, uint64_t ops,
			    char text[MOOT_LEN / 4])
{
	size_t at = 0, len = MOOT_LEN / 4;
	unsigned int left = 0;

	text[0] = '\0';
	for (unsigned int i = 0; i < p->n_ops; i++) {
		size_t n = strlen(p->ops[i].name);

		if (!(ops & BIT(i)))
			continue;
		if (left || at + n + 24 > len)
			left++;
		else
			at += snprintf(text + at, len - at, "%s%s",
				       at ? ", " : "", p->ops[i].name);
	}
	if (left)
		snprintf(text + at, len - at, " and %u more", left);
	return text;
}

static void look(struct moot *m, const struct way *w, uint64_t deny,
		 uint64_t elsewhere, const char *who)
{
	const struct protection *p = &protections[w->of];
	char allowed[MOOT_LEN / 4], denied[MOOT_LEN / 4];
	uint64_t open = w->ways & ~deny & ~elsewhere, shut = w->denied & deny;

	if (!open || !shut || m->n == MOOT_MAX)
		return;
	snprintf(m->text[m->n++], MOOT_LEN,
		 "%s: %s processes may %s with %s: denying them %s stops no "
		 "attacker",
		 p->key, who, w->what, ops_text(p, open, allowed),
		 ops_text(p, shut, denied));
}

/* kmodules may deny what kimg allows. */
static uint64_t elsewhere(const struct way *w, uint64_t kmodules)
{
	uint64_t loads = BIT(KMODULES_LOAD_MODULE) |
			 BIT(KMODULES_UNSIGNED_MODULE);

	return w->of == BPFLOCK_KIMG && kmodules & loads ?
		       BIT(KIMG_UNSIGNED_MODULE) :
		       0;
}

void policy_moot(const struct policy *pol, struct moot *m)
{
	const struct masks kmodules =
		policy_masks(&protections[BPFLOCK_KMODULES],
			     &pol->now[BPFLOCK_KMODULES]);

	m->n = 0;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		const struct way *w = &ways[i];
		struct masks masks =
			policy_masks(&protections[w->of], &pol->now[w->of]);

		if (w->of != BPFLOCK_ESCAPE)
			look(m, w, masks.deny_host,
			     elsewhere(w, kmodules.deny_host), "host");
		look(m, w, masks.deny_other, elsewhere(w, kmodules.deny_other),
		     "other");
	}
}
