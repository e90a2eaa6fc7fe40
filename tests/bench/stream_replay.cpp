// SPDX-License-Identifier: Apache-2.0
#include "stream_parts.hpp"

#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>
#include <fabula/input.hpp>
#include <fabula/io.hpp>
#include <fabula/pipeline.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>

namespace bench {
namespace {

/// BCubed F1 of the stream's stories against those of the batch for the same articles.
double against_batch(const fabula::StoryStream& stream, std::span<const fabula::Article> articles,
                     const fabula::StoryClusterer& batch) {
    std::vector<std::uint32_t> gold(articles.size());
    const fabula::StoryClusters clusters = batch.cluster(articles);
    for (std::uint32_t story = 0; story < clusters.stories.size(); ++story)
        for (const std::size_t member : clusters.stories[story].members)
            gold[member] = story;
    std::vector<std::uint32_t> predicted;
    for (const fabula::Article& article : articles)
        predicted.push_back(static_cast<std::uint32_t>(stream.story_of(article.id).value()));
    return fabula::evaluate_clustering(predicted, gold).bcubed.f1;
}

void replay(const fabula::Model& model, const std::string& file, const ReplayOptions& options) {
    const std::vector<std::string> inputs{file};
    std::vector<fabula::Article> articles = fabula::read_articles(inputs).articles;
    if (options.no_languages)
        for (fabula::Article& article : articles)
            article.language.clear();
    std::stable_sort(articles.begin(), articles.end(),
                     [](const fabula::Article& a, const fabula::Article& b) {
                         return a.published < b.published;
                     });
    fabula::ClusterOptions how;
    how.threads = options.threads;
    const fabula::StoryClusterer batch{model, how};
    fabula::StoryStream stream{model,
                               {.window = std::chrono::seconds{0}, .threads = options.threads}};
    constexpr std::size_t moments = 10;
    std::size_t next = 1;
    std::size_t looked = 0;
    double sum = 0;
    double least = 1;
    std::size_t settled = 0;
    for (std::size_t begin = 0; begin < articles.size();) {
        const std::size_t count = std::min(options.batch, articles.size() - begin);
        const auto some = std::span(articles).subspan(begin, count);
        const auto now = some.back().published.value_or(std::chrono::sys_seconds{});
        settled += stream.add(some, now).settled ? 1 : 0;
        begin += count;
        if (begin * moments < next * articles.size())
            continue;
        const double f1 = against_batch(stream, std::span(articles).first(begin), batch);
        sum += f1;
        ++looked;
        least = std::min(least, f1);
        while (next * articles.size() <= begin * moments)
            ++next;
    }
    (void)stream.settle();
    std::printf("%-28s %6zu articles, settled %zu times; BCubed F1 to the batch: on the way %.4f, "
                "at least %.4f; settled %.6f\n",
                std::filesystem::path(file).stem().c_str(), articles.size(), settled,
                sum / static_cast<double>(looked), least, against_batch(stream, articles, batch));
}

} // namespace

void measure_replays(const fabula::Model& model, const ReplayOptions& options) {
    for (const std::string& file : options.files)
        replay(model, file, options);
}

} // namespace bench
