// SPDX-License-Identifier: Apache-2.0
#include "model/model_data.hpp"
#include "model/product_sum.hpp"
#include "model/word_batch.hpp"
#include "model/word_parts.hpp"
#include "model_sample.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

#include <fabula/model.hpp>
#include <fabula/text.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace fabula;
using namespace fabula::detail;

namespace {

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

/// Product-coded rows of random codes; every eighth row is zero.
struct RandomRows {
    std::vector<std::byte> payload;
    std::vector<std::byte> codebook;
    RowMatrix matrix;

    RandomRows(std::size_t rows, std::size_t columns, std::size_t group, unsigned seed) {
        std::mt19937 random(seed);
        const std::size_t groups = columns / group;
        payload.resize(rows * (groups + 1));
        for (std::byte& code : payload)
            code = static_cast<std::byte>(random() % 256);
        for (std::size_t row = 0; row < rows; ++row)
            payload[row * (groups + 1) + groups] =
                static_cast<std::byte>(row % 8 == 0 ? 0 : 1 + random() % 255);
        std::vector<float> centroids(columns * centroids_per_group);
        for (float& value : centroids)
            value = static_cast<float>(random() % 20001) / 10000.0F - 1.0F;
        codebook.resize(centroids.size() * sizeof(float));
        std::memcpy(codebook.data(), centroids.data(), codebook.size());
        matrix = RowMatrix::encoded(RowEncoding::product, payload, codebook, rows, columns, group,
                                    {0.5F, 20.0F});
    }
};

} // namespace

TEST_CASE("A sum of product-coded rows has the bits of one row after another") {
    const auto [word_group, subword_group] = GENERATE(table<std::size_t, std::size_t>(
        {{2, 4}, {4, 4}, {8, 2}, {2, 2}, {4, 8}, {8, 8}, {2, 8}, {4, 2}, {8, 4}}));
    const std::size_t columns = 48;
    const RandomRows words(200, columns, word_group, 1);
    const RandomRows subwords(300, columns, subword_group, 2);
    REQUIRE(ProductSum::fits(words.matrix, subwords.matrix));
    ProductSum sum(words.matrix, subwords.matrix);
    std::mt19937 random(3);
    for (int round = 0; round < 30; ++round) {
        std::vector<float> expected(columns, -0.0F);
        std::vector<float> out(columns, -0.0F);
        for (std::size_t steps = random() % 12; steps > 0; --steps) {
            const float weight = static_cast<float>(1 + random() % 1000) / 300.0F;
            if (random() % 2 == 0) {
                const std::size_t row = random() % 200;
                CHECK(sum.add_word(row, weight) == words.matrix.add(row, weight, expected.data()));
                CHECK(sum.is_word(row) == (row % 8 != 0));
            } else {
                std::vector<std::uint32_t> rows(random() % 200);
                for (std::uint32_t& row : rows)
                    row = static_cast<std::uint32_t>(random() % 300);
                CHECK(sum.add_subwords(rows, weight) ==
                      subwords.matrix.add_all(rows, weight, expected.data()));
            }
        }
        sum.add_to(out.data());
        CHECK(sum.rows() == 0);
        CHECK(same_bits(out, expected));
    }
}

TEST_CASE("Matrices of other encodings and shapes are not summed together") {
    const std::vector<float> values(64);
    const RowMatrix floats = RowMatrix::float32(values.data(), 4, 16);
    const RandomRows wide(8, 48, 4, 1);
    const RandomRows narrow(8, 16, 4, 1);
    const RandomRows odd(8, 12, 4, 1);
    CHECK_FALSE(ProductSum::fits(floats, floats));
    CHECK_FALSE(ProductSum::fits(narrow.matrix, floats));
    CHECK_FALSE(ProductSum::fits(wide.matrix, narrow.matrix));
    CHECK_FALSE(ProductSum::fits(odd.matrix, odd.matrix));
}

