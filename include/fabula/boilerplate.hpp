// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/export.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace fabula::detail {
class BoilerplateFilter;
}

namespace fabula::inline v0 {

/// What recurs in the articles of each source and is no part of any of them: menus, notices,
/// headlines of other articles, names of publishers behind titles. `StoryClusterer::cluster` learns
/// it from the articles that it is given; this is for collections whose features are extracted in
/// parts, see `extract_features`, so that they are those of the whole.
///
/// Each source is learned by itself. So a collection can be learned in parts, as long as all
/// articles of a source (`source_number`) are in one of them: merged, in any order, they are what
/// the whole teaches. Cheap to copy, immutable, safe to use from any number of threads. Memory: 10
/// to 12 bytes a line or headline that was learned; every article has a headline.
class FABULA_EXPORT Boilerplate {
public:
    /// Nothing is learned: what fixed rules know is all that is taken out.
    Boilerplate();

    /// Does not depend on the order of the articles. `threads`: 0 = one a usable core.
    [[nodiscard]] static Boilerplate learn(std::span<const Article> articles, unsigned threads = 0);

    /// All that any of them has.
    [[nodiscard]] static Boilerplate merge(std::span<const Boilerplate> parts);

    /// Articles of sources with the same number are learned from together: of "Example.com" and
    /// "example.com", and of no source.
    [[nodiscard]] static std::uint64_t source_number(std::string_view source);

    /// How many lines, headlines and endings of titles were learned.
    [[nodiscard]] std::size_t size() const noexcept;

    /// Versioned, sealed with a checksum, the same on every machine: 8 bytes for each that was
    /// learned, and 24.
    [[nodiscard]] std::string to_bytes() const;

    /// Reads back what `to_bytes` wrote. Any bytes may be given.
    /// \throws Error(damaged_data) where they were cut short or altered, or are of something else
    /// or of another version
    [[nodiscard]] static Boilerplate from_bytes(std::string_view bytes);

    /// Whether they know the same.
    friend FABULA_EXPORT bool operator==(const Boilerplate& a, const Boilerplate& b);

private:
    friend class detail::BoilerplateFilter;
    explicit Boilerplate(detail::BoilerplateFilter filter);

    std::shared_ptr<const detail::BoilerplateFilter> filter_;
};

} // namespace fabula::inline v0
