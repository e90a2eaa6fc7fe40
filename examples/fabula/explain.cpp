// SPDX-License-Identifier: Apache-2.0
#include "explain.hpp"

#include "columns.hpp"
#include "text.hpp"

#include <fabula/io.hpp>
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
constexpr std::size_t passage_length = 300;
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

std::string published(const Side& side) {
    if (!side.article.published)
        return "date not known";
    std::string time = fabula::format_time(*side.article.published);
    std::replace(time.begin(), time.end(), 'T', ' ');
    time.resize(time.size() - std::string_view{":00Z"}.size());
    return "published " + time + " UTC";
}

/// The two articles beside each other.
void write_sides(std::ostream& out, const Side& first, const Side& second, std::size_t page) {
    const auto beside = [&](auto&& words_of) {
        write_beside(out, words_of(first), words_of(second), page);
    };
    write_beside(out, "First", "Second", page);
    beside([](const Side& side) {
        return side.article.title.empty() ? std::string{"(no title)"}
                                          : excerpt(side.article.title, 200);
    });
    beside([](const Side& side) {
        return excerpt(side.article.id, 60) + ", language " + side.outcome.language;
    });
    if (!first.article.source.empty() || !second.article.source.empty())
        beside([](const Side& side) {
            return side.article.source.empty() ? std::string{"source not known"}
                                               : "source " + excerpt(side.article.source, 60);
        });
    beside(published);
    if (first.outcome.status != fabula::EmbeddingStatus::ok ||
        second.outcome.status != fabula::EmbeddingStatus::ok)
        beside([](const Side& side) {
            if (side.outcome.status == fabula::EmbeddingStatus::ok)
                return std::string{};
            return std::string{to_string(side.outcome.status)} + ": " +
                   std::string{in_words(side.outcome.status)};
        });
}

std::string order_in_words(const fabula::Comparison& comparison) {
    if (!comparison.explanation.time_gap)
        return "not known, for lack of dates";
    const std::string gap = duration_in_words(*comparison.explanation.time_gap);
    switch (comparison.direction) {
    case fabula::Direction::first_is_earlier:
        return "the first was published " + gap + " before the second";
    case fabula::Direction::second_is_earlier:
        return "the second was published " + gap + " before the first";
    case fabula::Direction::unknown:
        break;
    }
    return "the dates do not tell which came first";
}

/// "Bodø, Nordland = Nordlandssykehuset": both spellings where there are two.
std::string in_both_spellings(std::string_view first, std::string_view second) {
    std::string out = excerpt(first, 60);
    if (first != second)
        out += " = " + excerpt(second, 60);
    return out;
}

void write_list(std::ostream& out, std::string_view heading, const std::vector<std::string>& items,
                std::size_t page) {
    if (items.empty())
        return;
    const std::size_t shown = std::min(items.size(), most_terms);
    std::string text;
    for (std::size_t i = 0; i < shown; ++i)
        text += (i == 0 ? "" : ", ") + items[i];
    if (shown < items.size())
        text += " and " + std::to_string(items.size() - shown) + " more";
    out << '\n' << heading << '\n';
    write_indented(out, text, 2, page);
}

void write_shared(std::ostream& out, const fabula::Explanation& why, std::size_t page) {
    const auto spelled = [](const auto& shared) {
        std::vector<std::string> items;
        items.reserve(shared.size());
        for (const auto& item : shared)
            items.push_back(in_both_spellings(item.first, item.second));
        return items;
    };
    write_list(out,
               "Names and rare words that both have (first = second where the spelling differs):",
               spelled(why.shared_terms), page);
    write_list(out, "Numbers that both have:", spelled(why.shared_numbers), page);
    write_list(out, "Dates that both have:", spelled(why.shared_dates), page);
}

/// "3.2 / 4.1"
std::vector<std::string> as_alternatives(const std::vector<fabula::Difference>& differences) {
    std::vector<std::string> items;
    items.reserve(differences.size());
    for (const fabula::Difference& difference : differences)
        items.push_back(excerpt(difference.first, 60) + " / " + excerpt(difference.second, 60));
    return items;
}

