/* recorder.so: preloaded into every program of a host, writes its words and its environment, each ended by a zero byte, to /lab/started: others may see them. */
#include <fcntl.h>
#include <unistd.h>

static void copy(const char *from, int to) {
  char buffer[65536];
  int file = open(from, O_RDONLY);
  ssize_t length;

  if (file < 0) return;
  while ((length = read(file, buffer, sizeof buffer)) > 0) {
    if (write(to, buffer, length) != length) break;
  }
  close(file);
}

__attribute__((constructor)) static void record(void) {
  int log = open("/lab/started", O_WRONLY | O_APPEND);

  if (log < 0) return;
  copy("/proc/self/cmdline", log);
  copy("/proc/self/environ", log);
  if (write(log, "\n", 1) != 1) log = -1;
  close(log);
}
