// SPDX-License-Identifier: Apache-2.0
#include <fabula/links.hpp>

#include <map>
#include <string>

namespace fabula::inline v0 {
namespace {

std::string quoted(const ArticleLinks::Pair& pair) {
    return "\"" + pair.first + "\" and \"" + pair.second + "\"";
}

/// Of an id, one that stands for all that it must be with.
class Groups {
public:
    const std::string& of(const std::string& id) {
        std::string& parent = parent_.emplace(id, id).first->second;
        if (parent != id)
            parent = of(std::string(parent));
        return parent;
    }
    void unite(const std::string& a, const std::string& b) {
        const std::string root = of(a);
        parent_[of(b)] = root;
    }

private:
    std::map<std::string, std::string> parent_;
};

} // namespace

std::string ArticleLinks::validate() const {
    for (const auto* pairs : {&must, &cannot})
        for (const Pair& pair : *pairs) {
            if (pair.first.empty() || pair.second.empty())
                return "a link of " + quoted(pair) + " lacks an id";
            if (pair.first == pair.second)
                return "a link of " + quoted(pair) + " is of one article with itself";
        }
    Groups groups;
    for (const Pair& pair : must)
        groups.unite(pair.first, pair.second);
    for (const Pair& pair : cannot)
        if (groups.of(pair.first) == groups.of(pair.second))
            return quoted(pair) + " cannot be in one story, but other links say that they must; "
                                  "take one of these links back";
    return {};
}

} // namespace fabula::inline v0
