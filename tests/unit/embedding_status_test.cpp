// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "text/articles.hpp"

#include <fabula/embedding.hpp>
#include <fabula/error.hpp>

#include <cmath>
#include <limits>
#include <string>

using namespace fabula;
using test::embedder;
using test::length;
using test::plain;

namespace {

/// The status; fails where the vector is not what the status promises.
EmbeddingStatus checked_status(const Embedding& embedding) {
    REQUIRE(embedding.vector.size() == test::default_model().dimension());
    for (const float value : embedding.vector)
        REQUIRE(std::isfinite(value));
    if (embedding.outcome.status == EmbeddingStatus::ok) {
        CHECK(length(embedding.vector) == Approx(1.0).margin(1e-5));
        CHECK(embedding.outcome.words > 0);
    } else {
        for (const float value : embedding.vector)
            REQUIRE(value == 0.0F);
        CHECK(embedding.outcome.words == 0);
    }
    CHECK_FALSE(embedding.outcome.language.empty());
    CHECK(embedding.outcome.language_probability >= 0);
    CHECK(embedding.outcome.language_probability <= 1);
    return embedding.outcome.status;
}

EmbeddingStatus status_of(const Article& article) {
    return checked_status(embedder().embed(article));
}

} // namespace

TEST_CASE("embedding: articles without a word are empty") {
    for (const std::string text : {"", " ", "\n\n\t \r\n", "12 2026 3,50 1.500", "٣٤ १२",
                                   "🎉🎉 🚢🔥 ❤️", "... -- !? «»", "—"}) {
        INFO("text \"" << text << '"');
        CHECK(status_of(plain(text)) == EmbeddingStatus::empty_text);
        Article titled = plain("");
        titled.title = text;
        CHECK(status_of(titled) == EmbeddingStatus::empty_text);
    }
    CHECK(status_of(plain(std::string(3, '\0'))) == EmbeddingStatus::empty_text);
    const Embedding nothing = embedder().embed(Article{});
    CHECK(nothing.outcome.language == "und");
    CHECK(nothing.outcome.language_probability == 0);
}

TEST_CASE("embedding: a declared language is reported as it was given, known or not") {
    const Embedding empty = embedder().embed(plain("", "de"));
    CHECK(checked_status(empty) == EmbeddingStatus::empty_text);
    CHECK(empty.outcome.language == "de");
    CHECK(empty.outcome.language_probability == 1);

    const Embedding unknown = embedder().embed(plain("The ferry left the harbour.", "xx"));
    CHECK(checked_status(unknown) == EmbeddingStatus::unsupported_language);
    CHECK(unknown.outcome.language == "xx");
    CHECK(unknown.outcome.language_probability == 1);

    const Embedding region = embedder().embed(plain("O navio deixou o porto.", "pt-BR"));
    CHECK(checked_status(region) == EmbeddingStatus::ok);
    CHECK(region.outcome.language == "pt-BR");

    const Embedding three_letters = embedder().embed(plain("O navio deixou o porto.", "por"));
    CHECK(checked_status(three_letters) == EmbeddingStatus::ok);
    CHECK(three_letters.outcome.language == "por");
    CHECK(three_letters.vector == embedder().embed(plain("O navio deixou o porto.", "pt")).vector);
}

TEST_CASE("embedding: a tag that names no language is as none") {
    const Embedding identified = embedder().embed(plain("Der Minister traf am Montag ein."));
    REQUIRE(identified.outcome.language == "de");
    for (const char* const tag : {"und", "un", "mul", "zxx", "UND"}) {
        CAPTURE(tag);
        const Embedding undetermined =
            embedder().embed(plain("Der Minister traf am Montag ein.", tag));
        CHECK(undetermined.outcome.language == "de");
        CHECK(undetermined.outcome.language_probability == identified.outcome.language_probability);
        CHECK(undetermined.vector == identified.vector);
    }
    CHECK(embedder().embed(plain("", "und")).outcome.language == "und");
}

