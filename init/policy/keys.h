/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef POLICY_KEYS_H
#define POLICY_KEYS_H

#include "policy/draft.h"

/** policy_take - put one entry into the draft; mistakes are reported */
void policy_take(struct reader *rd, const struct entry *e);

#endif /* POLICY_KEYS_H */
