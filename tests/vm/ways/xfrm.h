/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef XFRM_H
#define XFRM_H

/* xfrm_secret - put an IPsec key into the kernel and read it back */
int xfrm_secret(void);
const char *need_xfrm(void);

#endif /* XFRM_H */