void write_unshared(std::ostream& out, const fabula::Explanation& why, std::size_t page) {
    write_list(out, "The same form, filled in otherwise (first / second):",
               as_alternatives(why.differences), page);
    const auto write_side = [&](std::string_view which, const fabula::OneSided& only) {
        std::vector<std::string> items;
        for (const auto* list : {&only.names, &only.numbers, &only.dates})
            for (const std::string& item : *list)
                items.push_back(excerpt(item, 60));
        write_list(out, "Names, numbers and dates of the " + std::string{which} + " alone:", items,
                   page);
    };
    write_side("first", why.only_first);
    write_side("second", why.only_second);
}

void write_passages(std::ostream& out, const Side& first, const Side& second,
                    const std::vector<fabula::Passage>& passages, std::size_t page) {
    if (passages.empty())
        return;
    const std::size_t shown = std::min(passages.size(), most_passages);
    out << "\nPassages that say the same (" << shown << " of " << passages.size()
        << "; 1.00 = the same meaning):\n";
    for (std::size_t i = 0; i < shown; ++i) {
        const fabula::Passage& pair = passages[i];
        write_beside(out, excerpt(passage(first.article, pair.first), passage_length),
                     excerpt(passage(second.article, pair.second), passage_length), page, 8,
                     "  " + decimals(static_cast<double>(pair.similarity), 2));
    }
}

/// A bar of signs on its side of the axis: "     ---|          ".
std::string sign_bar(double value, double largest) {
    constexpr std::size_t half = 10;
    const auto length = static_cast<std::size_t>(
        std::max(1.0, std::round(static_cast<double>(half) * std::abs(value) / largest)));
    const std::string empty(half, ' ');
    if (value < 0)
        return std::string(half - length, ' ') + std::string(length, '-') + '|' + empty;
    return empty + '|' + std::string(length, '+') + std::string(half - length, ' ');
}

/// "17 to 1 for it"
std::string odds_in_words(double log_odds) {
    constexpr double beyond_counting = 1000;
    const double odds = std::exp(std::abs(log_odds));
    const std::string count =
        odds > beyond_counting ? "more than 1000" : decimals(odds, odds < 9.95 ? 1 : 0);
    return count + " to 1 " + (log_odds < 0 ? "against it" : "for it");
}

void write_contributions(std::ostream& out, std::vector<fabula::Contribution> contributions) {
    double sum = 0;
    double largest = 0;
    for (const fabula::Contribution& part : contributions) {
        sum += part.log_odds;
        largest = std::max(largest, std::abs(part.log_odds));
    }
    std::erase_if(contributions,
                  [](const auto& part) { return std::abs(part.log_odds) < least_log_odds; });
    if (contributions.empty())
        return;
    std::stable_sort(contributions.begin(), contributions.end(), [](const auto& a, const auto& b) {
        return std::abs(a.log_odds) > std::abs(b.log_odds);
    });
    const auto signed_decimals = [](double value) {
        return (value < 0 ? "-" : "+") + decimals(std::abs(value), 2);
    };
    out << "\nWhat speaks against one story (-) and for it (+):\n";
    for (const fabula::Contribution& part : contributions)
        out << "  " << padded(fabula::in_words(part), 42) << sign_bar(part.log_odds, largest) << ' '
            << signed_decimals(part.log_odds) << "  (measured " << decimals(part.value, 3) << ")\n";
    out << "  " << padded("together (log-odds)", 64) << signed_decimals(sum) << "  = "
        << odds_in_words(sum) << '\n';
}

Json to_json(const Side& side) {
    Json json{{"id", fabula::repair_utf8(side.article.id)},
              {"title", fabula::repair_utf8(side.article.title)},
              {"language", side.outcome.language},
              {"source", nullptr},
              {"published", nullptr}};
    if (!side.article.source.empty())
        json["source"] = fabula::repair_utf8(side.article.source);
    if (side.article.published)
        json["published"] = fabula::format_time(*side.article.published);
    if (side.outcome.status != fabula::EmbeddingStatus::ok)
        json["status"] = to_string(side.outcome.status);
    return json;
}

