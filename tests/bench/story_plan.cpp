// SPDX-License-Identifier: Apache-2.0
#include "story_plan.hpp"

#include "draw.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace bench {

std::vector<PlannedArticle> plan_stories(const PlanOptions& options) {
    const std::size_t largest = std::clamp<std::size_t>(options.articles / 125, 2, 1500);
    // Sizes drawn so have the ranks that Zipf's law wants.
    const Weights sizes = Weights::zipf(largest, 1 + 1 / options.exponent);
    Draw draw(options.seed);
    std::vector<PlannedArticle> plan;
    plan.reserve(options.articles);
    const double day = 86400;
    for (std::uint32_t story = 0; plan.size() < options.articles; ++story) {
        const std::size_t size = std::min(1 + sizes.pick(draw), options.articles - plan.size());
        const double span = (1 + 2 * draw.unit()) * day;
        const double start =
            draw.unit() * std::max(static_cast<double>(options.days) * day - span, 1.0);
        for (std::uint32_t report = 0; report < size; ++report) {
            const double part = report == 0 ? 0 : draw.unit();
            plan.push_back({story, report, static_cast<std::int64_t>(start + part * part * span)});
        }
    }
    std::sort(plan.begin(), plan.end(), [](const PlannedArticle& a, const PlannedArticle& b) {
        return std::tie(a.seconds, a.story, a.report) < std::tie(b.seconds, b.story, b.report);
    });
    return plan;
}

Report tell(std::uint64_t story_seed, std::uint32_t report, const Weights& languages) {
    Draw draw(mix(story_seed, report));
    const double kind = draw.unit();
    const std::size_t language = languages.pick(draw);
    if (report == 0 || kind < 0.3)
        return {Origin::report, report, report, language, false};
    // Someone read one of the reports that were there.
    Report made = tell(story_seed, static_cast<std::uint32_t>(draw.below(report)), languages);
    if (kind < 0.5) {
        made.origin = Origin::copy;
    } else if (kind < 0.7 || language == made.language) {
        made.origin = Origin::rewrite;
        made.wording = report;
        made.is_reworded = true;
    } else {
        made.origin = Origin::translation;
        made.wording = report;
        made.language = language;
    }
    return made;
}

} // namespace bench
