// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/sanitizer.hpp"
#include "support/stories.hpp"

#include <fabula/evaluation.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <array>
#include <cstdio>
#include <limits>
#include <sstream>

using namespace fabula;

namespace {

/// The content of an .xz file; empty where the program `xz` cannot read it.
std::string decompressed(const std::filesystem::path& file) {
    const std::string command = "xz -dc -- '" + file.string() + "'";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr)
        return {};
    std::string out;
    std::array<char, 1U << 16U> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
        out.append(buffer.data(), count);
    return ::pclose(pipe) == 0 ? out : std::string{};
}

/// The largest set takes minutes under ThreadSanitizer.
const std::size_t most_lines = test::size_or(std::numeric_limits<std::size_t>::max(), 1300);

std::string first_lines(const std::string& text, std::size_t count) {
    std::size_t end = 0;
    while (count-- > 0 && end < text.size()) {
        const std::size_t line_end = text.find('\n', end);
        end = line_end == std::string::npos ? text.size() : line_end + 1;
    }
    return text.substr(0, end);
}

/// BCubed F1 of the defaults, with the languages not given.
double bcubed_f1(const std::string& jsonl) {
    std::istringstream in(jsonl);
    ReadOptions options;
    options.gold_stories = true;
    ArticleSet set = read_json_lines(in, "set", options);
    REQUIRE(set.gold_stories.size() == set.articles.size());
    std::map<std::string, std::uint32_t> numbers;
    std::vector<std::uint32_t> gold;
    for (std::size_t i = 0; i < set.articles.size(); ++i) {
        set.articles[i].language.clear();
        const auto next = static_cast<std::uint32_t>(numbers.size());
        gold.push_back(numbers.emplace(set.gold_stories[i], next).first->second);
    }
    const StoryClusters clusters = StoryClusterer{test::default_model()}.cluster(set.articles);
    const ClusteringQuality quality =
        evaluate_clustering(test::labels_of(clusters, set.articles.size()), gold);
    WARN("BCubed precision " << quality.bcubed.precision << ", recall " << quality.bcubed.recall
                             << ", F1 " << quality.bcubed.f1 << "; " << clusters.stories.size()
                             << " stories, " << quality.gold_clusters << " expected");
    return quality.bcubed.f1;
}

} // namespace

/// Checks one of the development sets, which are not part of the project.
#define CHECK_DEVELOPMENT_SET(name, least)                                                         \
    const auto file = test::shared_data_dir() / "eval" / (name ".jsonl.xz");                       \
    if (!std::filesystem::exists(file))                                                            \
        SKIP("no " + file.string());                                                               \
    const std::string content = decompressed(file);                                                \
    if (content.empty())                                                                           \
        SKIP("cannot decompress " + file.string() + " (is xz installed?)");                        \
    CHECK(bcubed_f1(first_lines(content, most_lines)) >= (least))

TEST_CASE("quality: professional translations into 48 languages") {
    CHECK_DEVELOPMENT_SET("ntrex", 0.94);
}

TEST_CASE("quality: many near-misses on two topics in four languages") {
    CHECK_DEVELOPMENT_SET("meantime", 0.97);
}

TEST_CASE("quality: one-sentence blurbs in 46 languages") {
    CHECK_DEVELOPMENT_SET("itn_clean", 0.68);
}

TEST_CASE("quality: articles rewritten at three reading levels") {
    CHECK_DEVELOPMENT_SET("onestop", 0.985);
}

TEST_CASE("quality: five real articles tell three stories") {
    const std::filesystem::path folder = test::shared_data_dir() / "seeds";
    if (!std::filesystem::exists(folder / "000.txt"))
        SKIP("no " + folder.string());
    std::vector<Article> articles;
    for (const char* name : {"000.txt", "001.txt", "002.txt", "003.txt", "004.txt"})
        articles.push_back(read_text_file(folder / name));
    const StoryClusters clusters = StoryClusterer{test::default_model()}.cluster(articles);
    CHECK(test::labels_of(clusters, articles.size()) == std::vector<std::uint32_t>{0, 0, 0, 1, 2});
    const Comparer comparer{test::default_model()};
    CHECK(comparer.compare(articles[1], articles[2]).relation == Relation::rewrite);
    CHECK(comparer.compare(articles[0], articles[1]).relation == Relation::translation);
    // 002 is 2.7 times as long, and adds what 000 does not have.
    CHECK(comparer.compare(articles[0], articles[2]).relation >= Relation::same_story);
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < i; ++j)
            CHECK(comparer.compare(articles[i], articles[j]).probability >= 0.8);
    const Story& story = clusters.stories.front();
    CHECK(story.representative == 1);
    CHECK(story.links[0].relation == Relation::translation);
    CHECK(story.links[2].relation == Relation::rewrite);
}
