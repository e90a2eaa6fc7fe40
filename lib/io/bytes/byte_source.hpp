// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// Bytes in large blocks, whose beginning can be looked at before anything is taken.
class ByteSource : public std::streambuf {
public:
    static constexpr std::size_t block_bytes = std::size_t{64} << 10U;

    /// The next bytes without taking them: `count` (at most `block_bytes`), or fewer before the
    /// end. What goes wrong is left for the first read to find.
    [[nodiscard]] std::string_view peek(std::size_t count);

    /// Why there are no more bytes, where that is not the end: a sentence, such as that compressed
    /// data is cut; empty where all is well.
    [[nodiscard]] virtual std::string damage() const { return {}; }

protected:
    ByteSource() : buffer_(2 * block_bytes) {}

    /// Writes at most `room` bytes; 0 at the end. \throws std::ios_base::failure, which the stream
    /// turns into its badbit
    virtual std::size_t fill(char* to, std::size_t room) = 0;

private:
    int_type underflow() override;

    std::vector<char> buffer_;
};

/// A file, pipe or standard input. A reader that fails says so by `std::ios_base::failure`, with
/// errno set.
class FileSource final : public ByteSource {
public:
    /// Standard input. `std::cin` reads it byte by byte for the sake of C's stdin, and takes a read
    /// error for the end.
    FileSource() noexcept = default;
    /// \throws Error(unreadable) naming the file
    explicit FileSource(const std::string& file);
    ~FileSource() override;
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;

private:
    std::size_t fill(char* to, std::size_t room) override;

    int descriptor_{};
};

} // namespace fabula::detail
