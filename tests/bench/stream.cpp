// SPDX-License-Identifier: Apache-2.0
//
// Measures a stream: how many articles a second come into a window of many, how long a single one
// takes, how long it settles beside the batch, and how near its stories are before that to what
// they are afterwards. Reads articles in the order of their times, such as those of
// fabula_make_news. With --days, one file a day, what each day of a long run takes; with --replay,
// how near the stories of real articles are to those of the batch.
#include "stream_parts.hpp"

#include <fabula/error.hpp>
#include <fabula/pipeline.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

struct Options {
    std::vector<std::string> files;
    std::string features;
    std::size_t window{20'000};
    std::size_t batches{80};
    std::size_t batch{100};
    std::size_t singles{1000};
    std::size_t exact_below{fabula::StreamOptions{}.exact_below};
    unsigned threads{0};
    std::string model;
    bool no_batch{false};
    bool hnswlib{false};
    std::string store;
    std::string durability{"full"};
    std::string scratch;
    bool days{false};
    bool replay{false};
    bool no_languages{false};
    unsigned window_days{3};
    unsigned forget_days{1};
};

/// The latest date of some articles.
std::chrono::sys_seconds latest(std::span<const fabula::ArticleFeatures> features) {
    auto out = std::chrono::sys_seconds::min();
    for (const fabula::ArticleFeatures& one : features)
        out = std::max(out, one.published().value());
    return out;
}

void print_adds(const char* what, const bench::Times& times, std::size_t articles) {
    const auto count = static_cast<double>(articles);
    std::printf("%-17s %8.0f articles a second, %.3f ms of CPU each\n", what,
                count / times.all_wall(), 1000 * times.all_cpu() / count);
    for (const double part : {0.5, 0.99, 1.0})
        std::printf("  %3.0f %% of calls   %8.2f ms, of CPU %.2f ms\n", 100 * part,
                    1000 * times.wall_percentile(part), 1000 * times.cpu_percentile(part));
}

void print_memory(const char* when) {
    const bench::Resident memory = bench::resident();
    std::printf("%-17s %8.2f GiB, and %.2f GiB of files\n", when, memory.own, memory.files);
}

void measure_window(const fabula::Model& model, const Options& options) {
    if (options.files.size() != 1)
        throw fabula::Error(fabula::Errc::bad_option, "name one file of articles");
    const std::size_t added = options.batches * options.batch + options.singles;
    if (3 * added >= options.window) // as many leave as come: or it would settle on the way
        throw fabula::Error(fabula::Errc::bad_option,
                            "the window must be more than three times what is added");
    const std::string file =
        options.features.empty() ? options.files.front() + ".features" : options.features;
    bench::FeatureFile features(model, options.files.front(), file, options.threads);
    const auto next = [&](std::size_t count) {
        std::vector<fabula::ArticleFeatures> some = features.next(count);
        if (some.size() < count)
            throw fabula::Error(fabula::Errc::bad_input,
                                file + " has too few: " + std::to_string(options.window + added) +
                                    " are needed");
        return some;
    };
    print_memory("before");
    std::vector<fabula::ArticleFeatures> first = next(options.window);
    const auto begin =
        std::min_element(first.begin(), first.end(),
                         [](const auto& a, const auto& b) { return a.published() < b.published(); })
            ->published()
            .value();
    // As long as these: from here on as many leave as come.
    bench::Stream stream{model,
                         {.window = latest(first) - begin,
                          .settle_every = options.window,
                          .exact_below = options.exact_below,
                          .scratch_directory = options.scratch,
                          .threads = options.threads},
                         options.store,
                         {.durability = options.durability == "full"
                                            ? fabula::StoreDurability::full
                                            : fabula::StoreDurability::normal}};
    const auto add = [&](bench::Times& times, const std::vector<fabula::ArticleFeatures>& some) {
        times.measure([&] { (void)stream.add(some, latest(some)); });
    };
    bench::Times filling;
    add(filling, first);
    std::vector<fabula::ArticleFeatures>().swap(first);
#ifdef __GLIBC__
    ::malloc_trim(0); // what is left of these is not the stream's
#endif
    std::printf("window of %-7zu %8.1f s, of CPU %.1f, for the first settling; %zu stories\n",
                stream.get().articles(), filling.all_wall(), filling.all_cpu(),
                stream.get().stories().size());
    print_memory("settled");
    const std::vector<fabula::StreamStory> at_first = stream.get().stories();
    bench::Times batches;
    for (std::size_t i = 0; i < options.batches; ++i)
        add(batches, next(options.batch));
    print_adds("batches", batches, options.batches * options.batch);
    bench::Times singles;
    for (std::size_t i = 0; i < options.singles; ++i)
        add(singles, next(1));
    print_adds("one at a time", singles, options.singles);
    print_memory("added");
    const std::vector<fabula::StreamStory> before = stream.get().stories();
    bench::Times settling;
    settling.measure([&] { stream.settle(); });
    std::printf("settling          %8.1f s, of CPU %.1f\n", settling.all_wall(),
                settling.all_cpu());
    std::printf("stories before    %8.4f BCubed F1 against those after\n",
                bench::bcubed_f1(before, stream.get().stories()));
    // What settling changes anyway: of the articles that were there the whole time.
    std::printf("stories at first  %8.4f\n", bench::bcubed_f1(at_first, stream.get().stories()));
    print_memory("settled");
    std::printf("at most           %8.2f GiB\n", bench::peak_gib());
    if (stream.is_kept()) {
        bench::Times opening;
        opening.measure([&] { stream.open_again(model); });
        std::printf("opening again     %8.1f s, of CPU %.1f, a file of %.2f GiB\n",
                    opening.all_wall(), opening.all_cpu(),
                    static_cast<double>(std::filesystem::file_size(options.store)) / 0x1p30);
    }
    if (options.hnswlib) {
        const std::vector<fabula::ArticleFeatures> all =
            bench::FeatureFile(model, options.files.front(), file, options.threads)
                .next(options.window + added);
        const bench::Times peer =
            bench::add_to_hnswlib(std::span(all).first(options.window),
                                  std::span(all).subspan(options.window), options.batch);
        print_adds("hnswlib", peer, added);
        std::printf("hnswlib           %8.2f times the CPU of the stream's batches for each\n",
                    peer.all_cpu() / static_cast<double>(added) /
                        (batches.all_cpu() / static_cast<double>(options.batches * options.batch)));
    }
    if (options.no_batch)
        return;
    fabula::ClusterOptions how;
    how.threads = options.threads;
    const fabula::StoryClusterer batch{model, how};
    std::vector<fabula::ArticleFeatures> all =
        bench::FeatureFile(model, options.files.front(), file, options.threads)
            .next(options.window + added);
    all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(stream.get().articles()));
    std::size_t stories = 0;
    bench::Times clustering;
    clustering.measure([&] { stories = batch.cluster(all).stories.size(); });
    std::printf("batch, features   %8.1f s, of CPU %.1f; %zu stories, and %zu of the stream\n",
                clustering.all_wall(), clustering.all_cpu(), stories,
                stream.get().stories().size());
}

