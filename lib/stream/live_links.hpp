// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/error.hpp>
#include <fabula/links.hpp>

#include <map>
#include <set>
#include <string>
#include <utility>

namespace fabula::detail {

enum class LinkKind { none, must, cannot };

/// The corrections of a stream, by the articles' ids.
class LiveLinks {
public:
    /// Whether that is another link than there was. \throws Error(bad_input)
    bool set(const std::string& a, const std::string& b, LinkKind kind) {
        const ArticleLinks::Pair pair = std::minmax(a, b);
        const auto found = kinds_.find(pair);
        if ((found != kinds_.end() ? found->second : LinkKind::none) == kind)
            return false;
        std::map<ArticleLinks::Pair, LinkKind> changed = kinds_;
        changed.erase(pair);
        if (kind != LinkKind::none)
            changed.emplace(pair, kind);
        if (const std::string problem = all(changed).validate(); !problem.empty())
            throw Error(Errc::bad_input, problem);
        kinds_ = std::move(changed);
        index();
        return true;
    }
    /// What names an article that left goes. Whether anything does.
    bool drop(const std::string& id) {
        const auto found = partners_.find(id);
        if (found == partners_.end())
            return false;
        for (const std::string& other : std::set<std::string>(found->second)) {
            kinds_.erase(std::minmax(id, other));
            partners_[other].erase(id);
            if (partners_[other].empty())
                partners_.erase(other);
        }
        partners_.erase(id);
        return true;
    }

    [[nodiscard]] bool empty() const { return kinds_.empty(); }
    [[nodiscard]] ArticleLinks all() const { return all(kinds_); }
    /// Calls visit(id of the other).
    template <class Visit>
    void for_each_partner(const std::string& id, const Visit& visit) const {
        if (const auto found = partners_.find(id); found != partners_.end())
            for (const std::string& other : found->second)
                visit(other);
    }
    [[nodiscard]] LinkKind kind(const std::string& a, const std::string& b) const {
        const auto found = kinds_.find(std::minmax(a, b));
        return found != kinds_.end() ? found->second : LinkKind::none;
    }
    void restore(const ArticleLinks& links) {
        for (const ArticleLinks::Pair& pair : links.must)
            kinds_[std::minmax(pair.first, pair.second)] = LinkKind::must;
        for (const ArticleLinks::Pair& pair : links.cannot)
            kinds_[std::minmax(pair.first, pair.second)] = LinkKind::cannot;
        index();
    }

private:
    static ArticleLinks all(const std::map<ArticleLinks::Pair, LinkKind>& kinds) {
        ArticleLinks out;
        for (const auto& [pair, kind] : kinds)
            (kind == LinkKind::must ? out.must : out.cannot).push_back(pair);
        return out;
    }
    void index() {
        partners_.clear();
        for (const auto& [pair, kind] : kinds_) {
            partners_[pair.first].insert(pair.second);
            partners_[pair.second].insert(pair.first);
        }
    }

    std::map<ArticleLinks::Pair, LinkKind> kinds_;
    std::map<std::string, std::set<std::string>> partners_;
};

} // namespace fabula::detail
