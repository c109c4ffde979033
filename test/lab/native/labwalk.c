/* labwalk DIR: lists what an overlay's upper directory changed, a record an entry, fields separated by tabs, records ended by NUL:
   type (f d l x=removed o=other, D=directory that hides the lower one), mode in octal, uid, gid, size, mtime in ns, path from DIR, link target. */
#define _GNU_SOURCE
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

static size_t prefix;

static int is_opaque(const char *path) {
  char value = 0;
  return lgetxattr(path, "trusted.overlay.opaque", &value, 1) == 1 && value == 'y';
}

static char type_of(const char *path, const struct stat *s) {
  if (S_ISREG(s->st_mode)) return 'f';
  if (S_ISLNK(s->st_mode)) return 'l';
  if (S_ISDIR(s->st_mode)) return is_opaque(path) ? 'D' : 'd';
  if (S_ISCHR(s->st_mode) && s->st_rdev == makedev(0, 0)) return 'x';
  return 'o';
}

static int visit(const char *path, const struct stat *s, int flag, struct FTW *where) {
  char target[4096] = "";
  char type = type_of(path, s);

  (void)flag;
  (void)where;
  if (type == 'l' && readlink(path, target, sizeof target - 1) < 0) return 0;
  long long time = s->st_mtim.tv_sec * 1000000000LL + s->st_mtim.tv_nsec;
  printf("%c\t%o\t%u\t%u\t%lld\t%lld\t%s\t%s", type, s->st_mode & 07777, s->st_uid, s->st_gid, (long long)s->st_size, time, path + prefix, target);
  putchar(0);
  return 0;
}

int main(int count, char **argument) {
  if (count != 2) return 2;
  prefix = strlen(argument[1]);
  return nftw(argument[1], visit, 32, FTW_PHYS) != 0;
}
