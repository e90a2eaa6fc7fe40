// SPDX-License-Identifier: Apache-2.0
#include "io/collect/notes.hpp"

#include "io/message.hpp"

namespace fabula::detail {
namespace {

std::string counted(std::size_t count, const char* one, const char* many) {
    return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

} // namespace

void Notes::add(ReadNote::Kind kind, const std::string& detail, const BadLine& place) {
    // Each name of a field has a note of its own; of the rest, one a kind will do.
    Count& count = counts_[{kind, kind == ReadNote::Kind::field_name ? detail : std::string{}}];
    if (count.count++ == 0) {
        BadLine first = place;
        first.reason.clear();
        count.first = to_string(first);
        count.first.resize(count.first.size() - 2); // ": "
        count.detail = detail;
    }
}

std::vector<ReadNote> Notes::take() const {
    using Kind = ReadNote::Kind;
    std::vector<ReadNote> notes;
    for (const auto& [key, count] : counts_) {
        const auto articles = [&](const char* one, const char* many) {
            return counted(count.count, one, many);
        };
        std::string sentence;
        const std::string first = " (the first: " + count.first;
        switch (key.first) {
        case Kind::field_name: {
            const std::size_t cut = count.detail.find('=');
            sentence = "the " + count.detail.substr(0, cut) + " of " +
                       articles("article", "articles") + " is what goes by the name \"" +
                       count.detail.substr(cut + 1) + "\"; --field " + count.detail + " settles it";
            break;
        }
        case Kind::assumed_zone:
            sentence = articles("time has", "times have") + " no zone, which is taken for UTC" +
                       first + ")";
            break;
        case Kind::unreadable_date:
            sentence = articles("article has", "articles have") +
                       " a date that cannot be read, and so none" + first + ", " + count.detail +
                       "); --strict makes that an error";
            break;
        case Kind::unknown_language:
            sentence = articles("article names", "articles name") +
                       " a language that is none, so that it is identified" + first + ", " +
                       in_quotes(count.detail) + "); --strict makes that an error";
            break;
        case Kind::passed_over:
            sentence = articles("file of a folder was", "files of folders were") +
                       " passed over, without articles or of a kind that is not read" + first + ")";
            break;
        case Kind::no_article:
            sentence = articles("entry is", "entries are") + " no article and passed over" + first +
                       ", " + count.detail + ")";
            break;
        }
        notes.push_back({key.first, count.count, std::move(sentence)});
    }
    return notes;
}

} // namespace fabula::detail
