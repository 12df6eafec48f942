// load: loads a UDP server on this machine, and tells how it answers.
//
// A BEP 15 tracker:
//   load hashes   TORRENTS                            prints the info-hashes, for a tracker that wants a list of them
//   load fill     TORRENTS PORT MEMBERS               announces so many different members, each once
//   load scrape   TORRENTS PORT SECONDS RATE SEED     scrapes of one torrent each
//   load announce TORRENTS PORT SECONDS RATE SEED     announces of ever-changing members, which ask for 50 others; the same
//                                                     ones for the same seed
// An index, with the native protocol's requests that a file has, each after its length in two bytes, the first of which gets
// the connection id; or whoever sends them back:
//   load native   FILE PORT SECONDS RATE SEED         those requests, at random
//
// One thread keeps WINDOW requests under way on each of SOCKETS sockets, or sends RATE requests a second if that is not 0. It
// prints responses a second, requests without a reply, error replies, and the median and 99th percentile of the microseconds
// until a reply, of all replies up to SAMPLES.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { SOCKETS = 8, WINDOW = 64, BATCH = 32, RING = 1 << 16, SAMPLES = 1 << 22, CONNECT = 0, ANNOUNCE = 1, SCRAPE = 2, ERROR = 3, NATIVE = 4 };

struct client {
  int fd, under_way;
  uint64_t connection, last_reply;
  uint32_t next;
  uint64_t *sent;  // when, by the low bits of the transaction id; 0 once answered
};

static uint32_t torrents, *samples;
static size_t sampled;
static uint64_t state = 0x9E3779B97F4A7C15ull, members;

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static uint64_t mixed(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}
static uint64_t any(void) { return mixed(state += 0x9E3779B97F4A7C15ull); }

static void put(uint8_t *at, uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; i--, value >>= 8) at[i] = value;
}
static uint32_t get(const uint8_t *at) { return (uint32_t)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3]; }

static void info_hash(uint8_t *at, uint32_t torrent) {
  put(at, mixed(torrent + 1), 8);
  put(at + 8, mixed(torrent + (1ull << 40)), 8);
  put(at + 16, mixed(torrent + (1ull << 41)), 4);
}

// the requests of the file: where each begins, and all of them
static const uint8_t *requests[1 << 20];
static uint32_t request_count;

static int from_file(struct client *c, uint32_t id, const uint8_t *request, uint8_t *b) {
  int length = request[0] << 8 | request[1];
  memcpy(b, request + 2, length);
  put(b + 2, id, 4);
  put(b + 6, c->connection, 8);
  return length;
}

static void read_requests(const char *name) {
  FILE *file = fopen(name, "rb");
  if (!file || fseek(file, 0, SEEK_END)) exit(1);
  long size = ftell(file);
  uint8_t *bytes = malloc(size);
  rewind(file);
  if (fread(bytes, 1, size, file) != (size_t)size) exit(1);
  for (uint8_t *at = bytes; at < bytes + size && request_count < sizeof requests / sizeof *requests; at += 2 + (at[0] << 8 | at[1]))
    requests[request_count++] = at;
  fclose(file);
}

static int request(struct client *c, int action, int filling, uint8_t *b) {
  uint32_t id = c->next++;
  c->sent[id % RING] = now();
  if (action == NATIVE) return from_file(c, id, requests[1 + any() % (request_count - 1)], b);
  uint32_t torrent = filling ? members % torrents : any() % torrents;
  uint32_t port = filling ? 1024 + members++ / torrents : 10240 + any() % 8192;
  put(b, c->connection, 8);
  put(b + 8, action, 4);
  put(b + 12, id, 4);
  info_hash(b + 16, torrent);
  if (action == SCRAPE) return 36;
  memset(b + 36, 0, 62);
  put(b + 36, any(), 8);
  put(b + 64, 1000, 8);
  put(b + 80, 2, 4);
  put(b + 92, filling ? 0 : 50, 4);
  put(b + 96, port, 2);
  return 98;
}

