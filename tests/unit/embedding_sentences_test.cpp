// SPDX-License-Identifier: Apache-2.0
#include "embedding/sentence_vectors.hpp"
#include "embedding/word_numbers.hpp"
#include "embedding/word_sum.hpp"
#include "scoring/sentence_coverage.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"

#include <fabula/embedding.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace fabula;
using test::embedder;
using test::length;
using test::plain;

namespace {

std::string_view at(std::string_view text, const ByteRange& range) {
    return text.substr(range.begin, range.end - range.begin);
}

/// Sizes, lengths and the order of the ranges.
void check_shape(const Article& article, const SentenceEmbeddings& sentences) {
    REQUIRE(sentences.matrix.rows == sentences.ranges.size());
    REQUIRE(sentences.matrix.values.size() == sentences.matrix.rows * sentences.matrix.dimension);
    std::size_t last = 0;
    for (std::size_t i = 0; i < sentences.matrix.rows; ++i) {
        const double norm = length(sentences.matrix.row(i));
        CHECK((norm == 0 || std::abs(norm - 1) < 1e-5));
        const ByteRange& range = sentences.ranges[i];
        CHECK(range.begin < range.end);
        if (i == 0 && sentences.has_title) {
            CHECK(range.end <= article.title.size());
            continue;
        }
        CHECK(range.begin >= last);
        CHECK(range.end <= article.text.size());
        last = range.end;
    }
}

} // namespace

TEST_CASE("sentence embeddings: ranges lie in the text, in order, and cover its words") {
    for (const Article& article : test::example_articles()) {
        INFO(article.id);
        const SentenceEmbeddings sentences = embedder().embed_sentences(article);
        check_shape(article, sentences);
        CHECK(sentences.has_title);
        CHECK(sentences.matrix.rows >= 3);
        // Most bytes are within a sentence; the rest is punctuation, blanks and boilerplate.
        std::size_t covered = 0;
        for (std::size_t i = 1; i < sentences.ranges.size(); ++i)
            covered += sentences.ranges[i].end - sentences.ranges[i].begin;
        CHECK(static_cast<double>(covered) > 0.6 * static_cast<double>(article.text.size()));
    }
}

TEST_CASE("sentence embeddings: one row a sentence, the title first") {
    Article article = plain("The ferry left the harbour. A storm came up!\nNobody was hurt?", "en");
    article.title = "  Ferry in a storm.  ";
    const SentenceEmbeddings sentences = embedder().embed_sentences(article);
    check_shape(article, sentences);
    REQUIRE(sentences.matrix.rows == 4);
    CHECK(sentences.has_title);
    CHECK(at(article.title, sentences.ranges[0]) == "Ferry in a storm");
    CHECK(at(article.text, sentences.ranges[1]) == "The ferry left the harbour");
    CHECK(at(article.text, sentences.ranges[2]) == "A storm came up");
    CHECK(at(article.text, sentences.ranges[3]) == "Nobody was hurt");

    article.title.clear();
    const SentenceEmbeddings untitled = embedder().embed_sentences(article);
    CHECK_FALSE(untitled.has_title);
    CHECK(untitled.matrix.rows == 3);
}

TEST_CASE("sentence embeddings: a sentence has the vector of an article that is that sentence") {
    const Article article = plain("地震で村の家が壊れた。中央銀行は金利を引き下げた。", "ja");
    const SentenceEmbeddings sentences = embedder().embed_sentences(article);
    check_shape(article, sentences);
    REQUIRE(sentences.matrix.rows == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        const std::string text(at(article.text, sentences.ranges[i]));
        CHECK(cosine_similarity(sentences.matrix.row(i),
                                embedder().embed(plain(text, "ja")).vector) > 0.9999F);
    }
}

TEST_CASE("sentence embeddings: words that came before change no bit") {
    const Model& model = test::default_model();
    detail::SentenceVectors one_for_all(detail::ModelData::of(model));
    TextAnalyzer analyzer;
    const detail::BoilerplateFilter boilerplate;
    for (int round = 0; round < 2; ++round)
        for (const Article& article : test::example_articles()) {
            INFO(article.id);
            const auto analyzed =
                detail::analyze_article(article, model, boilerplate, analyzer, Sentences::find);
            const SentenceEmbeddings sentences = one_for_all.of(analyzed, article);
            const SentenceEmbeddings alone =
                detail::SentenceVectors(detail::ModelData::of(model)).of(analyzed, article);
            CHECK(sentences.matrix.values == alone.matrix.values);
            CHECK(sentences.ranges == alone.ranges);
            CHECK(sentences.has_title == alone.has_title);
        }
}

