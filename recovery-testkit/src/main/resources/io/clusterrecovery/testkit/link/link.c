/*
 * A line between two network namespaces, as slow and as long as wanted; for kernels without netem.
 *
 *   link NAMESPACE_FILE ADDRESS NAMESPACE_FILE ADDRESS MBIT_A_SECOND ROUND_TRIP_MICROSECONDS
 *
 * Makes a TUN device "line0" in each, with that address in a /24, and forwards packets between
 * them: each direction has its rate, a queue of a fifth of a second that drops what does not fit,
 * and half of the round trip as its delay. Prints "up" and goes on until it is killed.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 8192, LARGEST = 66000, HEADERS = 52, FRAME = 14, SEGMENT = 1448, VNET = 10 };

struct packet {
  long due;
  int length;
  unsigned char *bytes;
};

struct direction {
  int from, to;
  double nanos_a_byte;
  long delay, queue;
  struct packet slots[SLOTS];
  unsigned head, tail;
  pthread_mutex_t lock;
  pthread_cond_t changed;
};

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000L + t.tv_nsec;
}

static void set_up(const char *address) {
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  struct ifreq request = {.ifr_name = "line0"};
  struct sockaddr_in *in = (struct sockaddr_in *)&request.ifr_addr;
  in->sin_family = AF_INET;
  if (inet_pton(AF_INET, address, &in->sin_addr) != 1) fail("address");
  if (ioctl(s, SIOCSIFADDR, &request)) fail("SIOCSIFADDR");
  inet_pton(AF_INET, "255.255.255.0", &in->sin_addr);
  if (ioctl(s, SIOCSIFNETMASK, &request)) fail("SIOCSIFNETMASK");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  if (ioctl(s, SIOCSIFFLAGS, &request)) fail("SIOCSIFFLAGS");
  close(s);
}

/* Packets come in as large as TCP makes them, and are counted as if they had been split. */
static int device(const char *namespace, const char *address) {
  int n = open(namespace, O_RDONLY | O_CLOEXEC);
  if (n < 0 || setns(n, CLONE_NEWNET)) fail(namespace);
  close(n);
  int tun = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
  if (tun < 0) fail("/dev/net/tun");
  struct ifreq request = {.ifr_name = "line0", .ifr_flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR};
  if (ioctl(tun, TUNSETIFF, &request)) fail("TUNSETIFF");
  if (ioctl(tun, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4)) fail("TUNSETOFFLOAD");
  set_up(address);
  return tun;
}

static void *take(void *argument) {
  struct direction *d = argument;
  unsigned char buffer[LARGEST];
  long free_at = 0;
  for (;;) {
    int length = read(d->from, buffer, sizeof buffer);
    if (length < 0 && errno == EINTR) continue;
    if (length <= VNET) fail("read");
    long t = now();
    int bytes = length - VNET;
    int segments = (bytes + SEGMENT - 1) / SEGMENT;
    if (free_at < t) free_at = t;
    if ((free_at - t) / d->nanos_a_byte > d->queue) continue;
    free_at += (long)((bytes + (segments - 1) * HEADERS + segments * FRAME) * d->nanos_a_byte);
    struct packet packet = {free_at + d->delay, length, malloc(length)};
    if (!packet.bytes) fail("malloc");
    memcpy(packet.bytes, buffer, length);
    pthread_mutex_lock(&d->lock);
    while (d->head - d->tail == SLOTS) pthread_cond_wait(&d->changed, &d->lock);
    d->slots[d->head++ % SLOTS] = packet;
    pthread_cond_signal(&d->changed);
    pthread_mutex_unlock(&d->lock);
  }
  return NULL;
}

static void *give(void *argument) {
  struct direction *d = argument;
  prctl(PR_SET_TIMERSLACK, 1);
  for (;;) {
    pthread_mutex_lock(&d->lock);
    while (d->head == d->tail) pthread_cond_wait(&d->changed, &d->lock);
    struct packet packet = d->slots[d->tail % SLOTS];
    pthread_mutex_unlock(&d->lock);
    struct timespec due = {packet.due / 1000000000L, packet.due % 1000000000L};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) == EINTR) continue;
    if (write(d->to, packet.bytes, packet.length) < 0 && errno != EINTR) perror("write");
    free(packet.bytes);
    pthread_mutex_lock(&d->lock);
    d->tail++;
    pthread_cond_signal(&d->changed);
    pthread_mutex_unlock(&d->lock);
  }
  return NULL;
}

static void forward(int from, int to, double mbit, long round_trip) {
  struct direction *d = calloc(1, sizeof *d);
  if (!d) fail("calloc");
  d->from = from;
  d->to = to;
  d->nanos_a_byte = 8000.0 / mbit;
  d->delay = round_trip * 1000 / 2;
  d->queue = (long)(mbit * 1e6 / 8 / 5);
  pthread_mutex_init(&d->lock, NULL);
  pthread_cond_init(&d->changed, NULL);
  pthread_t taker, giver;
  if (pthread_create(&taker, NULL, take, d) || pthread_create(&giver, NULL, give, d)) fail("thread");
}

int main(int count, char **words) {
  if (count != 7 || atof(words[5]) <= 0 || atol(words[6]) < 0) {
    fputs("usage: link NAMESPACE ADDRESS NAMESPACE ADDRESS MBIT ROUND_TRIP_MICROSECONDS\n", stderr);
    return 2;
  }
  prctl(PR_SET_PDEATHSIG, 9);
  int near = device(words[1], words[2]);
  int far = device(words[3], words[4]);
  forward(near, far, atof(words[5]), atol(words[6]));
  forward(far, near, atof(words[5]), atol(words[6]));
  puts("up");
  fflush(stdout);
  for (;;) pause();
}
