// SPDX-License-Identifier: Apache-2.0
#include "input.hpp"

#include "text.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <map>

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

[[noreturn]] void refuse(const std::vector<fabula::BadLine>& bad_lines) {
    const std::size_t shown = std::min(bad_lines.size(), most_lines_shown);
    for (std::size_t i = 0; i < shown; ++i)
        print_error(to_string(bad_lines[i]));
    std::string sentence = count_of(bad_lines.size(), "bad line", "bad lines");
    if (shown < bad_lines.size())
        sentence += " (the first " + std::to_string(shown) + " are shown)";
    throw fabula::Error{fabula::Errc::bad_input,
                        sentence + "; correct the input, or leave out what is bad with "
                                   "--skip-bad-lines"};
}

void warn_of_skipped(const std::vector<fabula::BadLine>& bad_lines, const Console& console) {
    for (std::size_t i = 0; i < std::min(bad_lines.size(), most_lines_shown); ++i)
        console.warn("skipped " + to_string(bad_lines[i]));
    console.warn(count_of(bad_lines.size(), "bad line", "bad lines") + " skipped in all");
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

fabula::ArticleSet read_input(const InputOptions& options, const Console& console,
                              fabula::ReadOptions how) {
    // Bad lines are gathered in either case, so that all of them can be reported together.
    how.skip_bad_lines = true;
    how.max_text_bytes = options.max_text_bytes;
    fabula::ArticleSet set = fabula::read_articles(options.inputs, how);
    if (!set.bad_lines.empty() && !options.skip_bad_lines)
        refuse(set.bad_lines);
    if (!set.bad_lines.empty())
        warn_of_skipped(set.bad_lines, console);
    if (set.repaired > 0)
        console.warn(count_of(set.repaired, "article", "articles") +
                     " had broken characters (invalid UTF-8, for example), which were replaced");
    if (set.articles.empty())
        throw fabula::Error{fabula::Errc::bad_input,
                            "there are no articles in " + listed(options.inputs) +
                                "; a file needs a JSON object a line, a folder .txt files"};
    return set;
}

void warn_of_statuses(const std::vector<fabula::EmbeddingOutcome>& outcomes,
                      const Console& console) {
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
