// SPDX-License-Identifier: Apache-2.0
#include "quality_page.hpp"

#include "console.hpp"

#include <fabula/report.hpp>

#include <algorithm>
#include <ostream>
#include <vector>

namespace program {
namespace {

constexpr std::size_t most_errors = 20;

std::vector<fabula::ReportedError> worst_of(std::vector<fabula::Confusion> confusions,
                                            const QualityPageInput& input) {
    const auto is_ok = [&](std::size_t labelled) {
        return input.outcomes[input.labelled[labelled]].status == fabula::EmbeddingStatus::ok;
    };
    // That an article without a vector is apart teaches little.
    std::stable_partition(confusions.begin(), confusions.end(), [&](const auto& confusion) {
        return is_ok(confusion.article) && is_ok(confusion.other);
    });
    confusions.resize(std::min(confusions.size(), most_errors));
    std::vector<fabula::ReportedError> out;
    for (fabula::Confusion confusion : confusions) {
        const std::string& story = input.stories[input.gold[confusion.article]];
        const std::string& other = input.stories[input.gold[confusion.other]];
        confusion.article = input.labelled[confusion.article];
        confusion.other = input.labelled[confusion.other];
        out.push_back({confusion, story, other});
    }
    return out;
}

} // namespace

void write_quality_page(const std::string& file, std::span<const Measurement> measurements,
                        const QualityPageInput& input) {
    fabula::EvaluationFindings findings;
    findings.min_probability = measurements.front().min_probability;
    for (const Measurement& one : measurements)
        findings.sweep.push_back({one.min_probability, one.quality});
    std::stable_sort(
        findings.sweep.begin(), findings.sweep.end(),
        [](const auto& a, const auto& b) { return a.min_probability < b.min_probability; });
    findings.sweep.erase(std::unique(findings.sweep.begin(), findings.sweep.end(),
                                     [](const auto& a, const auto& b) {
                                         return a.min_probability == b.min_probability;
                                     }),
                         findings.sweep.end());
    findings.by_pair = input.calibration.by_pair;
    findings.by_story = input.calibration.by_story;
    const fabula::Confusions confusions =
        fabula::find_confusions(input.predicted, input.gold, input.scored);
    findings.missed = worst_of(confusions.missed, input);
    findings.falsely_joined = worst_of(confusions.falsely_joined, input);

    const fabula::Comparer comparer{input.model, input.articles,
                                    input.clustering.comparer_options()};
    fabula::ReportOptions options;
    options.title = "How well the stories meet the labels";
    options.threads = input.clustering.threads;
    write_results(file, [&](std::ostream& out) {
        fabula::write_html_evaluation(out, findings, input.articles, input.outcomes, comparer,
                                      options);
    });
}

} // namespace program
