/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A unified kernel image: a PE file with a kernel and its initramfs in it. */
#ifndef UKI_H
#define UKI_H

#include <stdbool.h>
#include <stdio.h>

#define UKI_KERNEL 65 /* bytes of a kernel's version, as in struct utsname */

/** uki_is - does the file begin as a PE file does? @in stands at its beginning */
bool uki_is(FILE *in);

/**
 * uki_initramfs - copy the initramfs out of a unified kernel image
 * @in: the image
 * @kernel: gets the version of the kernel, or ""
 * @err: gets 0, or -errno: -EBADMSG if the file is cut short or no such image,
 *	 -ENOENT if no initramfs is in it
 *
 * The sections .initrd and .uname are those of the specification "Unified Kernel
 * Image" of the UAPI group; the format is Microsoft's "PE Format". With several
 * .initrd sections, the kernel gets one behind the other.
 *
 * Return: a temporary file, which stands at its beginning, or NULL.
 */
FILE *uki_initramfs(FILE *in, char kernel[UKI_KERNEL], int *err);

#endif /* UKI_H */