Json to_json(const fabula::Explanation& why, const Side& first, const Side& second) {
    Json json{{"passages", Json::array()},       {"shared_terms", Json::array()},
              {"shared_numbers", Json::array()}, {"shared_dates", Json::array()},
              {"only_first", Json::object()},    {"only_second", Json::object()},
              {"differences", Json::array()},    {"time_gap_seconds", nullptr},
              {"contributions", Json::array()}};
    for (const fabula::Passage& pair : why.passages)
        json["passages"].push_back(
            {{"first", fabula::repair_utf8(passage(first.article, pair.first))},
             {"second", fabula::repair_utf8(passage(second.article, pair.second))},
             {"first_bytes", {pair.first.begin, pair.first.end}},
             {"second_bytes", {pair.second.begin, pair.second.end}},
             {"similarity", rounded(static_cast<double>(pair.similarity))}});
    for (const fabula::SharedTerm& term : why.shared_terms)
        json["shared_terms"].push_back({{"first", fabula::repair_utf8(term.first)},
                                        {"second", fabula::repair_utf8(term.second)},
                                        {"weight", rounded(term.weight)}});
    for (const fabula::SharedNumber& number : why.shared_numbers)
        json["shared_numbers"].push_back({{"first", fabula::repair_utf8(number.first)},
                                          {"second", fabula::repair_utf8(number.second)}});
    for (const fabula::SharedNumber& date : why.shared_dates)
        json["shared_dates"].push_back({{"first", fabula::repair_utf8(date.first)},
                                        {"second", fabula::repair_utf8(date.second)}});
    const auto repaired = [](const std::vector<std::string>& texts) {
        Json list = Json::array();
        for (const std::string& text : texts)
            list.push_back(fabula::repair_utf8(text));
        return list;
    };
    for (const auto& [field, only] :
         {std::pair{"only_first", &why.only_first}, std::pair{"only_second", &why.only_second}})
        json[field] = {{"names", repaired(only->names)},
                       {"numbers", repaired(only->numbers)},
                       {"dates", repaired(only->dates)}};
    for (const fabula::Difference& difference : why.differences)
        json["differences"].push_back({{"first", fabula::repair_utf8(difference.first)},
                                       {"second", fabula::repair_utf8(difference.second)}});
    if (why.time_gap)
        json["time_gap_seconds"] = why.time_gap->count();
    for (const fabula::Contribution& part : why.contributions)
        json["contributions"].push_back({{"name", part.name},
                                         {"value", rounded(part.value)},
                                         {"log_odds", rounded(part.log_odds)}});
    return json;
}

} // namespace

void explain(std::ostream& out, const Side& first, const Side& second,
             const fabula::Comparison& comparison, std::size_t page) {
    write_sides(out, first, second, page);
    out << "\nSame story: " << percent(comparison.probability) << " likely\n"
        << "Relation:   " << to_string(*comparison.relation) << " ("
        << in_words(*comparison.relation) << ")\n"
        << "Order:      " << order_in_words(comparison) << '\n';
    write_shared(out, comparison.explanation, page);
    write_unshared(out, comparison.explanation, page);
    write_passages(out, first, second, comparison.explanation.passages, page);
    write_contributions(out, comparison.explanation.contributions);
}

Json explanation(const Side& first, const Side& second, const fabula::Comparison& comparison) {
    return {{"first", to_json(first)},
            {"second", to_json(second)},
            {"probability", rounded(comparison.probability)},
            {"relation", to_string(*comparison.relation)},
            {"direction", to_string(comparison.direction)},
            {"similarity", rounded(static_cast<double>(comparison.similarity))},
            {"explanation", to_json(comparison.explanation, first, second)}};
}

void explain_as_json(std::ostream& out, const Side& first, const Side& second,
                     const fabula::Comparison& comparison) {
    out << explanation(first, second, comparison)
               .dump(-1, ' ', false, Json::error_handler_t::replace)
        << '\n';
}

} // namespace program
