// SPDX-License-Identifier: Apache-2.0
#include "embedding/word_sum.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"

#include <fabula/embedding.hpp>

#include <array>
#include <cmath>
#include <thread>

using namespace fabula;
using test::plain;

namespace {

struct Told {
    const char* language;
    const char* quake;
    const char* bank;
    const char* match;
};

/// Three sentences and their translations.
constexpr std::array<Told, 8> told{{
    {"en", "A strong earthquake destroyed houses in the village.",
     "The central bank lowered interest rates.", "The team won the football match on Sunday."},
    {"de", "Ein starkes Erdbeben zerstörte Häuser im Dorf.", "Die Zentralbank senkte die Zinsen.",
     "Die Mannschaft gewann das Fußballspiel am Sonntag."},
    {"ru", "Сильное землетрясение разрушило дома в деревне.",
     "Центральный банк снизил процентные ставки.",
     "Команда выиграла футбольный матч в воскресенье."},
    {"el", "Ένας ισχυρός σεισμός κατέστρεψε σπίτια στο χωριό.",
     "Η κεντρική τράπεζα μείωσε τα επιτόκια.",
     "Η ομάδα κέρδισε τον ποδοσφαιρικό αγώνα την Κυριακή."},
    {"ar", "دمر زلزال قوي منازل في القرية.", "خفض البنك المركزي أسعار الفائدة.",
     "فاز الفريق في مباراة كرة القدم يوم الأحد."},
    {"zh", "强烈地震摧毁了村里的房屋。", "中央银行降低了利率。", "球队星期天赢得了足球比赛。"},
    {"ja", "強い地震で村の家が壊れた。", "中央銀行は金利を引き下げた。",
     "チームは日曜日のサッカーの試合に勝った。"},
    {"uk", "Сильний землетрус зруйнував будинки в селі.",
     "Центральний банк знизив процентні ставки.", "Команда виграла футбольний матч у неділю."},
}};

} // namespace

TEST_CASE("embedding: translations are closer than other sentences, in any script") {
    std::vector<Article> articles;
    for (const Told& t : told)
        for (const char* text : {t.quake, t.bank, t.match})
            articles.push_back(plain(text, t.language));
    const Embeddings embeddings = Embedder{test::default_model()}.embed(articles);
    const auto cosine = [&](std::size_t i, std::size_t j) {
        return cosine_similarity(embeddings.matrix.row(i), embeddings.matrix.row(j));
    };
    double translations = 0;
    double others = 0;
    std::size_t asked = 0;
    std::size_t found = 0;
    for (std::size_t i = 0; i < articles.size(); ++i) {
        REQUIRE(embeddings.outcomes[i].status == EmbeddingStatus::ok);
        for (std::size_t language = 0; language < told.size(); ++language) {
            if (language == i / 3)
                continue;
            std::size_t best = 3 * language;
            for (std::size_t other = 3 * language; other < 3 * language + 3; ++other) {
                if (cosine(i, other) > cosine(i, best))
                    best = other;
                (other % 3 == i % 3 ? translations : others) +=
                    static_cast<double>(cosine(i, other));
            }
            ++asked;
            found += best % 3 == i % 3 ? 1 : 0;
        }
    }
    CHECK(static_cast<double>(found) > 0.9 * static_cast<double>(asked));
    const auto pairs = static_cast<double>(asked);
    CHECK(translations / pairs > 0.3);
    CHECK(translations / pairs > others / (2 * pairs) + 0.25);
}

