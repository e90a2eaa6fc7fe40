// SPDX-License-Identifier: Apache-2.0
#include "statistics/sums/document_frequency.hpp"
#include "statistics/sums/fixed_point.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <utility>
#include <vector>

using namespace fabula;
using detail::LexicalFeatures;

TEST_CASE("term sums: of more articles than are summed up together, term by term") {
    constexpr std::size_t articles = 150'000;
    const test::TempFolder folder;
    detail::ScratchMemory memory(folder.path(), 0);
    std::mt19937 random(31);
    std::vector<LexicalFeatures> lexical(articles);
    std::vector<std::uint32_t> members;
    std::vector<double> counts;
    std::map<std::uint32_t, std::pair<std::uint64_t, int>> expected;
    for (std::uint32_t i = 0; i < articles; ++i) {
        std::vector<std::uint32_t> keys;
        for (std::size_t size = random() % 4; size > 0; --size)
            keys.push_back(static_cast<std::uint32_t>(random() % 5000) *
                           858'993U); // of every shard
        std::sort(keys.begin(), keys.end());
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
        for (const std::uint32_t key : keys)
            lexical[i].terms.push_back({key, 1, false});
        detail::move_lists(lexical[i], memory);
        if (i % 7 != 0) {
            members.push_back(i);
            counts.push_back(1.0 / static_cast<double>(1 + random() % 3));
        }
    }
    std::shuffle(members.begin(), members.end(), random);
    for (std::size_t i = 0; i < members.size(); ++i)
        for (const detail::WeightedTerm& term : lexical[members[i]].terms) {
            auto& [sum, times] = expected[term.key];
            sum += detail::in_units(counts[i], detail::sum_units);
            ++times;
        }
    for (const unsigned threads : {1U, 2U}) {
        const detail::TermSums sums(lexical, members, counts, threads, detail::Eviction(&memory));
        int others = 0;
        for (const auto& [key, value] : expected)
            others += sums[key] == (value.second > 1
                                        ? static_cast<double>(value.first) / detail::sum_units
                                        : 0)
                          ? 0
                          : 1;
        CHECK(others == 0);
        CHECK(sums[5] == 0);
    }
}
