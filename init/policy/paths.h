/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paths of cgroups and directories, without the slash in front. */
#ifndef POLICY_PATHS_H
#define POLICY_PATHS_H

#include <stddef.h>

/**
 * policy_path_fault - what is wrong with a path, in words, or NULL
 * @path: its bytes
 * @len: how many; an empty path is for the caller to judge
 * @max_len: bytes of the longest path
 * @max_depth: components of the deepest path
 */
const char *policy_path_fault(const char *path, size_t len, size_t max_len,
			      unsigned int max_depth);

#endif /* POLICY_PATHS_H */
