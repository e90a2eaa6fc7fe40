// SPDX-License-Identifier: Apache-2.0
#include "input.hpp"

#include "text.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>

namespace program {
namespace {

/// Enough to see what is wrong with a file, and no more.
constexpr std::size_t most_lines_shown = 10;

std::string listed(const std::vector<std::string>& names) {
    std::string result;
    for (const std::string& name : names) {
        if (!result.empty())
            result += ", ";
        result += name == "-" ? "standard input" : name;
    }
    return result;
}

/// What two faults of one kind have in common: their reasons without numbers and what is in quotes.
std::string kind_of(const fabula::BadLine& bad) {
    std::string kind;
    bool in_quotes = false;
    for (const char c : bad.reason) {
        if (c == '"')
            in_quotes = !in_quotes;
        else if (!in_quotes && (c < '0' || c > '9'))
            kind += c;
    }
    return kind;
}

/// The first of each kind, and how many of it there are.
std::vector<std::string> one_of_each_kind(const fabula::ArticleSet& set) {
    struct Count {
        const fabula::BadLine* first{};
        std::size_t count{};
    };
    std::vector<Count> counts;
    std::map<std::string, std::size_t> places;
    for (const fabula::BadLine& bad : set.bad_lines) {
        const auto [found, is_new] = places.try_emplace(kind_of(bad), counts.size());
        if (is_new)
            counts.push_back({&bad, 0});
        ++counts[found->second].count;
    }
    std::vector<std::string> sentences;
    for (const Count& count : counts) {
        if (sentences.size() == most_lines_shown)
            break;
        sentences.push_back(to_string(*count.first));
        if (count.count > 1)
            sentences.back() += " (and " + std::to_string(count.count - 1) + " more of the kind)";
    }
    return sentences;
}

[[noreturn]] void refuse(const fabula::ArticleSet& set) {
    for (const std::string& sentence : one_of_each_kind(set))
        print_error(sentence);
    throw fabula::Error{fabula::Errc::bad_input,
                        count_of(set.bad_line_count, "bad line", "bad lines") +
                            "; correct the input, or leave out what is bad with "
                            "--skip-bad-lines"};
}

void warn_of_skipped(const fabula::ArticleSet& set, const Console& console) {
    for (const std::string& sentence : one_of_each_kind(set))
        console.warn("skipped " + sentence);
    console.warn(count_of(set.bad_line_count, "bad line", "bad lines") + " skipped in all");
}

std::vector<fabula::FieldName> field_names(const std::vector<std::string>& options) {
    std::vector<fabula::FieldName> names;
    for (const std::string& option : options) {
        const std::size_t cut = option.find('=');
        if (cut == std::string::npos)
            throw UsageError{"--field " + option + " has no \"=\"; write --field text=body"};
        names.push_back({option.substr(0, cut), option.substr(cut + 1)});
    }
    return names;
}

} // namespace

void add_common_options(CLI::App& command, CommonOptions& options) {
    command.add_option("--model", options.model, "Model file in place of the bundled one")
        ->type_name("FILE");
    command.add_flag("--quiet", options.console.quiet, "Say nothing on standard error but errors");
}

void add_threads_option(CLI::App& command, unsigned& threads) {
    command
        .add_option("--threads", threads,
                    "0 = one a usable core; the result is the same for any number (default: 0)")
        ->type_name("N");
}

fabula::Model load_model(const CommonOptions& options) {
    return options.model.empty() ? fabula::Model::bundled() : fabula::Model::load(options.model);
}

void add_input_options(CLI::App& command, InputOptions& options) {
    command.add_option("INPUT", options.inputs, input_help)->required()->type_name("");
    add_reading_options(command, options);
}

void add_reading_options(CLI::App& command, InputOptions& options) {
    command.add_flag("--skip-bad-lines", options.skip_bad_lines,
                     "Leave out lines that cannot be understood, and count them");
    command
        .add_option("--field", options.fields,
                    "By which name a field goes in the input, such as text=body; without it, the "
                    "usual names are tried. May be given several times")
        ->type_name("FIELD=NAME")
        ->expected(1)
        ->take_all();
    command.add_flag("--strict", options.strict,
                     "A date that cannot be read, or a language that is none, makes a line a bad "
                     "one; without it, the article has no date, or its language is identified");
    command
        .add_option("--max-text-bytes", options.max_text_bytes,
                    "A longer text makes its line a bad one; 0 = no limit (default: 16777216)")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
}

void add_vectors_option(CLI::App& command, InputOptions& options) {
    command
        .add_option(
            "--vectors", options.vectors,
            "Vectors of another encoder in place of the model's: a NumPy file (.npy, float32 "
            "or float64) with one row an article, in their order, of any dimension")
        ->type_name("FILE");
}

void add_method_option(CLI::App& command, fabula::ClusterMethod& method) {
    const auto choose = [&method](const std::string& name) {
        method = name == "average"      ? fabula::ClusterMethod::average_linkage
                 : name == "refined"    ? fabula::ClusterMethod::refined_linkage
                 : name == "components" ? fabula::ClusterMethod::connected_components
                                        : fabula::ClusterMethod::branch_cut;
    };
    command
        .add_option_function<std::string>(
            "--method", choose,
            "branches (the dendrogram of average linkage, each branch cut where its stories stand "
            "out; P is what two articles need that nothing else is near), average (cut at P "
            "everywhere), refined (then articles move to where they fit best) or components (all "
            "that is connected) (default: branches)")
        ->check(CLI::IsMember({"branches", "average", "refined", "components"}))
        ->type_name("NAME");
}

std::optional<fabula::EmbeddingMatrix> read_vectors(const InputOptions& options,
                                                    const fabula::ArticleSet& set) {
    if (options.vectors.empty())
        return std::nullopt;
    if (!set.bad_lines.empty())
        throw fabula::Error{fabula::Errc::bad_input,
                            "with lines left out, the rows of " + options.vectors +
                                " no longer say which article they are of; correct the lines, or "
                                "leave them out of both files"};
    fabula::EmbeddingMatrix vectors = fabula::read_npy(options.vectors);
    if (vectors.rows != set.articles.size())
        throw fabula::Error{fabula::Errc::bad_input,
                            options.vectors + " has " + count_of(vectors.rows, "row", "rows") +
                                ", but there are " +
                                count_of(set.articles.size(), "article", "articles") +
                                "; it must have one row an article, in their order"};
    return vectors;
}

fabula::ReadOptions reading_options(const InputOptions& options, fabula::ReadOptions how) {
    how.skip_bad_lines = options.skip_bad_lines;
    how.max_text_bytes = options.max_text_bytes;
    how.strict = options.strict;
    how.fields = field_names(options.fields);
    return how;
}

fabula::ArticleSet read_input(const InputOptions& options, const Console& console,
                              fabula::ReadOptions how) {
    how = reading_options(options, std::move(how));
    // Bad lines are gathered in either case, so that all of them can be reported together.
    how.skip_bad_lines = true;
    fabula::ArticleSet set = fabula::read_articles(options.inputs, how);
    if (set.bad_line_count > 0 && !options.skip_bad_lines)
        refuse(set);
    if (set.bad_line_count > 0)
        warn_of_skipped(set, console);
    for (const fabula::ReadNote& note : set.notes)
        console.warn(note.sentence);
    warn_of_repaired(set.repaired, console);
    if (set.articles.empty())
        throw fabula::Error{fabula::Errc::bad_input,
                            "there are no articles in " + listed(options.inputs) +
                                "; a file needs a JSON object a line, a table a header, a folder "
                                ".txt or other files of articles (fabula cluster --help)"};
    return set;
}

fabula::Article read_article(const std::string& file, const InputOptions& options,
                             const Console& console, const char* remedy) {
    constexpr std::array<std::string_view, 16> known{
        ".jsonl", ".ndjson", ".json", ".html", ".htm", ".xhtml", ".xml", ".rss",
        ".atom",  ".csv",    ".tsv",  ".md",   ".gz",  ".zst",   ".xz",  ".bz2"};
    const std::string extension = std::filesystem::path{file}.extension().string();
    if (file != "-" && std::find(known.begin(), known.end(), extension) == known.end())
        return fabula::read_text_file(file);
    InputOptions one = options;
    one.inputs = {file};
    fabula::ArticleSet set = read_input(one, console);
    if (set.articles.size() > 1)
        throw UsageError{file + " holds " + std::to_string(set.articles.size()) + " articles; " +
                         remedy + file};
    return std::move(set.articles.front());
}

void warn_of_repaired(std::size_t articles, const Console& console) {
    if (articles > 0)
        console.warn(
            count_of(articles, "article", "articles") +
            " had broken characters (invalid UTF-8, for example), which were replaced; if they are "
            "in another encoding, convert them first (iconv -f WINDOWS-1252 -t UTF-8)");
}

void warn_of_outcomes(const std::vector<fabula::EmbeddingOutcome>& outcomes,
                      const std::vector<fabula::Article>& articles, const Console& console) {
    std::size_t overruled = 0;
    std::string first;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const std::string& stated = articles[i].language;
        if (stated.empty() || outcomes[i].language == stated)
            continue;
        if (overruled++ == 0)
            first =
                articles[i].id + ": \"" + stated + "\", but the text is " + outcomes[i].language;
    }
    if (overruled > 0)
        console.warn(
            count_of(overruled, "article is", "articles are") +
            " surely not in the language that is stated, which was overruled (the first: " + first +
            ")");
    std::map<fabula::EmbeddingStatus, std::size_t> counts;
    for (const fabula::EmbeddingOutcome& outcome : outcomes)
        ++counts[outcome.status];
    counts.erase(fabula::EmbeddingStatus::ok);
    for (const auto& [status, count] : counts)
        console.warn(count_of(count, "article", "articles") +
                     (status == fabula::EmbeddingStatus::empty_text
                          ? " could not be compared with others: "
                          : " could be compared by names and numbers alone: ") +
                     std::string{to_string(status)});
}

} // namespace program
