// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/explained_pair.hpp"
#include "report/report_view.hpp"
#include "report/weak_spots.hpp"

#include <fabula/comparer.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fabula::detail {

/// Texts and explanations, as many as fit. Each is there once, however many ask for it.
class ReportPlan {
public:
    /// `comparer` may be null: nothing is explained then. Of the first `stories` stories.
    ReportPlan(const ReportView& view, std::size_t stories, const Comparer* comparer,
               unsigned threads, std::size_t bytes);

    /// The pairs in doubt come first, wherever they are.
    void add(const WeakSpots& weak);
    /// Then the strongest links of each story, the largest first, and what else is known of it.
    void add_links();
    /// Then the texts that no link has brought.
    void add_texts();

    /// The elements of the page that hold it all.
    [[nodiscard]] std::string blocks(const WeakSpots& weak) const;

    [[nodiscard]] std::size_t texts() const noexcept { return texts_; }
    [[nodiscard]] std::size_t explained_pairs() const noexcept { return explained_; }

private:
    /// What has been chosen of one story.
    struct Chosen {
        std::vector<std::uint32_t> texts; ///< articles
        std::vector<std::string> pairs;   ///< explained
        std::string near;                 ///< which members are near which
    };

    void explain(std::vector<ReportPair> pairs, std::vector<std::string>* apart);
    bool take(std::size_t bytes);
    bool take_texts(std::uint32_t first, std::uint32_t second, std::size_t more);
    [[nodiscard]] std::vector<ReportPair> strongest_pairs(std::size_t story) const;
    void add_near_members();

    const ReportView& view_;
    std::size_t stories_;
    const Comparer* comparer_;
    unsigned threads_;
    std::size_t left_;
    bool is_full_{false};
    std::size_t texts_{};
    std::size_t explained_{};
    ContributionWords words_;
    std::vector<Chosen> chosen_;
    std::vector<std::string> of_weak_spots_;
    std::vector<bool> has_text_; ///< of each article
};

} // namespace fabula::detail
