/* SPDX-License-Identifier: GPL-2.0-only */
/* escape: its record and counters, for escape.bpf.c and the escape_*.h. */
#ifndef ESCAPE_H
#define ESCAPE_H

#include "decide.h"

PROTECTION(escape, ESCAPE);

#endif /* ESCAPE_H */