TEST_CASE("embedding: a declared language decides whose statistics are used") {
    const std::string text = "Der Minister will die Hand in die Kasse stecken.";
    const Embedding identified = embedder().embed(plain(text));
    CHECK(identified.outcome.language == "de");
    CHECK(identified.outcome.language_probability > 0.5F);
    CHECK(identified.outcome.language_probability <= 1);
    const Embedding german = embedder().embed(plain(text, "de"));
    CHECK(german.outcome.language_probability == 1);
    CHECK(german.vector == identified.vector);
    const Embedding english = embedder().embed(plain(text, "en"));
    CHECK(english.outcome.language == "en");
    CHECK(english.vector != german.vector);
    // Related tags share the statistics.
    CHECK(embedder().embed(plain(text, "de-AT")).vector == german.vector);
    CHECK(embedder().embed(plain(text, "DE")).vector == german.vector);
}

TEST_CASE("embedding: one word is enough") {
    for (const char* word : {"earthquake", "earthquake!", "  earthquake\n", "🎉 earthquake 2026"})
        CHECK(status_of(plain(word, "en")) == EmbeddingStatus::ok);
    const Embedding once = embedder().embed(plain("earthquake", "en"));
    CHECK(once.outcome.words == 1);
    const Embedding often = embedder().embed(plain("Earthquake earthquake, EARTHQUAKE", "en"));
    CHECK(often.outcome.words == 3);
    CHECK(cosine_similarity(once.vector, often.vector) > 0.9999F);
    // A word of no known shape: whatever the status, it is kept.
    status_of(plain("zqxjkvwpzqxjkvwp", "en"));
}

TEST_CASE("embedding: a title alone is an article, and title and text both count") {
    Article article;
    article.title = "Strong earthquake shakes the island of Crete";
    article.language = "en";
    CHECK(status_of(article) == EmbeddingStatus::ok);
    const Embedding title = embedder().embed(article);
    article.text = "The central bank lowered its interest rate.";
    const Embedding both = embedder().embed(article);
    CHECK(both.outcome.words > title.outcome.words);
    CHECK(cosine_similarity(title.vector, both.vector) < 0.99F);

    EmbedOptions no_title;
    no_title.title_weight = 0;
    EmbedOptions heavy_title;
    heavy_title.title_weight = 20;
    const Embedding body = Embedder{test::default_model(), no_title}.embed(article);
    CHECK(cosine_similarity(body.vector, embedder().embed(plain(article.text, "en")).vector) >
          0.9999F);
    CHECK(cosine_similarity(title.vector,
                            Embedder{test::default_model(), heavy_title}.embed(article).vector) >
          cosine_similarity(title.vector, both.vector));
    article.text.clear();
    CHECK(checked_status(Embedder{test::default_model(), no_title}.embed(article)) ==
          EmbeddingStatus::no_known_words);
}

TEST_CASE("embedding: NUL bytes and control tokens are no words") {
    const std::string text = "The ferry left the harbour at noon";
    const std::string with_nul = std::string("The ferry left\0 the harbour at noon\0", 36);
    const Embedding clean = embedder().embed(plain(text, "en"));
    CHECK(embedder().embed(plain(with_nul, "en")).vector == clean.vector);
    CHECK(embedder().embed(plain("The ferry left\nthe harbour\r\nat noon", "en")).vector ==
          clean.vector);
}

TEST_CASE("embedding: invalid UTF-8 takes nothing away from the words around it") {
    const Embedding clean = embedder().embed(plain("The ferry left the harbour", "en"));
    for (const std::string junk :
         {"\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x9A", "\xED\xA0\x80", "\xC0\xAF", "\x80\x80\x80"}) {
        const Embedding dirty =
            embedder().embed(plain("The ferry" + junk + " left the harbour", "en"));
        CHECK(checked_status(dirty) == EmbeddingStatus::ok);
        CHECK(dirty.vector == clean.vector);
    }
    std::string all_bytes;
    for (int round = 0; round < 4; ++round)
        for (int byte = 0; byte < 256; ++byte)
            all_bytes.push_back(static_cast<char>(byte * (2 * round + 1)));
    status_of(plain(all_bytes));
    Article odd = plain(all_bytes);
    odd.title = all_bytes;
    odd.language = all_bytes;
    odd.source = all_bytes;
    CHECK(status_of(odd) == EmbeddingStatus::unsupported_language);
}

