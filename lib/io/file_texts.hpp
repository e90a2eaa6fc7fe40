// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fabula::detail {

/// Texts that stay in the JSON Lines files that they came from. A text is read, and its line parsed
/// again, when it is asked for; whoever fills it has read each line without a fault.
class FileTexts final : public ArticleTexts {
public:
    FileTexts() = default;
    ~FileTexts() override;

    /// The next articles are from this file. \throws Error(unreadable)
    void open(const std::string& name);
    /// The next article is the line at these bytes of that file.
    void add_line(std::uint64_t offset, std::size_t bytes);
    /// The next article's text is this.
    void add_text(std::string&& text);

    /// \throws Error(unreadable) where the file is no longer what it was
    void read(std::size_t i, std::string& text) const override;

private:
    static constexpr std::uint32_t in_memory = ~std::uint32_t{0};

    struct File {
        std::string name;
        int descriptor{-1};
    };
    struct Place {
        std::uint64_t offset{}; ///< of the line; number of the text where it is in memory
        std::uint32_t bytes{};
        std::uint32_t file{};
    };

    std::vector<File> files_;
    std::vector<Place> places_;
    std::vector<std::string> held_;
};

} // namespace fabula::detail
