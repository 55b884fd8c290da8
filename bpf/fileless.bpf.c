// SPDX-License-Identifier: GPL-2.0-only
/*
 * fileless: running code that has no file.
 *
 *   bprm_creds_for_exec  exec: the file that execve names
 *   bprm_check_security  interp: a script, and what a script or a binary
 *                        format names as its interpreter
 *   mmap_file,           mmap: code that a process maps. interp: the ELF
 *   file_mprotect        interpreter, which execve maps
 *
 * A file without a name (no links, or on a mount that only the kernel has) is
 * none, and neither is one in /dev/shm. Anonymous memory is not a file that is
 * missing: it is left alone.
 */
#include "lock.h"

PROTECTION(fileless, FILELESS);

/*
 * Shared anonymous memory and huge pages have a file inside the kernel
 * (mm/shmem.c:shmem_zero_setup(), mm/mmap.c with HUGETLB_ANON_FILE). Other
 * files on these mounts have the name of their kind in front: "memfd:".
 * /proc/self/map_files opens them, which makes another file of the same inode,
 * read-only or known as a writer (fs/open.c:do_dentry_open()). That one is as
 * good as a memfd.
 */
static __always_inline bool is_anonymous_memory(const struct file *file)
{
	struct name name;

	if (!(file->f_path.mnt->mnt_flags & MNT_INTERNAL) ||
	    (file->f_mode & (FMODE_WRITE | FMODE_WRITER)) != FMODE_WRITE)
		return false;
	dentry_name(file->f_path.dentry, &name);
	return name_is(&name, "dev/zero") || name_is(&name, "anon_hugepage");
}

static __always_inline bool is_memory_fs(unsigned long magic)
{
	return magic == TMPFS_MAGIC || magic == RAMFS_MAGIC ||
	       magic == HUGETLBFS_MAGIC;
}

/*
 * Is it the file system that PID 1 has its root on? An initramfs is, and a
 * system that never leaves it. (A caller's own root is the caller's choice.)
 */
static __always_inline bool is_root_fs(const struct super_block *sb)
{
	const struct task_struct *init;

	init = READ(READ(READ(current_task(), thread_pid), numbers[0].ns),
		    child_reaper);
	return READ(READ(READ(init, fs), root.mnt), mnt_sb) == sb;
}

/*
 * Is it on a tmpfs that is mounted on a folder "shm"? No typed pointer leads
 * from a vfsmount to the mount that it is part of, so a helper must read it.
 * lockdown=confidentiality forbids that: any tmpfs may then be the one.
 */
static __always_inline bool in_shm(const struct file *file)
{
	const struct super_block *sb = file->f_inode->i_sb;
	const struct dentry *on;
	const struct mount *m;
	char name[4] = "";

	if (sb->s_magic != TMPFS_MAGIC)
		return false;
	if (!fileless_policy.read_strings)
		return !is_root_fs(sb);
	m = (void *)((__u64)file->f_path.mnt -
		     bpf_core_field_offset(struct mount, mnt));
	on = BPF_CORE_READ(m, mnt_mountpoint);
	bpf_probe_read_kernel(name, sizeof(name),
			      BPF_CORE_READ(on, d_name.name));
	return name[0] == 's' && name[1] == 'h' && name[2] == 'm' && !name[3];
}

/**
 * judge - may the current task run what is in the file?
 * @file: the file
 * @op: what it is run as
 *
 * Return: 0 or -EPERM.
 */
static __noinline int judge(const struct file *file, int op)
{
	const struct inode *inode = file->f_inode;
	int internal = file->f_path.mnt->mnt_flags & MNT_INTERNAL;
	bool nameless = !inode->i_nlink || internal;
	int err = 0;

	if (nameless && op == FILELESS_MMAP && is_anonymous_memory(file))
		return 0;
	if (nameless || in_shm(file))
		err = fileless_check(op, -1, NULL, file->f_path.dentry);
	if (err || !concerned(&fileless_policy, FILELESS_TMPFS))
		return err;
	if (internal || !is_memory_fs(inode->i_sb->s_magic) ||
	    is_root_fs(inode->i_sb))
		return 0;
	return fileless_check(FILELESS_TMPFS, -1, NULL, file->f_path.dentry);
}

