// SPDX-License-Identifier: Apache-2.0
#include "story/key_terms.hpp"
#include "support/catch.hpp"
#include "support/time.hpp"

#include <unicode/locid.h>

#include <string>
#include <unordered_set>
#include <vector>

using namespace fabula;
using detail::calendar_words;

namespace {

/// The machine's locale as ICU sees it, for a while.
class DefaultLocale {
public:
    explicit DefaultLocale(const char* name) : before_(icu::Locale::getDefault()) {
        UErrorCode status = U_ZERO_ERROR;
        icu::Locale::setDefault(icu::Locale(name), status);
        REQUIRE(U_SUCCESS(status));
    }
    ~DefaultLocale() {
        UErrorCode status = U_ZERO_ERROR;
        icu::Locale::setDefault(before_, status);
    }
    DefaultLocale(const DefaultLocale&) = delete;
    DefaultLocale& operator=(const DefaultLocale&) = delete;

private:
    icu::Locale before_;
};

/// Words for `KeyTermChoice`, of which each tells as much as the other.
struct Report {
    std::vector<detail::TermWord> words;
    std::vector<detail::TermUse> uses;
    std::vector<detail::TermScore> scores;

    std::uint32_t new_use(std::string form, bool is_name) {
        detail::TermUse use;
        use.key = static_cast<std::uint32_t>(uses.size());
        use.first = words.size();
        use.form = std::move(form);
        use.rarity = 10;
        use.inside = 1;
        use.capitalised = is_name ? 1 : 0;
        uses.push_back(use);
        scores.push_back({1, 1});
        return use.key;
    }

    void say(std::uint32_t use, std::string_view word, bool joins_next) {
        ++uses[use].count;
        words.push_back({use, word, true, joins_next, false});
    }

    [[nodiscard]] std::vector<std::string> best(std::size_t at_most) const {
        return detail::KeyTermChoice(words, uses, scores, 1, false).best(at_most);
    }
};

void check_is_linear(Report (*make)(std::size_t)) {
    CHECK(test::is_linear(5000, make,
                          [](const Report& report) { static_cast<void>(report.best(8)); }));
}

} // namespace

TEST_CASE("key terms: time is linear in the words that stand beside one word") {
    check_is_linear([](std::size_t size) {
        Report out;
        static constexpr std::string_view text = "Alpha Beta"; // words that join are of one text
        const std::uint32_t name = out.new_use("alpha", true);
        for (std::size_t i = 0; i < size; ++i) {
            out.say(name, text.substr(0, 5), true);
            out.say(out.new_use("beta" + std::to_string(i), true), text.substr(6), false);
        }
        return out;
    });
}

TEST_CASE("key terms: time is linear in the words that turn out to be none") {
    check_is_linear([](std::size_t size) {
        Report out;
        for (std::size_t i = 0; i < size; ++i)
            out.say(out.new_use(std::to_string(i), false), "x", false); // a single character
        return out;
    });
}

TEST_CASE("key terms: a longer form is spelled as the shortest that it begins with") {
    Report out;
    for (const char* const form : {"parliamentary", "parliaments", "parliament", "parlia"})
        out.say(out.new_use(form, false), form, false);
    CHECK(out.best(8) == std::vector<std::string>{"parliament"});
}

TEST_CASE("key terms: names that nearly always stand together are one") {
    Report out;
    const std::uint32_t first = out.new_use("ursula", true);
    const std::uint32_t last = out.new_use("leyen", true);
    const std::string text = "Ursula Leyen";
    for (int i = 0; i < 4; ++i) {
        out.say(first, std::string_view(text).substr(0, 6), true);
        out.say(last, std::string_view(text).substr(7), false);
    }
    out.say(first, std::string_view(text).substr(0, 6), false);
    out.say(out.new_use("kyiv", true), "Kyiv", false);
    CHECK(out.best(8) == std::vector<std::string>{"Ursula Leyen", "Kyiv"});
}

TEST_CASE("calendar words: of the language, also by its old names and with parts ICU lacks") {
    for (const std::string tag : {"de", "de-DE", "deu", "de_XX", "de-Latn-XX", "DE"})
        CHECK(calendar_words(tag).contains("dienstag"));
    CHECK(calendar_words("nb").contains("tirsdag"));
    CHECK(calendar_words("sr-Latn").contains("utorak"));
    CHECK(calendar_words("sr-Cyrl").contains("уторак"));
    CHECK(calendar_words("iw") == calendar_words("he"));
    CHECK(calendar_words("zh-Latn") == calendar_words("zh"));
}

TEST_CASE("calendar words: none of a language that ICU lacks, whatever the machine's own is") {
    const std::vector<std::string> unknown{"la",  "mul",       "unknown", "xx",  "zxx", "",
                                           "und", "i-klingon", "_",       "a b", "\xFF"};
    const std::vector<std::string> known{"de", "zh-Latn", "pa-Latn", "az-Arab", "iw", "uz-XX"};
    std::vector<std::unordered_set<std::string>> expected;
    for (const std::string& tag : known)
        expected.push_back(calendar_words(tag));
    for (const char* const machine :
         {"en_US_POSIX", "de_DE", "zh_Latn_CN", "pa_IN", "la", "ar_SA", "ru"}) {
        CAPTURE(machine);
        const DefaultLocale locale(machine);
        for (const std::string& tag : unknown) {
            CAPTURE(tag);
            CHECK(calendar_words(tag).empty());
        }
        for (std::size_t i = 0; i < known.size(); ++i) {
            CAPTURE(known[i]);
            CHECK_FALSE(expected[i].empty());
            CHECK(calendar_words(known[i]) == expected[i]);
        }
    }
}
