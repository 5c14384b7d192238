/* Makes what is written to the files of a folder fail with EIO while another file exists, as a disk does that breaks and works again. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int broken(int fd) {
  const char *breaks = getenv("BROKEN_DISK_WHILE");
  const char *folder = getenv("BROKEN_DISK_FOLDER");
  char link[64];
  char path[4096];
  if (breaks == NULL || folder == NULL || access(breaks, F_OK) != 0) {
    return 0;
  }
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) {
    return 0;
  }
  path[length] = 0;
  if (strncmp(path, folder, strlen(folder)) != 0) {
    return 0;
  }
  errno = EIO;
  return 1;
}

#define REAL(type, name, ...)                                     \
  static type (*real)(__VA_ARGS__);                               \
  if (real == NULL) {                                             \
    real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name);          \
  }

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(ssize_t, "write", int, const void *, size_t)
  return broken(fd) ? -1 : real(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *vectors, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int)
  return broken(fd) ? -1 : real(fd, vectors, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  REAL(ssize_t, "pwrite", int, const void *, size_t, off_t)
  return broken(fd) ? -1 : real(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t)
  return broken(fd) ? -1 : real(fd, bytes, count, at);
}

int fsync(int fd) {
  REAL(int, "fsync", int)
  return broken(fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int)
  return broken(fd) ? -1 : real(fd);
}
