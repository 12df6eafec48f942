// echo: sends back each datagram that comes to a port of the loopback, which it prints; with recvmmsg and sendmmsg, and nothing
// else. No server on one core answers sooner.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum { BATCH = 64, LONGEST = 2048, BUFFER = 4 << 20 };

int main(void) {
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof here;
  int fd = socket(AF_INET, SOCK_DGRAM, 0), size = BUFFER;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  if (bind(fd, (void *)&here, sizeof here) || getsockname(fd, (void *)&here, &length)) return 1;
  printf("%d\n", ntohs(here.sin_port));
  fflush(stdout);
  static uint8_t bytes[BATCH][LONGEST];
  static struct sockaddr_in from[BATCH];
  struct mmsghdr messages[BATCH];
  struct iovec vectors[BATCH];
  memset(messages, 0, sizeof messages);
  for (int i = 0; i < BATCH; i++) {
    messages[i].msg_hdr.msg_iov = &vectors[i];
    messages[i].msg_hdr.msg_iovlen = 1;
    messages[i].msg_hdr.msg_name = &from[i];
  }
  for (;;) {
    for (int i = 0; i < BATCH; i++) {
      vectors[i] = (struct iovec){bytes[i], LONGEST};
      messages[i].msg_hdr.msg_namelen = sizeof from[i];
    }
    int count = recvmmsg(fd, messages, BATCH, MSG_WAITFORONE, NULL);
    for (int i = 0; i < count; i++) vectors[i].iov_len = messages[i].msg_len;
    for (int sent = 0; sent < count;) {
      int more = sendmmsg(fd, messages + sent, count - sent, MSG_DONTWAIT);
      sent += more > 0 ? more : 1;
    }
  }
}