TEST_CASE("embedding: many at once give what each alone gives, bit by bit") {
    std::vector<Article> articles = test::example_articles();
    articles.push_back(plain(""));
    articles.push_back(plain("🎉"));
    articles.push_back(plain("Some words", "xx"));
    articles.push_back(plain("\xFF\xFE earthquake \x80"));
    for (const unsigned threads : {0U, 1U, 2U, 5U, 64U}) {
        EmbedOptions options;
        options.threads = threads;
        const Embedder embedder{test::default_model(), options};
        const Embeddings all = embedder.embed(articles);
        REQUIRE(all.matrix.rows == articles.size());
        REQUIRE(all.matrix.dimension == embedder.model().dimension());
        REQUIRE(all.matrix.values.size() == all.matrix.rows * all.matrix.dimension);
        REQUIRE(all.outcomes.size() == articles.size());
        for (std::size_t i = 0; i < articles.size(); ++i) {
            const Embedding one = embedder.embed(articles[i]);
            const auto row = all.matrix.row(i);
            INFO(articles[i].id << ", " << threads << " threads");
            REQUIRE(std::equal(row.begin(), row.end(), one.vector.begin(), one.vector.end()));
            CHECK(all.outcomes[i].status == one.outcome.status);
            CHECK(all.outcomes[i].language == one.outcome.language);
            CHECK(all.outcomes[i].language_probability == one.outcome.language_probability);
            CHECK(all.outcomes[i].words == one.outcome.words);
        }
    }
    const Embeddings none = Embedder{test::default_model()}.embed(std::span<const Article>{});
    CHECK(none.matrix.rows == 0);
    CHECK(none.matrix.values.empty());
    CHECK(none.outcomes.empty());
}

TEST_CASE("embedding: one embedder serves several threads at once") {
    const Embedder embedder{test::default_model()};
    const auto& articles = test::example_articles();
    const Embeddings expected = embedder.embed(articles);
    std::array<Embeddings, 4> found;
    {
        std::vector<std::jthread> threads;
        for (Embeddings& result : found)
            threads.emplace_back([&] { result = embedder.embed(articles); });
    }
    for (const Embeddings& result : found)
        CHECK(result.matrix.values == expected.matrix.values);
}

TEST_CASE("embedding: case, spaces and Unicode form of a text do not matter") {
    const Embedder embedder{test::default_model()};
    const Embedding plain_text = embedder.embed(plain("Le séisme a détruit l'école.", "fr"));
    CHECK(embedder.embed(plain("LE SÉISME A DÉTRUIT L'ÉCOLE", "fr")).vector == plain_text.vector);
    CHECK(embedder.embed(plain("  Le   se\u0301isme a de\u0301truit\tl'e\u0301cole !\n", "fr"))
              .vector == plain_text.vector);
}

TEST_CASE("embedding: a word that occurs n times weighs 1 + ln n") {
    const Model model = test::default_model();
    const detail::ModelData& data = detail::ModelData::of(model);
    const Article article = plain("storm harbour storm storm", "en");
    const Embedding embedding = Embedder{model}.embed(article);
    CHECK(embedding.outcome.words == 4);

    std::vector<float> expected(data.dimension());
    detail::WordSum sum(data, data.language_index("en"), EmbedOptions{}.word_weight, expected);
    TextAnalyzer analyzer;
    const AnalyzedText text = analyzer.analyze(article.text, Sentences::skip);
    sum.add(text.tokens[0], article.text, 1 + std::log(3.0));
    sum.add(text.tokens[1], article.text, 1);
    sum.finish();
    REQUIRE(embedding.vector.size() == expected.size());
    for (std::size_t d = 0; d < expected.size(); ++d)
        CHECK(embedding.vector[d] == Approx(expected[d]).margin(1e-6));
}

TEST_CASE("embedding: site boilerplate does not change the vector") {
    const Embedder embedder{test::default_model()};
    const Article& article = test::example("quake-en-1");
    Article dressed = article;
    dressed.text = "Share\n\n" + article.text +
                   "\n\nRead more\n\nLeave a Reply\nYour email address will not be published.\n";
    CHECK(embedder.embed(dressed).vector == embedder.embed(article).vector);
    Article suffixed = article;
    suffixed.title += " | BBC News";
    CHECK(embedder.embed(suffixed).vector == embedder.embed(article).vector);
}
