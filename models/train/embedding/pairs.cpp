// SPDX-License-Identifier: Apache-2.0
#include "pairs.hpp"

#include <algorithm>
#include <utility>

namespace fabula::training {

namespace {

__extension__ using Wide = unsigned __int128; // what both compilers have and the standard has not

/// Uniform in [0, n). std distributions are not the same in every library.
std::uint64_t below(std::mt19937_64& random, std::uint64_t n) {
    return static_cast<std::uint64_t>((static_cast<Wide>(random()) * n) >> 64);
}

template <class T>
void shuffle(std::vector<T>& items, std::mt19937_64& random) {
    for (std::size_t i = items.size(); i > 1; --i)
        std::swap(items[i - 1], items[below(random, i)]);
}

/// Cuts the pairs into batches of one language on the first side, those with the pivot on the other
/// side apart from those without. What is left of a language is a smaller batch or, where it is
/// less than a quarter of one, goes into batches of mixed languages.
void add_batches_by_language(const Corpus& corpus, std::uint16_t pivot,
                             std::vector<TextPair>& pairs, std::size_t batch,
                             std::mt19937_64& random, std::vector<std::vector<TextPair>>& batches) {
    const auto key = [&](const TextPair& pair) {
        return std::pair(corpus.lines[pair.first].language,
                         corpus.lines[pair.second].language != pivot);
    };
    const auto add = [&](std::size_t begin, std::size_t end) {
        batches.emplace_back(pairs.begin() + static_cast<std::ptrdiff_t>(begin),
                             pairs.begin() + static_cast<std::ptrdiff_t>(end));
    };
    std::stable_sort(pairs.begin(), pairs.end(),
                     [&](const TextPair& a, const TextPair& b) { return key(a) < key(b); });
    std::vector<TextPair> mixed;
    for (std::size_t begin = 0; begin < pairs.size();) {
        std::size_t end = begin;
        while (end < pairs.size() && key(pairs[end]) == key(pairs[begin]))
            ++end;
        for (; end - begin >= batch; begin += batch)
            add(begin, begin + batch);
        if (end - begin >= batch / 4)
            add(begin, end);
        else
            mixed.insert(mixed.end(), pairs.begin() + static_cast<std::ptrdiff_t>(begin),
                         pairs.begin() + static_cast<std::ptrdiff_t>(end));
        begin = end;
    }
    pairs = std::move(mixed);
    shuffle(pairs, random);
    for (std::size_t i = 0; i + batch <= pairs.size(); i += batch)
        add(i, i + batch);
}

} // namespace

std::vector<std::vector<TextPair>> draw_batches(const Corpus& corpus, const PairOptions& options,
                                                std::size_t batch, std::mt19937_64& random) {
    std::vector<double> weights;
    std::vector<bool> is_lexicon;
    for (const std::string& source : corpus.sources) {
        const auto found = options.source_weights.find(source);
        weights.push_back(found == options.source_weights.end() ? 1.0 : found->second);
        is_lexicon.push_back(!holds_sentences(source));
    }
    const auto pivot = static_cast<std::uint16_t>(
        std::find(corpus.languages.begin(), corpus.languages.end(), options.pivot) -
        corpus.languages.begin());

    std::vector<TextPair> pairs[2];
    for (std::size_t g = 0; g + 1 < corpus.groups.size(); ++g) {
        const std::uint64_t begin = corpus.groups[g];
        const std::uint64_t size = corpus.groups[g + 1] - begin;
        if (size < 2)
            continue;
        const std::uint16_t source = corpus.lines[begin].source;
        double times = weights[source];
        const std::uint64_t possible = size * (size - 1) / 2;
        while (times > 0) {
            const double chance = std::min(times, 1.0);
            times -= 1.0;
            if (chance < 1.0 && static_cast<double>(random() >> 11) * 0x1p-53 >= chance)
                continue;
            // A pair for each line but one keeps large groups from drowning the small ones.
            const std::uint64_t draws =
                std::min({possible, static_cast<std::uint64_t>(options.pairs_per_group), size - 1});
            for (std::uint64_t k = 0; k < draws; ++k) {
                std::uint64_t a = begin + below(random, size);
                std::uint64_t b = begin + below(random, size - 1);
                b += b >= a ? 1 : 0;
                if (corpus.lines[a].language == pivot)
                    std::swap(a, b);
                pairs[is_lexicon[source] ? 0 : 1].push_back({static_cast<std::uint32_t>(a),
                                                             static_cast<std::uint32_t>(b),
                                                             static_cast<std::uint32_t>(g)});
            }
        }
    }

    std::vector<std::vector<TextPair>> batches;
    for (auto& kind : pairs) {
        shuffle(kind, random);
        add_batches_by_language(corpus, pivot, kind, batch, random, batches);
    }
    shuffle(batches, random);
    return batches;
}

} // namespace fabula::training
