// SPDX-License-Identifier: Apache-2.0
#include "io/json/json_splitter.hpp"

#include "io/bytes/append_within.hpp"
#include "io/json/json_line.hpp"

#include <algorithm>

namespace fabula::detail {

JsonSplitter::JsonSplitter(std::istream& in, JsonShape shape, std::uint64_t most)
    : in_(in), shape_(shape), most_(most), block_(std::size_t{64} << 10U, ' ') {}

/// The next byte, which stays.
bool JsonSplitter::peek(char& c) {
    if (at_ == end_) {
        if (!in_.good())
            return false;
        block_offset_ += end_;
        in_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
        at_ = 0;
        end_ = in_.bad() ? 0 : static_cast<std::size_t>(in_.gcount());
        if (end_ == 0)
            return false;
    }
    c = block_[at_];
    return true;
}

void JsonSplitter::pass() {
    if (block_[at_] == '\n') {
        ++line_;
        line_begin_ = block_offset_ + at_ + 1;
    }
    ++at_;
}

/// Passes what is within the block.
void JsonSplitter::pass_to(std::size_t stop) {
    const std::string_view passed{block_.data(), stop};
    for (std::size_t i = passed.find('\n', at_); i != std::string_view::npos;
         i = passed.find('\n', i + 1)) {
        ++line_;
        line_begin_ = block_offset_ + i + 1;
    }
    at_ = stop;
}

/// Reads a whole value: an object, a list, a string or a word. Where it is kept, as the next
/// article.
void JsonSplitter::read_value(bool is_kept) {
    if (is_kept) {
        if (json_.capacity() > kept_room)
            std::string().swap(json_);
        json_.clear();
        offset_ = block_offset_ + at_;
        element_line_ = line_;
        element_column_ = static_cast<std::size_t>(offset_ - line_begin_) + 1;
        bytes_ = 0;
        ++count_;
    }
    std::size_t depth = 0;
    bool in_string = false;
    bool is_escaped = false;
    bool is_over = false;
    char c = '\0';
    while (!is_over) {
        if (!peek(c)) {
            is_cut_ = is_cut_ || depth > 0 || in_string;
            break;
        }
        const std::size_t begin = at_;
        std::size_t quote = at_; // the next one in the block, where that is known
        bool knows_quote = false;
        while (at_ < end_ && !is_over) {
            if (in_string && !is_escaped) { // all up to the next quote or backslash
                if (!knows_quote || quote < at_) {
                    quote = std::min(std::string_view(block_.data(), end_).find('"', at_), end_);
                    knows_quote = true;
                }
                pass_to(std::min(std::string_view(block_.data(), quote).find('\\', at_), quote));
                if (at_ == end_)
                    break;
            }
            c = block_[at_];
            if (in_string) {
                if (is_escaped) {
                    is_escaped = false;
                } else if (c == '\\') {
                    is_escaped = true;
                } else if (c == '"') {
                    in_string = false;
                    is_over = depth == 0;
                }
            } else if (c == '"') {
                in_string = true;
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if (c == '}' || c == ']') {
                if (depth == 0) {
                    is_over = true; // of what is around a word
                    break;
                }
                is_over = --depth == 0;
            } else if (depth == 0 && (c == ',' || c == ' ' || c == '\n' || c == '\r' || c == '\t' ||
                                      c == record_separator)) {
                is_over = true;
                break;
            }
            pass();
        }
        if (is_kept) {
            if (bytes_ <= most_)
                append_within(json_, {block_.data() + begin, at_ - begin}, most_);
            bytes_ += at_ - begin;
        }
    }
}

/// A string as it is written, without its quotes, of which at most a part is held.
std::string JsonSplitter::read_string() {
    constexpr std::size_t most_held = 1000;
    std::string text;
    char c = '\0';
    pass();
    while (peek(c)) {
        pass();
        if (c == '"')
            return text;
        if (c == '\\' && peek(c))
            pass();
        if (text.size() < most_held)
            text += c;
    }
    is_cut_ = true;
    return text;
}

void JsonSplitter::take_feed_string(const std::string& value) {
    if (key_ == "language")
        feed_language_ = value;
    else if (key_ == "home_page_url" || (key_ == "feed_url" && feed_address_.empty()))
        feed_address_ = value;
}

/// At a bracket in the object around: goes in where the articles may be there.
void JsonSplitter::enter_or_pass(char c) {
    const bool enters = c == '[' ? names_articles(key_) && frames_.size() <= most_wrappings
                                 : frames_.size() < most_wrappings;
    if (!enters) {
        read_value(false);
        return;
    }
    pass();
    frames_.push_back(c == '[' ? Frame::list : Frame::object);
    expects_key_ = c == '{';
}

bool JsonSplitter::next() {
    char c = '\0';
    is_cut_ = false;
    while (peek(c)) {
        const bool is_space =
            c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == record_separator;
        const bool in_object = !frames_.empty() && frames_.back() == Frame::object;
        if (is_space || c == ',' || c == ':' || static_cast<unsigned char>(c) == 0xEF ||
            static_cast<unsigned char>(c) == 0xBB || static_cast<unsigned char>(c) == 0xBF) {
            expects_key_ = in_object && (expects_key_ || c == ',');
            pass(); // the last three are those of a byte order mark
        } else if (c == '}' || c == ']') {
            pass();
            if (!frames_.empty())
                frames_.pop_back();
            expects_key_ = false;
        } else if (in_object && c == '"') {
            const bool is_key = expects_key_;
            std::string string = read_string();
            if (is_key)
                key_ = std::move(string);
            else
                take_feed_string(string);
            expects_key_ = false;
        } else if (in_object && c == '{' && shape_ == JsonShape::keyed) {
            read_value(true);
            return true;
        } else if (in_object && (c == '{' || c == '[')) {
            enter_or_pass(c);
        } else if (in_object) {
            read_value(false);
        } else if (frames_.empty() && c == '[') {
            pass();
            frames_.push_back(Frame::list);
        } else if (frames_.empty() && c == '{' && shape_ != JsonShape::values) {
            pass();
            frames_.push_back(Frame::object);
            expects_key_ = true;
        } else {
            read_value(true);
            return true;
        }
    }
    is_cut_ = !frames_.empty();
    return false;
}

} // namespace fabula::detail
