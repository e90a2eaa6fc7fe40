// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/model_data.hpp"
#include "model/lookup/subwords.hpp"
#include "model/lookup/unknown_words.hpp"
#include "model/lookup/word_batch.hpp"
#include "model/rows/product_sum.hpp"
#include "model_sample.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

#include <fabula/model.hpp>
#include <fabula/text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>
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

namespace {

/// What `WordBatch::add` promises: first the words with a row of their own, in their order, then
/// the vector of each other word, times its weight.
struct WordByWord {
    std::vector<float> sum;
    std::vector<bool> known;

    WordByWord(const WordTable& table, const std::vector<WeightedWord>& words)
        : sum(table.words.columns()), known(words.size()) {
        for (std::size_t i = 0; i < words.size(); ++i)
            known[i] = table.add_known(words[i].spellings, words[i].weight, sum.data());
        for (std::size_t i = 0; i < words.size(); ++i)
            if (!known[i]) {
                std::vector<float> vector(sum.size());
                const WordSpellings& spellings = words[i].spellings;
                known[i] = table.add_from_subwords(spellings, 1, vector.data());
                for (std::size_t d = 0; d < sum.size(); ++d)
                    sum[d] += words[i].weight * vector[d];
            }
    }
};

} // namespace

TEST_CASE("Many words at once have the bits of one after another") {
    const Model model = Model::load(test::model_dir() / "default.fabula");
    const ModelData& data = ModelData::of(model);
    REQUIRE(data.batch_table() != nullptr);
    const WordTable& table = *data.batch_table();
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
        words.push_back({{token.normalised, token.romanised, token.normalised, token.kind},
                         token.hash,
                         static_cast<float>(1 + random() % 100) / 64.0F,
                         false});
    words.push_back({{"", "", "", TokenKind::word}, word_hash(""), 1, false});

    // In store or not, one batch after another.
    UnknownWords remembered(data.dimension());
    for (const std::size_t at_once : {std::size_t{1}, std::size_t{7}, words.size()}) {
        WordBatch batch(table, remembered);
        std::vector<float> expected(data.dimension());
        std::vector<float> out(data.dimension());
        std::vector<float> rows(words.size() * data.dimension());
        for (std::size_t i = 0; i < words.size(); i += at_once) {
            const std::size_t count = std::min(at_once, words.size() - i);
            const std::vector<WeightedWord> some(words.begin() + static_cast<std::ptrdiff_t>(i),
                                                 words.begin() +
                                                     static_cast<std::ptrdiff_t>(i + count));
            WordByWord reference(table, some);
            std::fill(out.begin(), out.end(), 0.0F);
            batch.add(std::span(words).subspan(i, count), out.data());
            CHECK(same_bits(out, reference.sum));
            for (std::size_t k = 0; k < count; ++k)
                CHECK(words[i + k].known == reference.known[k]);
            batch.add_each(std::span(words).subspan(i, count), rows.data() + i * data.dimension());
        }
        for (std::size_t i = 0; i < words.size(); ++i) {
            const WordByWord alone(table, {words[i]});
            const auto row = rows.begin() + static_cast<std::ptrdiff_t>(i * data.dimension());
            CHECK(same_bits({row, row + static_cast<std::ptrdiff_t>(data.dimension())}, alone.sum));
        }
    }
}

TEST_CASE("Words that take each other's place keep their vectors") {
    const Model model = Model::load(test::model_dir() / "default.fabula");
    const WordTable& table = *ModelData::of(model).batch_table();
    const std::size_t dimension = ModelData::of(model).dimension();
    // More words than there are places, so that each place changes hands; three times over.
    std::vector<std::string> spellings;
    for (std::size_t i = 0; i < 40'000; ++i)
        spellings.push_back("zq" + std::to_string(i * 7919) + "xw");
    UnknownWords remembered(dimension);
    WordBatch batch(table, remembered);
    std::vector<float> first(spellings.size() * dimension);
    for (int round = 0; round < 3; ++round) {
        std::vector<float> rows(spellings.size() * dimension);
        for (std::size_t i = 0; i < spellings.size(); i += 50) {
            std::vector<WeightedWord> words;
            for (std::size_t k = i; k < i + 50; ++k)
                words.push_back({{spellings[k], spellings[k], spellings[k], TokenKind::word},
                                 word_hash(spellings[k]),
                                 1.5F,
                                 false});
            batch.add_each(words, rows.data() + i * dimension);
        }
        if (round == 0)
            first = rows;
        CHECK(same_bits(rows, first));
    }
    CHECK(std::any_of(first.begin(), first.end(), [](float value) { return value != 0; }));
}

TEST_CASE("What the store of unknown words has is what was put there") {
    UnknownWords store(8);
    const std::uint64_t hash = 0x1234'5678'9abc'def0;
    CHECK_FALSE(store.has(hash));
    CHECK_FALSE(store.has(0));
    float* const values = store.take_place(hash);
    CHECK(std::all_of(values, values + 8, [](float value) { return value == 0; }));
    CHECK(store.has(hash));
    CHECK_FALSE(store.known(hash));
    values[3] = 2;
    store.set_known(hash, true);
    CHECK(store.known(hash));
    CHECK(store.values(hash)[3] == 2);
    // Another word of the same place.
    const std::uint64_t other = hash ^ (std::uint64_t{1} << 60);
    CHECK_FALSE(store.has(other));
    CHECK(store.take_place(other)[3] == 0);
    CHECK(store.has(other));
    CHECK_FALSE(store.known(other));
    CHECK_FALSE(store.has(hash));
}

TEST_CASE("Probabilities of many words are those of each") {
    const Model model = Model::load(test::model_dir() / "default.fabula");
    const ModelData& data = ModelData::of(model);
    const std::vector<std::string> words{"the", "minister", "уряд", "qqzzqq", "og", ""};
    std::vector<std::uint64_t> hashes;
    for (const std::string& word : words)
        hashes.push_back(word_hash(word));
    for (const int language : {-1, data.language_index("en"), data.language_index("uk"), 100'000}) {
        std::vector<float> found(words.size(), 2.0F);
        data.word_probabilities(language, hashes, found);
        for (std::size_t i = 0; i < words.size(); ++i) {
            CHECK(found[i] == data.word_probability(language, hashes[i]));
        }
    }
    CHECK(data.word_probability(data.language_index("en"), word_hash("the")) > 0);
}
