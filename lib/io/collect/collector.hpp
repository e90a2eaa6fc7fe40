// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/collect/file_texts.hpp"
#include "io/collect/notes.hpp"
#include "io/fields/record.hpp"

#include <fabula/error.hpp>
#include <fabula/input.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace fabula::detail {

/// Gathers articles from any number of inputs and keeps the promises that hold for all of them: ids
/// are unique, a fault is either an error or a `BadLine`, as the options say, and what is odd is
/// counted.
class Collector {
public:
    /// \throws Error(bad_option)
    explicit Collector(const ReadOptions& options);

    [[nodiscard]] const ReadOptions& options() const noexcept { return options_; }
    [[nodiscard]] const FieldNames& names() const noexcept { return names_; }
    [[nodiscard]] RecordOptions record_options() const noexcept {
        return {options_.gold_stories, false, options_.strict, options_.max_text_bytes};
    }

    /// Where the text of an article stands, for one that is not to hold it.
    struct LinePlace {
        std::uint64_t offset{};
        std::size_t bytes{};
    };

    /// Objects of this file, which is not opened yet, may be left in place from here on.
    /// \throws Error(unreadable)
    void begin_file(const std::string& file);

    /// No more articles come from the file that the last ones came from: what its dates show of
    /// their order is known.
    void end_file();

    /// `line` is 0 for an article that is a whole file; `place` is given where the text may be left
    /// in the file that was begun last. A record without an id gets `id`.
    /// \throws Error(duplicate_id, bad_input)
    void add(Record&& record, const std::string& id, const std::string& file, std::size_t line,
             std::optional<LinePlace> place = {});

    /// \throws Error(code)
    void fault(Errc code, BadLine bad);

    void note(ReadNote::Kind kind, const std::string& detail, const BadLine& place) {
        notes_.add(kind, detail, place);
    }

    [[nodiscard]] ArticleSet take();

private:
    struct Place {
        std::size_t file{}; ///< index into `files_`
        std::size_t line{};
    };
    /// A date of the file that waits for another to show the order.
    struct OpenDate {
        std::size_t article{};
        DateReading date;
        std::string written;
        Place place;
    };

    void take_date(const Record& record, const std::string& file, std::size_t line);

    ReadOptions options_;
    FieldNames names_;
    ArticleSet set_;
    Notes notes_;
    std::shared_ptr<FileTexts> texts_; ///< null unless texts are left
    std::vector<std::string> files_;
    std::unordered_map<std::string, Place> places_; ///< by id
    std::vector<OpenDate> open_dates_;
    bool shows_day_first_{};
    bool shows_month_first_{};
};

} // namespace fabula::detail
