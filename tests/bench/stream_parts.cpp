// SPDX-License-Identifier: Apache-2.0
#include "stream_parts.hpp"

#include "child.hpp"

#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>
#include <fabula/input.hpp>
#include <fabula/io.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <numeric>
#include <sys/resource.h>
#include <unordered_map>

namespace bench {
namespace {

double percentile(std::vector<double> values, double part) {
    std::sort(values.begin(), values.end());
    return values.empty()
               ? 0
               : values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

} // namespace

double wall_seconds_now() {
    return wall_seconds();
}

double cpu_seconds_now() {
    return cpu_seconds();
}

Stream::Stream(const fabula::Model& model, const fabula::StreamOptions& how,
               const std::string& file, const fabula::StoreOptions& store_how)
    : how_(how), store_how_(store_how), file_(file) {
    if (file.empty())
        memory_.emplace(model, how);
    else
        store_.emplace(model, file, how, store_how);
}

fabula::StreamUpdate Stream::add(std::span<const fabula::ArticleFeatures> features,
                                 std::chrono::sys_seconds now) {
    return store_ ? store_->add(features, now) : memory_->add(features, now);
}

void Stream::open_again(const fabula::Model& model) {
    store_.reset();
    store_.emplace(model, file_, how_, store_how_);
}

FeatureFile::FeatureFile(const fabula::Model& model, const std::string& articles,
                         const std::string& file, unsigned threads)
    : model_(model) {
    if (!std::filesystem::exists(file)) {
        const std::vector<std::string> inputs{articles};
        const std::vector<fabula::Article> all = fabula::read_articles(inputs).articles;
        std::ofstream out(file + ".part", std::ios::binary);
        constexpr std::size_t at_once = 10'000;
        for (std::size_t begin = 0; begin < all.size(); begin += at_once) {
            const auto some = std::span(all).subspan(begin, std::min(at_once, all.size() - begin));
            for (const fabula::ArticleFeatures& one :
                 fabula::extract_features(model, some, threads)) {
                const std::string bytes = one.to_bytes();
                const std::uint64_t size = bytes.size();
                out.write(reinterpret_cast<const char*>(&size), sizeof size);
                out.write(bytes.data(), static_cast<std::streamsize>(size));
            }
        }
        out.close();
        if (!out)
            throw fabula::Error(fabula::Errc::unwritable, file + ": cannot be written");
        std::filesystem::rename(file + ".part", file);
    }
    in_.open(file, std::ios::binary);
}

std::vector<fabula::ArticleFeatures> FeatureFile::next(std::size_t count) {
    std::vector<fabula::ArticleFeatures> out;
    std::string bytes;
    std::uint64_t size = 0;
    while (out.size() < count && in_.read(reinterpret_cast<char*>(&size), sizeof size)) {
        bytes.resize(size);
        in_.read(bytes.data(), static_cast<std::streamsize>(size));
        out.push_back(fabula::ArticleFeatures::from_bytes(model_, bytes));
    }
    return out;
}

double Times::all_wall() const {
    return std::accumulate(wall.begin(), wall.end(), 0.0);
}

double Times::all_cpu() const {
    return std::accumulate(cpu.begin(), cpu.end(), 0.0);
}

double Times::wall_percentile(double part) const {
    return percentile(wall, part);
}

double Times::cpu_percentile(double part) const {
    return percentile(cpu, part);
}

Resident resident() {
    Resident out;
    std::ifstream status("/proc/self/status");
    for (std::string name; status >> name;) {
        constexpr double kib_of_gib = 1024.0 * 1024.0;
        double kib = 0;
        if (name == "RssAnon:" && status >> kib)
            out.own = kib / kib_of_gib;
        else if (name == "RssFile:" && status >> kib)
            out.files = kib / kib_of_gib;
        status.ignore(1 << 16, '\n');
    }
    return out;
}

double peak_gib() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / (1024.0 * 1024.0);
}

double bcubed_f1(std::span<const fabula::StreamStory> predicted,
                 std::span<const fabula::StreamStory> gold) {
    std::unordered_map<std::string, std::uint32_t> gold_of;
    for (std::uint32_t label = 0; label < gold.size(); ++label)
        for (const std::string& id : gold[label].articles)
            gold_of.emplace(id, label);
    std::vector<std::uint32_t> labels;
    std::vector<std::uint32_t> gold_labels;
    for (std::uint32_t label = 0; label < predicted.size(); ++label)
        for (const std::string& id : predicted[label].articles)
            if (const auto found = gold_of.find(id); found != gold_of.end()) {
                labels.push_back(label);
                gold_labels.push_back(found->second);
            }
    return fabula::evaluate_clustering(labels, gold_labels).bcubed.f1;
}

} // namespace bench
