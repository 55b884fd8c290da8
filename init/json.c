// SPDX-License-Identifier: GPL-2.0-or-later
#include "json.h"

void json_string(FILE *out, const char *text)
{
	fputc('"', out);
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c == '"' || *c == '\\')
			fprintf(out, "\\%c", *c);
		else if (*c < 0x20 || *c >= 0x7f)
			fprintf(out, "\\u%04x", *c);
		else
			fputc(*c, out);
	}
	fputc('"', out);
}

void json_ops(FILE *out, const struct protection *p, uint64_t ops)
{
	const char *comma = "";

	fputc('[', out);
	for (unsigned int i = 0; i < p->n_ops; i++) {
		if (!(ops & BPFLOCK_BIT(i)))
			continue;
		fprintf(out, "%s\"%s\"", comma, p->ops[i]);
		comma = ",";
	}
	fputc(']', out);
}

void text_ops(FILE *out, const struct protection *p, uint64_t ops)
{
	const char *comma = "";

	for (unsigned int i = 0; i < p->n_ops; i++) {
		if (!(ops & BPFLOCK_BIT(i)))
			continue;
		fprintf(out, "%s%s", comma, p->ops[i]);
		comma = ",";
	}
}

void text_safe(FILE *out, const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		if (*c < 0x20 || *c >= 0x7f)
			fprintf(out, "\\x%02x", *c);
		else
			fputc(*c, out);
}
