/* labinit: process 1 of the lab's outer pid namespace. It reaps orphans and does nothing else; SIGTERM or SIGINT ends it, and the whole lab with it. */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  sigset_t all;
  int signal_number;

  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  for (;;) {
    if (sigwait(&all, &signal_number) != 0) continue;
    if (signal_number == SIGTERM || signal_number == SIGINT) _exit(0);
    while (waitpid(-1, NULL, WNOHANG) > 0) continue;
  }
}
