// SPDX-License-Identifier: Apache-2.0
#include "io/bytes/decompress.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <bzlib.h>
#include <cstdint>
#include <limits>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

namespace fabula::detail {
namespace {

// The libraries' interfaces are those of C.
// NOLINTBEGIN(*-reinterpret-cast,*-const-cast)

[[noreturn]] void no_memory() {
    throw Error{Errc::unreadable, "there is not enough memory to decompress"};
}

/// What the libraries count in.
unsigned capped(std::size_t bytes) {
    constexpr std::size_t most = std::numeric_limits<unsigned>::max();
    return static_cast<unsigned>(std::min(bytes, most));
}

class GzipDecoder final : public Decoder {
public:
    GzipDecoder() {
        constexpr int gzip_header = 16;
        if (inflateInit2(&stream_, MAX_WBITS + gzip_header) != Z_OK)
            no_memory();
    }
    ~GzipDecoder() override { inflateEnd(&stream_); }

    State decode(std::string_view& in, char* out, std::size_t room, std::size_t& used) override {
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
        stream_.avail_in = capped(in.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out);
        stream_.avail_out = capped(room);
        const int result = inflate(&stream_, Z_NO_FLUSH);
        in.remove_prefix(in.size() - stream_.avail_in);
        used = room - stream_.avail_out;
        if (result == Z_STREAM_END)
            return State::member_ends;
        return result == Z_OK || result == Z_BUF_ERROR ? State::goes_on : State::is_damaged;
    }
    void restart() override { inflateReset(&stream_); }

private:
    z_stream stream_{};
};

class ZstdDecoder final : public Decoder {
public:
    ZstdDecoder() : stream_(ZSTD_createDStream()) {
        if (stream_ == nullptr)
            no_memory();
        constexpr int most_window = 27; // 128 MiB, what every level of the tool keeps to
        ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, most_window);
    }
    ~ZstdDecoder() override { ZSTD_freeDStream(stream_); }

    State decode(std::string_view& in, char* out, std::size_t room, std::size_t& used) override {
        ZSTD_inBuffer from{in.data(), in.size(), 0};
        ZSTD_outBuffer to{out, room, 0};
        const std::size_t result = ZSTD_decompressStream(stream_, &to, &from);
        in.remove_prefix(from.pos);
        used = to.pos;
        if (ZSTD_isError(result) != 0)
            return State::is_damaged;
        return result == 0 ? State::member_ends : State::goes_on;
    }
    void restart() override { ZSTD_DCtx_reset(stream_, ZSTD_reset_session_only); }

private:
    ZSTD_DStream* stream_;
};

class XzDecoder final : public Decoder {
public:
    XzDecoder() { restart(); }
    ~XzDecoder() override { lzma_end(&stream_); }

    State decode(std::string_view& in, char* out, std::size_t room, std::size_t& used) override {
        stream_.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
        stream_.avail_in = in.size();
        stream_.next_out = reinterpret_cast<std::uint8_t*>(out);
        stream_.avail_out = room;
        const lzma_ret result = lzma_code(&stream_, LZMA_RUN);
        in.remove_prefix(in.size() - stream_.avail_in);
        used = room - stream_.avail_out;
        if (result == LZMA_STREAM_END)
            return State::member_ends;
        return result == LZMA_OK || result == LZMA_BUF_ERROR ? State::goes_on : State::is_damaged;
    }
    void restart() override {
        constexpr std::uint64_t most_memory = std::uint64_t{128} << 20U; // xz -9 needs 65 MiB
        if (lzma_stream_decoder(&stream_, most_memory, 0) != LZMA_OK)
            no_memory();
    }

private:
    lzma_stream stream_ = LZMA_STREAM_INIT;
};

class Bzip2Decoder final : public Decoder {
public:
    Bzip2Decoder() { begin(); }
    ~Bzip2Decoder() override { BZ2_bzDecompressEnd(&stream_); }

    State decode(std::string_view& in, char* out, std::size_t room, std::size_t& used) override {
        stream_.next_in = const_cast<char*>(in.data());
        stream_.avail_in = capped(in.size());
        stream_.next_out = out;
        stream_.avail_out = capped(room);
        const int result = BZ2_bzDecompress(&stream_);
        in.remove_prefix(in.size() - stream_.avail_in);
        used = room - stream_.avail_out;
        if (result == BZ_STREAM_END)
            return State::member_ends;
        return result == BZ_OK ? State::goes_on : State::is_damaged;
    }
    void restart() override {
        BZ2_bzDecompressEnd(&stream_);
        begin();
    }

private:
    void begin() {
        stream_ = {};
        if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK)
            no_memory();
    }

    bz_stream stream_{};
};

// NOLINTEND(*-reinterpret-cast,*-const-cast)

} // namespace

std::unique_ptr<Decoder> make_decoder(Compression kind) {
    switch (kind) {
    case Compression::gzip:
        return std::make_unique<GzipDecoder>();
    case Compression::zstd:
        return std::make_unique<ZstdDecoder>();
    case Compression::xz:
        return std::make_unique<XzDecoder>();
    case Compression::bzip2:
        break;
    }
    return std::make_unique<Bzip2Decoder>();
}

} // namespace fabula::detail
