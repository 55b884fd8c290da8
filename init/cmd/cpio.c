// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/cpio.h"
#include "cmd/unpack.h"

#define HEADER	 110 /* bytes: "070701" and 13 numbers of 8 hex digits */
#define FIELD	 8
#define DATA_MAX (64u << 20) /* a wanted file is smaller */

enum {
	INO,
	MODE,
	UID,
	GID,
	NLINK,
	MTIME,
	SIZE,
	MAJOR,
	MINOR,
	RMAJOR,
	RMINOR,
	NAME,
	CHECK,
	FIELDS
};

struct entry {
	unsigned long field[FIELDS];
	char name[PATH_MAX];
};

/* Of a file with several names, only the last one has the data. */
struct linked {
	unsigned long ino, major, minor;
	char name[PATH_MAX];
};

struct reading {
	const struct cpio_reader *r;
	struct entry e;
	struct linked linked;
	bool ended; /* no archive has begun that has not ended */
	char *trouble;
};

static int bad(struct reading *g, const char *what)
{
	snprintf(g->trouble, CPIO_TROUBLE, "%s", what);
	return -EBADMSG;
}

static int cut_short(struct reading *g)
{
	return bad(g, "it was cut short");
}

static bool skip(FILE *in, unsigned long n)
{
	char buf[4096];

	for (size_t now; n; n -= now) {
		now = n < sizeof(buf) ? n : sizeof(buf);
		if (fread(buf, 1, now, in) != now)
			return false;
	}
	return true;
}

/* What is missing to a multiple of four */
static unsigned int padding(unsigned long n)
{
	return -n & 3;
}

static bool read_numbers(struct entry *e, const char *head)
{
	for (int i = 0; i < FIELDS; i++) {
		char text[FIELD + 1] = "", *end;

		memcpy(text, head + 6 + i * FIELD, FIELD);
		e->field[i] = strtoul(text, &end, 16);
		if (*end)
			return false;
	}
	return true;
}

static int read_entry(struct reading *g, FILE *in)
{
	struct entry *e = &g->e;
	char head[HEADER];
	const char *name = e->name;

	if (fread(head, 1, HEADER, in) != HEADER)
		return cut_short(g);
	if ((memcmp(head, "070701", 6) && memcmp(head, "070702", 6)) ||
	    !read_numbers(e, head) || !e->field[NAME] ||
	    e->field[NAME] > PATH_MAX)
		return bad(g, "it has a broken cpio archive");
	if (fread(e->name, 1, e->field[NAME], in) != e->field[NAME] ||
	    !skip(in, padding(HEADER + e->field[NAME])))
		return cut_short(g);
	e->name[e->field[NAME] - 1] = '\0';
	while (!strncmp(name, "./", 2) || *name == '/')
		name += *name == '/' ? 1 : 2;
	memmove(e->name, name, strlen(name) + 1);
	g->ended = !strcmp(e->name, "TRAILER!!!");
	return 0;
}

static bool same_file(const struct linked *l, const struct entry *e)
{
	return *l->name && l->ino == e->field[INO] &&
	       l->major == e->field[MAJOR] && l->minor == e->field[MINOR];
}

/* The name under which the data of the entry is wanted, or NULL */
static const char *wanted(struct reading *g)
{
	struct entry *e = &g->e;
	struct linked *l = &g->linked;

	if (!S_ISREG(e->field[MODE]))
		return NULL;
	if (!g->r->wants(g->r->arg, e->name))
		return e->field[SIZE] && same_file(l, e) ? l->name : NULL;
	if (e->field[SIZE] || e->field[NLINK] < 2)
		return e->name;
	l->ino = e->field[INO];
	l->major = e->field[MAJOR];
	l->minor = e->field[MINOR];
	memcpy(l->name, e->name, strlen(e->name) + 1);
	return NULL;
}

static int read_data(struct reading *g, FILE *in)
{
	const char *name = wanted(g);
	unsigned long size = g->e.field[SIZE];
	char *data = NULL;
	int err = 0;

	if (!name || size > DATA_MAX)
		return skip(in, size + padding(size)) ? 0 : cut_short(g);
	data = malloc(size + 1);
	if (!data)
		return -ENOMEM;
	if (fread(data, 1, size, in) == size && skip(in, padding(size))) {
		data[size] = '\0';
		g->r->file(g->r->arg, name, data, size);
	} else {
		err = cut_short(g);
	}
	free(data);
	return err;
}

static int read_archives(struct reading *g, FILE *in, bool compressed);

static int read_compressed(struct reading *g, FILE *in)
{
	struct unpack u;
	int err = unpack_start(&u, in), ended;

	if (err == -EBADMSG)
		return bad(g, "it is no initramfs");
	if (err)
		return err;
	err = read_archives(g, u.out, true);
	ended = unpack_end(&u);
	if (ended == -ENOEXEC)
		snprintf(g->trouble, CPIO_TROUBLE,
			 "the program %s, which unpacks it, is not installed",
			 u.program);
	else if (ended)
		snprintf(g->trouble, CPIO_TROUBLE,
			 "%s cannot unpack it to its end", u.program);
	return ended ? ended : err;
}

/* One archive behind the other, with NULs between them. */
static int read_archives(struct reading *g, FILE *in, bool compressed)
{
	int err = 0, c;

	while (!err && (c = getc(in)) != EOF) {
		if (!c)
			continue;
		ungetc(c, in);
		if (c != '0')
			return compressed ? bad(g, "it is compressed twice") :
					    read_compressed(g, in);
		err = read_entry(g, in);
		if (!err)
			err = read_data(g, in);
	}
	return err || g->ended ? err : cut_short(g);
}

int cpio_read(FILE *in, const struct cpio_reader *r, char trouble[CPIO_TROUBLE])
{
	struct reading *g = calloc(1, sizeof(*g));
	int err = -ENOMEM;

	trouble[0] = '\0';
	if (g) {
		g->r = r;
		g->trouble = trouble;
		err = read_archives(g, in, false);
		if (!err && ferror(in))
			err = -EIO;
	}
	if (err && !*trouble)
		snprintf(trouble, CPIO_TROUBLE, "%s", strerror(-err));
	free(g);
	return err;
}
