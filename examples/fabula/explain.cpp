// SPDX-License-Identifier: Apache-2.0
#include "explain.hpp"

#include "text.hpp"

#include <fabula/text.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace program {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_passages = 3;
constexpr std::size_t most_terms = 12;
constexpr std::size_t passage_length = 160;
constexpr double least_log_odds = 0.005; // less would read as 0.00

std::string_view in_words(fabula::Relation relation) {
    switch (relation) {
    case fabula::Relation::unrelated:
        return "not the same story";
    case fabula::Relation::same_story:
        return "independent reports of the same story";
    case fabula::Relation::rewrite:
        return "the same language, mostly the same content in other words";
    case fabula::Relation::translation:
        return "another language, mostly the same content";
    case fabula::Relation::duplicate:
        return "the same language, nearly the same words";
    }
    return {};
}

std::string_view in_words(fabula::EmbeddingStatus status) {
    switch (status) {
    case fabula::EmbeddingStatus::ok:
        return {};
    case fabula::EmbeddingStatus::empty_text:
        return "there is no word in it to compare";
    case fabula::EmbeddingStatus::unsupported_language:
        return "the model does not know its language";
    case fabula::EmbeddingStatus::no_known_words:
        return "the model knows none of its words";
    }
    return {};
}

} // namespace

std::string_view passage(const fabula::Article& article, fabula::ByteRange range) {
    const std::string_view text = article.text;
    const std::size_t begin = std::min(range.begin, text.size());
    return text.substr(begin, std::min(range.end, text.size()) - begin);
}

namespace {

void write_side(std::ostream& out, std::string_view label, const Side& side) {
    out << label << excerpt(side.article.id, 60) << ", language " << side.outcome.language;
    if (!side.article.title.empty())
        out << ": " << excerpt(side.article.title, 100);
    out << '\n';
    if (side.outcome.status != fabula::EmbeddingStatus::ok)
        out << "            " << to_string(side.outcome.status) << ": "
            << in_words(side.outcome.status) << '\n';
}

void write_shared(std::ostream& out, const fabula::Evidence& evidence) {
    if (!evidence.shared_terms.empty()) {
        out << "\nRare words and names that both have:\n ";
        const std::size_t shown = std::min(evidence.shared_terms.size(), most_terms);
        for (std::size_t i = 0; i < shown; ++i) {
            const fabula::SharedTerm& term = evidence.shared_terms[i];
            out << (i == 0 ? " " : ", ") << excerpt(term.first, 60);
            if (term.second != term.first)
                out << " = " << excerpt(term.second, 60);
        }
        if (shown < evidence.shared_terms.size())
            out << " and " << evidence.shared_terms.size() - shown << " more";
        out << '\n';
    }
    if (!evidence.shared_numbers.empty()) {
        out << "\nNumbers that both have:\n ";
        const std::size_t shown = std::min(evidence.shared_numbers.size(), most_terms);
        for (std::size_t i = 0; i < shown; ++i) {
            const fabula::SharedNumber& number = evidence.shared_numbers[i];
            out << (i == 0 ? " " : ", ") << excerpt(number.first, 40);
            if (number.second != number.first)
                out << " = " << excerpt(number.second, 40);
        }
        if (shown < evidence.shared_numbers.size())
            out << " and " << evidence.shared_numbers.size() - shown << " more";
        out << '\n';
    }
    if (evidence.time_gap)
        out << "\nTime between them: " << duration_in_words(*evidence.time_gap) << '\n';
}

void write_passages(std::ostream& out, const Side& first, const Side& second,
                    const std::vector<fabula::Passage>& passages) {
    if (passages.empty())
        return;
    const std::size_t shown = std::min(passages.size(), most_passages);
    out << "\nPassages that say the same (" << shown << " of " << passages.size()
        << "; 1.00 = the same meaning):\n";
    for (std::size_t i = 0; i < shown; ++i) {
        const fabula::Passage& pair = passages[i];
        out << "  " << decimals(static_cast<double>(pair.similarity), 2) << "  "
            << excerpt(passage(first.article, pair.first), passage_length) << '\n'
            << "        " << excerpt(passage(second.article, pair.second), passage_length) << '\n';
    }
}

} // namespace

