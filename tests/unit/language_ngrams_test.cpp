// SPDX-License-Identifier: Apache-2.0
#include "language/ngrams.hpp"
#include "support/catch.hpp"
#include "unit/language_tiny_model.hpp"

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

using namespace fabula;

TEST_CASE("kept n-grams get the ids that fastText gives them") {
    const std::string bytes = test::train_tiny_model({.quantised = true});
    const detail::FastTextFile file = detail::check_fasttext(bytes);
    const detail::KeptNgrams ngrams(bytes, file);
    REQUIRE(ngrams.usable());
    const auto model = detail::load_fasttext(bytes);
    const auto dictionary = model->getDictionary();

    std::size_t known = 0;
    for (const std::string word :
         {"hared", "committees", "tomorrows", "snakker", "комитеты", "завтраки", "они́", "x", "я",
          "thinking", "saker", "qqqq", "मराठी"}) {
        INFO(word);
        REQUIRE(dictionary->getId(word) < 0);
        std::vector<std::int32_t> expected;
        std::vector<std::int32_t> labels;
        std::istringstream in(word); // no line break, so no id of one
        dictionary->getLine(in, expected, labels);
        std::vector<std::int32_t> found;
        ngrams.append(word, found);
        CHECK(found == expected);
        known += found.size();
    }
    CHECK(known > 20);
}

TEST_CASE("a model whose n-grams are all kept has no list of them") {
    const std::string bytes = test::train_tiny_model({});
    CHECK_FALSE(detail::KeptNgrams(bytes, detail::check_fasttext(bytes)).usable());
    CHECK_FALSE(detail::KeptNgrams().usable());
}
