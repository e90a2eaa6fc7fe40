// SPDX-License-Identifier: Apache-2.0
#include "base/portable_math.hpp"
#include "base/runs.hpp"
#include "language/fasttext_file.hpp"
#include "language/letters.hpp"
#include "language/ngrams.hpp"
#include "language/normalise.hpp"
#include "language/script.hpp"
#include "text/utf8.hpp"

#include <fabula/error.hpp>
#include <fabula/language.hpp>

#include <fasttext/fasttext.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <istream>
#include <sstream>
#include <utility>

namespace fabula::inline v0 {
namespace {

constexpr std::string_view label_prefix = "__label__";

std::string tag_of_label(std::string_view label) {
    if (label.starts_with(label_prefix)) {
        label.remove_prefix(label_prefix.size());
    }
    // Models that say "Norwegian" without a written form learnt it from Bokmål for the most part.
    return label == "no" ? "nb" : std::string(label);
}

/// Tags of one group are one language, or so close that their probabilities add up when it comes
/// to reliability.
std::string_view group_of_tag(std::string_view tag) {
    const std::string_view base = tag.substr(0, tag.find('-'));
    if (base == "yue") {
        return "zh"; // which Cantonese is, too, where it is not written as it is spoken
    }
    return base == "bs" || base == "hr" || base == "sr" ? std::string_view("sh") : base;
}

/// A beginning of so many bytes is enough where a language or group has this probability then.
constexpr std::size_t enough_latin = 300;
constexpr float sure = 0.99F;

/// Where the words of the beginning of a normalised text end: after some 300 letters, or 150 of two
/// bytes and more.
std::size_t beginning_of(std::string_view text) {
    if (text.size() <= enough_latin) {
        return text.size();
    }
    return std::min(text.find(' ', enough_latin), text.size());
}

[[noreturn]] void refuse(Errc code, const std::filesystem::path& file, const std::string& why,
                         const std::string& remedy) {
    throw Error(code, "the language model " + file.string() + " " + why + "; " + remedy);
}

} // namespace

struct [[gnu::visibility("hidden")]] LanguageIdentifier::State {
    std::shared_ptr<const fasttext::FastText> model;
    std::shared_ptr<const fasttext::Dictionary> dictionary;
    detail::Preparation preparation{};
    detail::KeptNgrams ngrams;
    std::int32_t end_of_line{-1};            ///< fastText's id of its end-of-line token, or -1
    std::vector<std::string> languages;      ///< sorted
    std::vector<std::size_t> label_language; ///< index into `languages` of each label
    std::vector<std::size_t> language_group; ///< index of the group's first language

    /// For each script, whether the languages are written in it.
    std::array<std::vector<bool>, detail::script_count> written;

