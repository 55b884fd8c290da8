/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Just enough to print JSON (RFC 8259) without mistakes in strings. */
#ifndef JSON_H
#define JSON_H

#include <stdint.h>
#include <stdio.h>

#include "protections.h"

/** json_string - text in quotes; bytes that are not printable ASCII escaped */
void json_string(FILE *out, const char *text);

/** json_ops - the names of the operations in a mask, as an array */
void json_ops(FILE *out, const struct protection *p, uint64_t ops);

/** text_ops - the same for people: "a,b,c" */
void text_ops(FILE *out, const struct protection *p, uint64_t ops);

/** text_safe - text from outside, with nothing in it that a terminal obeys */
void text_safe(FILE *out, const char *text);

#endif /* JSON_H */
