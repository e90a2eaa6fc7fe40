// SPDX-License-Identifier: Apache-2.0
#include "error_report.hpp"

#include "text.hpp"

#include <fabula/scoring.hpp>
#include <fabula/text.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace program {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_terms = 8;
constexpr std::size_t most_numbers = 6;
constexpr std::size_t title_length = 90;
constexpr std::size_t passage_length = 110;
constexpr std::size_t least_passage_bytes = 30; // shorter ones are dates and captions
constexpr double least_log_odds = 0.05;         // less decides nothing
constexpr double notable_difference = 0.01;     // of a probability
constexpr const char* indent = "    ";

/// Between what a thing is called and what it is.
std::string labelled(const char* label) {
    return indent + padded(label, 10);
}

std::string quoted(const std::string& label) {
    return '"' + excerpt(label, 40) + '"';
}

/// What comes first of an article: its title, or the beginning of its text.
std::string headline(const fabula::Article& article) {
    std::string title = excerpt(article.title, title_length);
    return title.empty() ? excerpt(article.text, title_length) : title;
}

void write_side(std::ostream& out, const Side& side) {
    out << labelled(side.outcome.language.c_str()) << excerpt(side.article.id, 40);
    if (const std::string text = headline(side.article); !text.empty())
        out << ": " << text;
    if (side.outcome.status != fabula::EmbeddingStatus::ok)
        out << " [" << to_string(side.outcome.status) << ']';
    out << '\n';
}

void write_verdict(std::ostream& out, const ExplainedError& error, const std::string& reason) {
    const double alone = error.comparison.probability;
    const auto& scored = error.confusion.probability;
    out << labelled("verdict") << percent(scored.value_or(alone)) << " likely the same story, "
        << to_string(*error.comparison.relation);
    if (scored && std::abs(*scored - alone) >= notable_difference)
        out << " (" << percent(alone) << " where the two are all there is)";
    out << "; " << reason << '\n';
}

/// The measurements that speak one way, the strongest first.
void write_contributions(std::ostream& out, const char* label,
                         std::vector<fabula::Contribution> parts, double sign) {
    std::erase_if(parts, [&](const auto& part) { return part.log_odds * sign < least_log_odds; });
    std::stable_sort(parts.begin(), parts.end(), [&](const auto& a, const auto& b) {
        return a.log_odds * sign > b.log_odds * sign;
    });
    for (std::size_t i = 0; i < parts.size(); ++i)
        out << (i == 0 ? labelled(label) : ", ") << (sign < 0 ? '-' : '+')
            << decimals(std::abs(parts[i].log_odds), 2) << ' ' << fabula::in_words(parts[i]) << " ("
            << decimals(parts[i].value, 2) << ')';
    if (!parts.empty())
        out << '\n';
}

void write_shared(std::ostream& out, const fabula::Explanation& why) {
    const std::size_t terms = std::min(most_terms, why.shared_terms.size());
    const std::size_t numbers = std::min(most_numbers, why.shared_numbers.size());
    out << labelled("shared");
    if (terms + numbers == 0)
        out << "no rare word, name or number";
    for (std::size_t i = 0; i < terms; ++i) {
        const fabula::SharedTerm& term = why.shared_terms[i];
        out << (i == 0 ? "" : ", ") << excerpt(term.first, 40);
        if (term.second != term.first)
            out << " = " << excerpt(term.second, 40);
    }
    for (std::size_t i = 0; i < numbers; ++i)
        out << (i > 0       ? ", "
                : terms > 0 ? "; numbers "
                            : "numbers ")
            << excerpt(why.shared_numbers[i].first, 20);
    out << '\n';
}

