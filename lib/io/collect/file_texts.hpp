// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/fields/field_names.hpp"

#include <fabula/article.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace fabula::detail {

/// Texts that stay in the JSON files that they came from. A text is read, and its object parsed
/// again, when it is asked for; whoever fills it has read each object without a fault.
///
/// However many files there are, `most_open` at most stay open, and one more in each thread that
/// reads just now. A file that has changed since it was begun (another file by that name, another
/// size, another time of the last change) is an error.
class FileTexts final : public ArticleTexts {
public:
    static constexpr std::size_t most_open = 16;

    explicit FileTexts(const FieldNames& names) : names_(names) {}

    /// The next articles are from this file. Call it before the file is read for the first time, so
    /// that a change meanwhile is not missed. \throws Error(unreadable)
    void open(const std::string& name);
    /// The next article is the object at these bytes of that file.
    void add_line(std::uint64_t offset, std::size_t bytes);
    /// The next article's text is this.
    void add_text(std::string&& text);

    /// \throws Error(unreadable) where the file is no longer what it was
    void read(std::size_t i, std::string& text) const override;

private:
    static constexpr std::uint32_t in_memory = ~std::uint32_t{0};

    class OpenFile;
    /// What changes when a file does.
    struct Identity {
        std::uint64_t device{};
        std::uint64_t inode{};
        std::int64_t bytes{};
        std::int64_t seconds{}; ///< of the last change
        std::int64_t nanoseconds{};
        bool operator==(const Identity&) const = default;
    };
    struct File {
        std::string name;
        Identity identity;
    };
    struct Place {
        std::uint64_t offset{}; ///< of the line; number of the text where it is in memory
        std::uint32_t bytes{};
        std::uint32_t file{};
    };
    struct Slot {
        std::size_t file{};
        std::shared_ptr<const OpenFile> open; ///< null: none
    };

    [[nodiscard]] std::shared_ptr<const OpenFile> opened(std::size_t file) const;
    void read_line(const Place& place, std::string& line) const;

    FieldNames names_;
    std::vector<File> files_;
    std::vector<Place> places_;
    std::vector<std::string> held_;
    mutable std::mutex mutex_;
    mutable std::array<Slot, most_open> open_; ///< a file has but one slot that it may be in
};

} // namespace fabula::detail
