// Preloaded into a server, this is a disk that says a write-ahead log were durable and has not written it: commits no longer
// wait for the disk, as if the server ran with synchronous=NORMAL. A power cut then loses what was acknowledged; a test of power
// cuts that does not see that sees nothing.
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_log(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t size = readlink(link, path, sizeof path);
    return size > 4 && memcmp(path + size - 4, "-wal", 4) == 0;
}

__attribute__((visibility("default"))) int fdatasync(int file) { return is_log(file) ? 0 : (int)syscall(SYS_fdatasync, file); }
__attribute__((visibility("default"))) int fsync(int file) { return is_log(file) ? 0 : (int)syscall(SYS_fsync, file); }
