// SPDX-License-Identifier: Apache-2.0
#include "language/fasttext_file.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "unit/language_tiny_model.hpp"

#include <fabula/error.hpp>
#include <fabula/language.hpp>

#include <xxhash.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

using namespace fabula;
using fabula::test::TemporaryFile;
using fabula::test::train_tiny_model;

namespace {

/// Whether the bytes are refused; if not, the model they make is loaded and asked.
bool is_refused(const std::string& bytes) {
    try {
        static_cast<void>(detail::check_fasttext(bytes));
    } catch (const detail::BadFastTextFile&) {
        return true;
    }
    const TemporaryFile file("altered.ftz", bytes);
    try {
        const auto identifier = LanguageIdentifier::load(file.path());
        const LanguageGuess guess = identifier.identify("the committee will meet again tomorrow");
        CHECK(guess.probability >= 0);
        CHECK(guess.probability <= 1);
    } catch (const Error& error) {
        CHECK(std::string(error.what()).find(file.path().string()) != std::string::npos);
    }
    return false;
}

} // namespace

TEST_CASE("intact fastText models pass the check") {
    const std::string dense = train_tiny_model({});
    const detail::FastTextFile file = detail::check_fasttext(dense);
    CHECK(file.supervised);
    CHECK_FALSE(file.quantised);
    CHECK(file.dimension == 6);
    CHECK(file.labels == 3);
    CHECK(file.size == dense.size());
    CHECK(detail::check_fasttext(dense + "more").size == dense.size());

    const std::string tree = train_tiny_model({.loss = fasttext::loss_name::hs, .quantised = true});
    CHECK(detail::check_fasttext(tree).quantised);
    CHECK(detail::check_fasttext(tree).size == tree.size());
    CHECK(tree.size() < dense.size());

    const std::string vectors =
        train_tiny_model({.kind = fasttext::model_name::sg, .loss = fasttext::loss_name::ns});
    CHECK_FALSE(detail::check_fasttext(vectors).supervised);
    CHECK(detail::check_fasttext(vectors).labels == 3);
    CHECK(detail::check_fasttext(vectors).words > 0);
}

TEST_CASE("a truncated fastText model is refused at every length") {
    const std::string model = train_tiny_model({.quantised = true});
    for (std::size_t length = 0; length < model.size(); ++length) {
        const std::string_view start = std::string_view(model).substr(0, length);
        CHECK_THROWS_AS(detail::check_fasttext(start), detail::BadFastTextFile);
    }
}

TEST_CASE("a fastText model with an altered byte is refused or harmless") {
    for (const bool quantised : {false, true}) {
        const std::string model =
            train_tiny_model({.loss = fasttext::loss_name::hs, .quantised = quantised});
        std::size_t refused = 0;
        std::size_t tried = 0;
        constexpr std::size_t head = 160; // header, dictionary sizes and the first words
        for (std::size_t at = 0; at < model.size(); at += at < head ? 1 : 211) {
            for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
                std::string altered = model;
                altered[at] = static_cast<char>(static_cast<unsigned char>(altered[at]) ^ flip);
                refused += is_refused(altered) ? 1 : 0;
                ++tried;
            }
        }
        CHECK(refused > 100);
        CHECK(refused < tried);
    }
}

TEST_CASE("weights that are no numbers or huge are refused by place and value") {
    const std::string model = train_tiny_model({});
    for (const auto& [value, text] :
         {std::pair{std::nanf(""), "nan"}, {1e30F, "1e+30"}, {-1e16F, "-1e+16"}}) {
        std::string altered = model;
        std::memcpy(altered.data() + model.size() - sizeof value, &value, sizeof value);
        CHECK_THROWS_WITH(detail::check_fasttext(altered),
                          Catch::Matchers::ContainsSubstring("its weight at byte " +
                                                             std::to_string(model.size() - 4) +
                                                             " is " + text + ", beyond ±1e+15"));
    }
}

TEST_CASE("the seal tells an altered model") {
    const std::string model = train_tiny_model({.quantised = true});
    CHECK_FALSE(detail::read_seal(model, model.size()).has_value());

    std::string sealed = model + detail::make_seal(model, 7);
    CHECK(sealed.size() == model.size() + detail::seal_size);
    const auto seal = detail::read_seal(sealed, model.size());
    REQUIRE(seal.has_value());
    CHECK(seal->intact);
    CHECK(seal->preparation == 7);

    for (std::size_t length = model.size() + 1; length < sealed.size(); ++length) {
        const std::string_view start = std::string_view(sealed).substr(0, length);
        CHECK_THROWS_AS(detail::read_seal(start, model.size()), detail::BadFastTextFile);
    }
    std::uint64_t checksum = 0;
    std::memcpy(&checksum, sealed.data() + sealed.size() - sizeof checksum, sizeof checksum);
    CHECK(checksum == XXH3_64bits(sealed.data(), sealed.size() - sizeof checksum));

    const std::string bundled = detail::read_model_file(test::model_dir() / "language-id.ftz");
    const auto its_seal = detail::read_seal(bundled, detail::check_fasttext(bundled).size);
    REQUIRE(its_seal.has_value());
    CHECK(its_seal->intact);

    sealed[model.size() / 2] = static_cast<char>(sealed[model.size() / 2] ^ 1);
    CHECK_FALSE(detail::read_seal(sealed, model.size())->intact);
}
