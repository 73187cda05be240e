/*
 * A disk under test, laid between a process and libc (LD_PRELOAD). It watches the files of one folder, DISK_SHIM_DIR, and
 *  - records what becomes of them in DISK_SHIM_JOURNAL: every write, truncation, sync, creation and removal in order, for `disk.ts` to reckon what
 *    a power cut at any point could leave. Writes to the file `marks` are what the process says of itself (a command is acknowledged): kept in the
 *    same order. With DISK_SHIM_LIES syncs answer "done" and are not recorded: a disk that lies;
 *  - fails them: a line written to the file `control` arms it ("fail 17 28 once", "fail 17 28 on", "heal"): the 17th call from then on that changes
 *    something fails with errno 28, alone or with all after it until "heal". How many there were and how many failed stands in `seen` after "heal".
 * `-shm` files are shared memory and no part of what lasts: they can fail, and are not recorded.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, TRUNCATE, SYNC, CREATE, UNLINK, DIRSYNC, MARK, SYNCFAILED, NAME, RENAME, UNMODELLED };
enum { MOST_FILES = 64, MOST_FDS = 65536, NONE = 0, MEMORY = 250, MARKS = 251, CONTROL = 252, FOLDER = 253, OTHER = 254 };

struct record {
  uint8_t op, file, other, unused;
  uint32_t length;
  uint64_t at;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
/* What each open descriptor is: NONE, a number of `names` plus one, or one of the special ones. */
static uint8_t kinds[MOST_FDS];
static ino_t inodes[MOST_FDS];
static char *names[MOST_FILES];
static int nameCount, journal = -1, lies;
static const char *folder;
static size_t folderLength;
/* Faults: calls until the first failing one (0: not armed), the errno, whether it stays so. */
static long countdown, seen, failed;
static int faultErrno, faultStays, failing;

