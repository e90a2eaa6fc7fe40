// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace fabula::detail {

/// Gathers articles from any number of inputs and keeps the promises that hold for all of them: ids
/// are unique, and a fault is either an error or a `BadLine`, as the options say.
class Collector {
public:
    explicit Collector(const ReadOptions& options) : options_(options) {}

    [[nodiscard]] const ReadOptions& options() const noexcept { return options_; }

    /// `line` is 0 for an article that is a whole file. \throws Error(duplicate_id)
    void add(Article&& article, std::string&& story, const std::string& file, std::size_t line);

    /// \throws Error(code)
    void fault(Errc code, BadLine bad);

    void count_repaired() { ++set_.repaired; }

    [[nodiscard]] ArticleSet take() { return std::move(set_); }

private:
    struct Place {
        std::size_t file{}; ///< index into `files_`
        std::size_t line{};
    };

    ReadOptions options_;
    ArticleSet set_;
    std::vector<std::string> files_;
    std::unordered_map<std::string, Place> places_; ///< by id
};

} // namespace fabula::detail
