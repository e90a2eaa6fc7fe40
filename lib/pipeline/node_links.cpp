// SPDX-License-Identifier: Apache-2.0
#include "pipeline/node_links.hpp"

#include <fabula/features.hpp>
#include <fabula/links.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fabula::detail {

NodeLinks node_links(const Job& job, std::span<const std::size_t> order) {
    const ArticleLinks& links = job.options.links;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> nodes;
    for (const auto* pairs : {&links.must, &links.cannot})
        for (const ArticleLinks::Pair& pair : *pairs) {
            nodes[pair.first];
            nodes[pair.second];
        }
    for (std::uint32_t node = 0; node < order.size(); ++node) {
        const std::string& id =
            job.features.empty() ? job.articles[order[node]].id : job.features[order[node]].id();
        if (const auto found = nodes.find(id); found != nodes.end())
            found->second.push_back(node);
    }
    NodeLinks out;
    const auto add = [&](const std::vector<ArticleLinks::Pair>& pairs, auto& to) {
        for (const ArticleLinks::Pair& pair : pairs)
            for (const std::uint32_t first : nodes[pair.first])
                for (const std::uint32_t second : nodes[pair.second])
                    to.emplace_back(first, second);
    };
    add(links.must, out.must);
    add(links.cannot, out.cannot);
    return out;
}

} // namespace fabula::detail
