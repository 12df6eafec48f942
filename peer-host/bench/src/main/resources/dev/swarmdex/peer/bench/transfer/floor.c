// floor: the least that a transfer does whose bytes are checked and on the disk when it ends. "send FILE" prints its port and gives the
// file to whoever connects, with sendfile. "receive PORT BYTES FILE" takes that many bytes into buffers, which two threads digest with
// OpenSSL's SHA-256, block by block of 16 KiB, and write past the page cache; then it forces the file to the disk.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

unsigned char *SHA256(const unsigned char *bytes, size_t length, unsigned char *digest);

enum { PIECE = 1 << 20, BLOCK = 16 << 10, BUFFERS = 8, THREADS = 2, PAGE = 4096 };

static struct {
  enum { FREE, FULL, BUSY } state;
  unsigned char *bytes;
  long offset;
} buffers[BUFFERS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t change = PTHREAD_COND_INITIALIZER;
static int file, ended;

static void need(int fine, const char *what) {
  if (!fine) {
    perror(what);
    exit(1);
  }
}

// Waits for a buffer in a state and puts it into another; -1 when there will be none any more.
static int take(int from, int to) {
  pthread_mutex_lock(&lock);
  for (;;) {
    for (int i = 0; i < BUFFERS; i++) {
      if (buffers[i].state == from) {
        buffers[i].state = to;
        pthread_mutex_unlock(&lock);
        return i;
      }
    }
    if (ended) {
      pthread_mutex_unlock(&lock);
      return -1;
    }
    pthread_cond_wait(&change, &lock);
  }
}

static void put(int i, int state) {
  pthread_mutex_lock(&lock);
  buffers[i].state = state;
  pthread_cond_broadcast(&change);
  pthread_mutex_unlock(&lock);
}

static void *digest_and_write(void *unused) {
  unsigned char digest[32];
  for (int i; (i = take(FULL, BUSY)) >= 0; put(i, FREE)) {
    for (int block = 0; block < PIECE; block += BLOCK) SHA256(buffers[i].bytes + block, BLOCK, digest);
    need(pwrite(file, buffers[i].bytes, PIECE, buffers[i].offset) == PIECE, "write");
  }
  return unused;
}

static void receive(int connection, long length, const char *target) {
  file = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_DIRECT, 0644);
  need(file >= 0, target);
  need(posix_fallocate(file, 0, length) == 0, "allocate");
  pthread_t threads[THREADS];
  for (int i = 0; i < BUFFERS; i++) need(!posix_memalign((void **)&buffers[i].bytes, PAGE, PIECE), "memory");
  for (int i = 0; i < THREADS; i++) need(!pthread_create(&threads[i], 0, digest_and_write, 0), "thread");
  for (long offset = 0; offset < length; offset += PIECE) {
    int i = take(FREE, BUSY);
    for (long got = 0, some; got < PIECE; got += some) {
      some = recv(connection, buffers[i].bytes + got, PIECE - got, 0);
      need(some > 0, "receive");
    }
    buffers[i].offset = offset;
    put(i, FULL);
  }
  pthread_mutex_lock(&lock);
  ended = 1;
  pthread_cond_broadcast(&change);
  pthread_mutex_unlock(&lock);
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], 0);
  need(!fdatasync(file), "force");
}

static void serve(int listener, const char *source) {
  int from = open(source, O_RDONLY);
  struct stat about;
  need(from >= 0 && !fstat(from, &about), source);
  for (;;) {
    int connection = accept(listener, 0, 0);
    need(connection >= 0, "accept");
    for (off_t offset = 0; offset < about.st_size;) need(sendfile(connection, from, &offset, PIECE) > 0, "send");
    close(connection);
  }
}

int main(int count, char **words) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (count == 3 && !strcmp(words[1], "send")) {
    need(!bind(fd, (void *)&address, length) && !listen(fd, 8) && !getsockname(fd, (void *)&address, &length), "listen");
    printf("sends at port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    serve(fd, words[2]);
  } else if (count == 5 && !strcmp(words[1], "receive") && atol(words[3]) % PIECE == 0) {
    address.sin_port = htons(atoi(words[2]));
    need(!connect(fd, (void *)&address, length), "connect");
    receive(fd, atol(words[3]), words[4]);
    return 0;
  }
  fprintf(stderr, "floor send FILE | floor receive PORT BYTES FILE, of whole mebibytes\n");
  return 2;
}
