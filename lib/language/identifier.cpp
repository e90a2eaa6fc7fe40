// SPDX-License-Identifier: Apache-2.0
#include "base/portable_math.hpp"
#include "base/runs.hpp"
#include "language/fasttext_file.hpp"
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
    return base == "bs" || base == "hr" || base == "sr" ? std::string_view("sh") : base;
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
    std::int32_t end_of_line{-1};            ///< fastText's id of its end-of-line token, or -1
    std::vector<std::string> languages;      ///< sorted
    std::vector<std::size_t> label_language; ///< index into `languages` of each label
    std::vector<std::size_t> language_group; ///< index of the group's first language

    /// For each script, whether the languages are written in it.
    std::array<std::vector<bool>, detail::script_count> written;

    [[nodiscard]] std::vector<std::int32_t> features(std::string line) const;
    [[nodiscard]] std::vector<float> probabilities(const std::string& text) const;
};

/// What fastText makes of a normalised text; empty where it knows nothing of it.
std::vector<std::int32_t> LanguageIdentifier::State::features(std::string line) const {
    line.push_back('\n'); // as in the training file
    std::istringstream in(std::move(line));
    std::vector<std::int32_t> found;
    std::vector<std::int32_t> labels;
    dictionary->getLine(in, found, labels);
    const bool informative = std::any_of(found.begin(), found.end(),
                                         [this](std::int32_t id) { return id != end_of_line; });
    return informative ? found : std::vector<std::int32_t>{};
}

/// The probability of each language of a normalised text; empty where nothing can be said.
std::vector<float> LanguageIdentifier::State::probabilities(const std::string& text) const {
    if (text.empty()) {
        return {};
    }
    std::vector<float> result(languages.size());
    const std::vector<bool>* possible = nullptr;
    if (preparation == detail::Preparation::main_script) {
        // The text is in one script now. That rules most languages out, of which the model may not
        // be aware where it knows little of a short text, or leaves one.
        std::size_t at = 0;
        const auto first = static_cast<std::int32_t>(detail::next_code_point(text, at));
        possible = &written[static_cast<std::size_t>(detail::script_of(first))];
        if (std::count(possible->begin(), possible->end(), true) == 1) {
            const auto only = std::find(possible->begin(), possible->end(), true);
            result[static_cast<std::size_t>(only - possible->begin())] = 1;
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
        if (std::isfinite(probability) && (possible == nullptr || (*possible)[language])) {
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

std::vector<LanguageGuess> LanguageIdentifier::identify(std::string_view utf8,
                                                        std::size_t k) const {
    if (k == 0) {
        return {};
    }
    const std::string text = detail::normalise_for_identification(utf8, state_->preparation);
    const std::vector<float> probability = state_->probabilities(text);
    if (probability.empty()) {
        return {LanguageGuess{}};
    }
    std::vector<float> of_group(probability.size());
    for (std::size_t i = 0; i < probability.size(); ++i) {
        of_group[state_->language_group[i]] += probability[i];
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
    if (of_group[state_->language_group[order.front()]] < least_probability) {
        return {LanguageGuess{}};
    }
    return guesses;
}

LanguageGuess LanguageIdentifier::identify(std::string_view utf8) const {
    return std::move(identify(utf8, 1).front());
}

const std::vector<std::string>& LanguageIdentifier::languages() const {
    return state_->languages;
}

} // namespace fabula::inline v0
