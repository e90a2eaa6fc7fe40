// SPDX-License-Identifier: Apache-2.0
#include "io/bytes/decompress.hpp"

#include <algorithm>
#include <string>

namespace fabula::detail {
namespace {

std::string name_of(Compression kind) {
    switch (kind) {
    case Compression::gzip:
        return "gzip";
    case Compression::zstd:
        return "zstd";
    case Compression::xz:
        return "xz";
    case Compression::bzip2:
        return "bzip2";
    }
    return {};
}

} // namespace

std::optional<Compression> compression_of(std::string_view start) {
    using namespace std::string_view_literals;
    if (start.starts_with("\x1F\x8B\x08"sv))
        return Compression::gzip;
    if (start.starts_with("\x28\xB5\x2F\xFD"sv))
        return Compression::zstd;
    // Skippable frames, as pzstd writes them.
    if (start.size() >= 4 && (static_cast<unsigned char>(start[0]) & 0xF0U) == 0x50 &&
        start.substr(1, 3) == "\x2A\x4D\x18"sv)
        return Compression::zstd;
    if (start.starts_with("\xFD\x37zXZ\0"sv))
        return Compression::xz;
    if (start.size() >= 10 && start.starts_with("BZh") && start[3] >= '1' && start[3] <= '9' &&
        (start.substr(4, 6) == "1AY&SY"sv || start.substr(4, 6) == "\x17\x72\x45\x38\x50\x90"sv))
        return Compression::bzip2;
    return std::nullopt;
}

Decompressed::Decompressed(Compression kind, ByteSource& compressed)
    : kind_(kind), compressed_(compressed), decoder_(make_decoder(kind)) {}

bool Decompressed::refill() {
    if (!rest_.empty())
        return true;
    block_.resize(block_bytes);
    const std::streamsize got =
        compressed_.sgetn(block_.data(), static_cast<std::streamsize>(block_.size()));
    rest_ = std::string_view(block_).substr(
        0, static_cast<std::size_t>(std::max<std::streamsize>(got, 0)));
    bytes_in_ += rest_.size();
    return !rest_.empty();
}

std::size_t Decompressed::fill(char* to, std::size_t room) {
    std::size_t used = 0;
    while (used == 0 && !is_over_) {
        const bool has_input = refill();
        if (!is_in_member_) {
            // Some tools fill up with zeros behind the last member.
            const std::size_t zeros = std::min(rest_.find_first_not_of('\0'), rest_.size());
            if (bytes_out_ > 0)
                rest_.remove_prefix(zeros);
            if (!has_input || (rest_.empty() && !refill())) {
                is_over_ = true;
                break;
            }
            if (rest_.empty())
                continue;
        }
        is_in_member_ = true;
        const std::size_t before = rest_.size();
        const auto state = decoder_->decode(rest_, to, room, used);
        if (state == Decoder::State::member_ends) {
            is_in_member_ = false;
            decoder_->restart();
        } else if (state == Decoder::State::is_damaged) {
            damage_ = "the " + name_of(kind_) + " data is damaged";
        } else if (used == 0 && before == rest_.size() && !refill()) {
            damage_ = "the " + name_of(kind_) + " data ends in the middle";
        } else if (used == 0 && before == rest_.size() && before > 0) {
            damage_ = "the " + name_of(kind_) + " data is damaged";
        }
        if (bytes_out_ + used > free_bytes && (bytes_out_ + used) / most_ratio > bytes_in_)
            damage_ = "the " + name_of(kind_) + " data expands to more than " +
                      std::to_string(most_ratio) +
                      " times its size, as nothing that people write does; if it is right, "
                      "decompress it first";
        if (!damage_.empty()) {
            damage_ += "; what came before that, " + std::to_string(bytes_out_ + used) +
                       " bytes, was read";
            is_over_ = true;
        }
    }
    bytes_out_ += used;
    return used;
}

} // namespace fabula::detail