void write_block(std::ostream& out, std::size_t number, const ExplainedError& error,
                 const std::string& what, const std::string& reason) {
    out << '\n' << padded(std::to_string(number) + '.', 4) << what << '\n';
    write_side(out, error.first);
    write_side(out, error.second);
    write_verdict(out, error, reason);
    const fabula::Explanation& why = error.comparison.explanation;
    write_contributions(out, "for", why.contributions, 1);
    write_contributions(out, "against", why.contributions, -1);
    write_shared(out, why);
    if (why.time_gap)
        out << labelled("time gap") << duration_in_words(*why.time_gap) << '\n';
    if (why.passages.empty())
        return;
    const auto length = [](fabula::ByteRange range) { return range.end - range.begin; };
    const auto found =
        std::find_if(why.passages.begin(), why.passages.end(), [&](const fabula::Passage& pair) {
            return std::min(length(pair.first), length(pair.second)) >= least_passage_bytes;
        });
    const fabula::Passage& nearest = found == why.passages.end() ? why.passages.front() : *found;
    out << labelled("nearest") << decimals(static_cast<double>(nearest.similarity), 2) << "  "
        << excerpt(passage(error.first.article, nearest.first), passage_length) << '\n'
        << labelled("") << "      "
        << excerpt(passage(error.second.article, nearest.second), passage_length) << '\n';
}

bool has_vectors(const ExplainedError& error) {
    return error.first.outcome.status == fabula::EmbeddingStatus::ok &&
           error.second.outcome.status == fabula::EmbeddingStatus::ok;
}

std::string why_missed(const ExplainedError& error, double min_probability) {
    const auto& probability = error.confusion.probability;
    if (!probability)
        return has_vectors(error) ? "never compared, as no pair of theirs is near enough in meaning"
                                  : "never compared, as one has no vector and few names in common";
    return *probability < min_probability
               ? "no pair of theirs is likelier"
               : "enough by itself, but the other pairs of theirs speak against it";
}

std::string why_joined(const ExplainedError& error, double min_probability) {
    const auto& probability = error.confusion.probability;
    if (!probability)
        return "never compared, but others drew them together";
    return *probability >= min_probability ? "no pair of theirs is likelier"
                                           : "not enough by itself, but others drew them together";
}

void write_heading(std::ostream& out, const char* kind, const ErrorList& errors,
                   const char* order) {
    out << kind << ": " << count_of(errors.cases, "case", "cases");
    if (errors.worst.size() < errors.cases)
        out << ", " << errors.worst.size() << " shown";
    if (errors.cases > 1)
        out << ", " << order << " (each story's worst before the second of any)";
    out << '\n';
}

Json to_json(const ErrorList& errors) {
    Json worst = Json::array();
    for (const ExplainedError& error : errors.worst) {
        Json probability;
        if (error.confusion.probability)
            probability = rounded(*error.confusion.probability);
        worst.push_back(
            {{"story", fabula::repair_utf8(error.story)},
             {"articles", error.confusion.articles},
             {"other_story", fabula::repair_utf8(error.other_story)},
             {"others", error.confusion.others},
             {"probability", probability},
             {"headlines", {headline(error.first.article), headline(error.second.article)}},
             {"comparison", explanation(error.first, error.second, error.comparison)}});
    }
    return {{"cases", errors.cases}, {"worst", worst}};
}

} // namespace

void write_errors(std::ostream& out, const ErrorReport& errors) {
    write_heading(out, "Articles of one story that were not put together", errors.missed,
                  "the least likely first");
    std::size_t number = 0;
    for (const ExplainedError& error : errors.missed.worst) {
        const std::size_t articles = error.confusion.articles;
        write_block(out, ++number, error,
                    "story " + quoted(error.story) + ": " + std::to_string(articles) + " of its " +
                        std::to_string(articles + error.confusion.others) +
                        " articles apart from the others",
                    why_missed(error, errors.min_probability));
    }
    out << '\n';
    write_heading(out, "Articles of different stories that were put together",
                  errors.falsely_joined, "the most likely first");
    number = 0;
    for (const ExplainedError& error : errors.falsely_joined.worst)
        write_block(out, ++number, error,
                    "story " + quoted(error.story) + ": " +
                        count_of(error.confusion.articles, "article", "articles") + " with " +
                        count_of(error.confusion.others, "article", "articles") +
                        " of others, such as " + quoted(error.other_story),
                    why_joined(error, errors.min_probability));
}

Json to_json(const ErrorReport& errors) {
    return {{"missed", to_json(errors.missed)}, {"falsely_joined", to_json(errors.falsely_joined)}};
}

} // namespace program
