// SPDX-License-Identifier: Apache-2.0
#include "labelled_articles.hpp"

#include <map>
#include <string_view>

namespace fabula::training {

ArticleSet read_labelled(const std::filesystem::path& file) {
    const std::vector<std::string> inputs{file.string()};
    ReadOptions options;
    options.gold_stories = true;
    return read_articles(inputs, options);
}

std::vector<std::uint32_t> numbered(std::span<const std::string> names) {
    std::map<std::string_view, std::uint32_t> numbers;
    std::vector<std::uint32_t> out;
    out.reserve(names.size());
    for (const std::string& name : names)
        out.push_back(
            numbers.try_emplace(name, static_cast<std::uint32_t>(numbers.size())).first->second);
    return out;
}

} // namespace fabula::training
