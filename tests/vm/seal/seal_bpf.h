/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bpf(2): all return 0, a descriptor or a number, or -errno. */
#ifndef SEAL_BPF_H
#define SEAL_BPF_H

#include <linux/bpf.h>
#include <stdint.h>

int bpf(int cmd, union bpf_attr *attr);
int close_result(int fd);

#define INSN(op, d, s, o, i)                \
	((struct bpf_insn){ .code = (op),   \
			    .dst_reg = (d), \
			    .src_reg = (s), \
			    .off = (o),     \
			    .imm = (i) })
#define MOV_IMM(d, i)	   INSN(BPF_ALU64 | BPF_MOV | BPF_K, d, 0, 0, i)
#define MOV_REG(d, s)	   INSN(BPF_ALU64 | BPF_MOV | BPF_X, d, s, 0, 0)
#define ADD_IMM(d, i)	   INSN(BPF_ALU64 | BPF_ADD | BPF_K, d, 0, 0, i)
#define STORE_IMM(d, o, i) INSN(BPF_ST | BPF_MEM | BPF_DW, d, 0, o, i)
/* two instructions */
#define MAP_FD(d, fd)                                                 \
	INSN(BPF_LD | BPF_DW | BPF_IMM, d, BPF_PSEUDO_MAP_FD, 0, fd), \
		INSN(0, 0, 0, 0, 0)
#define CALL(helper) INSN(BPF_JMP | BPF_CALL, 0, 0, 0, helper)
#define EXIT()	     INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)

/* load a program; attr has its type, attach type and target */
int bpf_load(union bpf_attr *attr, const struct bpf_insn *insns, int n);
/* load a program that returns a number */
int bpf_load_return(int type, int attach, uint32_t btf_id, int number);
/* run it once, with a packet: what it returned */
int bpf_run(int prog);
int bpf_attach(int prog);

int bpf_pin(int fd, const char *path);
int bpf_get(const char *path, uint32_t flags);
int bpf_array(const char *name, uint32_t value_size);
int bpf_map_by_id(uint32_t id, uint32_t flags);
int bpf_element(int cmd, int map, void *value);
/* the id of the first map with that name; 0, or -EPERM if maps were denied */
int bpf_map_named(const char *name);

/* the BTF id of a function of the kernel */
uint32_t bpf_function(const char *name);

#endif /* SEAL_BPF_H */
