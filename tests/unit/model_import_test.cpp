// SPDX-License-Identifier: Apache-2.0
#include "language_tiny_model.hpp"
#include "model/lookup/model_data.hpp"
#include "model/lookup/subwords.hpp"
#include "model_lookup.hpp"
#include "model_sample.hpp"
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/model.hpp>

#include <fasttext/fasttext.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace fabula;
using namespace fabula::test;

const std::string vectors_nb = "3 4\n"
                               "Ålesund 1 0 0 0 \n"
                               "og 0 1 0 0\n"
                               "hus 0 0 0.5 -1e-3\n";
const std::string vectors_de = "3 4\r\n"
                               "und 0 1 0 0.25\r\n"
                               "hus -1 0 0 0\r\n"
                               "zürich 0.5 0.5 0 0\r\n";

std::string refusal(const std::filesystem::path& path) {
    try {
        (void)Model::load(path);
    } catch (const Error& error) {
        CHECK(error.code() == Errc::damaged_model);
        CHECK(std::string(error.what()).find(path.string()) != std::string::npos);
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("imported fastText models give fastText's own word vectors") {
    const TempFolder folder;
    const auto wanted =
        GENERATE(TinyModel{fasttext::model_name::sg, fasttext::loss_name::ns, false},
                 TinyModel{fasttext::model_name::cbow, fasttext::loss_name::hs, false},
                 TinyModel{fasttext::model_name::sup, fasttext::loss_name::softmax, false},
                 TinyModel{fasttext::model_name::sup, fasttext::loss_name::softmax, true});
    const auto path = folder / (wanted.quantised ? "m.ftz" : "m.bin");
    write_bytes(path, train_tiny_model(wanted));
    fasttext::FastText reference;
    reference.loadModel(path.string());
    const Model model = Model::load(path);
    REQUIRE(model.dimension() == 6);
    CHECK(model.languages() == std::vector<std::string>{"und"});

    std::size_t compared = 0;
    fasttext::Vector expected(6);
    // In the model; then not in it in any form: Latin, Cyrillic and Han, short and long.
    for (const std::string& word :
         {std::string("committee"), std::string("jeg"), std::string("об"), std::string("комитет"),
          std::string("morgenkaffe"), std::string("комитетский"), std::string("x"),
          std::string("北京"), std::string("a-b_c"), std::string(500, 'k')}) {
        INFO(word);
        reference.getWordVector(expected, word);
        const Looked found = look_up(model, word);
        bool zero = true;
        for (std::size_t i = 0; i < 6; ++i) {
            const float value = expected[static_cast<int>(i)];
            zero &= value == 0;
            CHECK(static_cast<double>(found.vector[i]) ==
                  Approx(static_cast<double>(value)).margin(1e-5));
        }
        CHECK(found.known == !zero);
        compared += found.known ? 1U : 0U;
    }
    CHECK(compared >= (wanted.quantised ? 5 : 8));

    // Statistics: counts of the dictionary, by normalised form.
    const detail::ModelData& data = detail::ModelData::of(model);
    CHECK(data.word_probability(data.language_index("xx"), detail::word_hash("jeg")) > 0.005F);
    CHECK(data.word_probability(0, detail::word_hash("kaffe")) == 0);
    double length = 0;
    for (const float value : data.mean(0))
        length += static_cast<double>(value) * static_cast<double>(value);
    CHECK(length > 1e-6);
}

TEST_CASE("a fastText model cut short anywhere is refused") {
    const TempFolder folder;
    const bool quantised = GENERATE(false, true);
    const std::string good =
        train_tiny_model({fasttext::model_name::sup, fasttext::loss_name::softmax, quantised});
    const auto path = folder / "m.bin";
    for (int i = 0; i < 60; ++i) {
        // Close together in the dictionary at the start, far apart in the rows.
        const std::size_t length = i < 40 ? static_cast<std::size_t>(i) * 29
                                          : good.size() * static_cast<std::size_t>(i - 40) / 20;
        write_bytes(path, good.substr(0, length));
        INFO(length << " of " << good.size());
        CHECK(refusal(path) != "accepted");
    }
}

TEST_CASE("aligned text vectors share one space, the article's language first") {
    const TempFolder folder;
    write_bytes(folder / "nb.vec", vectors_nb);
    write_bytes(folder / "de.vec", vectors_de);
    const Model model =
        Model::from_fasttext({{"nb", folder / "nb.vec"}, {"de", folder / "de.vec"}});
    CHECK(model.dimension() == 4);
    CHECK(model.languages() == std::vector<std::string>{"de", "nb"});
    CHECK(model.card().vocabulary == 6);
    CHECK(model.card().subwords == 0);
    CHECK(model.card().quantisation == "int8");

    CHECK(look_up(model, "hus", "nb").vector[2] == Approx(0.5));
    CHECK(look_up(model, "hus", "de").vector[0] == Approx(-1));
    // No language: in the order of the tags. Another file's word: found there.
    CHECK(look_up(model, "hus").vector[0] == Approx(-1));
    CHECK(look_up(model, "og", "de").vector[1] == Approx(1));
    // As spelled, then in lower case.
    CHECK(look_up(model, "Ålesund", "nb").vector[0] == Approx(1));
    CHECK(look_up(model, "ZÜRICH", "de").vector[1] == Approx(0.5));
    CHECK_FALSE(look_up(model, "huset", "nb").known);

    // Zipf's law over three words: 1, 1/2 and 1/3 of their sum.
    const detail::ModelData& data = detail::ModelData::of(model);
    CHECK(data.word_probability(data.language_index("de"), detail::word_hash("und")) ==
          Approx(6.0 / 11).epsilon(0.045));
    CHECK(data.word_probability(data.language_index("nb"), detail::word_hash("hus")) ==
          Approx(2.0 / 11).epsilon(0.045));
    // Their mean, each by p · a / (a + p): nearly the same for words as frequent as these.
    double weights = 0;
    double first = 0;
    for (const auto& [p, value] : {std::pair{6.0 / 11, 0.0}, {3.0 / 11, -1.0}, {2.0 / 11, 0.5}}) {
        weights += p * 2e-3 / (2e-3 + p);
        first += p * 2e-3 / (2e-3 + p) * value;
    }
    CHECK(static_cast<double>(data.mean(data.language_index("de"))[0]) ==
          Approx(first / weights).margin(1e-3));
}

TEST_CASE("bad text vectors are refused with file and line") {
    const TempFolder folder;
    const std::map<std::string, std::pair<std::string, std::string>> cases = {
        {"", {"line 0", "how many words"}},
        {"word 1 2 3\n", {"line 1", "how many words"}},
        {"2 0\n", {"line 1", "not in 1"}},
        {"99999999999 300\n", {"line 1", "promises"}},
        {"2 99999\n", {"line 1", "not in 1"}},
        {"2 2\na 1 2\nb 1\n", {"line 3", "has 1 values instead of 2"}},
        {"2 2\na 1 2\nb 1 2 3\n", {"line 3", "more than 2 values"}},
        {"2 2\na 1 2\nb 1 nan\n", {"line 3", "not a finite number"}},
        {"2 2\na inf 2\nb 1 2\n", {"line 2", "not a finite number"}},
        {"2 2\na 1 1e300\nb 1 2\n", {"line 2", "not a finite number"}},
        {"2 2\na 1 2\nb 1 -1e30\n", {"line 3", "the word \"b\" has the value \"-1e30\""}},
        {"2 2\na 1 two\nb 1 2\n", {"line 2", "\"two\""}},
        {"2 2\na 1 2x\nb 1 2\n", {"line 2", "\"2x\""}},
        {"2 2\na 1  2\nb 1 2\n", {"line 2", "not a finite number"}},
        {"2 2\n 1 2\nb 1 2\n", {"line 2", "no word"}},
        {"1 2\na 1 2\nb 1 2\n", {"line 3", "more words than the 1"}},
        {"2 2\na 1 2345678901234\n", {"line 2", "ends after 1 of 2"}},
    };
    for (const auto& [text, expected] : cases) {
        INFO(text);
        write_bytes(folder / "bad.vec", text);
        const std::string sentence = refusal(folder / "bad.vec");
        if (!text.empty())
            CHECK_THAT(sentence, Catch::Matchers::ContainsSubstring(expected.first));
        CHECK_THAT(sentence, Catch::Matchers::ContainsSubstring(expected.second));
    }
}

TEST_CASE("files that do not go together or are of another kind are refused") {
    const TempFolder folder;
    write_bytes(folder / "nb.vec", vectors_nb);
    write_bytes(folder / "two.vec", "1 2\nword 1 2\n");
    write_bytes(folder / "text.bin", "this is no model at all");
    write_bytes(folder / "text", "this is no model at all");
    CHECK_THROWS_AS(Model::from_fasttext({{"nb", folder / "nb.vec"}, {"en", folder / "two.vec"}}),
                    Error);
    CHECK_THROWS_AS(Model::from_fasttext({}), Error);
    CHECK_THROWS_AS(Model::from_fasttext({{"", folder / "nb.vec"}}), Error);
    CHECK_THROWS_AS(Model::from_fasttext({{"nb", folder / "missing.vec"}}), Error);
    CHECK(refusal(folder / "text.bin") != "accepted");
    CHECK(refusal(folder / "text") != "accepted");
}

TEST_CASE("the first of two equal words of a vector file counts") {
    const TempFolder folder;
    write_bytes(folder / "m.vec", "3 2\na 1 0\nb 0 1\na 0 -1\n");
    const Model model = Model::load(folder / "m.vec");
    CHECK(look_up(model, "a").vector[0] == Approx(1));
    CHECK(look_up(model, "b").vector[1] == Approx(1));
}