TEST_CASE("sentence embeddings: as many as are compared, unless all are asked for") {
    const Model& model = test::default_model();
    TextAnalyzer analyzer;
    std::vector<SentenceEmbeddings> all;
    std::vector<SentenceEmbeddings> compared;
    for (const std::string word : {"ferry", "ship"}) {
        Article article = plain("", "en");
        for (int i = 0; i < 250; ++i)
            article.text += "The " + word + " left harbour " + std::to_string(i) + " in a storm.\n";
        for (const std::string title : {"", "A title"}) {
            article.title = title;
            all.push_back(embedder().embed_sentences(article));
            compared.push_back(
                detail::SentenceVectors(detail::ModelData::of(model))
                    .of(detail::analyze_article(article, model, {}, analyzer, Sentences::find),
                        article));
            const std::size_t titles = title.empty() ? 0 : 1;
            CHECK(all.back().matrix.rows == titles + 250);
            const SentenceEmbeddings& few = compared.back();
            check_shape(article, few);
            REQUIRE(few.matrix.rows == titles + 100);
            CHECK(few.has_title == all.back().has_title);
            CHECK(std::equal(few.ranges.begin(), few.ranges.end(), all.back().ranges.begin()));
            CHECK(std::equal(few.matrix.values.begin(), few.matrix.values.end(),
                             all.back().matrix.values.begin()));
        }
    }
    const detail::Coverage of_all = detail::sentence_coverage(all[0], all[3]);
    const detail::Coverage of_few = detail::sentence_coverage(compared[0], compared[3]);
    CHECK(of_few.first_aligned > 0);
    CHECK(of_few.first_aligned == of_all.first_aligned);
    CHECK(of_few.second_aligned == of_all.second_aligned);
    CHECK(detail::aligned_passages(compared[0], compared[3], 0, 1000).size() ==
          detail::aligned_passages(all[0], all[3], 0, 1000).size());
}

TEST_CASE("word numbers: from 0 in the order of first occurrence, however many") {
    std::mt19937_64 random(42);
    for (const std::size_t room : {std::size_t{0}, std::size_t{10}, std::size_t{5000}}) {
        detail::WordNumbers numbers(room);
        std::map<std::uint64_t, std::uint32_t> expected;
        for (int i = 0; i < 5000; ++i) {
            // Few that end alike, and the one that is like a free place.
            const std::uint64_t hash = random() % 1500 * (i % 2 == 0 ? 1U : 1U << 20U);
            CHECK(numbers.find(hash).has_value() == (expected.count(hash) != 0));
            const auto next = static_cast<std::uint32_t>(expected.size());
            const auto [known, is_new] = expected.emplace(hash, next);
            CHECK(numbers.of(hash) == std::pair(known->second, is_new));
            CHECK(numbers.find(hash) == known->second);
        }
        CHECK(numbers.size() == expected.size());
    }
}

TEST_CASE("word vectors: the sum of words is that of adding them one after another") {
    const detail::ModelData& data = detail::ModelData::of(test::default_model());
    const int language = data.language_index("en");
    const std::string text = "The ministers unministerially met, and the ministers of Zzyqqx met "
                             "again in Qwrtpsd, Kyiv and Bundesverfassungsgericht; the Zzyqqx too.";
    TextAnalyzer analyzer;
    const AnalyzedText analyzed = analyzer.analyze(text, Sentences::skip);
    detail::WordVectors words(data, language, EmbedOptions{}.word_weight);
    std::vector<std::uint32_t> numbers;
    std::set<std::uint64_t> hashes;
    for (const Token& token : analyzed.tokens) {
        numbers.push_back(words.number(token, text));
        hashes.insert(token.hash);
    }
    words.look_up();
    CHECK(words.size() == hashes.size());
    CHECK(words.number(analyzed.tokens[1], text) == numbers[1]);

    std::vector<float> expected(data.dimension());
    detail::WordSum sum(data, language, EmbedOptions{}.word_weight, expected);
    for (const Token& token : analyzed.tokens)
        sum.add(token, text, 1);
    CHECK(sum.finish() == analyzed.tokens.size());
    std::vector<float> found(data.dimension());
    words.sum(numbers, found);
    for (std::size_t d = 0; d < found.size(); ++d)
        CHECK(found[d] == Approx(expected[d]).margin(1e-6));
    words.sum({}, found);
    CHECK(std::all_of(found.begin(), found.end(), [](float value) { return value == 0; }));
}

TEST_CASE("sentence embeddings: translated sentences find each other") {
    const Article english = plain("The minister resigned on Tuesday. Heavy rain flooded the city. "
                                  "The museum found a stolen painting.",
                                  "en");
    const Article ukrainian =
        plain("Музей знайшов викрадену картину. Міністр подав у відставку у вівторок. "
              "Сильний дощ затопив місто.",
              "uk");
    const SentenceEmbeddings a = embedder().embed_sentences(english);
    const SentenceEmbeddings b = embedder().embed_sentences(ukrainian);
    REQUIRE(a.matrix.rows == 3);
    REQUIRE(b.matrix.rows == 3);
    const std::array<std::size_t, 3> partner{1, 2, 0};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j)
            if (j != partner[i])
                CHECK(cosine_similarity(a.matrix.row(i), b.matrix.row(partner[i])) >
                      cosine_similarity(a.matrix.row(i), b.matrix.row(j)));
}

TEST_CASE("sentence embeddings: boilerplate has no row") {
    const Article article = plain("The ferry left the harbour.\nRead more\nA storm came up.", "en");
    const SentenceEmbeddings sentences = embedder().embed_sentences(article);
    REQUIRE(sentences.matrix.rows == 2);
    CHECK(at(article.text, sentences.ranges[1]) == "A storm came up");
}

TEST_CASE("sentence embeddings: odd articles have no rows, or zero rows") {
    for (const Article& article :
         {Article{}, plain("🎉"), plain("12 345"), plain("The ferry left.", "xx")}) {
        const SentenceEmbeddings sentences = embedder().embed_sentences(article);
        check_shape(article, sentences);
        CHECK(sentences.matrix.rows == 0);
        CHECK_FALSE(sentences.has_title);
        CHECK(sentences.matrix.dimension == test::default_model().dimension());
    }
    std::string bytes;
    for (int i = 0; i < 2000; ++i)
        bytes.push_back(static_cast<char>(i * 37 % 256));
    const Article article = plain(bytes, "en");
    check_shape(article, embedder().embed_sentences(article));
}
