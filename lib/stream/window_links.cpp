// SPDX-License-Identifier: Apache-2.0
#include "stream/live_window.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace fabula::detail {

StreamUpdate LiveWindow::link(const std::string& a, const std::string& b, LinkKind kind) {
    Change change;
    change.relinks = links_.set(a, b, kind);
    if (!change.relinks)
        return {};
    const auto first = articles_.find(a);
    const auto second = articles_.find(b);
    if (first && second)
        change.linked = {*first, *second};
    return apply(std::move(change));
}

std::vector<LiveWindow::Number> LiveWindow::with_partners(std::span<const Number> numbers) const {
    std::vector<Number> out;
    if (links_.empty())
        return out;
    for (const Number number : numbers)
        links_.for_each_partner(articles_[number].article.id, [&](const std::string& id) {
            if (const auto other = articles_.find(id))
                out.push_back(*other);
        });
    return out;
}

NodeLinks LiveWindow::links_among(std::span<const std::uint32_t> rows) const {
    std::unordered_map<Number, std::uint32_t> places;
    for (std::uint32_t place = 0; place < rows.size(); ++place)
        places.emplace(number_of_[rows[place]], place);
    NodeLinks out;
    for (std::uint32_t place = 0; place < rows.size(); ++place) {
        const std::string& id = articles_[number_of_[rows[place]]].article.id;
        links_.for_each_partner(id, [&](const std::string& other) {
            const auto number = articles_.find(other);
            const auto found = number ? places.find(*number) : places.end();
            if (found == places.end() || found->second <= place)
                return;
            (links_.kind(id, other) == LinkKind::must ? out.must : out.cannot)
                .emplace_back(place, found->second);
        });
    }
    return out;
}

} // namespace fabula::detail
