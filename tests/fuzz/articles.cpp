// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/input.hpp>
#include <fabula/text.hpp>

#include <string>
#include <vector>

namespace {

/// What leaves the reader is legal UTF-8, whatever came in.
void require_legal(const std::string& text) {
    fabula::test::require(fabula::repair_utf8(text) == text);
}

} // namespace

/// Any bytes as a file of any kind: articles, or an error that is the library's own.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const fabula::test::TempFolder folder;
    for (const char* name : {"input", "input.txt", "input.csv"}) {
        const std::vector<std::string> inputs{
            folder.write(name, {reinterpret_cast<const char*>(bytes), size}).string()};
        fabula::ReadOptions options;
        options.skip_bad_lines = true;
        options.leave_texts = true;
        try {
            fabula::ArticleSet set = fabula::read_articles(inputs, options);
            std::string text;
            for (std::size_t i = 0; i < set.articles.size(); ++i) {
                const fabula::Article& article = set.articles[i];
                set.texts->read(i, text);
                for (const std::string& part :
                     {article.id, article.title, text, article.language, article.source})
                    require_legal(part);
            }
            for (const fabula::BadLine& bad : set.bad_lines)
                require_legal(to_string(bad));
            for (const fabula::ReadNote& note : set.notes)
                require_legal(note.sentence);
        } catch (const fabula::Error& error) {
            require_legal(error.what());
            fabula::test::require(error.code() == fabula::Errc::bad_input);
        }
    }
    return 0;
}
