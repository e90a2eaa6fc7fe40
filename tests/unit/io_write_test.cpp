// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <nlohmann/json.hpp>
#include <simdjson.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using Catch::Matchers::ContainsSubstring;
using fabula::test::read_bytes;
using fabula::test::TempFolder;
using namespace std::string_literals;

namespace {

/// Two stories of three articles, one of which has nothing to compare.
struct Sample {
    std::vector<fabula::Article> articles{3};
    fabula::StoryClusters clusters;

    Sample() {
        articles[0].id = "a";
        articles[0].title = "Erster Titel";
        articles[1].id = "b";
        articles[2].id = "c";
        clusters.outcomes.resize(3);
        clusters.outcomes[0].language = "de";
        clusters.outcomes[1].language = "en";
        clusters.outcomes[2].language = "und";
        clusters.outcomes[2].status = fabula::EmbeddingStatus::empty_text;
        fabula::Story told;
        told.id = "00000000000000aa";
        told.members = {0, 1};
        told.representative = 0;
        told.title = "Erster Titel";
        told.titles = {{"de", "Erster Titel", 0}, {"en", "First title", 1}};
        told.languages = {"de", "en"};
        told.sources = 2;
        told.key_terms = {"Titel", "Sturm"};
        told.first_published = fabula::parse_time("2026-03-04T07:40:00Z");
        told.last_published = fabula::parse_time("2026-03-05");
        told.earliest = 1;
        told.cohesion = 0.98765432;
        told.links = {{0, fabula::Relation::duplicate, 1.0, fabula::StrongestLink{1, 0.912345}},
                      {1, fabula::Relation::translation, 0.912345, fabula::StrongestLink{0, 0.9}}};
        fabula::Story alone;
        alone.id = "00000000000000bb";
        alone.members = {2};
        alone.representative = 2;
        alone.languages = {"und"};
        alone.links = {{2, fabula::Relation::duplicate, 1.0}};
        clusters.stories = {told, alone};
    }
};

using Reasons = std::vector<std::optional<fabula::Comparison>>;

std::string json_lines(const Sample& sample, const Reasons& reasons = {}) {
    std::ostringstream out;
    fabula::write_json_lines(out, sample.clusters, sample.articles, reasons);
    return out.str();
}

std::string table(const Sample& sample, const Reasons& reasons = {}) {
    std::ostringstream out;
    fabula::write_table(out, sample.clusters, sample.articles, reasons);
    return out.str();
}

/// Why "b" is in its story.
Reasons sample_reasons() {
    fabula::Comparison reason;
    reason.probability = 0.95;
    reason.relation = fabula::Relation::translation;
    reason.direction = fabula::Direction::first_is_earlier;
    reason.explanation.shared_terms = {{"Storm", "Storm", 9}, {"Titles", "Titel", 8}};
    reason.explanation.shared_numbers = {{"1.5 million", "1,5 Mio."}};
    reason.explanation.contributions = {{"meaning", 0.5, 0.25},
                                        {"time_gap", 1, 0.001},
                                        {"names", 0.4, 1.7},
                                        {"shared_numbers", 0, -0.5},
                                        {"unmatched_numbers", 0, 0.1}};
    return {std::nullopt, reason, std::nullopt};
}

} // namespace

TEST_CASE("Stories are written as promised, field by field", "[io]") {
    CHECK(
        json_lines(Sample{}) ==
        R"({"id":"00000000000000aa","title":"Erster Titel","language":"de",)"
        R"("titles":[{"language":"de","title":"Erster Titel","id":"a"},)"
        R"({"language":"en","title":"First title","id":"b"}],)"
        R"("languages":["de","en"],"size":2,"sources":2,"representative":"a","articles":[)"
        R"({"id":"a","language":"de","relation":"duplicate","probability":1.0,)"
        R"("strongest":{"id":"b","probability":0.9123}},)"
        R"({"id":"b","language":"en","relation":"translation","probability":0.9123,)"
        R"("strongest":{"id":"a","probability":0.9}}],)"
        R"("key_terms":["Titel","Sturm"],"first_published":"2026-03-04T07:40:00Z",)"
        R"("last_published":"2026-03-05T00:00:00Z","earliest":"b","follows":null,"cohesion":0.9877})"
        "\n"
        R"({"id":"00000000000000bb","title":"","language":"und","titles":[],)"
        R"("languages":["und"],"size":1,"sources":0,)"
        R"("representative":"c","articles":[{"id":"c","language":"und","relation":"duplicate",)"
        R"("probability":1.0,"strongest":null,"status":"empty_text"}],"key_terms":[],)"
        R"("first_published":null,"last_published":null,"earliest":null,"follows":null,"cohesion":0.0,)"
        R"("status":"empty_text"})"
        "\n");
}

