// SPDX-License-Identifier: Apache-2.0
#include "report/json_text.hpp"
#include "report/overview.hpp"
#include "report/page_source.hpp"
#include "report/report_plan.hpp"
#include "report/report_view.hpp"
#include "report/weak_spots.hpp"

#include <fabula/error.hpp>
#include <fabula/report.hpp>

#include <ostream>
#include <string_view>

namespace fabula::inline v0 {
namespace {

constexpr std::size_t around = 120'000; ///< bytes of figures and names at most
constexpr std::size_t longest_name = 120;

/// Each error as a story of its two articles, so that it is shown as a linked pair is.
struct ErrorStories {
    std::vector<Article> articles;
    StoryClusters clusters;

    void add(const ReportedError& error, std::span<const Article> all,
             std::span<const EmbeddingOutcome> outcomes) {
        const std::size_t at = articles.size();
        for (const std::size_t article : {error.confusion.article, error.confusion.other}) {
            articles.push_back(all[article]);
            clusters.outcomes.push_back(outcomes[article]);
        }
        const double probability = error.confusion.probability.value_or(0);
        Story& story = clusters.stories.emplace_back();
        story.id = "e" + std::to_string(clusters.stories.size());
        story.title = articles[at].title;
        story.members = {at, at + 1};
        story.representative = at;
        story.links = {{at, {}, 1, StrongestLink{at + 1, probability}},
                       {at + 1, {}, probability, StrongestLink{at, probability}}};
    }
};

class FiguresWriter {
public:
    explicit FiguresWriter(std::string& out) : out_(out) {}

    void number(std::string_view name, double value) {
        begin(name);
        detail::append_json_rounded(out_, value);
    }
    void count(std::string_view name, std::size_t value) {
        begin(name);
        detail::append_json(out_, static_cast<std::int64_t>(value));
    }
    void text(std::string_view name, std::string_view value) {
        begin(name);
        detail::append_json(out_, detail::cut(value, longest_name).text);
    }
    template <class Items, class Write>
    void list(std::string_view name, const Items& items, Write&& write) {
        begin(name);
        out_ += '[';
        for (std::size_t i = 0; i < items.size(); ++i) {
            out_ += i == 0 ? "{" : ",{";
            is_first_ = true;
            write(items[i]);
            out_ += '}';
        }
        out_ += ']';
        is_first_ = false;
    }

private:
    void begin(std::string_view name) {
        out_ += is_first_ ? "\"" : ",\"";
        out_ += name;
        out_ += "\":";
        is_first_ = false;
    }

    std::string& out_;
    bool is_first_{true};
};

void write_calibration(FiguresWriter& figures, std::string_view name, std::string_view error_name,
                       const Calibration& calibration) {
    figures.number(error_name, calibration.expected_calibration_error);
    figures.list(name, calibration.bins, [&](const CalibrationBin& bin) {
        figures.number("from", bin.from);
        figures.number("to", bin.to);
        figures.count("pairs", bin.pairs);
        figures.number("said", bin.mean_probability);
        figures.number("true", bin.same_story);
    });
}

std::string figures_json(const EvaluationFindings& findings) {
    std::string out = "{";
    FiguresWriter figures(out);
    figures.number("min_probability", findings.min_probability);
    figures.list("sweep", findings.sweep, [&](const SweepPoint& point) {
        const ClusteringQuality& quality = point.quality;
        figures.number("min_probability", point.min_probability);
        figures.number("precision", quality.bcubed.precision);
        figures.number("recall", quality.bcubed.recall);
        figures.number("f1", quality.bcubed.f1);
        figures.number("pairwise", quality.pairwise.f1);
        figures.number("rand", quality.adjusted_rand_index);
        figures.number("v", quality.v_measure);
        figures.number("cross", quality.cross_language_recall);
        figures.count("articles", quality.articles);
        figures.count("stories", quality.predicted_clusters);
        figures.count("gold", quality.gold_clusters);
        figures.count("largest", quality.largest_predicted);
    });
    write_calibration(figures, "by_pair", "error_by_pair", findings.by_pair);
    write_calibration(figures, "by_story", "error_by_story", findings.by_story);
    const auto errors = [&](std::string_view name, const std::vector<ReportedError>& all) {
        figures.list(name, all, [&](const ReportedError& error) {
            figures.text("story", error.story);
            figures.text("other", error.other_story);
            figures.count("articles", error.confusion.articles);
            figures.count("others", error.confusion.others);
        });
    };
    errors("missed", findings.missed);
    errors("joined", findings.falsely_joined);
    return out + "}";
}

} // namespace

void write_html_evaluation(std::ostream& out, const EvaluationFindings& findings,
                           std::span<const Article> articles,
                           std::span<const EmbeddingOutcome> outcomes, const Comparer& comparer,
                           const ReportOptions& options) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    if (outcomes.size() != articles.size())
        throw Error(Errc::bad_input, "there are " + std::to_string(outcomes.size()) +
                                         " outcomes, but " + std::to_string(articles.size()) +
                                         " articles; pass those of one clustering");
    ErrorStories stories;
    for (const auto* errors : {&findings.missed, &findings.falsely_joined})
        for (const ReportedError& error : *errors) {
            if (error.confusion.article >= articles.size() ||
                error.confusion.other >= articles.size())
                throw Error(Errc::bad_input, "an error names no article; its indices must be "
                                             "below " +
                                                 std::to_string(articles.size()));
            stories.add(error, articles, outcomes);
        }

    const detail::PageFrame frame = detail::page_frame(options.title);
    const std::string figures = figures_json(findings);
    const std::size_t needed = frame.head.size() + frame.tail.size() + figures.size();
    if (needed + around > options.max_bytes)
        throw Error(Errc::bad_option, "max_bytes is " + std::to_string(options.max_bytes) +
                                          ", but the figures alone need " +
                                          std::to_string(needed + around));
    const std::size_t for_data = options.max_bytes - needed - around;
    const detail::ReportView view(stories.clusters, stories.articles);
    const detail::WeakSpots none{
        {}, {}, std::vector<std::vector<detail::NearStory>>(stories.clusters.stories.size())};
    detail::Overview overview = detail::overview(view, none, options.lead_characters, for_data);
    detail::ReportPlan plan(view, overview.stories, &comparer, options.threads,
                            for_data - overview.json.size());
    plan.add_links();
    out << frame.head << "<script type=\"application/json\" id=\"core\">" << overview.json
        << "}</script>\n<script type=\"application/json\" id=\"evaluation\">" << figures
        << "</script>\n"
        << plan.blocks(none) << frame.tail;
}

} // namespace fabula::inline v0
