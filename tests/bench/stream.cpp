// SPDX-License-Identifier: Apache-2.0
//
// Measures a stream: how many articles a second come into a window of many, how long a single one
// takes, and how long it settles, beside the batch. Reads articles in the order of their times,
// such as those of fabula_make_news.
#include <fabula/error.hpp>
#include <fabula/features.hpp>
#include <fabula/io.hpp>
#include <fabula/model.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/store.hpp>
#include <fabula/stream.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <sys/resource.h>
#include <vector>

namespace {

struct Options {
    std::string file;
    std::size_t window{20'000};
    std::size_t batches{80};
    std::size_t batch{100};
    std::size_t singles{1000};
    unsigned threads{0};
    std::string model;
    bool no_batch{false};
    std::string store;
    std::string durability{"full"};
};

/// A stream in memory, or in a store.
class Stream {
public:
    Stream(const fabula::Model& model, const Options& options)
        : how_{.window = std::chrono::seconds{0},
               .settle_every = options.window,
               .threads = options.threads} {
        if (options.store.empty()) {
            memory_.emplace(model, how_);
            return;
        }
        store_how_.durability = options.durability == "full" ? fabula::StoreDurability::full
                                                             : fabula::StoreDurability::normal;
        store_.emplace(model, options.store, how_, store_how_);
    }

    void add(std::span<const fabula::ArticleFeatures> features) {
        const std::chrono::sys_seconds now{std::chrono::seconds{4'000'000'000}};
        (void)(store_ ? store_->add(features, now) : memory_->add(features, now));
    }
    void settle() { (void)(store_ ? store_->settle() : memory_->settle()); }
    [[nodiscard]] std::size_t stories() const {
        return (store_ ? store_->stream() : *memory_).stories().size();
    }
    [[nodiscard]] bool is_kept() const { return store_.has_value(); }
    void open_again(const fabula::Model& model, const std::string& file) {
        store_.reset();
        store_.emplace(model, file, how_, store_how_);
    }

private:
    fabula::StreamOptions how_;
    fabula::StoreOptions store_how_;
    std::optional<fabula::StoryStream> memory_;
    std::optional<fabula::StoryStore> store_;
};

double seconds_of(const auto& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double resident_gib() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / (1024.0 * 1024.0);
}

double percentile(std::vector<double> values, double part) {
    std::sort(values.begin(), values.end());
    return values.empty()
               ? 0
               : values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

void run(const Options& options) {
    const fabula::Model model =
        options.model.empty() ? fabula::Model::bundled() : fabula::Model::load(options.model);
    const std::vector<std::string> inputs{options.file};
    std::vector<fabula::Article> articles = fabula::read_articles(inputs).articles;
    const std::size_t added = options.batches * options.batch + options.singles;
    if (2 * added >= options.window) // or it would settle on the way
        throw fabula::Error(fabula::Errc::bad_option,
                            "the window must be more than twice what is added");
    const std::size_t needed = options.window + added;
    if (articles.size() < needed)
        throw fabula::Error(fabula::Errc::bad_input,
                            options.file + " has " + std::to_string(articles.size()) +
                                " articles, but " + std::to_string(needed) + " are needed");
    articles.resize(needed);
    std::vector<fabula::ArticleFeatures> features;
    const double reading =
        seconds_of([&] { features = fabula::extract_features(model, articles, options.threads); });
    std::printf("features          %8.0f articles a second\n",
                static_cast<double>(needed) / reading);
    std::vector<fabula::Article>().swap(articles);

    Stream stream{model, options};
    std::span<const fabula::ArticleFeatures> left = features;
    const auto take = [&](std::size_t count) {
        const auto some = left.first(count);
        left = left.subspan(count);
        return some;
    };
    const double filling = seconds_of([&] { stream.add(take(options.window)); });
    std::printf("window of %-7zu %8.1f s for the first settling, %zu stories\n", options.window,
                filling, stream.stories());

    std::vector<double> of_batches;
    double adding = 0;
    for (std::size_t i = 0; i < options.batches; ++i) {
        of_batches.push_back(seconds_of([&] { stream.add(take(options.batch)); }));
        adding += of_batches.back();
    }
    std::printf("batches of %-6zu %8.0f articles a second, p99 of a batch %.1f ms\n", options.batch,
                static_cast<double>(options.batches * options.batch) / adding,
                1000 * percentile(of_batches, 0.99));
    std::vector<double> of_singles;
    for (std::size_t i = 0; i < options.singles; ++i)
        of_singles.push_back(seconds_of([&] { stream.add(take(1)); }));
    std::printf("one at a time     %8.2f ms median, %.2f ms p99, %.2f ms at most\n",
                1000 * percentile(of_singles, 0.5), 1000 * percentile(of_singles, 0.99),
                1000 * percentile(of_singles, 1));
    const double settling = seconds_of([&] { stream.settle(); });
    std::printf("settling          %8.1f s\n", settling);
    std::printf("memory            %8.2f GiB at most, features and all\n", resident_gib());
    if (stream.is_kept()) {
        const double opening = seconds_of([&] { stream.open_again(model, options.store); });
        std::printf("opening again     %8.1f s, a file of %.2f GiB\n", opening,
                    static_cast<double>(std::filesystem::file_size(options.store)) / 0x1p30);
    }
    if (options.no_batch)
        return;
    fabula::ClusterOptions how;
    how.threads = options.threads;
    const fabula::StoryClusterer batch{model, how};
    std::size_t stories = 0;
    const double clustering = seconds_of([&] { stories = batch.cluster(features).stories.size(); });
    std::printf("batch, features   %8.1f s, %zu stories; the stream has %zu\n", clustering, stories,
                stream.stories());
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Measures a stream on articles in the order of their times");
    Options options;
    app.add_option("ARTICLES", options.file, "JSON Lines, as of fabula_make_news")->required();
    app.add_option("--window", options.window, "Articles in the window (default: 20000)");
    app.add_option("--batch", options.batch, "Articles a batch (default: 100)");
    app.add_option("--batches", options.batches, "How many batches (default: 80)");
    app.add_option("--singles", options.singles, "How many single articles (default: 1000)");
    app.add_option("--threads", options.threads, "0 = one a usable core");
    app.add_option("--model", options.model, "A model file in place of the bundled one");
    app.add_option("--store", options.store, "Keep the stream in this new file");
    app.add_option("--durability", options.durability, "full or normal (default: full)");
    app.add_flag("--no-batch", options.no_batch, "Leave the batch for comparison out");
    CLI11_PARSE(app, argc, argv);
    try {
        run(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