static void open_socket(struct client *c, int action, int port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct timeval patience = {2, 0};
  int size = 4 << 20;
  uint8_t b[128] = {0};
  int length = 16, id_at = action == NATIVE ? 6 : 8;
  c->fd = socket(AF_INET, SOCK_DGRAM, 0);
  c->sent = calloc(RING, sizeof *c->sent);
  setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  setsockopt(c->fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  put(b, 0x41727101980ull, 8);
  if (action == NATIVE) length = from_file(c, 0, requests[0], b);
  if (connect(c->fd, (void *)&to, sizeof to) || send(c->fd, b, length, 0) != length || recv(c->fd, b, sizeof b, 0) < id_at + 8) {
    fprintf(stderr, "nobody answers on port %d\n", port);
    exit(1);
  }
  memcpy(&c->connection, b + id_at, 8);
  c->connection = be64toh(c->connection);
  c->last_reply = now();
}

static int by_value(const void *a, const void *b) { return (*(uint32_t *)a > *(uint32_t *)b) - (*(uint32_t *)a < *(uint32_t *)b); }

int main(int count, char **word) {
  if (count < 3) return 2;
  torrents = atoi(word[2]);
  if (!strcmp(word[1], "hashes")) {
    for (uint32_t i = 0; i < torrents; i++) {
      uint8_t hash[20];
      info_hash(hash, i);
      for (int k = 0; k < 20; k++) printf("%02x", hash[k]);
      puts("");
    }
    return 0;
  }
  if (count < 5) return 2;
  if (count > 6) state = mixed(atoll(word[6]));
  int filling = !strcmp(word[1], "fill"), native = !strcmp(word[1], "native");
  int action = native ? NATIVE : !strcmp(word[1], "scrape") ? SCRAPE : ANNOUNCE;
  if (native) read_requests(word[2]);
  uint64_t wanted = filling ? atoll(word[4]) : 0, rate = count > 5 ? atoll(word[5]) : 0;
  samples = malloc(SAMPLES * sizeof *samples);
  static struct client clients[SOCKETS];
  struct pollfd polled[SOCKETS];
  for (int i = 0; i < SOCKETS; i++) {
    open_socket(&clients[i], action, atoi(word[3]));
    polled[i] = (struct pollfd){.fd = clients[i].fd, .events = POLLIN};
  }
  static uint8_t out[BATCH][1200], in[BATCH][2048];
  struct mmsghdr outgoing[BATCH] = {0}, incoming[BATCH] = {0};
  struct iovec to_send[BATCH], to_fill[BATCH];
  for (int i = 0; i < BATCH; i++) {
    to_fill[i] = (struct iovec){in[i], sizeof in[i]};
    incoming[i].msg_hdr.msg_iov = &to_fill[i];
    incoming[i].msg_hdr.msg_iovlen = 1;
    outgoing[i].msg_hdr.msg_iov = &to_send[i];
    outgoing[i].msg_hdr.msg_iovlen = 1;
  }
  uint64_t begun = now(), end = filling ? UINT64_MAX : begun + atoll(word[4]) * 1000000000ull, t;
  uint64_t sent = 0, received = 0, lost = 0, errors = 0;
  while ((t = now()) < end) {
    int busy = 0;
    for (int i = 0; i < SOCKETS; i++) {
      struct client *c = &clients[i];
      if (c->under_way && t - c->last_reply > 300000000ull) {
        lost += c->under_way;
        c->under_way = 0;
        c->last_reply = t;
      }
      uint64_t room = rate ? (t - begun) * rate / 1000000000ull - sent : WINDOW - c->under_way;
      if (rate && room > (uint64_t)(RING / 2 - c->under_way)) room = RING / 2 - c->under_way;
      if (filling && room > wanted - sent) room = wanted - sent;
      int n = room > BATCH ? BATCH : room;
      if (rate && n > 8) n = 8;  // spread over the sockets
      if (n > 0) {
        for (int k = 0; k < n; k++) to_send[k] = (struct iovec){out[k], request(c, action, filling, out[k])};
        int went = sendmmsg(c->fd, outgoing, n, 0);
        if (!c->under_way) c->last_reply = t;
        if (went > 0) sent += went, c->under_way += went;
      }
      busy |= c->under_way;
    }
    if (filling && sent >= wanted && !busy) break;
    if (poll(polled, SOCKETS, rate ? 0 : 100) <= 0) continue;
    for (int i = 0; i < SOCKETS; i++) {
      struct client *c = &clients[i];
      if (!(polled[i].revents & POLLIN)) continue;
      int n = recvmmsg(c->fd, incoming, BATCH, MSG_DONTWAIT, NULL);
      uint64_t at = now();
      for (int k = 0; k < n; k++) {
        uint64_t *when = &c->sent[get(in[k] + (native ? 2 : 4)) % RING];
        if (native ? in[k][1] != 'S' : get(in[k]) == ERROR) errors++;
        if (*when && sampled < SAMPLES) samples[sampled++] = (at - *when) / 1000;
        *when = 0;
        received++;
        if (c->under_way > 0) c->under_way--;
        c->last_reply = at;
      }
    }
  }
  double seconds = (now() - begun) / 1e9;
  qsort(samples, sampled, sizeof *samples, by_value);
  printf("%.0f %llu %llu %u %u\n", received / seconds, (unsigned long long)lost, (unsigned long long)errors,
         sampled ? samples[sampled / 2] : 0, sampled ? samples[sampled * 99 / 100] : 0);
  return 0;
}
