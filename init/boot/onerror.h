/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What to do when the machine is not locked as its policy asks. */
#ifndef ONERROR_H
#define ONERROR_H

#include "policy/policy.h"

/**
 * on_error - carry out on_error= of the policy
 * @action: what to do
 *
 * Callers of an initramfs ignore exit statuses, so this acts by itself.
 *
 * Return: true to try again (a shell was left), false to go on. reboot,
 * poweroff and panic do not return.
 */
bool on_error(enum on_error action);

#endif /* ONERROR_H */
