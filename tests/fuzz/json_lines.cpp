// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>
#include <fabula/text.hpp>

#include <sstream>
#include <string>

namespace {

/// What leaves the reader is legal UTF-8, whatever came in.
void require_legal(const std::string& text) {
    fabula::test::require(fabula::repair_utf8(text) == text);
}

} // namespace

/// Any bytes as JSON Lines: articles, or an error that is the library's own.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string lines(reinterpret_cast<const char*>(bytes), size);
    for (const bool skip_bad_lines : {true, false}) {
        std::istringstream in(lines);
        try {
            fabula::ReadOptions options;
            options.skip_bad_lines = skip_bad_lines;
            options.gold_stories = true;
            const fabula::ArticleSet set = fabula::read_json_lines(in, "input", options);
            fabula::test::require(set.gold_stories.size() == set.articles.size());
            for (const fabula::Article& article : set.articles) {
                require_legal(article.id);
                require_legal(article.title);
                require_legal(article.text);
                require_legal(article.language);
                require_legal(article.source);
            }
            for (const fabula::BadLine& bad : set.bad_lines)
                require_legal(to_string(bad));
        } catch (const fabula::Error& error) {
            require_legal(error.what());
            // What is no JSON Lines at all, such as a compressed file, is no bad line.
            fabula::test::require(!skip_bad_lines || error.code() == fabula::Errc::bad_input);
        }
    }
    return 0;
}