std::string measurement_in_words(const std::string& name) {
    struct Meaning {
        std::string_view name;
        std::string_view words;
    };
    static constexpr Meaning meanings[] = {
        {"meaning", "how close the two are in meaning"},
        {"terms", "rare words in common"},
        {"cross_terms", "names and international words in common"},
        {"shared_numbers", "numbers in common"},
        {"foreign_numbers", "numbers that only one of them has"},
        {"time_gap", "the time between them"},
    };
    for (const Meaning& meaning : meanings) {
        if (meaning.name == name)
            return std::string{meaning.words};
    }
    std::string words = name;
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

namespace {

void write_contributions(std::ostream& out, std::vector<fabula::Contribution> contributions) {
    std::erase_if(contributions,
                  [](const auto& part) { return std::abs(part.log_odds) < least_log_odds; });
    if (contributions.empty())
        return;
    std::stable_sort(contributions.begin(), contributions.end(), [](const auto& a, const auto& b) {
        return std::abs(a.log_odds) > std::abs(b.log_odds);
    });
    out << "\nWhat speaks for one story (+) and against it (-), as log-odds; their sum gives the "
           "probability:\n";
    for (const fabula::Contribution& part : contributions) {
        const std::string sign = part.log_odds < 0 ? "-" : "+";
        const std::string amount = decimals(std::abs(part.log_odds), 2);
        out << "  " << (amount.size() < 5 ? " " : "") << sign << amount << "  "
            << padded(measurement_in_words(part.name), 42) << decimals(part.value, 3) << '\n';
    }
}

Json to_json(const Side& side) {
    Json json{{"id", fabula::repair_utf8(side.article.id)}, {"language", side.outcome.language}};
    if (side.outcome.status != fabula::EmbeddingStatus::ok)
        json["status"] = to_string(side.outcome.status);
    return json;
}

Json to_json(const fabula::Evidence& evidence, const Side& first, const Side& second) {
    Json json{{"passages", Json::array()},       {"shared_terms", Json::array()},
              {"shared_numbers", Json::array()}, {"shared_dates", Json::array()},
              {"time_gap_seconds", nullptr},     {"contributions", Json::array()}};
    for (const fabula::Passage& pair : evidence.passages)
        json["passages"].push_back(
            {{"first", fabula::repair_utf8(passage(first.article, pair.first))},
             {"second", fabula::repair_utf8(passage(second.article, pair.second))},
             {"first_bytes", {pair.first.begin, pair.first.end}},
             {"second_bytes", {pair.second.begin, pair.second.end}},
             {"similarity", rounded(static_cast<double>(pair.similarity))}});
    for (const fabula::SharedTerm& term : evidence.shared_terms)
        json["shared_terms"].push_back({{"first", fabula::repair_utf8(term.first)},
                                        {"second", fabula::repair_utf8(term.second)},
                                        {"weight", rounded(term.weight)}});
    for (const fabula::SharedNumber& number : evidence.shared_numbers)
        json["shared_numbers"].push_back({{"first", fabula::repair_utf8(number.first)},
                                          {"second", fabula::repair_utf8(number.second)}});
    for (const fabula::SharedNumber& date : evidence.shared_dates)
        json["shared_dates"].push_back({{"first", fabula::repair_utf8(date.first)},
                                        {"second", fabula::repair_utf8(date.second)}});
    if (evidence.time_gap)
        json["time_gap_seconds"] = evidence.time_gap->count();
    for (const fabula::Contribution& part : evidence.contributions)
        json["contributions"].push_back({{"name", part.name},
                                         {"value", rounded(part.value)},
                                         {"log_odds", rounded(part.log_odds)}});
    return json;
}

} // namespace

void explain(std::ostream& out, const Side& first, const Side& second,
             const fabula::Comparison& comparison) {
    out << "Same story: " << percent(comparison.probability) << " likely\n"
        << "Relation:   " << to_string(comparison.relation) << " (" << in_words(comparison.relation)
        << ")\n";
    write_side(out, "First:      ", first);
    write_side(out, "Second:     ", second);
    write_shared(out, comparison.evidence);
    write_passages(out, first, second, comparison.evidence.passages);
    write_contributions(out, comparison.evidence.contributions);
}

Json explanation(const Side& first, const Side& second, const fabula::Comparison& comparison) {
    return {{"first", to_json(first)},
            {"second", to_json(second)},
            {"probability", rounded(comparison.probability)},
            {"relation", to_string(comparison.relation)},
            {"similarity", rounded(static_cast<double>(comparison.similarity))},
            {"evidence", to_json(comparison.evidence, first, second)}};
}

void explain_as_json(std::ostream& out, const Side& first, const Side& second,
                     const fabula::Comparison& comparison) {
    out << explanation(first, second, comparison)
               .dump(-1, ' ', false, Json::error_handler_t::replace)
        << '\n';
}

} // namespace program