__attribute__((constructor)) static void begin(void) {
  folder = getenv("DISK_SHIM_DIR");
  lies = getenv("DISK_SHIM_LIES") != NULL;
  if (folder) folderLength = strlen(folder);
  const char *path = getenv("DISK_SHIM_JOURNAL");
  if (path) journal = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void note(int op, int file, uint64_t at, const void *data, uint32_t length) {
  if (journal < 0) return;
  struct record head = {(uint8_t)op, (uint8_t)file, 0, 0, length, at};
  struct iovec parts[2] = {{&head, sizeof head}, {(void *)data, data ? length : 0}};
  if (syscall(SYS_writev, journal, parts, 2) != (long)(sizeof head + (data ? length : 0))) abort();
}

static int endsWith(const char *path, const char *end) {
  size_t length = strlen(path), tail = strlen(end);
  return length >= tail && strcmp(path + length - tail, end) == 0;
}

static int isOurs(const char *path) {
  if (!folder || strncmp(path, folder, folderLength) != 0) return 0;
  return path[folderLength] == 0 || path[folderLength] == '/';
}

/* What a path is to us; files of the folder get their number at first sight. */
static uint8_t kindOf(const char *path) {
  if (!isOurs(path)) return NONE;
  if (path[folderLength] == 0) return FOLDER;
  const char *name = path + folderLength + 1;
  if (strcmp(name, "marks") == 0) return MARKS;
  if (strcmp(name, "control") == 0) return CONTROL;
  if (strcmp(name, "seen") == 0) return NONE;
  if (endsWith(name, "-shm")) return MEMORY;
  for (int n = 0; n < nameCount; n++)
    if (strcmp(names[n], name) == 0) return (uint8_t)(n + 1);
  if (nameCount == MOST_FILES) return OTHER;
  names[nameCount++] = strdup(name);
  note(NAME, nameCount, 0, name, (uint32_t)strlen(name));
  return (uint8_t)nameCount;
}

static int isFile(uint8_t kind) { return kind != NONE && kind < MEMORY; }

/* A program may close descriptors past us (Chromium has a `close` of its own): a number that is another file by now is none of ours. */
static uint8_t kindOfFd(int fd) {
  struct stat is;
  if (fd < 0 || fd >= MOST_FDS || kinds[fd] == NONE) return NONE;
  if (fstat(fd, &is) != 0 || is.st_ino != inodes[fd]) kinds[fd] = NONE;
  return kinds[fd];
}

/* Whether this call is to fail; sets errno then. */
static int fails(uint8_t kind) {
  if (!isFile(kind) && kind != MEMORY && kind != OTHER && kind != FOLDER) return 0;
  seen++;
  if (countdown > 0 && --countdown == 0) failing = 1;
  if (!failing) return 0;
  if (!faultStays) failing = 0;
  failed++;
  errno = faultErrno;
  return 1;
}

static void obey(const char *text, size_t length) {
  char line[64] = {0}, how[8] = {0};
  long at;
  int number;
  memcpy(line, text, length < sizeof line ? length : sizeof line - 1);
  if (sscanf(line, "fail %ld %d %7s", &at, &number, how) == 3) {
    countdown = at;
    faultErrno = number;
    faultStays = strcmp(how, "on") == 0;
    failing = 0;
    seen = failed = 0;
  } else if (strncmp(line, "heal", 4) == 0) {
    countdown = failing = 0;
    char path[4096], answer[64];
    snprintf(path, sizeof path, "%s/seen", folder);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int size = snprintf(answer, sizeof answer, "%ld %ld", seen, failed);
    if (fd < 0 || syscall(SYS_write, fd, answer, size) != size) abort();
    syscall(SYS_close, fd);
  } else
    abort();
}

static int opened(int dir, const char *path, int flags, mode_t mode) {
  /* The process under test may be a large one with many threads: what is not ours passes without a lock. */
  if (!isOurs(path)) return (int)syscall(SYS_openat, dir, path, flags | O_LARGEFILE, mode);
  pthread_mutex_lock(&lock);
  uint8_t kind = kindOf(path);
  int result = -1;
  int there = kind == NONE || syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
  /* Only a new file needs the disk to open; an old one is opened, and fails when it is used. */
  if (!there && (flags & O_CREAT) && fails(kind)) goto done;
  result = (int)syscall(SYS_openat, dir, path, flags | O_LARGEFILE, mode);
  if (result >= 0 && result < MOST_FDS) {
    struct stat is;
    inodes[result] = fstat(result, &is) == 0 ? is.st_ino : 0;
    kinds[result] = kind;
    if (isFile(kind) && !there) note(CREATE, kind, 0, NULL, 0);
    else if (isFile(kind) && (flags & O_TRUNC)) note(TRUNCATE, kind, 0, NULL, 0);
  }
done:
  pthread_mutex_unlock(&lock);
  return result;
}

#define MODE_OF(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE_OF(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE_OF(flags) return opened(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE_OF(flags) return opened(dir, path, flags, mode); }

int close(int fd) {
  if (fd >= 0 && fd < MOST_FDS) kinds[fd] = NONE;
  return (int)syscall(SYS_close, fd);
}

static ssize_t written(int fd, const void *data, size_t length, off64_t at, int positioned) {
  uint8_t kind = kindOfFd(fd);
  if (kind == NONE)
    return positioned ? syscall(SYS_pwrite64, fd, data, length, at) : syscall(SYS_write, fd, data, length);
  pthread_mutex_lock(&lock);
  ssize_t result = -1;
  if (kind == CONTROL) obey(data, length);
  else if (kind == MARKS) note(MARK, 0, 0, data, (uint32_t)length);
  if (kind == CONTROL || kind == MARKS) result = (ssize_t)length;
  else if (!fails(kind)) {
    if (!positioned) {
      int appends = (fcntl(fd, F_GETFL) & O_APPEND) != 0;
      at = lseek64(fd, 0, appends ? SEEK_END : SEEK_CUR);
    }
    result = positioned ? syscall(SYS_pwrite64, fd, data, length, at) : syscall(SYS_write, fd, data, length);
    if (result > 0 && isFile(kind)) note(WRITE, kind, (uint64_t)at, data, (uint32_t)result);
  }
  pthread_mutex_unlock(&lock);
  return result;
}
ssize_t write(int fd, const void *data, size_t length) { return written(fd, data, length, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return written(fd, data, length, at, 1); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return written(fd, data, length, at, 1); }

static int truncated(int fd, off64_t length) {
  uint8_t kind = kindOfFd(fd);
  if (kind == NONE) return (int)syscall(SYS_ftruncate, fd, length);
  pthread_mutex_lock(&lock);
  int result = fails(kind) ? -1 : (int)syscall(SYS_ftruncate, fd, length);
  if (result == 0 && isFile(kind)) note(TRUNCATE, kind, (uint64_t)length, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}
int ftruncate(int fd, off_t length) { return truncated(fd, length); }
int ftruncate64(int fd, off64_t length) { return truncated(fd, length); }

static int synced(int fd, long number) {
  uint8_t kind = kindOfFd(fd);
  if (kind == NONE) return (int)syscall(number, fd);
  pthread_mutex_lock(&lock);
  int result = 0;
  if (fails(kind)) {
    result = -1;
    if (isFile(kind)) note(SYNCFAILED, kind, 0, NULL, 0);
  } else if (!lies) {
    /* The journal is the disk here: asking the real one to hurry would only cost time. */
    if (isFile(kind)) note(SYNC, kind, 0, NULL, 0);
    if (kind == FOLDER) note(DIRSYNC, 0, 0, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return result;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int removed(int dir, const char *path, int flags) {
  if (!isOurs(path) || (flags & AT_REMOVEDIR)) return (int)syscall(SYS_unlinkat, dir, path, flags);
  pthread_mutex_lock(&lock);
  uint8_t kind = kindOf(path);
  int result = fails(kind) ? -1 : (int)syscall(SYS_unlinkat, dir, path, flags);
  if (result == 0 && isFile(kind)) note(UNLINK, kind, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int dir, const char *path, int flags) { return removed(dir, path, flags); }

int rename(const char *from, const char *to) {
  if (!isOurs(from) && !isOurs(to)) return (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
  pthread_mutex_lock(&lock);
  uint8_t source = kindOf(from), target = kindOf(to);
  int result = fails(target) ? -1 : (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
  if (result == 0 && isFile(source) && isFile(target)) note(RENAME, source, target, NULL, 0);
  else if (result == 0 && (isFile(source) || isFile(target))) note(UNMODELLED, 0, 0, "rename", 6);
  pthread_mutex_unlock(&lock);
  return result;
}

/* Roads to a file that `disk.ts` knows nothing of. Taken on a watched file they are noted, and the test says so. */
static void unmodelled(int fd, const char *name) {
  if (!isFile(kindOfFd(fd))) return;
  pthread_mutex_lock(&lock);
  note(UNMODELLED, 0, 0, name, (uint32_t)strlen(name));
  pthread_mutex_unlock(&lock);
}
void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset) {
  if (fd >= 0) unmodelled(fd, "mmap");
  return (void *)syscall(SYS_mmap, at, length, protection, flags, fd, offset);
}
void *mmap64(void *at, size_t length, int protection, int flags, int fd, off64_t offset) {
  if (fd >= 0) unmodelled(fd, "mmap");
  return (void *)syscall(SYS_mmap, at, length, protection, flags, fd, offset);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  unmodelled(fd, "writev");
  return syscall(SYS_writev, fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  unmodelled(fd, "pwritev");
  return syscall(SYS_pwritev, fd, parts, count, at, 0);
}
int posix_fallocate(int fd, off_t at, off_t length) {
  unmodelled(fd, "posix_fallocate");
  return syscall(SYS_fallocate, fd, 0, at, length) == 0 ? 0 : errno;
}
