// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/bytes/byte_source.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace fabula::detail {

enum class Compression { gzip, zstd, xz, bzip2 };

/// By the first bytes.
[[nodiscard]] std::optional<Compression> compression_of(std::string_view start);

/// Takes compressed bytes and gives what they stand for, block by block.
class Decoder {
public:
    Decoder() = default;
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    virtual ~Decoder() = default;

    enum class State { goes_on, member_ends, is_damaged };
    /// Takes bytes off the front of `in`, and adds to `out` from `used` on, as far as there is
    /// room.
    virtual State decode(std::string_view& in, char* out, std::size_t room, std::size_t& used) = 0;
    /// After a member has ended and another follows.
    virtual void restart() = 0;
};

/// \throws Error(unreadable) where there is no memory for it
[[nodiscard]] std::unique_ptr<Decoder> make_decoder(Compression kind);

/// What a compressed source stands for; of several members one after the other, all. A bomb (more
/// than `most_ratio` times its size, from `free_bytes` on) and a cut end are damage: what came
/// before them has been read.
class Decompressed final : public ByteSource {
public:
    static constexpr std::uint64_t most_ratio = 250;
    static constexpr std::uint64_t free_bytes = std::uint64_t{64} << 20U;

    /// `compressed` must stay.
    Decompressed(Compression kind, ByteSource& compressed);

    [[nodiscard]] std::string damage() const override { return damage_; }

private:
    std::size_t fill(char* to, std::size_t room) override;
    [[nodiscard]] bool refill();

    Compression kind_;
    ByteSource& compressed_;
    std::unique_ptr<Decoder> decoder_;
    std::string block_;
    std::string_view rest_; ///< of `block_`
    bool is_in_member_{};
    bool is_over_{};
    std::uint64_t bytes_in_{};
    std::uint64_t bytes_out_{};
    std::string damage_;
};

} // namespace fabula::detail
