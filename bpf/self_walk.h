/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * self: reading kernel structures by address. The verifier offers no typed access
 * to the struct mount around a vfsmount, or to the elements of a list, so they
 * are handled as plain addresses. Results are numbers that the verifier does not
 * know, computed without branches, so that it follows one path.
 */
#ifndef SELF_WALK_H
#define SELF_WALK_H

#include "self.h"

static __always_inline __u64 word_at(__u64 address)
{
	return read_word(self_record.read_strings, address);
}

#define AT(type, address, field) word_at((address) + OFFSET(type, field))

/* number - the address in a pointer, as a number */
static __always_inline __u64 number(const volatile void *pointer)
{
	return address_of(self_record.read_strings, pointer);
}

/* @a if the mask is all ones, @b if it is 0 */
static __always_inline __u64 either(__u64 mask, __u64 a, __u64 b)
{
	return b ^ ((a ^ b) & mask);
}

/*
 * How far the loops go. The smaller number is for kernels before 5.17, whose
 * verifier walks each loop to its end.
 */
#define WALK_STEPS     (1 << 20)
#define WALK_STEPS_OLD 64
#define WALK_FEW       4
#define WALK_SKIP      16

/* 5.17 added bpf_loop(); the verifier of 5.10 knows no pointer to a function. */
#ifdef OLD_KERNEL
#define HAS_LOOP false
#else
#define HAS_LOOP bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_loop)
#endif

/*
 * REPEAT - call a function until it returns something other than 0, or for as
 * many steps as there are
 * @step: long step(__u32 i, void *state); after the end it changes nothing
 *
 * Each way out of a loop is a path of its own to the verifier of 5.10: 64 of them
 * were a third of what loading cost. So it looks for the end after the first few
 * steps, which are enough for most, and then every 16.
 */
#define REPEAT(step, state)                                            \
	do {                                                           \
		if (HAS_LOOP) {                                        \
			bpf_loop(WALK_STEPS, step, state, 0);          \
			break;                                         \
		}                                                      \
		for (int k = 1; k < WALK_FEW; k++)                     \
			step(0, state);                                \
		for (int i = 0; i < WALK_STEPS_OLD && !step(0, state); \
		     i += WALK_SKIP)                                   \
			for (int k = 1; k < WALK_SKIP; k++)            \
				step(0, state);                        \
	} while (0)

#endif /* SELF_WALK_H */
