/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attacks on the lock: each returns 0 if it worked, or -errno. */
#ifndef SEAL_H
#define SEAL_H

#define BPFFS	 "/sys/fs/bpf"
#define PINS	 BPFFS "/bpflock"
#define PIN	 PINS "/test_pin" /* a map */
#define PIN_LINK PINS "/test_link"
#define FOLDER	 PINS "/test_folder"
#define OUTSIDE	 BPFFS "/test_pin"

/* seal.c: "matrix seal control|others|sealed", an exit status */
int seal_main(const char *how);

/* seal_ways.c: as host, before the attacks: what they are about */
void seal_objects(void);

int load_lsm(void);
int load_modify_return(void);
int load_extension(void);
int load_filter(void);
int map_to_read(void);
int map_to_write(void);
int map_update(void);
int map_make_ours(void);
int get_map(void);
int get_link(void);
int link_by_id(void);
int pin_over(void);
int pin_outside(void);

/* seal_programs.c */
int forge_bpffs(void);
int forge_escape(void);
int forge_counters(void);

/* seal_mounts.c */
int umount_bpffs(void);
int umount_bpffs_lazily(void);
int umount_sys_lazily(void);
int umount_by_peer(void);
int umount_by_copy(void);
int cover_bpffs(void);
int cover_pins(void);
int cover_fs(void);
int cover_sys(void);
int cover_by_bind(void);
int cover_by_move(void);
int cover_by_move_mount(void);
int cover_beneath(void);
int rmdir_sys(void);
int rename_sys(void);
int rename_over_sys(void);
int umount_own_copy(void);
int mount_elsewhere(void);

/* the way to the pins, as it was at boot; only without a lock */
void seal_repair(void);

/* are the pins where the first processes look for them? */
int seal_pins_there(void);

#endif /* SEAL_H */
