// SPDX-License-Identifier: Apache-2.0
//
// A collection that is cut into blocks gives the stories of the whole, wherever it is cut.
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <fabula/blocks.hpp>
#include <fabula/error.hpp>
#include <fabula/features.hpp>
#include <fabula/pipeline.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace fabula;
using namespace fabula::test;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds window = 72h;

/// The examples, some of them without a date, near-duplicates of others and chains of these, and
/// one in a language that the model lacks.
const std::vector<ArticleFeatures>& features() {
    static const auto all = [] {
        std::vector<Article> articles = example_articles();
        const std::size_t count = articles.size();
        for (std::size_t i = 0; i < count; i += 11)
            articles[i].published.reset();
        for (std::size_t i = 0; i < count; i += 4)
            for (int copy = 1; copy < 4; ++copy) {
                Article one = articles[i];
                one.id += "-copy" + std::to_string(copy);
                for (int more = 0; more < copy; ++more)
                    one.text += " More about this follows soon on these pages.";
                if (one.published)
                    *one.published += copy * 30h;
                articles.push_back(one);
            }
        return extract_features(default_model(), articles);
    }();
    return all;
}

/// How an engine would do it, with the beginnings of blocks in ascending order.
class Engine {
public:
    Engine(ClusterOptions options, std::vector<std::chrono::sys_seconds> begins)
        : options_(options), clusterer_(default_model(), options), begins_(std::move(begins)),
          representatives_(features().size()) {}

    std::vector<Story> run() {
        group_near_duplicates();
        outline();
        score();
        return describe(cut());
    }

    std::size_t open_pairs{}; ///< that no block could decide by itself

private:
    struct Block {
        std::vector<std::uint32_t> articles; ///< indices into the features
        std::vector<ArticleFeatures> features;
        std::vector<BlockRole> roles;
    };

    [[nodiscard]] std::size_t block_at(std::chrono::sys_seconds time) const {
        return static_cast<std::size_t>(std::upper_bound(begins_.begin(), begins_.end(), time) -
                                        begins_.begin());
    }

    /// Block 0 is what has no time.
    [[nodiscard]] std::vector<Block> blocks(const std::vector<std::uint32_t>& articles) const {
        std::vector<Block> out(begins_.size() + 1);
        for (const std::uint32_t i : articles) {
            const auto time = features()[i].published();
            const std::size_t own = time ? block_at(*time) : 0;
            const std::size_t first = time ? std::max<std::size_t>(1, block_at(*time - window)) : 0;
            const std::size_t last = time ? own : begins_.size();
            for (std::size_t at = first; at <= last; ++at) {
                out[at].articles.push_back(i);
                out[at].features.push_back(features()[i]);
                out[at].roles.push_back(at != own       ? BlockRole::guest
                                        : first == last ? BlockRole::whole
                                                        : BlockRole::shared);
            }
        }
        return out;
    }

    using Parts = std::map<std::uint32_t, std::vector<std::uint32_t>>;
    [[nodiscard]] static Parts
    connect(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) {
        std::vector<std::uint32_t> parts(features().size());
        std::iota(parts.begin(), parts.end(), 0U);
        for (bool changes = true; changes;) {
            changes = false;
            for (const auto& [a, b] : pairs) {
                changes = changes || parts[a] != parts[b];
                parts[a] = parts[b] = std::min(parts[a], parts[b]);
            }
        }
        Parts out;
        for (std::uint32_t i = 0; i < parts.size(); ++i)
            out[parts[i]].push_back(i);
        return out;
    }

    [[nodiscard]] static std::vector<ArticleFeatures>
    features_of(const std::vector<std::uint32_t>& articles) {
        std::vector<ArticleFeatures> out;
        for (const std::uint32_t i : articles)
            out.push_back(features()[i]);
        return out;
    }

    void group_near_duplicates() {
        std::vector<std::uint32_t> all(features().size());
        std::iota(all.begin(), all.end(), 0U);
        std::vector<std::pair<std::uint32_t, std::uint32_t>> links;
        for (const Block& block : blocks(all))
            for (const auto& [a, b] : clusterer_.near_duplicate_links(block.features))
                links.emplace_back(block.articles[a], block.articles[b]);
        for (const auto& [number, part] : connect(links)) {
            const auto found = clusterer_.representatives(features_of(part));
            for (std::size_t i = 0; i < part.size(); ++i)
                representatives_[part[i]] = part[found[i]];
        }
        for (const std::uint32_t i : all)
            if (representatives_[i] == i)
                unique_.push_back(i);
        std::sort(unique_.begin(), unique_.end(), [](std::uint32_t a, std::uint32_t b) {
            return std::tuple(features()[a].published(), features()[a].id()) <
                   std::tuple(features()[b].published(), features()[b].id());
        });
    }

