/* labdelay IF_A IF_B MS [LOSS_PER_1000]: passes frames between two interfaces, each MS milliseconds late: netem for kernels that lack it.
   PACKET_VNET_HDR carries checksum and segmentation state across, so that offloads need not be switched off. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23
#endif
#define FRAMES_A_TURN 64

struct frame {
  struct frame *next;
  long long due;
  int length;
  char data[];
};
struct queue {
  struct frame *head, **tail;
};

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static int open_interface(const char *name) {
  int one = 1, s = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(name)};
  struct packet_mreq promiscuous = {.mr_ifindex = address.sll_ifindex, .mr_type = PACKET_MR_PROMISC};

  if (s < 0 || address.sll_ifindex == 0) die(name);
  if (setsockopt(s, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof one) || setsockopt(s, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one)) die("setsockopt");
  if (bind(s, (struct sockaddr *)&address, sizeof address)) die("bind");
  if (setsockopt(s, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous, sizeof promiscuous)) die("promiscuous");
  return s;
}

static void send_due(struct queue *queue, int to, long long time) {
  while (queue->head && queue->head->due <= time) {
    struct frame *frame = queue->head;
    queue->head = frame->next;
    if (!queue->head) queue->tail = &queue->head;
    if (write(to, frame->data, frame->length) < 0 && errno != ENOBUFS && errno != ENETDOWN) perror("write");
    free(frame);
  }
}

static void receive(struct queue *queue, int from, long long due, int loss) {
  static char buffer[70000];
  for (int i = 0; i < FRAMES_A_TURN; i++) {
    int length = (int)recv(from, buffer, sizeof buffer, MSG_DONTWAIT);
    if (length <= 0) return;
    if (loss && rand() % 1000 < loss) continue;
    struct frame *frame = malloc(sizeof *frame + length);
    if (!frame) return;
    *frame = (struct frame){.due = due, .length = length};
    memcpy(frame->data, buffer, length);
    *queue->tail = frame;
    queue->tail = &frame->next;
  }
}

int main(int count, char **argument) {
  if (count < 4) return 2;
  int side[2] = {open_interface(argument[1]), open_interface(argument[2])};
  long long delay = (long long)(atof(argument[3]) * 1e6);
  int loss = count > 4 ? atoi(argument[4]) : 0;
  struct queue queue[2];

  for (int i = 0; i < 2; i++) queue[i] = (struct queue){NULL, &queue[i].head};
  for (;;) {
    long long time = now(), wait = -1;
    for (int i = 0; i < 2; i++) {
      send_due(&queue[i], side[!i], time);
      if (queue[i].head && (wait < 0 || queue[i].head->due - time < wait)) wait = queue[i].head->due - time;
    }
    struct pollfd ready[2] = {{.fd = side[0], .events = POLLIN}, {.fd = side[1], .events = POLLIN}};
    struct timespec timeout = {wait / 1000000000, wait % 1000000000};
    ppoll(ready, 2, wait < 0 ? NULL : &timeout, NULL);
    for (int i = 0; i < 2; i++) receive(&queue[i], side[i], now() + delay, loss);
  }
}
