// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/read/file_texts.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace fabula::detail {

/// Gathers articles from any number of inputs and keeps the promises that hold for all of them: ids
/// are unique, and a fault is either an error or a `BadLine`, as the options say.
class Collector {
public:
    explicit Collector(const ReadOptions& options);

    [[nodiscard]] const ReadOptions& options() const noexcept { return options_; }

    /// Where the text of an article stands, for one that is not to hold it.
    struct LinePlace {
        std::uint64_t offset{};
        std::size_t bytes{};
    };

    /// Lines of this file, which is not opened yet, may be left in place from here on.
    /// \throws Error(unreadable)
    void begin_file(const std::string& file);

    /// `line` is 0 for an article that is a whole file; `place` is given where the text may be left
    /// in the file that was begun last. \throws Error(duplicate_id)
    void add(Article&& article, std::string&& story, const std::string& file, std::size_t line,
             std::optional<LinePlace> place = {});

    /// \throws Error(code)
    void fault(Errc code, BadLine bad);

    void count_repaired() { ++set_.repaired; }

    [[nodiscard]] ArticleSet take();

private:
    struct Place {
        std::size_t file{}; ///< index into `files_`
        std::size_t line{};
    };

    ReadOptions options_;
    ArticleSet set_;
    std::shared_ptr<FileTexts> texts_; ///< null unless texts are left
    std::vector<std::string> files_;
    std::unordered_map<std::string, Place> places_; ///< by id
};

} // namespace fabula::detail