    [[nodiscard]] std::vector<std::int32_t> features(std::string line) const;
    [[nodiscard]] std::vector<bool> possible(std::string_view text) const;
    [[nodiscard]] std::vector<float> probabilities(const std::string& text) const;
    [[nodiscard]] std::vector<float> of_groups(const std::vector<float>& probability) const;
};

/// What fastText makes of a normalised text; empty where it knows nothing of it.
std::vector<std::int32_t> LanguageIdentifier::State::features(std::string line) const {
    std::vector<std::int32_t> found;
    if (ngrams.usable() && preparation == detail::Preparation::main_script) {
        std::string word;
        for (std::size_t at = 0; at < line.size();) {
            const std::size_t end = std::min(line.find(' ', at), line.size());
            word.assign(line, at, end - at);
            if (const std::int32_t id = dictionary->getId(word); id >= 0) {
                const std::vector<std::int32_t>& ids = dictionary->getSubwords(id);
                found.insert(found.end(), ids.begin(), ids.end());
            } else {
                ngrams.append(word, found);
            }
            at = end + 1;
        }
        if (end_of_line >= 0) {
            found.push_back(end_of_line);
        }
    } else {
        line.push_back('\n'); // as in the training file
        std::istringstream in(std::move(line));
        std::vector<std::int32_t> labels;
        dictionary->getLine(in, found, labels);
    }
    const bool informative = std::any_of(found.begin(), found.end(),
                                         [this](std::int32_t id) { return id != end_of_line; });
    return informative ? found : std::vector<std::int32_t>{};
}

/// Which languages a text in one script may be in: its letters rule most out, of which the model
/// may not be aware where it knows little of a short text.
std::vector<bool> LanguageIdentifier::State::possible(std::string_view text) const {
    std::size_t at = 0;
    const auto first = static_cast<std::int32_t>(detail::next_code_point(text, at));
    const detail::Script script = detail::script_of(first);
    std::vector<bool> result = written[static_cast<std::size_t>(script)];
    const auto narrow = [&](auto&& keeps) {
        std::vector<bool> fewer(result.size());
        for (std::size_t i = 0; i < result.size(); ++i) {
            fewer[i] = result[i] && keeps(languages[i]);
        }
        if (std::find(fewer.begin(), fewer.end(), true) != fewer.end()) {
            result = std::move(fewer);
        } // else the model has none of these, or the letters contradict one another
    };
    if (script == detail::Script::chinese_japanese) {
        const detail::HanLetters han = detail::count_han_letters(text);
        if (han.is_japanese()) {
            narrow([](std::string_view tag) { return tag == "ja"; });
        } else {
            narrow([&](std::string_view tag) { return tag == "ja" ? !han.is_chinese() : true; });
            narrow([&](std::string_view tag) { return (tag == "yue") == han.is_cantonese(); });
        }
    } else if (script != detail::Script::latin) {
        for (const std::string_view those : detail::languages_of_letters(text)) {
            narrow([&](std::string_view tag) { return detail::has_tag(those, tag); });
        }
    }
    return result;
}

/// The probability of each language of a normalised text; empty where nothing can be said.
std::vector<float> LanguageIdentifier::State::probabilities(const std::string& text) const {
    if (text.empty()) {
        return {};
    }
    std::vector<float> result(languages.size());
    std::vector<bool> allowed(languages.size(), true);
    if (preparation == detail::Preparation::main_script) {
        allowed = possible(text);
        if (std::count(allowed.begin(), allowed.end(), true) == 1) {
            const auto only = std::find(allowed.begin(), allowed.end(), true);
            result[static_cast<std::size_t>(only - allowed.begin())] = 1;
            return result;
        }
    }
    const std::vector<std::int32_t> found = features(text);
    if (found.empty()) {
        return {};
    }
    fasttext::Predictions predictions;
    model->predict(static_cast<std::int32_t>(label_language.size()), found, predictions);
    for (const auto& [log_probability, label] : predictions) {
        const std::size_t language = label_language[static_cast<std::size_t>(label)];
        const auto probability =
            static_cast<float>(detail::portable_exp(static_cast<double>(log_probability)));
        // Weights of an altered model may overflow.
        if (std::isfinite(probability) && allowed[language]) {
            result[language] += probability;
        }
    }
    float sum = 0;
    for (const float probability : result) {
        sum += probability;
    }
    if (!(sum > 0)) {
        return {};
    }
    for (float& probability : result) {
        probability /= sum;
    }
    return result;
}

/// The probabilities of each group, at its first language.
std::vector<float>
LanguageIdentifier::State::of_groups(const std::vector<float>& probability) const {
    std::vector<float> result(probability.size());
    for (std::size_t i = 0; i < probability.size(); ++i) {
        result[language_group[i]] += probability[i];
    }
    return result;
}

LanguageIdentifier::LanguageIdentifier(std::shared_ptr<const State> state)
    : state_(std::move(state)) {}

LanguageIdentifier LanguageIdentifier::load(const std::filesystem::path& file) {
    const std::string bytes = detail::read_model_file(file);
    auto state = std::make_shared<State>();
    try {
        const detail::FastTextFile shape = detail::check_fasttext(bytes);
        const std::optional<detail::Seal> seal = detail::read_seal(bytes, shape.size);
        if (seal && !seal->intact) {
            refuse(Errc::damaged_model, file, "is altered: its checksum is wrong",
                   "restore it or train it anew");
        }
        if (!shape.supervised) {
            refuse(Errc::unsupported_model, file, "holds word vectors and no classifier",
                   "give a supervised model such as language-id.ftz or lid.176.ftz");
        }
        if (seal && seal->preparation > static_cast<std::uint32_t>(detail::latest_preparation)) {
            refuse(Errc::unsupported_model, file,
                   "needs text preparation " + std::to_string(seal->preparation),
                   "use a newer version of this library");
        }
        if (seal) {
            state->preparation = static_cast<detail::Preparation>(seal->preparation);
        }
        state->model = detail::load_fasttext(bytes);
        state->ngrams = detail::KeptNgrams(bytes, shape);
    } catch (const detail::BadFastTextFile& reason) {
        refuse(Errc::damaged_model, file, reason.what(), "restore it or train it anew");
    }

    state->dictionary = state->model->getDictionary();
    state->end_of_line = state->dictionary->getId(fasttext::Dictionary::EOS);
    std::vector<std::string> tags;
    tags.reserve(static_cast<std::size_t>(state->dictionary->nlabels()));
    for (std::int32_t label = 0; label < state->dictionary->nlabels(); ++label) {
        tags.push_back(tag_of_label(state->dictionary->getLabel(label)));
    }
    state->languages = tags;
    std::vector<std::string>& languages = state->languages;
    detail::sort_unique(languages);
    for (const std::string& tag : tags) {
        const auto at = std::lower_bound(languages.begin(), languages.end(), tag);
        state->label_language.push_back(static_cast<std::size_t>(at - languages.begin()));
    }
    for (const std::string& tag : languages) {
        const auto first =
            std::find_if(languages.begin(), languages.end(), [&](const std::string& other) {
                return group_of_tag(other) == group_of_tag(tag);
            });
        state->language_group.push_back(static_cast<std::size_t>(first - languages.begin()));
    }
    for (std::size_t script = 0; script < detail::script_count; ++script) {
        for (const std::string& tag : languages) {
            state->written[script].push_back(
                detail::is_written_in(tag, static_cast<detail::Script>(script)));
        }
    }
    return LanguageIdentifier(std::move(state));
}

std::vector<LanguageGuess> LanguageIdentifier::ranked(std::string_view utf8, std::size_t k,
                                                      float& highest) const {
    const std::string text = detail::normalise_for_identification(utf8, state_->preparation);
    std::vector<float> probability;
    std::vector<float> of_group;
    const std::size_t beginning = beginning_of(text);
    if (beginning < text.size()) {
        probability = state_->probabilities(text.substr(0, beginning));
        of_group = state_->of_groups(probability);
    }
    if (of_group.empty() || *std::max_element(of_group.begin(), of_group.end()) < sure) {
        probability = state_->probabilities(text);
        of_group = state_->of_groups(probability);
    }
    if (probability.empty()) {
        return {};
    }
    std::vector<std::size_t> order(probability.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return probability[a] > probability[b]; });
    order.resize(std::min(k, order.size()));

