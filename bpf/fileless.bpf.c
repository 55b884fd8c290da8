// SPDX-License-Identifier: GPL-2.0-only
/*
 * fileless: code that runs from memory instead of a file. A file counts as
 * fileless if it has no name (no links, or a mount that only the kernel has),
 * or if it is in /dev/shm. Anonymous memory is not guarded, since it never was
 * a file. The operation tmpfs covers all other files on memory file systems.
 *
 *   bprm_creds_for_exec  exec: the file that execve names
 *   bprm_check_security  interp: a script, and the interpreter that a script or
 *                        a binary format names
 *   mmap_file,           mmap: code that a process maps
 *   file_mprotect        interp: the ELF interpreter, which execve maps
 */
#include "decide.h"

PROTECTION(fileless, FILELESS);

/*
 * is_anonymous_memory - is it the file behind anonymous memory?
 *
 * The kernel makes files for shared anonymous memory and for huge pages
 * (mm/shmem.c:shmem_zero_setup(), mm/mmap.c with HUGETLB_ANON_FILE). The names
 * of other files on these mounts begin with their kind, such as "memfd:".
 *
 * A process can open the same inode through /proc/self/map_files. The file that
 * it gets is read-only or has FMODE_WRITER (fs/open.c:do_dentry_open()). Such a
 * file serves as a memfd, and does not count as anonymous memory.
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
 * Does the file system hold the root of PID 1? An initramfs does, also on a
 * system that never leaves it.
 */
static __always_inline bool is_root_fs(const struct super_block *sb)
{
	return READ(READ(init_fs(current_task()), root.mnt), mnt_sb) == sb;
}

/*
 * in_shm - is the file on a tmpfs that is mounted on a directory "shm"?
 *
 * Only a helper can read the struct mount. Under lockdown=confidentiality no
 * helper may read it, so every tmpfs except the root counts as mounted there.
 */
static __always_inline bool in_shm(const struct file *file)
{
	const struct super_block *sb = file->f_inode->i_sb;
	const struct dentry *on;
	const struct mount *m;
	char name[4] = "";

	if (sb->s_magic != TMPFS_MAGIC)
		return false;
	if (!fileless_record.read_strings)
		return !is_root_fs(sb);
	m = (const void *)mount_of(file->f_path.mnt);
	on = BPF_CORE_READ(m, mnt_mountpoint);
	bpf_probe_read_kernel(name, sizeof(name),
			      BPF_CORE_READ(on, d_name.name));
	return name[0] == 's' && name[1] == 'h' && name[2] == 'm' && !name[3];
}

/**
 * judge - may the current task run the code in the file?
 * @file: the file
 * @op: how it is run: FILELESS_EXEC, FILELESS_INTERP or FILELESS_MMAP
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
	if (err || !concerned(&fileless_record, FILELESS_TMPFS))
		return err;
	if (internal || !is_memory_fs(inode->i_sb->s_magic) ||
	    is_root_fs(inode->i_sb))
		return 0;
	return fileless_check(FILELESS_TMPFS, -1, NULL, file->f_path.dentry);
}

/*
 * judge_mapping - judge() for a mapping
 *
 * execve opens the files that it maps itself with FMODE_EXEC in their flags:
 * the program, which the exec hooks have judged already, and the ELF
 * interpreter (fs/binfmt_elf.c:load_elf_binary()). A process cannot open a file
 * with that flag, or obtain such a file.
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
 * fileless_bprm_creds_for_exec - a process is about to execute a file
 * @bprm: the execution; its file is the one that the caller named
 *
 * fs/exec.c:bprm_execve() calls the hook once for each execve and execveat,
 * and for AT_EXECVE_CHECK, which executes nothing. Return: 0 or -EPERM.
 */
SEC("lsm/bprm_creds_for_exec")
int BPF_PROG(fileless_bprm_creds_for_exec, struct linux_binprm *bprm)
{
	bprm = PLAIN(struct linux_binprm, bprm);
	return judge(bprm->file, FILELESS_EXEC);
}

/**
 * fileless_bprm_check_security - execve is about to find the format of a file
 * @bprm: the execution; its file is the named one, then each interpreter
 *
 * interp differs from filename as soon as an interpreter is used, and buf holds
 * the first bytes of the file. Rests on fs/exec.c:exec_binprm(),
 * search_binary_handler() and bprm_change_interp(). Return: 0 or -EPERM.
 */
SEC("lsm/bprm_check_security")
int BPF_PROG(fileless_bprm_check_security, struct linux_binprm *bprm)
{
	bool script;

	bprm = PLAIN(struct linux_binprm, bprm);
	script = bprm->buf[0] == '#' && bprm->buf[1] == '!';
	if (bprm->interp == bprm->filename && !script)
		return 0;
	return judge(bprm->file, FILELESS_INTERP);
}

/**
 * fileless_mmap_file - a process maps memory, or attaches SysV shared memory
 * @file: the file, NULL for anonymous memory
 * @reqprot: the protection that the process asked for
 * @prot: the protection that it gets: READ_IMPLIES_EXEC may add PROT_EXEC
 * @flags: the flags of mmap(2)
 *
 * The verifier of 6.2 to 6.19 assumes that @file is never NULL, and would remove
 * the test for it: the test comes behind PLAIN(). Rests on mm/util.c:vm_mmap_pgoff(),
 * ipc/shm.c:do_shmat(), and from 6.12 on remap_file_pages().
 * Return: 0 or -EPERM.
 */
SEC("lsm/mmap_file")
int BPF_PROG(fileless_mmap_file, struct file *file, unsigned long reqprot,
	     unsigned long prot, unsigned long flags)
{
	if (!(prot & PROT_EXEC))
		return 0;
	file = PLAIN(struct file, file);
	if (!file)
		return 0;
	return judge_mapping(file);
}

/**
 * fileless_file_mprotect - a process changes the protection of mapped memory
 * @vma: the mapping; its vm_file is NULL for anonymous memory
 * @reqprot: the protection that the process asked for
 * @prot: the protection that it gets
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
	vma = PLAIN(struct vm_area_struct, vma);
	file = vma->vm_file;
	if (!file)
		return 0;
	return judge_mapping(file);
}