    void outline() {
        std::map<std::chrono::sys_days, std::size_t> days;
        std::size_t met = 0;
        for (const std::uint32_t i : unique_) {
            const auto time = features()[i].published();
            if (time)
                ++days[std::chrono::floor<std::chrono::days>(*time)];
            for (const std::uint32_t j : unique_) {
                const auto other = features()[j].published();
                met += i != j && (!time || !other ||
                                  (*time < *other ? *other - *time : *time - *other) <= window)
                           ? 1U
                           : 0U;
            }
        }
        outline_.articles_in_window =
            static_cast<double>(met) / static_cast<double>(unique_.size());
        outline_.articles_of_day.assign(days.begin(), days.end());
        outline_.sample = features_of(unique_);
    }

    void score() {
        struct Open {
            std::size_t block;
            Edge edge;
            std::uint32_t first_place, second_place;
        };
        std::vector<Open> open;
        std::map<std::uint32_t, std::vector<std::pair<float, std::size_t>>> lists;
        const std::vector<Block> all = blocks(unique_);
        for (std::size_t at = 0; at < all.size(); ++at) {
            const Block& block = all[at];
            const BlockPairs found = clusterer_.pairs(block.features, block.roles, outline_);
            for (const BlockPair& pair : found.pairs) {
                const Edge edge{block.articles[pair.first], block.articles[pair.second],
                                pair.probability};
                if (pair.is_certain)
                    edges_.push_back(edge);
                else
                    open.push_back({at, edge, pair.first_place, pair.second_place});
            }
            for (const BlockRow& row : found.rows)
                for (const float cosine : row.cosines)
                    lists[block.articles[row.article]].emplace_back(-cosine, at);
        }
        open_pairs = open.size();
        std::map<std::pair<std::uint32_t, std::size_t>, std::uint32_t> quotas;
        for (auto& [article, list] : lists) {
            std::stable_sort(list.begin(), list.end());
            for (std::size_t i = 0; i < std::min(list.size(), options_.max_neighbours); ++i)
                ++quotas[{article, list[i].second}];
        }
        for (const Open& one : open)
            if (one.first_place < quotas[{one.edge.first, one.block}] ||
                one.second_place < quotas[{one.edge.second, one.block}])
                edges_.push_back(one.edge);
    }

    /// The story of each article, by the number of its first member.
    std::vector<std::uint32_t> cut() {
        std::vector<std::uint32_t> story = representatives_;
        std::vector<std::uint32_t> place(features().size());
        for (std::uint32_t at = 0; at < unique_.size(); ++at)
            place[unique_[at]] = at;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
        for (const Edge& edge : edges_)
            pairs.emplace_back(edge.first, edge.second);
        for (auto& [number, part] : connect(pairs)) {
            std::erase_if(part, [&](std::uint32_t i) { return representatives_[i] != i; });
            std::sort(part.begin(), part.end(),
                      [&](std::uint32_t a, std::uint32_t b) { return place[a] < place[b]; });
            std::map<std::uint32_t, std::uint32_t> number_of;
            for (std::uint32_t i = 0; i < part.size(); ++i)
                number_of[part[i]] = i;
            std::vector<Edge> own;
            for (const Edge& edge : edges_)
                if (number_of.contains(edge.first))
                    own.push_back(
                        {number_of[edge.first], number_of[edge.second], edge.probability});
            std::sort(own.begin(), own.end(), [](const Edge& a, const Edge& b) {
                return std::tuple(a.first, a.second) < std::tuple(b.first, b.second);
            });
            const Clustering clusters = clusterer_.cut(part.size(), own);
            std::map<std::uint32_t, std::uint32_t> first;
            for (std::size_t i = 0; i < part.size(); ++i)
                story[part[i]] = first.try_emplace(clusters.labels[i], part[i]).first->second;
        }
        for (std::size_t i = 0; i < story.size(); ++i)
            story[i] = story[representatives_[i]];
        return story;
    }

