/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LEAVING_H
#define LEAVING_H

/*
 * need_leaving - a service with the host's root directory that ends: it has no
 * root directory any more, but its namespaces for as long as the tests take
 */
const char *need_leaving(void);
int enter_leaving(void);
int enter_leaving_by_pidfd(void);

#endif /* LEAVING_H */