    const bool long_enough = detail::letter_weight(text) >= reliable_letters;
    std::vector<LanguageGuess> guesses;
    for (const std::size_t i : order) {
        LanguageGuess guess;
        guess.language = state_->languages[i];
        guess.probability = probability[i];
        guess.is_reliable =
            long_enough && of_group[state_->language_group[i]] >= reliable_probability;
        guesses.push_back(std::move(guess));
    }
    highest = of_group[state_->language_group[order.front()]];
    return guesses;
}

std::vector<LanguageGuess> LanguageIdentifier::identify(std::string_view utf8,
                                                        std::size_t k) const {
    if (k == 0) {
        return {};
    }
    float highest = 0;
    std::vector<LanguageGuess> guesses = ranked(utf8, k, highest);
    if (highest < least_probability) {
        return {LanguageGuess{}};
    }
    return guesses;
}

LanguageGuess
LanguageIdentifier::identify(std::string_view utf8,
                             const std::function<bool(std::string_view)>& is_usable) const {
    float highest = 0;
    const std::vector<LanguageGuess> guesses = ranked(utf8, languages().size(), highest);
    if (guesses.empty()) {
        return {};
    }
    if (!guesses.front().is_reliable) {
        for (const LanguageGuess& guess : guesses) {
            if (guess.probability < least_usable_probability) {
                break;
            }
            if (is_usable(guess.language)) {
                return guess;
            }
        }
    }
    return highest < least_probability ? LanguageGuess{} : guesses.front();
}

LanguageGuess LanguageIdentifier::identify(std::string_view utf8) const {
    return std::move(identify(utf8, 1).front());
}

const std::vector<std::string>& LanguageIdentifier::languages() const {
    return state_->languages;
}

} // namespace fabula::inline v0
