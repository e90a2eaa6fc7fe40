// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console.hpp"

#include <fabula/clustering.hpp>
#include <fabula/embedding.hpp>
#include <fabula/io.hpp>
#include <fabula/model.hpp>

#include <CLI/CLI.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace program {

/// The options of every subcommand.
struct CommonOptions {
    std::string model; ///< empty = the bundled one
    Console console;
};

void add_common_options(CLI::App& command, CommonOptions& options);

void add_threads_option(CLI::App& command, unsigned& threads);

[[nodiscard]] fabula::Model load_model(const CommonOptions& options);

/// The options of subcommands that read articles.
struct InputOptions {
    std::vector<std::string> inputs;
    bool skip_bad_lines{false};
    bool strict{false};
    std::vector<std::string> fields; ///< "text=body"
    std::size_t max_text_bytes{fabula::ReadOptions{}.max_text_bytes};
    std::string vectors; ///< a NumPy file; empty = the model's own
};

/// What an input may be, for the help texts.
inline constexpr const char* input_help =
    "A file of articles (JSON Lines, a JSON list, CSV or TSV with a header, RSS, Atom, JSON Feed, "
    "ninjs, NewsML-G2, an HTML page, a text), a folder of them, or - for standard input; "
    "compressed "
    "by gzip, zstd, xz or bzip2 or not";

/// The inputs themselves, and how they are read.
void add_input_options(CLI::App& command, InputOptions& options);
/// How they are read, for a subcommand that names them in its own way.
void add_reading_options(CLI::App& command, InputOptions& options);

/// What these options ask of the library. \throws UsageError
[[nodiscard]] fabula::ReadOptions reading_options(const InputOptions& options,
                                                  fabula::ReadOptions how = {});

/// `--vectors`, for a subcommand that clusters.
void add_vectors_option(CLI::App& command, InputOptions& options);

/// `--method`, likewise.
void add_method_option(CLI::App& command, fabula::ClusterMethod& method);

/// The vectors that were brought along for these articles. \throws fabula::Error
[[nodiscard]] std::optional<fabula::EmbeddingMatrix> read_vectors(const InputOptions& options,
                                                                  const fabula::ArticleSet& set);

/// Reads all articles and says on standard error what was odd. Several bad lines are reported at
/// once, and texts have their limit, whatever `how` says of them. \throws fabula::Error where there
/// are bad lines that may not be skipped, or no articles
[[nodiscard]] fabula::ArticleSet read_input(const InputOptions& options, const Console& console,
                                            fabula::ReadOptions how = {});

/// A file of one article, of whatever kind; one whose name does not say of which is text. Where it
/// holds several, the `remedy` is said, before the file's name. \throws fabula::Error, UsageError
[[nodiscard]] fabula::Article read_article(const std::string& file, const InputOptions& options,
                                           const Console& console, const char* remedy);

/// Says of how many articles, where there are any, the text was repaired.
void warn_of_repaired(std::size_t articles, const Console& console);

/// Says how many articles have which status other than ok, and of how many the stated language was
/// overruled.
void warn_of_outcomes(const std::vector<fabula::EmbeddingOutcome>& outcomes,
                      const std::vector<fabula::Article>& articles, const Console& console);

// One function a subcommand: adds it to the program, with a callback that runs it.
void add_cluster(CLI::App& program);
void add_compare(CLI::App& program);
void add_embed(CLI::App& program);
void add_evaluate(CLI::App& program);
void add_identify(CLI::App& program);
void add_model(CLI::App& program);
void add_document(CLI::App& program);
void add_near(CLI::App& program);
void add_stories(CLI::App& program);
void add_stream(CLI::App& program);
void add_model_build(CLI::App& group); // of `fabula model`

} // namespace program
