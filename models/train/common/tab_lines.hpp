// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace fabula::training {

/// The lines of a file of three fields with tabs between them; the last may have tabs in it.
class TabLines {
public:
    /// `form` is what a line has to be, for messages. \throws Error(file_not_found)
    explicit TabLines(const std::filesystem::path& file,
                      const char* form = "group TAB language TAB text");

    /// Goes to the next line; false at the end. \throws Error(bad_input) naming file and line
    bool next();

    /// Of the line at hand.
    [[nodiscard]] std::string_view first() const { return field(0, first_); }
    [[nodiscard]] std::string_view second() const { return field(first_ + 1, second_); }
    [[nodiscard]] std::string_view third() const { return field(second_ + 1, line_.size()); }

    /// For a field that is not what it should be. \throws Error(bad_input) naming file and line
    [[noreturn]] void refuse() const;

private:
    [[nodiscard]] std::string_view field(std::size_t begin, std::size_t end) const {
        return std::string_view(line_).substr(begin, end - begin);
    }

    std::string file_;
    const char* form_;
    std::ifstream in_;
    std::string line_;
    std::size_t number_{};
    std::size_t first_{}; ///< where the tabs are
    std::size_t second_{};
};

} // namespace fabula::training
