// SPDX-License-Identifier: Apache-2.0
#include "pairs.hpp"

#include "console.hpp"
#include "text.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace program {
namespace {

constexpr std::size_t id_columns = 2;

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

std::optional<double> number_in(std::string_view text) {
    text = trimmed(text);
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || !std::isfinite(number))
        return std::nullopt;
    return number;
}

std::vector<std::string_view> columns_of(std::string_view line) {
    std::vector<std::string_view> columns;
    while (true) {
        const std::size_t tab = line.find('\t');
        columns.push_back(line.substr(0, tab));
        if (tab == std::string_view::npos)
            return columns;
        line.remove_prefix(tab + 1);
    }
}

std::string in_quotes(std::string_view text) {
    return "\"" + excerpt(text, 60) + "\"";
}

std::string listed(std::span<const std::string> names) {
    std::string result;
    for (const std::string& name : names)
        result += (result.empty() ? "" : ", ") + in_quotes(name);
    return result;
}

[[noreturn]] void refuse(const std::string& file, std::size_t line, const std::string& sentence) {
    throw fabula::Error{fabula::Errc::bad_input,
                        file + ":" + std::to_string(line) + ": " + sentence};
}

std::ifstream opened(const std::string& file) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        throw fabula::Error{fabula::Errc::file_not_found,
                            file + ": there is no such file; --pairs takes a file of ids and "
                                   "labels between tabs"};
    std::ifstream in{file, std::ios::binary};
    if (!in || std::filesystem::is_directory(file, ignored))
        throw fabula::Error{fabula::Errc::unreadable,
                            file + ": cannot be read as a file of pairs; it must be a file of "
                                   "ids and labels between tabs that you may read"};
    return in;
}

/// What the title line says of the rest.
struct Header {
    std::vector<std::string> names;
    LabelCondition positive;
    std::size_t positive_column{};
    std::optional<LabelCondition> negative;
    std::size_t negative_column{};
};

std::size_t place_of(const LabelCondition& condition, const std::string& option,
                     const std::string& file, const std::vector<std::string>& names) {
    const auto labels = names.begin() + id_columns;
    const auto found = std::find(labels, names.end(), condition.column);
    if (found == names.end())
        throw UsageError{option + ": " + file + " has no column \"" + condition.column +
                         "\" after the two ids; it has " + listed({labels, names.end()})};
    return static_cast<std::size_t>(found - names.begin());
}

Header read_header(std::string_view line, const std::string& file, std::size_t number,
                   const PairLabelling& labelling) {
    Header header;
    for (const std::string_view name : columns_of(line))
        header.names.emplace_back(trimmed(name));
    const std::vector<std::string>& names = header.names;
    if (names.size() <= id_columns)
        refuse(file, number,
               "the title line has " + count_of(names.size(), "column", "columns") +
                   ", but must name at least three, with tabs between them: two ids and a label");
    if (labelling.positive) {
        header.positive = *labelling.positive;
    } else {
        if (names.size() != id_columns + 1)
            throw UsageError{file + " has several columns after the two ids (" +
                             listed(std::span{names}.subspan(id_columns)) +
                             "); say which pairs are of one story, as in --positive '" +
                             names[id_columns] + ">=1'"};
        header.positive = {names[id_columns], LabelCondition::Relation::equal, 1};
    }
    header.positive_column = place_of(header.positive, "--positive", file, names);
    header.negative = labelling.negative;
    if (header.negative)
        header.negative_column = place_of(*header.negative, "--negative", file, names);
    return header;
}

double label_in(std::string_view text, const std::string& column, const std::string& file,
                std::size_t line) {
    const std::optional<double> label = number_in(text);
    if (!label)
        refuse(file, line,
               in_quotes(text) + " in the column " + in_quotes(column) +
                   " is not a number; write one there, or leave out the line");
    return *label;
}

/// The ids of the pairs as places; ids that are no article's are gathered, to be told together.
class Places {
public:
    explicit Places(std::span<const fabula::Article> articles) {
        for (std::size_t i = 0; i < articles.size(); ++i)
            places_.emplace(articles[i].id, i);
    }

    /// Both places; nothing where one is not known.
    std::optional<std::pair<std::size_t, std::size_t>>
    find(std::string_view first, std::string_view second, std::size_t line) {
        const auto one = places_.find(first);
        const auto other = places_.find(second);
        if (one != places_.end() && other != places_.end())
            return std::pair{one->second, other->second};
        if (unknown_lines_++ == 0) {
            first_line_ = line;
            first_id_ = one == places_.end() ? first : second;
        }
        return std::nullopt;
    }

