// SPDX-License-Identifier: GPL-2.0-or-later
/* An IPsec key is put into the kernel and read back: kimg's xfrm_secret. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/xfrm.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ways/xfrm.h"
#include "ways/helpers.h"

#define KEY_BYTES 32
#define SPI	  0x1234

struct request {
	struct nlmsghdr h;
	union {
		struct xfrm_usersa_info sa;
		struct xfrm_usersa_id id;
	};
	struct {
		struct nlattr a;
		struct xfrm_algo_auth alg;
		char key[KEY_BYTES];
	} __attribute__((packed)) auth;
};

/* Sends, and returns the length of the answer or -errno. */
static int ask(int fd, void *request, char *answer, size_t size)
{
	struct nlmsghdr *h = request;
	const struct nlmsgerr *err = (void *)(answer + NLMSG_HDRLEN);
	ssize_t n;

	if (send(fd, h, h->nlmsg_len, 0) < 0)
		return -errno;
	n = recv(fd, answer, size, 0);
	if (n < 0)
		return -errno;
	h = (void *)answer;
	if (h->nlmsg_type == NLMSG_ERROR && err->error)
		return err->error;
	return n;
}

static void fill_sa(struct request *r)
{
	memset(r, 0, sizeof(*r));
	r->h.nlmsg_len = sizeof(*r);
	r->h.nlmsg_type = XFRM_MSG_NEWSA;
	r->h.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE;
	r->sa.family = AF_INET;
	r->sa.id.daddr.a4 = htonl(0x0a000001);
	r->sa.id.spi = htonl(SPI);
	r->sa.id.proto = IPPROTO_AH;
	r->sa.saddr.a4 = htonl(0x0a000002);
	r->sa.lft.hard_byte_limit = r->sa.lft.soft_byte_limit = XFRM_INF;
	r->sa.lft.hard_packet_limit = r->sa.lft.soft_packet_limit = XFRM_INF;
	r->auth.a.nla_type = XFRMA_ALG_AUTH_TRUNC;
	r->auth.a.nla_len = sizeof(r->auth);
	strcpy(r->auth.alg.alg_name, "hmac(sha256)");
	r->auth.alg.alg_key_len = KEY_BYTES * 8;
	r->auth.alg.alg_trunc_len = 128;
	memset(r->auth.key, 0x5a, KEY_BYTES);
}

static void fill_id(struct request *r, int type, int flags)
{
	memset(r, 0, sizeof(*r));
	r->h.nlmsg_len = NLMSG_LENGTH(sizeof(r->id));
	r->h.nlmsg_type = type;
	r->h.nlmsg_flags = NLM_F_REQUEST | flags;
	r->id.daddr.a4 = htonl(0x0a000001);
	r->id.spi = htonl(SPI);
	r->id.family = AF_INET;
	r->id.proto = IPPROTO_AH;
}

static int holds_key(const char *answer, int n)
{
	char key[KEY_BYTES];

	memset(key, 0x5a, sizeof(key));
	return memmem(answer, n, key, sizeof(key)) != NULL;
}

/* A denial is not an error of the call, but a key of zeros. */
int xfrm_secret(void)
{
	static char answer[8192];
	struct request r;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_XFRM);
	int ret;

	if (fd < 0)
		return -errno;
	fill_sa(&r);
	ret = ask(fd, &r, answer, sizeof(answer));
	if (ret >= 0) {
		fill_id(&r, XFRM_MSG_GETSA, 0);
		ret = ask(fd, &r, answer, sizeof(answer));
		if (ret >= 0)
			ret = holds_key(answer, ret) ? 0 : -EPERM;
		fill_id(&r, XFRM_MSG_DELSA, NLM_F_ACK);
		ask(fd, &r, answer, sizeof(answer));
	}
	close(fd);
	return ret;
}

const char *need_xfrm(void)
{
	module_load("xfrm_algo", "");
	module_load("xfrm_user", "");
	module_load("ah4", "");
	if (!kernel_knows("LOCKDOWN_XFRM_SECRET"))
		return "the kernel has no LOCKDOWN_XFRM_SECRET";
	return NULL;
}
