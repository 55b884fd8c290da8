/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Commands by which a directory of a file system leads to the whole of it.
 * Those that would destroy it are given something that only the file system
 * itself finds to be wrong.
 */
#ifndef REACH_H
#define REACH_H

const char *need_xfs_handle(void);
const char *need_xfs_32(void);

int xfs_by_handle(void);
int xfs_by_handle_32(void);
int xfs_attributes_by_handle(void);
int xfs_bulkstat(void);
int xfs_map(void);
int btrfs_search(void);
int btrfs_snapshot(void);
int ext4_swap_boot(void);

int btrfs_add_device(void);
int xfs_grow(void);
int ext4_resize(void);
int ext4_resize_32(void);
int freeze(void);
int shut_down(void);
const char *need_ext4_key(void);
int ext4_remove_key(void);
int ext4_remove_key_of_all(void);
void ext4_add_key(void);
const char *need_btrfs_control(void);
int btrfs_ready(void);

/* changing the options of a mounted file system, and its quotas */
int remount_ext4(void);
int reconfigure_ext4(void);
int reconfigure_btrfs(void);
const char *need_ext4_32(void);
const char *need_quotactl_fd(void);
int set_quota(void);
int set_quota_32(void);
int set_quota_fd(void);

/* mounting, by which the device must stay as it was */
int mount_minix_rw(void);
int mount_ext4_rw(void);
int fsconfig_ext4_rw(void);

/* innocent: what a container does with its own directory */
int own_directory(void);
int remount_bind(void);
int remount_tmpfs(void);
int sync_quota(void);

#endif /* REACH_H */
