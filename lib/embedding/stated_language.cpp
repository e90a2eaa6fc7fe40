// SPDX-License-Identifier: Apache-2.0
#include "embedding/stated_language.hpp"

#include "model/lookup/language_tags.hpp"

#include <fabula/error.hpp>

#include <unicode/locid.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace fabula::detail {
namespace {

bool is_form_of(const std::string& one, const std::string& other) {
    return find_language({one}, other) >= 0 || find_language({other}, one) >= 0;
}

/// The script that a language is usually written in; Chinese and Japanese share theirs.
std::string usual_script(std::string_view tag) {
    UErrorCode status = U_ZERO_ERROR;
    std::string hyphened(tag);
    std::replace(hyphened.begin(), hyphened.end(), '_', '-');
    icu::Locale locale = icu::Locale::forLanguageTag(hyphened, status);
    locale.addLikelySubtags(status);
    if (U_FAILURE(status) != 0)
        return {};
    std::string script = locale.getScript();
    constexpr std::array<std::string_view, 4> shared{"Hans", "Hant", "Jpan", "Hani"};
    if (std::find(shared.begin(), shared.end(), script) != shared.end())
        script = "Hani";
    return script;
}

/// "sr-Latn", "zh_Hans_CN".
bool names_script(std::string_view tag) {
    constexpr std::size_t letters_of_script = 4;
    while (true) {
        const std::size_t cut = tag.find_first_of("-_");
        if (cut == std::string_view::npos)
            return false;
        tag.remove_prefix(cut + 1);
        const std::size_t length = std::min(tag.find_first_of("-_"), tag.size());
        if (length == letters_of_script && (tag[0] < '0' || tag[0] > '9'))
            return true;
    }
}

/// Whether the answer leaves no room for the stated language.
bool excludes(const std::vector<LanguageGuess>& guesses, const std::string& stated,
              std::size_t bytes) {
    constexpr float sure = 0.99F;
    constexpr float excluded = 1e-3F;
    constexpr std::size_t enough = 100;
    const LanguageGuess& best = guesses.front();
    if (!best.is_reliable || is_form_of(best.language, stated))
        return false;
    const std::string here = usual_script(best.language);
    const std::string there = usual_script(stated);
    const bool other_script = !here.empty() && !there.empty() && here != there;
    if (!other_script && (best.probability < sure || bytes < enough))
        return false;
    bool is_known = false;
    float probability = 0;
    for (const LanguageGuess& guess : guesses)
        if (is_form_of(guess.language, stated)) {
            is_known = true;
            probability += guess.probability;
        }
    return is_known ? probability < excluded : other_script;
}

} // namespace

std::optional<LanguageGuess> contradiction(const Model& model, std::string_view stated,
                                           std::string_view text) {
    if (names_script(stated))
        return std::nullopt;
    // Most tags are right, which shows at once.
    constexpr std::size_t beginning_bytes = 300;
    const std::string tag{stated};
    try {
        const LanguageIdentifier& identifier = model.identifier();
        const std::string_view beginning = text.substr(0, beginning_bytes);
        if (const LanguageGuess guess = identifier.identify(beginning);
            !guess.is_reliable || guess.language == stated || is_form_of(guess.language, tag))
            return std::nullopt;
        std::vector<LanguageGuess> guesses =
            identifier.identify(text, identifier.languages().size());
        if (excludes(guesses, tag, text.size()))
            return std::move(guesses.front());
    } catch (const Error&) { // there is none
    }
    return std::nullopt;
}

} // namespace fabula::detail