void run(const Options& options) {
    const fabula::Model model =
        options.model.empty() ? fabula::Model::bundled() : fabula::Model::load(options.model);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    if (options.replay)
        bench::measure_replays(
            model, {options.files, options.batch, options.no_languages, options.threads});
    else if (options.days)
        bench::measure_days(model, {options.files, options.batch, options.window_days,
                                    options.forget_days, options.store, options.threads});
    else
        measure_window(model, options);
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Measures a stream on articles in the order of their times");
    Options options;
    app.add_option("ARTICLES", options.files, "JSON Lines, as of fabula_make_news")->required();
    app.add_option("--features", options.features,
                   "Where their features are kept (default: ARTICLES.features)");
    app.add_option("--window", options.window, "Articles in the window (default: 20000)");
    app.add_option("--batch", options.batch, "Articles a batch (default: 100)");
    app.add_option("--batches", options.batches, "How many batches (default: 80)");
    app.add_option("--singles", options.singles, "How many single articles (default: 1000)");
    app.add_option("--exact-below", options.exact_below, "See StreamOptions::exact_below");
    app.add_option("--threads", options.threads, "0 = one a usable core");
    app.add_option("--model", options.model, "A model file in place of the bundled one");
    app.add_option("--store", options.store, "Keep the stream in this new file");
    app.add_option("--durability", options.durability, "full or normal (default: full)");
    app.add_option("--scratch", options.scratch, "See StreamOptions::scratch_directory");
    app.add_flag("--no-batch", options.no_batch, "Leave the batch for comparison out");
    app.add_flag("--hnswlib", options.hnswlib, "Compare with an index by hnswlib");
    app.add_flag("--days", options.days, "Each file has the articles of one day");
    app.add_flag("--replay", options.replay,
                 "Compare each file's stories with the batch, on the way and at the end");
    app.add_flag("--no-languages", options.no_languages, "With --replay: none is given");
    app.add_option("--window-days", options.window_days, "With --days (default: 3)");
    app.add_option("--forget-days", options.forget_days, "With --days (default: 1)");
    CLI11_PARSE(app, argc, argv);
    try {
        run(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
