// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cerrno>
#include <ios>
#include <streambuf>
#include <unistd.h>

namespace fabula::detail {

/// Standard input in large blocks. `std::cin` reads it byte by byte for the sake of C's stdin, and
/// takes a read error for the end.
class StandardInput final : public std::streambuf {
private:
    int_type underflow() override {
        ssize_t count = 0;
        do {
            count = ::read(STDIN_FILENO, buffer_.data(), buffer_.size());
        } while (count < 0 && errno == EINTR);
        if (count < 0)
            throw std::ios_base::failure{"read error"}; // the stream turns this into its badbit
        if (count == 0)
            return traits_type::eof();
        setg(buffer_.data(), buffer_.data(), buffer_.data() + count);
        return traits_type::to_int_type(buffer_.front());
    }

    std::array<char, 1U << 16U> buffer_{};
};

} // namespace fabula::detail
