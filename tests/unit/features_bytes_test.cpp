// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"
#include "base/scratch_memory.hpp"
#include "features/article_features.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/random_graph.hpp"

#include <fabula/error.hpp>
#include <fabula/features.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using namespace fabula;

namespace {

const std::vector<ArticleFeatures>& example_features() {
    static const std::vector<ArticleFeatures> made =
        extract_features(test::default_model(), test::example_articles());
    return made;
}

Errc code_of(const std::string& bytes) {
    try {
        static_cast<void>(ArticleFeatures::from_bytes(test::default_model(), bytes));
    } catch (const Error& error) {
        return error.code();
    }
    throw std::runtime_error("the bytes were read");
}

/// The bytes with a right checksum, however they were changed.
std::string sealed_again(std::string bytes) {
    bytes.resize(bytes.size() - 8);
    const std::uint64_t seal = detail::hash_of(bytes);
    for (int byte = 0; byte < 8; ++byte)
        bytes += static_cast<char>((seal >> (8 * byte)) & 0xFFU);
    return bytes;
}

} // namespace

TEST_CASE("features: in scratch memory they are the same, though all of it is evicted") {
    const test::TempFolder folder;
    auto memory = std::make_shared<detail::ScratchMemory>(folder.path(), 0);
    std::vector<ArticleFeatures> moved;
    for (const ArticleFeatures& one : example_features())
        moved.push_back(detail::in_scratch(one, memory));
    const std::weak_ptr<detail::ScratchMemory> watched = memory;
    memory->evict();
    memory.reset(); // they keep it
    CHECK(moved == example_features());
    const ArticleFeatures last = moved.back();
    moved.clear();
    CHECK_FALSE(watched.expired());
    CHECK(last.id() == example_features().back().id());
}

TEST_CASE("features: written and read back they are the same bit for bit") {
    std::vector<ArticleFeatures> all = example_features();
    Article odd = test::plain("");
    all.push_back(extract_features(test::default_model(), odd));
    odd.text = "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ᎢᏣᎵᏍᎠᏁᏗ"; // a language that the model lacks
    odd.published = std::chrono::sys_seconds::min();
    all.push_back(extract_features(test::default_model(), odd));
    for (const ArticleFeatures& features : all) {
        INFO(features.id());
        const std::string bytes = features.to_bytes();
        const ArticleFeatures back = ArticleFeatures::from_bytes(test::default_model(), bytes);
        CHECK(back.to_bytes() == bytes);
        CHECK(back == features);
        CHECK(back.id() == features.id());
        CHECK(back.source() == features.source());
        CHECK(back.published() == features.published());
        CHECK(back.outcome().language == features.outcome().language);
        CHECK(back.outcome().status == features.outcome().status);
        CHECK(std::equal(back.vector().begin(), back.vector().end(), features.vector().begin(),
                         features.vector().end()));
        const auto& lexical = detail::FeatureData::of(features).lexical;
        const auto& lexical_back = detail::FeatureData::of(back).lexical;
        CHECK(lexical.terms_norm == lexical_back.terms_norm);
        CHECK(lexical.names_norm == lexical_back.names_norm);
        CHECK(lexical.stems_norm == lexical_back.stems_norm);
        CHECK(lexical.sketch == lexical_back.sketch);
    }
}

TEST_CASE("features: a function of the article and the model alone") {
    const std::vector<Article>& articles = test::example_articles();
    for (const std::size_t i : {std::size_t{0}, articles.size() / 2, articles.size() - 1})
        CHECK(extract_features(test::default_model(), articles[i]) == example_features()[i]);
    const auto one_thread = extract_features(test::default_model(), articles, 1);
    CHECK(one_thread == example_features());
    CHECK_FALSE(example_features()[0] == example_features()[1]);
}

TEST_CASE("features: no article takes more than 16 KB") {
    std::string text;
    test::Random random{7};
    for (int i = 0; i < 60'000; ++i) {
        std::string word;
        for (int letter = 0; letter < 6; ++letter)
            word += static_cast<char>('a' + random.number(26));
        word[0] = static_cast<char>(word[0] - 'a' + 'A');
        text += word + ' ' + std::to_string(1000 + i) + (i % 9 == 0 ? ". " : " ");
    }
    const ArticleFeatures features =
        extract_features(test::default_model(), test::plain(text, "en"));
    CHECK(features.to_bytes().size() < 16'384);
    CHECK(features.to_bytes().size() > 8'192);
    for (const ArticleFeatures& usual : example_features())
        CHECK(usual.to_bytes().size() < 4'096);
}

TEST_CASE("features: damaged bytes are refused, whatever was done to them") {
    const std::string bytes = example_features().front().to_bytes();
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK(code_of(bytes.substr(0, size)) == Errc::damaged_data);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string altered = bytes;
        altered[at] = static_cast<char>(altered[at] ^ 0x40);
        CHECK(code_of(altered) == Errc::damaged_data);
    }
    CHECK(code_of(bytes + '\0') == Errc::damaged_data);
    CHECK(code_of(sealed_again(bytes + "more")) == Errc::damaged_data);
    try {
        static_cast<void>(
            ArticleFeatures::from_bytes(test::default_model(), std::string_view(bytes).substr(9)));
        FAIL("they were read");
    } catch (const Error& error) {
        CHECK(std::string(error.what()).find("checksum") != std::string::npos);
    }
}

TEST_CASE("features: bytes with a right checksum are read or refused, and never more") {
    test::Random random{11};
    for (const std::size_t i : {std::size_t{0}, std::size_t{5}}) {
        const std::string bytes = example_features()[i].to_bytes();
        std::size_t refused = 0;
        for (int round = 0; round < 4000; ++round) {
            std::string altered = bytes;
            for (std::size_t change = 0; change <= random.number(3); ++change)
                altered[random.number(static_cast<std::uint32_t>(altered.size() - 8))] =
                    static_cast<char>(random.number(256));
            if (round % 4 == 0)
                altered.erase(8 + random.number(static_cast<std::uint32_t>(altered.size() - 16)),
                              1 + random.number(40));
            try {
                const auto back =
                    ArticleFeatures::from_bytes(test::default_model(), sealed_again(altered));
                CHECK(ArticleFeatures::from_bytes(test::default_model(), back.to_bytes()) == back);
            } catch (const Error& error) {
                ++refused;
                CHECK((error.code() == Errc::damaged_data || error.code() == Errc::other_model));
            }
        }
        CHECK(refused > 1000);
    }
}

TEST_CASE("features: of another model or version they are refused") {
    std::string bytes = example_features().front().to_bytes();
    bytes[4] = 9; // the version
    CHECK(code_of(sealed_again(bytes)) == Errc::other_model);
    bytes = example_features().front().to_bytes();
    bytes[6] = static_cast<char>(bytes[6] ^ 1); // the space
    CHECK(code_of(sealed_again(bytes)) == Errc::other_model);
}
