// SPDX-License-Identifier: Apache-2.0
#include "io/message.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <cerrno>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace fs = std::filesystem;

namespace fabula::inline v0 {
namespace {

[[noreturn]] void fail(const fs::path& file, int error_number) {
    throw Error{Errc::unreadable,
                file.string() + ": cannot be written" + detail::system_reason(error_number)};
}

void write_directly(const fs::path& target, const fs::path& name,
                    const std::function<void(std::ostream&)>& write) {
    errno = 0;
    std::ofstream out{target, std::ios::binary | std::ios::trunc};
    if (!out)
        fail(name, errno);
    write(out);
    out.close(); // flushes; sets the failbit where that fails
    if (!out)
        fail(name, errno);
}

/// Removes the temporary file unless it became the real one.
struct Remover {
    fs::path file;
    ~Remover() {
        std::error_code ignored;
        if (!file.empty())
            fs::remove(file, ignored);
    }
};

} // namespace

void write_file(const fs::path& file, const std::function<void(std::ostream&)>& write) {
    std::error_code error;
    // Through symbolic links, so that the file they point to is replaced and not the link.
    fs::path target = fs::weakly_canonical(file, error);
    if (error)
        target = file;
    const fs::file_status status = fs::status(target, error);
    if (status.type() == fs::file_type::directory)
        throw Error{Errc::unreadable, file.string() + ": is a folder; name a file in it"};
    if (fs::exists(status) && status.type() != fs::file_type::regular) {
        write_directly(target, file, write);
        return;
    }

    fs::path temporary = target;
    temporary += ".part-" + std::to_string(::getpid());
    Remover remover{temporary};
    write_directly(temporary, file, write);
    if (fs::exists(status))
        fs::permissions(temporary, status.permissions(), error);
    fs::rename(temporary, target, error);
    if (error)
        fail(file, error.value());
    remover.file.clear();
}

} // namespace fabula::inline v0