    void refuse_unknown(const std::string& file) const {
        if (unknown_lines_ == 0)
            return;
        std::string sentence = in_quotes(first_id_) + " is the id of no article";
        if (unknown_lines_ > 1)
            sentence += ", nor do " + count_of(unknown_lines_ - 1, "other line", "other lines") +
                        " name two articles";
        refuse(file, first_line_,
               sentence + "; give all articles that the pairs name, or leave out these lines");
    }

private:
    std::unordered_map<std::string_view, std::size_t> places_;
    std::size_t unknown_lines_{};
    std::size_t first_line_{};
    std::string first_id_;
};

} // namespace

bool LabelCondition::holds(double label) const {
    switch (relation) {
    case Relation::equal:
        return label == number;
    case Relation::at_least:
        return label >= number;
    case Relation::at_most:
        return label <= number;
    case Relation::above:
        return label > number;
    case Relation::below:
        return label < number;
    }
    return false;
}

LabelCondition parse_condition(const std::string& option, const std::string& text) {
    using Relation = LabelCondition::Relation;
    constexpr std::pair<std::string_view, Relation> relations[]{
        {"==", Relation::equal}, {">=", Relation::at_least}, {"<=", Relation::at_most},
        {"=", Relation::equal},  {">", Relation::above},     {"<", Relation::below},
    };
    const std::size_t at = text.find_first_of("=<>!");
    const std::string_view rest =
        at == std::string::npos ? std::string_view{} : std::string_view{text}.substr(at);
    const std::string column{trimmed(text.substr(0, at))};
    for (const auto& [sign, relation] : relations) {
        if (rest.substr(0, sign.size()) != sign)
            continue;
        const std::optional<double> number = number_in(rest.substr(sign.size()));
        if (!column.empty() && number)
            return {column, relation, *number};
        break;
    }
    throw UsageError{option + " '" + text +
                     "': write a column, one of = >= <= > < and a number, as in " + option +
                     (option == "--negative" ? " 'grade<=-1'" : " 'grade>=0'")};
}

PairSet read_pairs(const std::string& file, const PairLabelling& labelling,
                   std::span<const fabula::Article> articles) {
    std::ifstream in = opened(file);
    std::optional<Header> header;
    Places places{articles};
    PairSet set;
    std::size_t positive = 0;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (number == 1 && line.rfind("\xEF\xBB\xBF", 0) == 0)
            line.erase(0, 3);
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (line.find_first_not_of(" \t") == std::string::npos)
            continue;
        if (!header) {
            header = read_header(line, file, number, labelling);
            continue;
        }
        const std::vector<std::string_view> columns = columns_of(line);
        if (columns.size() != header->names.size())
            refuse(file, number,
                   "this line has " + count_of(columns.size(), "column", "columns") +
                       ", but the title line has " + std::to_string(header->names.size()) +
                       "; write a tab between each two columns and none elsewhere");
        const auto holds = [&](const LabelCondition& condition, std::size_t column) {
            return condition.holds(label_in(columns[column], condition.column, file, number));
        };
        const bool is_positive = holds(header->positive, header->positive_column);
        const bool is_negative =
            header->negative ? holds(*header->negative, header->negative_column) : !is_positive;
        if (is_positive && is_negative)
            refuse(file, number,
                   "the pair meets both --positive and --negative; give them values that no pair "
                   "can have at once");
        const auto pair = places.find(columns[0], columns[1], number);
        if (pair && pair->first == pair->second)
            refuse(file, number,
                   "the article " + in_quotes(columns[0]) +
                       " is paired with itself, which tells nothing; leave out the line");
        if (!is_positive && !is_negative) {
            ++set.passed_over;
        } else if (pair) {
            set.pairs.push_back({pair->first, pair->second, is_positive});
            positive += is_positive ? 1 : 0;
        }
    }
    if (in.bad())
        throw fabula::Error{fabula::Errc::unreadable, file + " cannot be read to its end"};
    if (!header)
        refuse(file, 1, "there is no title line; it must name two ids and a label, between tabs");
    places.refuse_unknown(file);
    if (positive == 0 || positive == set.pairs.size())
        throw fabula::Error{fabula::Errc::bad_input,
                            file + ": no pair is " +
                                (positive == 0 ? "of one story by --positive"
                                               : "of different stories by --negative") +
                                ", and the figures need some of each; " +
                                count_of(set.pairs.size(), "pair is", "pairs are") +
                                " of the other kind, " + count_of(set.passed_over, "is", "are") +
                                " neither"};
    return set;
}

} // namespace program
