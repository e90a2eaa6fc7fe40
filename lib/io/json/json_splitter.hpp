// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/json/json_shape.hpp"

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// Takes JSON of any size apart into the objects that are its articles, holding one of them at a
/// time. What is broken costs the object it is in, as long as its quotes and brackets are paired.
class JsonSplitter {
public:
    /// Of an object longer than `most` bytes only the beginning is held.
    JsonSplitter(std::istream& in, JsonShape shape, std::uint64_t most);

    /// Goes to the next value that ought to be an article; false at the end, or where nothing can
    /// be read.
    bool next();

    [[nodiscard]] std::string& json() noexcept { return json_; }
    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }
    [[nodiscard]] std::uint64_t offset() const noexcept { return offset_; }
    [[nodiscard]] std::size_t line() const noexcept { return element_line_; }
    [[nodiscard]] std::size_t column() const noexcept { return element_column_; }
    /// Whether the file ended within it.
    [[nodiscard]] bool is_cut() const noexcept { return is_cut_; }
    /// How many there were, this one included.
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

    /// Of an object whose keys name its articles, the key of this one as it is written; else empty.
    [[nodiscard]] const std::string& key() const noexcept {
        static const std::string& none = *new std::string;
        return shape_ == JsonShape::keyed ? key_ : none;
    }

    /// What the object around the list says so far of all articles in it.
    [[nodiscard]] const std::string& feed_language() const noexcept { return feed_language_; }
    [[nodiscard]] const std::string& feed_address() const noexcept { return feed_address_; }

private:
    enum class Frame : char { list, object };

    bool peek(char& c);
    void pass();
    void pass_to(std::size_t stop);
    void read_value(bool is_kept);
    std::string read_string();
    void enter_or_pass(char c);
    void take_feed_string(const std::string& value);

    std::istream& in_;
    JsonShape shape_;
    std::uint64_t most_;
    std::string block_;
    std::size_t at_{};
    std::size_t end_{};
    std::uint64_t block_offset_{};
    std::size_t line_{1};
    std::uint64_t line_begin_{};

    std::vector<Frame> frames_;
    std::string key_;
    bool expects_key_{};

    std::string json_;
    std::uint64_t bytes_{};
    std::uint64_t offset_{};
    std::size_t element_line_{};
    std::size_t element_column_{};
    std::size_t count_{};
    bool is_cut_{};
    std::string feed_language_;
    std::string feed_address_;
};

} // namespace fabula::detail