TEST_CASE("The story that another goes on from is written", "[io]") {
    Sample sample;
    sample.clusters.stories[1].follows = {"00000000000000aa", 0.43214, 2, 0, {"Sturm", "Bergen"}};
    const std::string lines = json_lines(sample);
    const auto story = nlohmann::json::parse(lines.substr(lines.find('\n')));
    CHECK(story["follows"].dump() == R"({"article":"c","id":"00000000000000aa","its_article":"a",)"
                                     R"("names":["Sturm","Bergen"],"probability":0.4321})");
    CHECK_THAT(table(sample),
               ContainsSubstring("goes on from a \"Erster Titel\": both name Sturm, Bergen\n"));
}

TEST_CASE("Reasons are written beside the articles that have one", "[io]") {
    const std::string lines = json_lines(Sample{}, sample_reasons());
    const auto story = nlohmann::json::parse(lines.substr(0, lines.find('\n')));
    CHECK_FALSE(story["articles"][0].contains("because"));
    CHECK(story["articles"][1]["because"] ==
          nlohmann::json::parse(
              R"({"id":"a","probability":0.95,"relation":"translation",)"
              R"("direction":"first_is_earlier",)"
              R"("shared_terms":[{"first":"Storm","second":"Storm"},)"
              R"({"first":"Titles","second":"Titel"}],)"
              R"("shared_numbers":[{"first":"1.5 million","second":"1,5 Mio."}],"shared_dates":[],)"
              R"("differences":[],)"
              R"("contributions":[{"name":"names","log_odds":1.7},)"
              R"({"name":"shared_numbers","log_odds":-0.5},)"
              R"({"name":"meaning","log_odds":0.25}]})"));
    CHECK_THAT(table(Sample{}, sample_reasons()),
               ContainsSubstring("because it is 95.0 % one story with a (translation): names in "
                                 "common +1.7, numbers in common -0.5, how "
                                 "close the two are in meaning +0.2\n"
                                 "        both have Storm, Titles = Titel\n"));
    CHECK(table(Sample{}).find("because") == std::string::npos);
    CHECK_THROWS_AS(json_lines(Sample{}, Reasons(2)), fabula::Error);
    CHECK_THROWS_AS(table(Sample{}, Reasons(4)), fabula::Error);
}

TEST_CASE("Whatever bytes an article has, the output is valid JSON", "[io]") {
    Sample sample;
    const std::string odd = "\xFF\"\\\n\0\xED\xA0\x80\x1B€"s;
    sample.articles[0].id = odd;
    sample.clusters.outcomes[0].language = odd;
    sample.clusters.stories[0].title = odd;
    sample.clusters.stories[0].languages = {odd};
    sample.clusters.stories[0].key_terms = {odd};
    sample.clusters.stories[0].titles = {{odd, odd, 0}};
    std::istringstream lines{json_lines(sample)};
    std::string line;
    std::size_t count = 0;
    while (std::getline(lines, line)) {
        CHECK(simdjson::validate_utf8(line));
        const auto story = nlohmann::json::parse(line);
        if (++count == 1)
            CHECK(story["title"].get<std::string>().find("€") != std::string::npos);
    }
    CHECK(count == 2);
}

TEST_CASE("Stories of other articles are refused", "[io]") {
    Sample sample;
    sample.articles.pop_back();
    std::ostringstream out;
    CHECK_THROWS_AS(fabula::write_json_lines(out, sample.clusters, sample.articles), fabula::Error);
    CHECK_THROWS_AS(fabula::write_table(out, sample.clusters, sample.articles), fabula::Error);
    CHECK(out.str().empty());
}

TEST_CASE("The table shows every article once, with its relation or status", "[io]") {
    Sample sample;
    sample.articles[1].title = "Second\ntitle\x1B[31m";
    const std::string written = table(sample);
    CHECK_THAT(written,
               ContainsSubstring("Erster Titel\n  2 articles from 2 outlets  de en  2026-03-04 to "
                                 "2026-03-05, first told by b"));
    CHECK_THAT(written, ContainsSubstring("Titel, Sturm"));
    CHECK_THAT(written, ContainsSubstring("representative"));
    CHECK_THAT(written, ContainsSubstring("translation"));
    CHECK_THAT(written, ContainsSubstring("91.2 %"));
    CHECK_THAT(written, ContainsSubstring("(no title)\n  1 article  und"));
    CHECK_THAT(written, ContainsSubstring("empty_text"));
    CHECK(written.find('\x1B') == std::string::npos);
}

