// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/compress.hpp"
#include "support/files.hpp"
#include "support/json_producers.hpp"
#include "support/stories.hpp"
#include "support/xml_producers.hpp"

#include <fabula/input.hpp>
#include <fabula/pipeline.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace fs = std::filesystem;
using namespace fabula;

namespace {

std::vector<Article> read(const std::string& input) {
    const std::vector<std::string> inputs{input};
    ArticleSet set = read_articles(inputs);
    CHECK(set.repaired == 0);
    for (const ReadNote& note : set.notes)
        CHECK(
            (note.kind == ReadNote::Kind::field_name || note.kind == ReadNote::Kind::assumed_zone));
    return std::move(set.articles);
}

std::vector<std::uint32_t> partition_of(const std::vector<Article>& articles) {
    static const StoryClusterer clusterer{test::default_model()};
    return test::labels_of(clusterer.cluster(articles), articles.size());
}

/// The stories of the same articles as JSON Lines, with the same fields removed.
struct Expected {
    std::vector<Article> articles;
    std::vector<std::uint32_t> partition;
};

const Expected& expected_of(const test::Carries& carries) {
    using Key = std::tuple<bool, bool, bool, bool, bool, bool>;
    static std::map<Key, Expected> known;
    const Key key{carries.id,     carries.text,      carries.language,
                  carries.source, carries.published, carries.day_only};
    const auto found = known.find(key);
    if (found != known.end())
        return found->second;
    const test::TempFolder folder;
    Expected made;
    made.articles = read(
        folder.write("own.jsonl", test::own_lines(test::example_articles(), carries)).string());
    made.partition = partition_of(made.articles);
    return known.emplace(key, std::move(made)).first->second;
}

void check_same(const std::vector<Article>& found, const test::Carries& carries) {
    const Expected& expected = expected_of(carries);
    REQUIRE(found.size() == expected.articles.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        const Article& a = found[i];
        const Article& b = expected.articles[i];
        INFO(b.id);
        CHECK(a.id == b.id);
        CHECK(a.title == b.title);
        CHECK(a.text == b.text);
        CHECK(a.language == b.language);
        CHECK(a.source == b.source);
        CHECK(a.published == b.published);
    }
    CHECK(partition_of(found) == expected.partition);
}

} // namespace

TEST_CASE("formats: a file of each producer gives the stories of JSON Lines") {
    std::vector<test::Producer> producers = test::json_producers();
    for (test::Producer& producer : test::xml_producers())
        producers.push_back(std::move(producer));
    REQUIRE(producers.size() >= 19);
    const test::TempFolder folder;
    for (const test::Producer& producer : producers) {
        INFO(producer.file);
        const fs::path file = folder.write(producer.file, producer.write(test::example_articles()));
        check_same(read(file.string()), producer.carries);
    }
}

TEST_CASE("formats: a folder of pages or texts gives the stories of JSON Lines") {
    for (const test::Producer& producer : test::page_producers()) {
        INFO(producer.file);
        const test::TempFolder folder;
        std::vector<Article> ordered;
        for (const Article& article : test::example_articles()) {
            // A folder is read in the order of its names, which is not that of the articles.
            const std::string extension = fs::path(producer.file).extension().string();
            folder.write(article.id + extension, producer.write({&article, 1}));
        }
        std::vector<Article> found = read(folder.path().string());
        REQUIRE(found.size() == test::example_articles().size());
        std::map<std::string, Article> by_id;
        for (Article& article : found) {
            std::string id = article.id;
            by_id.emplace(std::move(id), std::move(article));
        }
        for (const Article& article : test::example_articles())
            ordered.push_back(std::move(by_id.at(article.id)));
        check_same(ordered, producer.carries);
    }
}

TEST_CASE("formats: compression changes nothing") {
    const test::TempFolder folder;
    const std::string lines = test::own_lines(test::example_articles(), {});
    for (const auto& [name, bytes] :
         {std::pair{"a.gz", test::gzip(lines)}, std::pair{"a.zst", test::zstd(lines)},
          std::pair{"a.xz", test::xz(lines)}, std::pair{"a.bz2", test::bzip2(lines)}}) {
        INFO(name);
        check_same(read(folder.write(name, bytes).string()), {});
    }
}
