// SPDX-License-Identifier: Apache-2.0
#include "io/write/counts.hpp"
#include "report/json_text.hpp"
#include "report/overview.hpp"
#include "report/page_source.hpp"
#include "report/report_plan.hpp"
#include "report/report_view.hpp"
#include "report/weak_spots.hpp"

#include <fabula/error.hpp>
#include <fabula/report.hpp>

#include <ostream>

namespace fabula::inline v0 {
namespace {

constexpr std::size_t least_bytes = 200'000;
/// Bytes of what stands around the overview and the stories: counts, lists of pairs, words.
constexpr std::size_t around = 10'000;
constexpr std::size_t longest_page_title = 400;

} // namespace

std::string ReportOptions::validate() const {
    if (max_bytes < least_bytes)
        return "max_bytes is " + std::to_string(max_bytes) + ", but must be " +
               std::to_string(least_bytes) + " or more: the page itself takes most of that";
    if (lead_characters > 2000)
        return "lead_characters is " + std::to_string(lead_characters) + ", but must be in 0–2000";
    if (threads > 1024)
        return "threads is " + std::to_string(threads) + ", but must be in 0–1024";
    return {};
}

ReportContents write_html_report(std::ostream& out, const StoryClusters& clusters,
                                 std::span<const Article> articles, const Comparer* comparer,
                                 const ReportOptions& options) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    detail::require_same_count(clusters, articles, {});

    const detail::PageFrame frame =
        detail::page_frame(detail::cut(options.title, longest_page_title).text);
    const std::size_t for_data = options.max_bytes - frame.head.size() - frame.tail.size() - around;
    const detail::ReportView view(clusters, articles);
    const detail::WeakSpots weak = detail::find_weak_spots(view);
    detail::Overview overview = detail::overview(view, weak, options.lead_characters, for_data);
    detail::ReportPlan plan(view, overview.stories, comparer, options.threads,
                            for_data - overview.json.size());
    plan.add(weak);
    plan.add_links();
    plan.add_texts();

    ReportContents contents{0,
                            overview.stories,
                            overview.articles,
                            overview.lead_characters,
                            plan.texts(),
                            plan.explained_pairs()};
    const auto add_number = [&](const char* name, std::size_t value) {
        overview.json += std::string(",\"") + name + "\":" + std::to_string(value);
    };
    add_number("all_stories", clusters.stories.size());
    add_number("all_articles", articles.size());
    add_number("lead", contents.lead_characters);
    add_number("wanted_lead", options.lead_characters);
    add_number("texts", contents.texts);
    add_number("pairs", contents.explained_pairs);
    overview.json += std::string(",\"explains\":") + (comparer != nullptr ? "true}" : "false}");

    const std::string blocks = plan.blocks(weak);
    for (const std::string_view part :
         {std::string_view(frame.head),
          std::string_view("<script type=\"application/json\" id=\"core\">"),
          std::string_view(overview.json), std::string_view("</script>\n"),
          std::string_view(blocks), std::string_view(frame.tail)}) {
        out << part;
        contents.bytes += part.size();
    }
    return contents;
}

} // namespace fabula::inline v0
