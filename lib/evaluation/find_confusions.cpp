// SPDX-License-Identifier: Apache-2.0
#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>
#include <fabula/neighbours.hpp>

#include <algorithm>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace fabula::inline v0 {
namespace {

using Labels = std::span<const std::uint32_t>;

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

/// The articles that two clusters share, one of each partition.
struct Part {
    std::uint32_t whole{};  ///< label of the cluster that was broken up
    std::uint32_t broken{}; ///< label in the partition that broke it up
    std::size_t articles{};
    std::size_t first{};      ///< the earliest article
    std::size_t elsewhere{};  ///< the earliest article of the whole that is in its largest part
    std::size_t whole_size{}; ///< articles of the whole
    bool is_largest{};
    const Edge* nearest{}; ///< the most probable edge to the other parts of the whole
};

/// A partition broken up by another one.
class Breakage {
public:
    Breakage(Labels wholes, Labels breaking) : part_of_(wholes.size()) {
        std::unordered_map<std::uint64_t, std::size_t> numbers;
        std::unordered_map<std::uint32_t, std::pair<std::size_t, std::size_t>> sizes_and_largest;
        for (std::size_t i = 0; i < wholes.size(); ++i) {
            const std::uint64_t key = std::uint64_t{wholes[i]} << 32U | breaking[i];
            const auto [at, is_new] = numbers.try_emplace(key, parts_.size());
            if (is_new)
                parts_.push_back({wholes[i], breaking[i], 0, i, none, 0, false, nullptr});
            part_of_[i] = at->second;
            ++parts_[at->second].articles;
        }
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            auto& [size, largest] =
                sizes_and_largest.try_emplace(parts_[i].whole, std::size_t{0}, i).first->second;
            size += parts_[i].articles;
            if (parts_[i].articles > parts_[largest].articles)
                largest = i; // parts come in the order of their first articles
        }
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            const auto& [size, largest] = sizes_and_largest.at(parts_[i].whole);
            parts_[i].whole_size = size;
            parts_[i].is_largest = largest == i;
            parts_[i].elsewhere = parts_[largest].first;
        }
    }

    /// Takes note of an edge within a whole and between its parts.
    void look_at(const Edge& edge) {
        Part& a = parts_[part_of_[edge.first]];
        Part& b = parts_[part_of_[edge.second]];
        if (&a == &b || a.whole != b.whole)
            return;
        for (Part* part : {&a, &b})
            if (part->nearest == nullptr || is_nearer(edge, *part->nearest))
                part->nearest = &edge;
    }

    /// All parts but the largest of each whole.
    template <class Use>
    void for_each_stray(Use use) const {
        for (const Part& part : parts_) {
            if (part.is_largest)
                continue;
            Confusion confusion;
            confusion.articles = part.articles;
            confusion.others = part.whole_size - part.articles;
            confusion.article = part.first;
            confusion.other = part.elsewhere;
            if (part.nearest != nullptr) {
                confusion.article = part.nearest->first;
                confusion.other = part.nearest->second;
                if (&parts_[part_of_[confusion.article]] != &part)
                    std::swap(confusion.article, confusion.other);
                confusion.probability = static_cast<double>(part.nearest->probability);
            }
            use(part, confusion);
        }
    }

private:
    static bool is_nearer(const Edge& a, const Edge& b) {
        return std::tie(b.probability, a.first, a.second) <
               std::tie(a.probability, b.first, b.second);
    }

    std::vector<std::size_t> part_of_;
    std::vector<Part> parts_;
};

/// As the header says: by wrongness, then the worst of each `whole` before the second of any.
template <class Wrongness>
void sort_worst_first(std::vector<Confusion>& confusions, std::uint32_t Confusion::*whole,
                      Wrongness wrongness) {
    const auto key = [&](const Confusion& c) {
        return std::tuple{-wrongness(c), std::numeric_limits<std::size_t>::max() - c.pairs(),
                          c.article, c.other, c.predicted};
    };
    std::sort(confusions.begin(), confusions.end(),
              [&](const Confusion& a, const Confusion& b) { return key(a) < key(b); });

    std::unordered_map<std::uint32_t, std::size_t> seen;
    std::vector<std::pair<std::size_t, Confusion>> in_rounds;
    in_rounds.reserve(confusions.size());
    for (const Confusion& confusion : confusions)
        in_rounds.emplace_back(seen[confusion.*whole]++, confusion);
    std::stable_sort(in_rounds.begin(), in_rounds.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::transform(in_rounds.begin(), in_rounds.end(), confusions.begin(),
                   [](const auto& entry) { return entry.second; });
}

} // namespace

Confusions find_confusions(Labels predicted, Labels gold, std::span<const Edge> scored) {
    if (predicted.size() != gold.size())
        throw Error(Errc::bad_input, std::to_string(predicted.size()) + " predicted labels and " +
                                         std::to_string(gold.size()) +
                                         " gold labels; give one of each an article");
    Breakage split(gold, predicted);
    Breakage joined(predicted, gold);
    for (const Edge& edge : scored) {
        if (std::max(edge.first, edge.second) >= gold.size())
            throw Error(Errc::bad_input, "an edge between articles " + std::to_string(edge.first) +
                                             " and " + std::to_string(edge.second) +
                                             ", but there are only " + std::to_string(gold.size()));
        split.look_at(edge);
        joined.look_at(edge);
    }
    Confusions out;
    split.for_each_stray([&](const Part& part, Confusion confusion) {
        confusion.gold = part.whole;
        confusion.predicted = part.broken;
        out.missed.push_back(confusion);
    });
    joined.for_each_stray([&](const Part& part, Confusion confusion) {
        confusion.gold = part.broken;
        confusion.predicted = part.whole;
        out.falsely_joined.push_back(confusion);
    });
    sort_worst_first(out.missed, &Confusion::gold,
                     [](const Confusion& c) { return -c.probability.value_or(-1); });
    sort_worst_first(out.falsely_joined, &Confusion::predicted,
                     [](const Confusion& c) { return c.probability.value_or(-1); });
    return out;
}

} // namespace fabula::inline v0
