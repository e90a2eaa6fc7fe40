// SPDX-License-Identifier: Apache-2.0
#include "stream_parts.hpp"

#include <fabula/input.hpp>
#include <fabula/io.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace bench {

void measure_days(const fabula::Model& model, const DaysOptions& options) {
    Stream stream{model,
                  {.window = std::chrono::days{options.window_days}, .threads = options.threads},
                  options.store,
                  {.forget = std::chrono::days{options.forget_days}}};
    std::printf("day  articles  added  settled  of CPU, ms an article: adding  settling  "
                "wall, adding  window  GiB own  GiB of files  GiB stored\n");
    for (std::size_t day = 0; day < options.files.size(); ++day) {
        const std::vector<std::string> inputs{options.files[day]};
        const std::vector<fabula::Article> articles = fabula::read_articles(inputs).articles;
        Times adding;
        Times settling;
        std::size_t added = 0;
        std::size_t settled = 0;
        for (std::size_t begin = 0; begin < articles.size(); begin += options.batch) {
            const auto some = std::span(articles).subspan(
                begin, std::min(options.batch, articles.size() - begin));
            const auto features = fabula::extract_features(model, some, options.threads);
            Times once;
            bool has_settled = false;
            once.measure(
                [&] { has_settled = stream.add(features, some.back().published.value()).settled; });
            Times& times = has_settled ? settling : adding;
            times.wall.push_back(once.wall.front());
            times.cpu.push_back(once.cpu.front());
            (has_settled ? settled : added) += some.size();
        }
        const auto count = static_cast<double>(std::max<std::size_t>(1, added));
        const Resident memory = resident();
        const double stored =
            options.store.empty()
                ? 0
                : static_cast<double>(std::filesystem::file_size(options.store)) / 0x1p30;
        std::printf("%3zu  %8zu  %5zu  %7zu  %.3f  %.3f  %.3f  %zu  %.3f  %.3f  %.3f\n", day + 1,
                    articles.size(), added, settling.wall.size(), 1000 * adding.all_cpu() / count,
                    1000 * settling.all_cpu() / static_cast<double>(articles.size()),
                    1000 * adding.all_wall() / count, stream.get().articles(), memory.own,
                    memory.files, stored);
    }
}

} // namespace bench
