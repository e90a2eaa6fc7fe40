// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

/// What all sections of the driver are told.
struct Common {
    std::size_t repeats{5};
    unsigned threads{2};
    std::string shared_data; ///< folder with the evaluation sets; may not exist
    std::string program;     ///< fabula
    std::string peers;       ///< fabula_bench_peers
    std::string make_news;   ///< fabula_make_news
    std::string python;      ///< one that has scikit-learn
    std::string scripts;     ///< folder of cluster_peers.py
};

/// Word vectors and their sums against fastText's.
void bench_embed(const Common& common, const std::string& news);

struct JoinOptions {
    std::vector<std::size_t> sizes{20000, 100000};
    double min_cosine{0.5};
    std::string news; ///< its article vectors instead of invented ones; empty = invented
};
void bench_join(const Common& common, const JoinOptions& options);

/// Clustering of the same vectors: those of `news`, or invented ones where it is empty.
void bench_cluster(const Common& common, const std::string& news, std::size_t rows);

struct ScaleOptions {
    std::vector<std::size_t> generate{10, 1000, 10000};
    std::vector<std::string> files; ///< further ones, with gold stories
    bool real_sets{true};
    std::vector<std::string> programs; ///< several versions of it, in turns; empty = the one built
    /// Collections of this many articles or more are given a time window.
    std::size_t window_from{1000000};
    std::string window{"3d"};
    bool no_language{false};
};
/// The whole program from file to stories.
void bench_scale(const Common& common, const ScaleOptions& options);

/// Whether the output is the same to the byte whatever the threads and kernels. Returns that.
[[nodiscard]] bool bench_determinism(const Common& common, const std::string& news);

/// A packed evaluation set as a file that anyone can read, or empty, with a message, where it is
/// not there.
[[nodiscard]] std::string unpack_set(const Common& common, const std::string& name,
                                     const std::string& to);

} // namespace bench