TEST_CASE("Many words at once have the bits of one after another") {
    const Model model = Model::load(test::model_dir() / "default.fabula");
    const ModelData& data = model.data();
    REQUIRE(data.batch_table() != nullptr);
    // Known words, forms and compounds that are not listed, other scripts, numbers, and nothing
    // that anyone knows; twice, so that some come again.
    const std::string text =
        "The government ministers unministerially Bundesverfassungsgerichtspräsidentin 2022 17 a "
        "председник правительству невідомого Зеленського მინისტრის κυβερνήσεως الحكومة ממשלה "
        "国际贸易协定 オリンピックは สวัสดีชาวโลก 서울시는 zzzzqqx x qwrtpsdfghjklzxcvbnm नरेन्द्र "
        "Nguyễn "
        "donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen ø";
    TextAnalyzer analyzer;
    const AnalyzedText analyzed = analyzer.analyze(text + ' ' + text, Sentences::skip);
    std::mt19937 random(4);
    std::vector<WeightedWord> words;
    for (const Token& token : analyzed.tokens)
        words.push_back({{token.native, token.fold, token.native, token.kind},
                         token.hash,
                         static_cast<float>(1 + random() % 100) / 64.0F,
                         false});
    words.push_back({{"", "", "", TokenKind::word}, word_hash(""), 1, false});

    std::vector<float> expected(data.dimension());
    std::vector<bool> known;
    for (const WeightedWord& word : words)
        known.push_back(data.add_word(word.spellings.native, word.spellings.fold,
                                      word.spellings.surface, word.spellings.kind, 0, word.weight,
                                      expected.data()));
    for (const std::size_t at_once : {std::size_t{1}, std::size_t{7}, words.size()}) {
        std::vector<float> out(data.dimension());
        WordBatch batch(*data.batch_table());
        for (std::size_t i = 0; i < words.size(); i += at_once)
            batch.add(std::span(words).subspan(i, std::min(at_once, words.size() - i)), out.data());
        CHECK(same_bits(out, expected));
        for (std::size_t i = 0; i < words.size(); ++i)
            CHECK(words[i].known == known[i]);
    }
}

TEST_CASE("Probabilities of many words are those of each") {
    const Model model = Model::load(test::model_dir() / "default.fabula");
    const ModelData& data = model.data();
    const std::vector<std::string> words{"the", "minister", "уряд", "qqzzqq", "og", ""};
    std::vector<std::uint64_t> hashes;
    for (const std::string& word : words)
        hashes.push_back(word_hash(word));
    for (const int language : {-1, data.language_index("en"), data.language_index("uk"), 100'000}) {
        std::vector<float> found(words.size(), 2.0F);
        data.word_probabilities(language, hashes, found);
        for (std::size_t i = 0; i < words.size(); ++i) {
            CHECK(found[i] == data.word_probability(language, words[i]));
            CHECK(found[i] == data.word_probability(language, hashes[i]));
        }
    }
    CHECK(data.word_probability(data.language_index("en"), "the") > 0);
}

TEST_CASE("The parts that are looked for are those that are found") {
    std::mt19937 random(5);
    for (const std::string word : {"unministerially", "мініс", "a", "国际贸易", "", "2022"}) {
        const TokenKind kind = word == "2022"       ? TokenKind::number
                               : word == "国际贸易" ? TokenKind::ideographic
                                                    : TokenKind::word;
        std::vector<std::uint64_t> tried;
        for_each_known_part(
            word, kind,
            [&](std::uint64_t hash) {
                tried.push_back(hash);
                return -1;
            },
            [](int, std::string_view) {});
        std::vector<std::uint64_t> possible;
        for_each_possible_part(
            word, kind,
            [&](std::uint64_t part, std::uint64_t stem) {
                possible.push_back(part);
                possible.push_back(stem);
            },
            [&](std::uint64_t part) { possible.push_back(part); });
        CHECK(possible == tried);
    }
}
