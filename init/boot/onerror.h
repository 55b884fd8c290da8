/* SPDX-License-Identifier: GPL-2.0-or-later */
/* on_error=: the machine is not locked as its policy asks. */
#ifndef ONERROR_H
#define ONERROR_H

#include "policy/policy.h"

/**
 * on_error - carry out on_error= of the policy
 * @action: the action of the policy
 *
 * An initramfs ignores the exit status of bpflock-init, so this function acts
 * by itself.
 *
 * Return: true to apply the policy again (a shell has exited), false to go on.
 * reboot, poweroff and panic do not return.
 */
bool on_error(enum on_error action);

#endif /* ONERROR_H */
