// SPDX-License-Identifier: Apache-2.0
#include "base/atomic_file.hpp"

#include <fabula/error.hpp>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <ostream>
#include <streambuf>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace fs = std::filesystem;

namespace fabula::detail {
namespace {

/// `error_number` = 0: the reason is not known.
[[noreturn]] void fail(const fs::path& file, int error_number) {
    std::string sentence = file.string() + ": cannot be written";
    if (error_number != 0)
        sentence += ": " + std::generic_category().message(error_number);
    throw Error{Errc::unwritable, sentence};
}

/// A stream into a descriptor, which it closes. Remembers why it failed; the standard's do not.
class DescriptorOutput final : public std::streambuf {
public:
    explicit DescriptorOutput(int descriptor) : descriptor_(descriptor) {
        setp(buffer_.data(), buffer_.data() + buffer_.size());
    }
    ~DescriptorOutput() override { close(); }

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

    /// 0, or an errno.
    [[nodiscard]] int error() const noexcept { return error_; }

    void close() {
        // Linux frees the descriptor even where close is interrupted.
        if (descriptor_ >= 0 && ::close(descriptor_) != 0 && errno != EINTR && error_ == 0)
            error_ = errno;
        descriptor_ = -1;
    }

private:
    int_type overflow(int_type c) override {
        if (sync() != 0)
            return traits_type::eof();
        if (!traits_type::eq_int_type(c, traits_type::eof()))
            sputc(traits_type::to_char_type(c));
        return traits_type::not_eof(c);
    }

    int sync() override {
        const char* next = pbase();
        while (error_ == 0 && next < pptr()) {
            const ssize_t count =
                ::write(descriptor_, next, static_cast<std::size_t>(pptr() - next));
            if (count >= 0)
                next += count;
            else if (errno != EINTR)
                error_ = errno;
        }
        setp(buffer_.data(), buffer_.data() + buffer_.size());
        return error_ == 0 ? 0 : -1;
    }

    int descriptor_;
    int error_{0};
    std::array<char, 1U << 16U> buffer_{};
};

/// Leaves the descriptor open. `name` is for the message.
void fill(DescriptorOutput& buffer, const fs::path& name,
          const std::function<void(std::ostream&)>& write) {
    std::ostream out{&buffer};
    write(out);
    out.flush();
    if (!out)
        fail(name, buffer.error());
}

void write_directly(const fs::path& file, const std::function<void(std::ostream&)>& write) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (descriptor < 0)
        fail(file, errno);
    DescriptorOutput buffer{descriptor};
    fill(buffer, file, write);
    buffer.close();
    if (buffer.error() != 0)
        fail(file, buffer.error());
}

/// The file that a chain of symbolic links ends at, whether it is there or not.
fs::path behind_links(fs::path file) {
    constexpr int most_links = 40; // as many as Linux follows
    std::error_code error;
    for (int i = 0; i < most_links && fs::is_symlink(fs::symlink_status(file, error)); ++i)
        file = file.parent_path() / fs::read_symlink(file, error);
    return file;
}

/// A new file that nobody else may read, and that goes away unless it takes another's place.
class Temporary {
public:
    Temporary(const fs::path& folder, const fs::path& wanted_for)
        : name_((folder / ".fabula-XXXXXX").string()),
          descriptor_(::mkostemp(name_.data(), O_CLOEXEC)) {
        if (descriptor_ < 0)
            fail(wanted_for, errno);
    }
    ~Temporary() {
        if (!has_moved_)
            ::unlink(name_.c_str());
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

    /// The permissions that a new file gets here. The umask cannot be asked for without changing
    /// it for all threads, and a folder may have rules of its own: so one is made.
    [[nodiscard]] mode_t usual_mode() const {
        const std::string sample = name_ + "~";
        const int made = ::open(sample.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (made < 0)
            return 0600;
        struct stat status {};
        const bool is_known = ::fstat(made, &status) == 0;
        ::close(made);
        ::unlink(sample.c_str());
        return is_known ? status.st_mode & 0777U : 0600U;
    }

    [[nodiscard]] bool move_to(const fs::path& target) {
        has_moved_ = ::rename(name_.c_str(), target.c_str()) == 0;
        return has_moved_;
    }

private:
    std::string name_;
    int descriptor_;
    bool has_moved_{false};
};

/// Gives the new file what the old one has, or what is usual; what cannot be given is no failure.
void take_over(const Temporary& temporary, const fs::path& target) {
    struct stat old {};
    mode_t mode = 0;
    if (::stat(target.c_str(), &old) == 0) {
        constexpr auto same = static_cast<uid_t>(-1);
        if (::fchown(temporary.descriptor(), old.st_uid, old.st_gid) != 0 &&
            ::fchown(temporary.descriptor(), same, old.st_gid) != 0)
            errno = 0;
        mode = old.st_mode & 0777U;
    } else {
        mode = temporary.usual_mode();
    }
    ::fchmod(temporary.descriptor(), mode);
}

/// That the file now has this name is itself to be on the disk. A folder that cannot be opened or
/// synchronised (one that may not be read, some network's) has done what it can.
void sync_folder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

} // namespace

void write_atomically(const fs::path& file, const std::function<void(std::ostream&)>& write) {
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (status.type() == fs::file_type::none)
        fail(file, error.value());
    if (status.type() == fs::file_type::directory)
        throw Error{Errc::unwritable, file.string() + ": is a folder; name a file in it"};
    const fs::path target = behind_links(file);
    // The second: a file that only a descriptor leads to, as /dev/stdout may.
    if (fs::exists(status) &&
        (status.type() != fs::file_type::regular || !fs::equivalent(file, target, error)))
        return write_directly(file, write);

    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path{"."};
    Temporary temporary{folder, file};
    DescriptorOutput buffer{temporary.descriptor()};
    fill(buffer, file, write);
    take_over(temporary, target);
    if (::fsync(temporary.descriptor()) != 0)
        fail(file, errno);
    buffer.close();
    if (buffer.error() != 0)
        fail(file, buffer.error());
    if (!temporary.move_to(target))
        fail(file, errno);
    sync_folder(folder);
}

} // namespace fabula::detail
