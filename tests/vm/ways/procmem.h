/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What shows the memory of a host process for reading. From 6.16 on the kernel
 * lets a caller with CAP_PERFMON or CAP_SYS_ADMIN have it that may not trace the
 * process. All return 0 if all of it can be had, -errno if none of it can be, and
 * -EIO otherwise.
 */
#ifndef PROCMEM_H
#define PROCMEM_H

/* need_perfmon - NULL if this kernel does, or that it does not */
const char *need_perfmon(void);
const char *need_perfmon_32(void);
const char *need_perfmon_uring(void);

/* The files below /proc/PID, with all capabilities and with fewer. */
int read_memory_files(void);
int read_memory_files_perfmon(void); /* without CAP_SYS_PTRACE */
int read_memory_files_admin(void); /* without CAP_PERFMON too */
int read_memory_files_of_thread(void);
int read_memory_files_uring(void);
int read_memory_files_32(void);

/* need_mapping_perfmon - the same for map_files, which is so only from 7.x on */
const char *need_mapping_perfmon(void);

/* A name of map_files is looked up, and its file is opened. */
int look_up_mapping(void);
int look_up_mapping_perfmon(void);
int look_up_mapping_admin(void);
int open_mapping(void);
int list_mappings_perfmon(void);

/* need_advice - can process_madvise(2) be called? */
const char *need_advice(void);
int advise_host(void);
int advise_host_perfmon(void);
int advise_host_admin(void);

/* Innocent: the same files of the caller itself. */
int read_own_memory_files(void);

#endif /* PROCMEM_H */