/*
 * What execve itself maps was opened for that: the program, which has been
 * judged before, and the ELF interpreter (fs/binfmt_elf.c:load_elf_binary()).
 * No process can open a file with this flag, or has such a file for its own.
 */
static __always_inline int judge_mapping(const struct file *file)
{
	if (!(file->f_flags & FMODE_EXEC))
		return judge(file, FILELESS_MMAP);
	if (READ(READ(current_task(), mm), exe_file) == file)
		return 0;
	return judge(file, FILELESS_INTERP);
}

/**
 * fileless_bprm_creds_for_exec - a file is about to be executed
 * @bprm: the execution; its file is the one that was named
 *
 * Once for each execve and execveat, and for AT_EXECVE_CHECK, which executes
 * nothing. Rests on fs/exec.c:bprm_execve(). Return: 0 or -EPERM.
 */
SEC("lsm/bprm_creds_for_exec")
int BPF_PROG(fileless_bprm_creds_for_exec, struct linux_binprm *bprm)
{
	return judge(bprm->file, FILELESS_EXEC);
}

/**
 * fileless_bprm_check_security - the format of a file is about to be found
 * @bprm: the execution; its file is the named one, then each interpreter
 *
 * The name of the interpreter stands in interp as soon as there is one, and
 * the first bytes of the file in buf. Rests on fs/exec.c:exec_binprm() and
 * search_binary_handler(), bprm_change_interp(). Return: 0 or -EPERM.
 */
SEC("lsm/bprm_check_security")
int BPF_PROG(fileless_bprm_check_security, struct linux_binprm *bprm)
{
	bool script = bprm->buf[0] == '#' && bprm->buf[1] == '!';

	if (bprm->interp == bprm->filename && !script)
		return 0;
	return judge(bprm->file, FILELESS_INTERP);
}

/**
 * fileless_mmap_file - memory is mapped, or SysV shared memory attached
 * @file: the file, NULL for anonymous memory
 * @reqprot: what was asked for
 * @prot: what it will be; a process may have READ_IMPLIES_EXEC
 * @flags: of mmap(2)
 *
 * The verifier of 6.2 to 6.19 believes that @file is never NULL and removes
 * what only happens if it is; both tests jump to the same place so that this
 * one stays. Rests on mm/util.c:vm_mmap_pgoff(), ipc/shm.c:do_shmat(),
 * remap_file_pages() from 6.12 on. Return: 0 or -EPERM.
 */
SEC("lsm/mmap_file")
int BPF_PROG(fileless_mmap_file, struct file *file, unsigned long reqprot,
	     unsigned long prot, unsigned long flags)
{
	prot &= PROT_EXEC;
	asm goto("if %0 == 0 goto %l[out]\n"
		 "if %1 == 0 goto %l[out]"
		 :
		 : "r"(prot), "r"(file)
		 :
		 : out);
	return judge_mapping(file);
out:
	return 0;
}

/**
 * fileless_file_mprotect - mapped memory becomes executable
 * @vma: the mapping; its vm_file is NULL for anonymous memory
 * @reqprot: what was asked for
 * @prot: what it will be
 *
 * Rests on mm/mprotect.c:do_mprotect_pkey(). Return: 0 or -EPERM.
 */
SEC("lsm/file_mprotect")
int BPF_PROG(fileless_file_mprotect, struct vm_area_struct *vma,
	     unsigned long reqprot, unsigned long prot)
{
	const struct file *file;

	if (!(prot & PROT_EXEC))
		return 0;
	file = vma->vm_file;
	if (!file)
		return 0;
	return judge_mapping(file);
}