    std::vector<Story> describe(const std::vector<std::uint32_t>& story_of) const {
        std::map<std::uint32_t, std::uint32_t> numbers;
        std::vector<std::uint32_t> stories;
        for (const std::uint32_t story : story_of)
            stories.push_back(numbers.try_emplace(story, static_cast<std::uint32_t>(numbers.size()))
                                  .first->second);
        return clusterer_.describe(features(), stories, representatives_, outline_);
    }

    ClusterOptions options_;
    BlockClusterer clusterer_;
    std::vector<std::chrono::sys_seconds> begins_;
    std::vector<std::uint32_t> representatives_;
    std::vector<std::uint32_t> unique_;
    CollectionOutline outline_;
    std::vector<Edge> edges_;
};

void require_same(std::vector<Story> stories, std::vector<Story> whole) {
    const auto by_id = [](const Story& a, const Story& b) { return a.id < b.id; };
    std::sort(stories.begin(), stories.end(), by_id);
    std::sort(whole.begin(), whole.end(), by_id);
    REQUIRE(stories.size() == whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const Story& a = stories[i];
        const Story& b = whole[i];
        REQUIRE(a.id == b.id);
        REQUIRE(a.members == b.members);
        REQUIRE(a.representative == b.representative);
        REQUIRE(a.languages == b.languages);
        REQUIRE(a.sources == b.sources);
        REQUIRE(a.first_published == b.first_published);
        REQUIRE(a.last_published == b.last_published);
        REQUIRE(a.earliest == b.earliest);
        REQUIRE(a.cohesion == b.cohesion);
        for (std::size_t member = 0; member < b.links.size(); ++member) {
            REQUIRE(a.links[member].relation == b.links[member].relation);
            REQUIRE(a.links[member].probability == b.links[member].probability);
        }
    }
}

} // namespace

TEST_CASE("blocks: wherever a collection is cut, the stories are those of the whole") {
    Random random(0xB10C);
    std::size_t open_pairs = 0;
    for (const std::size_t most : {512, 6, 2, 0}) {
        const ClusterOptions options{.time_window = window, .max_neighbours = most};
        const StoryClusters whole = StoryClusterer(default_model(), options).cluster(features());
        std::optional<std::chrono::sys_seconds> first;
        std::optional<std::chrono::sys_seconds> last;
        for (const ArticleFeatures& one : features())
            if (const auto time = one.published()) {
                first = std::min(first.value_or(*time), *time);
                last = std::max(last.value_or(*time), *time);
            }
        for (const std::uint32_t cuts : {0U, 1U, 5U, 40U}) {
            std::vector<std::chrono::sys_seconds> begins{*first};
            for (std::uint32_t i = 0; i < cuts; ++i)
                begins.push_back(*first +
                                 std::chrono::seconds{random.number(
                                     static_cast<std::uint32_t>((*last - *first).count()))});
            std::sort(begins.begin(), begins.end());
            begins.erase(std::unique(begins.begin(), begins.end()), begins.end());
            Engine engine(options, begins);
            require_same(engine.run(), whole.stories);
            open_pairs += engine.open_pairs;
        }
    }
    CHECK(open_pairs > 100); // else nothing is said of them
}

TEST_CASE("blocks: what cannot be done is refused in a sentence") {
    const auto refuses = [](const ClusterOptions& options, const std::string& part) {
        try {
            const BlockClusterer made(default_model(), options);
            FAIL("not refused");
        } catch (const Error& error) {
            CHECK(std::string(error.what()).find(part) != std::string::npos);
        }
    };
    refuses({}, "time_window is 0 s");
    refuses({.min_probability = 2, .time_window = window}, "min_probability");
    refuses({.time_window = window, .links = {.must = {{"a", "b"}}, .cannot = {}}}, "links");

    const BlockClusterer clusterer(default_model(), {.time_window = window});
    const std::vector<ArticleFeatures> two(features().begin(), features().begin() + 2);
    CHECK_THROWS_AS(clusterer.pairs(two, std::vector{BlockRole::whole}, {}), Error);
    CHECK_THROWS_AS(clusterer.describe(two, std::vector{0U, 2U}, std::vector{0U, 1U}, {}), Error);
    CHECK_THROWS_AS(clusterer.describe(two, std::vector{0U, 0U}, std::vector{0U, 7U}, {}), Error);
    CHECK_THROWS_AS(clusterer.describe(two, std::vector{1U, 1U}, std::vector{0U, 1U}, {}), Error);
    CHECK(clusterer.pairs({}, {}, {}).pairs.empty());
    CHECK(clusterer.describe({}, {}, {}, {}).empty());
}
