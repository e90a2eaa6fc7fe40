// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace fabula::detail {

/// One word where it stands; `text` is a part of the caller's article.
struct TermWord {
    std::uint32_t use{}; ///< number of its `TermUse`
    std::string_view text;
    bool is_inside{};   ///< neither first in its sentence nor in one that is all capitals
    bool joins_next{};  ///< at most a blank or a hyphen between it and the next word
    bool is_particle{}; ///< "de", "von", ...: lower-case and inside names
};

/// All that is known of the words with one key.
struct TermUse {
    std::uint32_t key{}; ///< of its term; of its normalised form where it is no term
    std::size_t first{}; ///< index of the first among the words
    std::size_t count{};
    std::size_t inside{};
    std::size_t capitalised{}; ///< of those inside
    std::string form;          ///< its letters, for report forms of one word
    float rarity{};            ///< see `word_rarity`; of the rarest of its words
    bool is_dense{};           ///< of a script that is written without blanks
};

/// What the features of all reports say of a use.
struct TermScore {
    double value{};
    std::size_t languages{}; ///< that have it; 0 where no report counts for it
};

/// Chooses among the words of a story's reports, and finds how far the names reach.
class KeyTermChoice {
public:
    /// One score a use; the uses in the order in which they come first. All of it must live as
    /// long.
    KeyTermChoice(std::span<const TermWord> words, std::span<const TermUse> uses,
                  std::span<const TermScore> scores, std::size_t reports, bool nouns_have_capitals);

    /// Time: that of sorting the words.
    [[nodiscard]] std::vector<std::string> best(std::size_t at_most) const;

private:
    /// Words that stand together, as indices, both included.
    struct Place {
        std::size_t first{};
        std::size_t last{};
    };
    using Places = std::vector<Place>;
    using Uses = std::unordered_set<std::uint32_t>;

    enum class Extension { none, done, onto_taken };

    /// The uses that may be terms, the best first.
    [[nodiscard]] std::vector<std::uint32_t> candidates() const;
    [[nodiscard]] bool is_name(std::uint32_t use) const;
    [[nodiscard]] bool belong_together(std::uint32_t use, std::uint32_t neighbour,
                                       std::size_t together, std::size_t places) const;
    [[nodiscard]] Extension extend(Places& places, std::uint32_t use, bool forward,
                                   const Uses& taken) const;
    [[nodiscard]] Places places_of(std::uint32_t use) const;
    /// The shortest word of which this one is a longer form; the word itself where there is none.
    [[nodiscard]] std::uint32_t base_of(std::uint32_t use) const;
    [[nodiscard]] std::string spelled(const Places& places) const;

    std::span<const TermWord> words_;
    std::span<const TermUse> uses_;
    std::span<const TermScore> scores_;
    std::size_t reports_;
    bool nouns_have_capitals_;
    std::vector<std::size_t> begins_; ///< of each use in `places_`, and the end
    std::vector<std::size_t> places_; ///< indices of words, use by use
    /// The first use of each form that tells something; those that are no names, and names.
    std::array<std::unordered_map<std::string_view, std::uint32_t>, 2> by_form_;
};

} // namespace fabula::detail
