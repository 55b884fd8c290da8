// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "util/print.h"
#include "util/utf8.h"

void print_ops(FILE *out, const struct protection *p, uint64_t ops)
{
	const char *comma = "";

	for (unsigned int i = 0; i < p->n_ops; i++) {
		if (!(ops & BPFLOCK_BIT(i)))
			continue;
		fprintf(out, "%s%s", comma, p->ops[i].name);
		comma = ",";
	}
}

const char *namespaces_text(unsigned int scope, char text[NAMESPACES_TEXT])
{
	size_t at = 0;

	text[0] = '\0';
	for (int i = 0; i < BPFLOCK_NSS; i++)
		if (scope & (1u << i))
			at += snprintf(text + at, NAMESPACES_TEXT - at, "%s%s",
				       at ? "," : "", ns_names[i]);
	return text;
}

/*
 * The next character of a text from outside: bytes that may be printed, or
 * none, and then the first byte is to be escaped.
 */
static size_t printable(const unsigned char *c)
{
	size_t n = utf8_len(c, strnlen((const char *)c, 4));

	return n && !utf8_obeyed(c, n) ? n : 0;
}

void print_safe(FILE *out, const char *text)
{
	const unsigned char *c = (const unsigned char *)text;

	for (size_t n; *c; c += n ? n : 1) {
		n = printable(c);
		if (n)
			fwrite(c, 1, n, out);
		else
			fprintf(out, "\\x%02x", *c);
	}
}

void print_words(FILE *out, const char *text, int indent)
{
	int column = indent;

	for (int n; *text && *text != '\n'; text += n + (text[n] == ' ')) {
		n = strcspn(text, " \n");
		if (column > indent && column + 1 + n > 79) {
			fprintf(out, "\n%*s", indent, "");
			column = indent;
		} else if (column > indent) {
			fputc(' ', out);
			column++;
		}
		fwrite(text, 1, n, out);
		column += n;
	}
	fputc('\n', out);
}

static void put_quoted(FILE *out, const char *text)
{
	const unsigned char *c = (const unsigned char *)text;

	fputc('"', out);
	for (size_t n; *c; c += n ? n : 1) {
		n = printable(c);
		if (*c == '"' || *c == '\\')
			fprintf(out, "\\%c", *c);
		else if (n)
			fwrite(c, 1, n, out);
		else if (*c < 0x80)
			fprintf(out, "\\u%04x", *c);
		else
			fprintf(out, "\\\\x%02x", *c);
	}
	fputc('"', out);
}

static void start(struct json *j, const char *key)
{
	if (j->comma)
		fputc(',', j->out);
	j->comma = true;
	if (!key)
		return;
	put_quoted(j->out, key);
	fputc(':', j->out);
}

void json_open(struct json *j, const char *key, char bracket)
{
	start(j, key);
	fputc(bracket, j->out);
	j->comma = false;
}

void json_close(struct json *j, char bracket)
{
	fputc(bracket, j->out);
	j->comma = true;
}

void json_string(struct json *j, const char *key, const char *text)
{
	start(j, key);
	put_quoted(j->out, text);
}

void json_number(struct json *j, const char *key, long long n)
{
	start(j, key);
	fprintf(j->out, "%lld", n);
}

void json_bool(struct json *j, const char *key, bool value)
{
	start(j, key);
	fputs(value ? "true" : "false", j->out);
}

void json_null(struct json *j, const char *key)
{
	start(j, key);
	fputs("null", j->out);
}

void json_ops(struct json *j, const char *key, const struct protection *p,
	      uint64_t ops)
{
	json_open(j, key, '[');
	for (unsigned int i = 0; i < p->n_ops; i++)
		if (ops & BPFLOCK_BIT(i))
			json_string(j, NULL, p->ops[i].name);
	json_close(j, ']');
}
