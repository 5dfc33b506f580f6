// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/filefaults.h"

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr int kDescriptors = 1024;
constexpr std::size_t kMaxFolder = 4096;

struct State
{
    std::array<char, kMaxFolder> folder{};
    std::array<bool, kDescriptors> isOurs{};
    int at = 0;
    int error = 0;
    bool isShort = false;
    bool isArmed = false;
    bool isFull = false; ///< the disk filled up
    int count = 0;
    const char *failed = "";
};

State state;

template<class Function>
Function *real(const char *name)
{
    void *symbol = ::dlsym(RTLD_NEXT, name);
    Function *function = nullptr;
    std::memcpy(&function, &symbol, sizeof function);
    return function;
}

bool isBelow(const char *path)
{
    const std::size_t length = std::strlen(state.folder.data());
    return state.isArmed && path != nullptr && std::strncmp(path, state.folder.data(), length) == 0 &&
           (path[length] == '/' || path[length] == '\0');
}

bool isOurs(int fd)
{
    return state.isArmed && fd >= 0 && fd < kDescriptors && state.isOurs[static_cast<std::size_t>(fd)];
}

/// Counts a call; true when it is the one that has to fail.
bool fails(const char *kind)
{
    if (++state.count != state.at)
        return false;
    state.failed = kind;
    errno = state.error;
    return true;
}

int opened(int fd, const char *path)
{
    if (fd >= 0 && fd < kDescriptors)
        state.isOurs[static_cast<std::size_t>(fd)] = isBelow(path);
    return fd;
}

template<class Open>
int openFile(const char *path, Open &&open)
{
    if (isBelow(path) && fails("open"))
        return -1;
    return opened(open(), path);
}

mode_t modeOf(int flags, std::va_list list)
{
    const bool hasMode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
    return hasMode ? static_cast<mode_t>(va_arg(list, unsigned int)) : 0;
}

int syncFile(int fd, const char *name)
{
    if (isOurs(fd) && fails("sync"))
        return -1;
    return real<int(int)>(name)(fd);
}

} // namespace

#define WITH_MODE                                                                                                      \
    std::va_list list;                                                                                                 \
    va_start(list, flags);                                                                                             \
    const mode_t mode = modeOf(flags, list);                                                                           \
    va_end(list)

extern "C" {

void parallaxArmFileFaults(const char *folder, int at, int error, int isShort)
{
    state = {};
    std::strncpy(state.folder.data(), folder, kMaxFolder - 1);
    state.at = at;
    state.error = error;
    state.isShort = isShort != 0;
    state.isArmed = true;
}

int parallaxDisarmFileFaults()
{
    state.isArmed = false;
    return state.count;
}

const char *parallaxFailedFileCall()
{
    return state.failed;
}

int open(const char *path, int flags, ...)
{
    WITH_MODE;
    return openFile(path, [&] { return real<int(const char *, int, ...)>("open")(path, flags, mode); });
}

int open64(const char *path, int flags, ...)
{
    WITH_MODE;
    return openFile(path, [&] { return real<int(const char *, int, ...)>("open64")(path, flags, mode); });
}

int openat(int folder, const char *path, int flags, ...)
{
    WITH_MODE;
    return openFile(path, [&] { return real<int(int, const char *, int, ...)>("openat")(folder, path, flags, mode); });
}

int close(int fd)
{
    if (fd >= 0 && fd < kDescriptors)
        state.isOurs[static_cast<std::size_t>(fd)] = false;
    return real<int(int)>("close")(fd);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    const auto next = real<ssize_t(int, const void *, size_t)>("write");
    if (!isOurs(fd))
        return next(fd, bytes, size);
    if (state.isFull) {
        errno = state.error;
        return -1;
    }
    if (!fails("write"))
        return next(fd, bytes, size);
    if (!state.isShort)
        return -1;
    state.isFull = true;
    return next(fd, bytes, size / 2);
}

int fsync(int fd)
{
    return syncFile(fd, "fsync");
}

int fdatasync(int fd)
{
    return syncFile(fd, "fdatasync");
}

int fchmod(int fd, mode_t mode)
{
    if (isOurs(fd) && fails("mode"))
        return -1;
    return real<int(int, mode_t)>("fchmod")(fd, mode);
}

int rename(const char *from, const char *to)
{
    if (isBelow(to) && fails("rename"))
        return -1;
    return real<int(const char *, const char *)>("rename")(from, to);
}

int renameat(int fromFolder, const char *from, int toFolder, const char *to)
{
    if (isBelow(to) && fails("rename"))
        return -1;
    return real<int(int, const char *, int, const char *)>("renameat")(fromFolder, from, toFolder, to);
}

int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned int flags)
{
    if (isBelow(to) && fails("rename"))
        return -1;
    return real<int(int, const char *, int, const char *, unsigned int)>("renameat2")(fromFolder, from, toFolder, to,
                                                                                      flags);
}

int link(const char *from, const char *to)
{
    if (isBelow(to) && fails("link"))
        return -1;
    return real<int(const char *, const char *)>("link")(from, to);
}

int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags)
{
    if (isBelow(to) && fails("link"))
        return -1;
    return real<int(int, const char *, int, const char *, int)>("linkat")(fromFolder, from, toFolder, to, flags);
}
}

#ifdef PARALLAX_FAULTS_FROM_ENVIRONMENT
namespace {
[[gnu::constructor]] void armFromEnvironment()
{
    const char *folder = std::getenv("PARALLAX_FAULT_FOLDER");
    const char *at = std::getenv("PARALLAX_FAULT_AT");
    const char *error = std::getenv("PARALLAX_FAULT_ERRNO");
    if (folder != nullptr && at != nullptr && error != nullptr)
        parallaxArmFileFaults(folder, std::atoi(at), std::atoi(error), 0);
}
} // namespace
#endif