TEST_CASE("embedding: a million words") {
    const std::string sentence = "The ferry left the harbour with passengers on board. ";
    std::string text;
    for (int i = 0; i < 1'000'000 / 9; ++i)
        text += sentence;
    const Embedding embedding = embedder().embed(plain(text));
    CHECK(checked_status(embedding) == EmbeddingStatus::ok);
    CHECK(embedding.outcome.language == "en");
    CHECK(embedding.outcome.words > 990'000);
    CHECK(cosine_similarity(embedding.vector, embedder().embed(plain(sentence, "en")).vector) >
          0.999F);
    const std::string one_word(2'000'000, 'a');
    status_of(plain(one_word, "en"));
}

TEST_CASE("embedding: what lies beyond the part that is looked at changes nothing") {
    for (const std::string filling : {"  ", "\u00E9\n", "\U0001F389"})
        for (std::size_t shift = 0; shift < filling.size(); ++shift) {
            std::string text(shift, ' ');
            while (text.size() < detail::most_text + 10)
                text += filling;
            const std::string_view seen = detail::looked_at(text);
            CHECK(seen.size() <= detail::most_text);
            CHECK(seen.size() + 3 >= detail::most_text);
            CHECK(repair_utf8(seen) == seen);
        }
    const std::string invalid(detail::most_text + 10, '\x80');
    CHECK(detail::looked_at(invalid).size() + 3 >= detail::most_text);
    CHECK(detail::looked_at("short") == "short");

    Article article = plain("The ferry left the harbour.\n", "en");
    article.title = "A storm came up";
    while (article.text.size() < detail::most_text + 10)
        article.text += "\U0001F389                                                            ";
    Article beginning = article;
    beginning.text = detail::looked_at(article.text);
    article.text += " The moon rose over Bergen on Monday.";
    const Embedding whole = embedder().embed(article);
    const Embedding part = embedder().embed(beginning);
    CHECK(whole.vector == part.vector);
    CHECK(whole.outcome.words == 9);
    article.title.assign(2 * detail::most_text, 'a');
    CHECK(embedder().embed(article).outcome.words <= detail::most_text / 64 + 10);
}

TEST_CASE("embedding: options out of range are refused in a sentence") {
    CHECK(EmbedOptions{}.validate().empty());
    const auto refused = [](const EmbedOptions& options, const char* field) {
        INFO(field);
        CHECK_THAT(options.validate(), Catch::Matchers::ContainsSubstring(field));
        try {
            const Embedder made{test::default_model(), options};
            FAIL("made");
        } catch (const Error& error) {
            CHECK(error.code() == Errc::bad_option);
            CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring(field));
        }
    };
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    for (const double value : {0.0, -1.0, 1.0001, nan}) {
        EmbedOptions options;
        options.word_weight = value;
        refused(options, "word_weight");
    }
    for (const double value : {-0.001, 100.5, nan}) {
        EmbedOptions options;
        options.title_weight = value;
        refused(options, "title_weight");
    }
    EmbedOptions options;
    options.threads = 1025;
    refused(options, "threads");
    options.threads = 1024;
    options.word_weight = 1;
    options.title_weight = 100;
    CHECK(options.validate().empty());
}

TEST_CASE("embedding: cosine of vectors") {
    const std::vector<float> x{1, 0, 0};
    const std::vector<float> y{0, 2, 0};
    const std::vector<float> minus{-3, 0, 0};
    const std::vector<float> zero(3);
    CHECK(cosine_similarity(x, x) == 1);
    CHECK(cosine_similarity(x, y) == 0);
    CHECK(cosine_similarity(x, minus) == -1);
    CHECK(cosine_similarity(x, zero) == 0);
    CHECK(cosine_similarity(zero, zero) == 0);
    const std::vector<float> tiny{1e-38F, 0, 0};
    const std::vector<float> huge{3e38F, 0, 0};
    CHECK(cosine_similarity(tiny, huge) == 1);
    CHECK(cosine_similarity({}, {}) == 0);
    CHECK_THROWS_AS(cosine_similarity(x, std::vector<float>(2)), Error);
}

TEST_CASE("embedding: every status has a name of its own") {
    CHECK(to_string(EmbeddingStatus::ok) == "ok");
    CHECK(to_string(EmbeddingStatus::empty_text) == "empty_text");
    CHECK(to_string(EmbeddingStatus::unsupported_language) == "unsupported_language");
    CHECK(to_string(EmbeddingStatus::no_known_words) == "no_known_words");
}
