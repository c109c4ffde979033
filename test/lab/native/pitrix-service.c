/* pitrix-service NAME [PORT]: a small stand-in for a platform daemon. With a port it answers every TCP connection with "NAME HOSTNAME" and closes it. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int listen_on(int port) {
  int one = 1, s = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_ANY)};

  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(s, (struct sockaddr *)&address, sizeof address) || listen(s, 64)) {
    perror("listen");
    exit(1);
  }
  return s;
}

int main(int count, char **argument) {
  char host[256] = "", answer[512];

  if (count < 2) return 2;
  signal(SIGPIPE, SIG_IGN);
  if (count < 3)
    for (;;) pause();
  int s = listen_on(atoi(argument[2]));
  for (;;) {
    int client = accept(s, NULL, NULL);
    if (client < 0) continue;
    /* asked anew each time: the merge renames hosts while services run */
    gethostname(host, sizeof host - 1);
    int length = snprintf(answer, sizeof answer, "%s %s\n", argument[1], host);
    if (write(client, answer, length) < 0) perror("write");
    shutdown(client, SHUT_WR);
    close(client);
  }
}
