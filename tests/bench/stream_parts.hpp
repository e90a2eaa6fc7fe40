// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/features.hpp>
#include <fabula/model.hpp>
#include <fabula/store.hpp>
#include <fabula/stream.hpp>

#include <chrono>
#include <cstddef>
#include <fstream>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bench {

/// A stream in memory, or in a store where a file is named.
class Stream {
public:
    Stream(const fabula::Model& model, const fabula::StreamOptions& how, const std::string& file,
           const fabula::StoreOptions& store_how);

    fabula::StreamUpdate add(std::span<const fabula::ArticleFeatures> features,
                             std::chrono::sys_seconds now);
    void settle() { (void)(store_ ? store_->settle() : memory_->settle()); }
    [[nodiscard]] const fabula::StoryStream& get() const {
        return store_ ? store_->stream() : *memory_;
    }
    [[nodiscard]] bool is_kept() const { return store_.has_value(); }
    void open_again(const fabula::Model& model);

private:
    fabula::StreamOptions how_;
    fabula::StoreOptions store_how_;
    std::string file_;
    std::optional<fabula::StoryStream> memory_;
    std::optional<fabula::StoryStore> store_;
};

/// Features in a file: made once, measured with often, and never in memory all at once.
class FeatureFile {
public:
    /// Makes the file of `articles`, JSON Lines, if it is not there; reads it from its beginning.
    FeatureFile(const fabula::Model& model, const std::string& articles, const std::string& file,
                unsigned threads);

    /// The next ones, at most so many.
    [[nodiscard]] std::vector<fabula::ArticleFeatures> next(std::size_t count);

private:
    const fabula::Model& model_;
    std::ifstream in_;
};

/// What some calls took.
struct Times {
    std::vector<double> wall; ///< seconds, of each
    std::vector<double> cpu;

    template <class Work>
    void measure(const Work& work);
    [[nodiscard]] double all_wall() const;
    [[nodiscard]] double all_cpu() const;
    /// Of the seconds of each, what a part of them took at most.
    [[nodiscard]] double wall_percentile(double part) const;
    [[nodiscard]] double cpu_percentile(double part) const;
};

/// Resident memory now, GiB: what is the process's own, and what is of files.
struct Resident {
    double own{};
    double files{};
};
[[nodiscard]] Resident resident();
[[nodiscard]] double peak_gib();

/// BCubed F1 of two partitions of the articles that are in both, given by their stories.
[[nodiscard]] double bcubed_f1(std::span<const fabula::StreamStory> predicted,
                               std::span<const fabula::StreamStory> gold);

/// Adds articles to those of a window by hnswlib, and measures each batch, on one thread.
/// \throws fabula::Error where it is not there
[[nodiscard]] Times add_to_hnswlib(std::span<const fabula::ArticleFeatures> window,
                                   std::span<const fabula::ArticleFeatures> added,
                                   std::size_t batch);

struct DaysOptions {
    std::vector<std::string> files; ///< JSON Lines, the articles of one day each
    std::size_t batch{100};
    unsigned window_days{3};
    unsigned forget_days{1};
    std::string store; ///< empty = in memory
    unsigned threads{0};
};
/// A stream of many days, and what each of them took.
void measure_days(const fabula::Model& model, const DaysOptions& options);

struct ReplayOptions {
    std::vector<std::string> files; ///< of articles
    std::size_t batch{1};
    bool no_languages{false}; ///< as if none were given
    unsigned threads{0};
};
/// How near a stream's stories are to those of the batch when articles come in the order of their
/// dates, at ten moments, and when it has settled.
void measure_replays(const fabula::Model& model, const ReplayOptions& options);

[[nodiscard]] double wall_seconds_now();
[[nodiscard]] double cpu_seconds_now();

template <class Work>
void Times::measure(const Work& work) {
    const double wall_begin = wall_seconds_now();
    const double cpu_begin = cpu_seconds_now();
    work();
    cpu.push_back(cpu_seconds_now() - cpu_begin);
    wall.push_back(wall_seconds_now() - wall_begin);
}

} // namespace bench
