/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOKEN_H
#define TOKEN_H

/* bpf_token - make a BPF token: -errno, or what @use returns for it */
int bpf_token(int (*use)(int token));
const char *need_token(void);

#endif /* TOKEN_H */
