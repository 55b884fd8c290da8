/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linked with -Wl,--wrap=protection_built: for these tests every protection
 * is built except escape, whatever the state of bpf/ is.
 */
#ifndef BUILT_H
#define BUILT_H

#include "../../init/protections.h"

bool __wrap_protection_built(const struct protection *p);

bool __wrap_protection_built(const struct protection *p)
{
	return p != &protections[BPFLOCK_ESCAPE];
}

#endif /* BUILT_H */
