/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Output: lists of names, text from outside, and JSON (RFC 8259). */
#ifndef PRINT_H
#define PRINT_H

#include <stdio.h>

#include "protections.h"

/** print_ops - the names of the operations in a mask: "a,b,c" */
void print_ops(FILE *out, const struct protection *p, uint64_t ops);

#define NAMESPACES_TEXT 48 /* bytes for the names of all namespaces */

/** namespaces_text - the names of the namespaces in a scope: "mnt,pid" */
const char *namespaces_text(unsigned int scope, char text[NAMESPACES_TEXT]);

/**
 * print_safe - text from outside, with nothing in it that a terminal obeys
 *
 * UTF-8 stays UTF-8. Other bytes, and what utf8_obeyed() names, become \xff.
 */
void print_safe(FILE *out, const char *text);

/**
 * print_words - the words of a line, in lines of 79 columns at most
 * @text: ends with a newline or a NUL
 * @indent: blanks before each line but the first, which begins there
 */
void print_words(FILE *out, const char *text, int indent);

/* Writes one JSON value after the other and puts the commas between them. */
struct json {
	FILE *out;
	bool comma; /* the next member or element needs one before it */
};

/*
 * For each of these, @key is the member's name, or NULL in an array and at
 * the top.
 */
void json_open(struct json *j, const char *key, char bracket); /* { or [ */
void json_close(struct json *j, char bracket); /* } or ] */
/* UTF-8 stays UTF-8. A byte that is none, \xff, becomes the text "\xff". */
void json_string(struct json *j, const char *key, const char *text);
void json_number(struct json *j, const char *key, long long n);
void json_bool(struct json *j, const char *key, bool value);
void json_null(struct json *j, const char *key);
/* The names of the operations in a mask, as an array. */
void json_ops(struct json *j, const char *key, const struct protection *p,
	      uint64_t ops);

#endif /* PRINT_H */