TEST_CASE("The table shows whole days, of whatever year", "[io]") {
    Sample sample;
    using namespace std::chrono;
    sample.clusters.stories[0].first_published = sys_days{year{9999} / 12 / 31};
    sample.clusters.stories[0].last_published = sys_days{year{10000} / 1 / 1};
    CHECK_THAT(table(sample), ContainsSubstring("  9999-12-31 to 10000-01-01, first told by b"));
}

TEST_CASE("A NumPy file has the header and the bytes that NumPy expects", "[io]") {
    fabula::EmbeddingMatrix matrix;
    matrix.rows = 2;
    matrix.dimension = 3;
    matrix.values = {1.0F, 0.0F, -0.5F, 0.25F, 0.0F, 2.0F};
    const TempFolder folder;
    const fs::path file = folder.path() / "v.npy";
    fabula::write_npy(file, matrix);
    const std::string bytes = read_bytes(file);
    REQUIRE(bytes.size() == 128 + 6 * sizeof(float));
    CHECK(bytes.substr(0, 8) == "\x93NUMPY\x01\0"s);
    const auto length =
        static_cast<unsigned char>(bytes[8]) + 256 * static_cast<unsigned char>(bytes[9]);
    CHECK(length + 10 == 128);
    CHECK(bytes.substr(10, 59) == "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
    CHECK(bytes[127] == '\n');
    CHECK(bytes.substr(128, 4) == "\0\0\x80\x3F"s);
    CHECK(bytes.substr(136, 4) == "\0\0\0\xBF"s);
}

TEST_CASE("An array of no rows is written too", "[io]") {
    const TempFolder folder;
    fabula::EmbeddingMatrix matrix;
    matrix.dimension = 8;
    fabula::write_npy(folder.path() / "v.npy", matrix);
    CHECK_THAT(read_bytes(folder.path() / "v.npy"), ContainsSubstring("(0, 8)"));
}

TEST_CASE("A file is replaced whole or not at all", "[io]") {
    const TempFolder folder;
    const fs::path file = folder.write("out.jsonl", "old");
    CHECK_THROWS_AS(fabula::write_file(file,
                                       [](std::ostream& out) {
                                           out << "half";
                                           throw std::runtime_error{"stop"};
                                       }),
                    std::runtime_error);
    CHECK(read_bytes(file) == "old");
    CHECK(std::distance(fs::directory_iterator{folder.path()}, fs::directory_iterator{}) == 1);

    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    fabula::write_file(file, [](std::ostream& out) { out << "new"; });
    CHECK(read_bytes(file) == "new");
    CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(std::distance(fs::directory_iterator{folder.path()}, fs::directory_iterator{}) == 1);
}

TEST_CASE("Writing through a link keeps the link", "[io]") {
    const TempFolder folder;
    const fs::path file = folder.write("real", "old");
    const fs::path link = folder.path() / "link";
    fs::create_symlink("real", link);
    fabula::write_file(link, [](std::ostream& out) { out << "new"; });
    CHECK(fs::is_symlink(link));
    CHECK(read_bytes(file) == "new");
}

TEST_CASE("Files that cannot be written are named, with the reason", "[io]") {
    const TempFolder folder;
    const auto write = [](std::ostream& out) { out << "x"; };
    CHECK_THROWS_WITH(fabula::write_file(folder.path() / "no" / "file", write),
                      ContainsSubstring("no/file: cannot be written: No such file"));
    CHECK_THROWS_WITH(fabula::write_file(folder.path(), write), ContainsSubstring("is a folder"));
    for (const fs::path& file : {folder.path() / "no" / "file", folder.path()})
        try {
            fabula::write_file(file, write);
            FAIL("no error");
        } catch (const fabula::Error& error) {
            CHECK(error.code() == fabula::Errc::unwritable);
        }
    if (!fs::exists("/dev/full"))
        SKIP("this system has no /dev/full");
    CHECK_THROWS_WITH(fabula::write_file("/dev/full", write),
                      ContainsSubstring("/dev/full: cannot be written: No space left"));
    CHECK(fs::is_character_file("/dev/full"));
}
