// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/model_data.hpp"
#include "model/lookup/subwords.hpp"
#include "model_lookup.hpp"
#include "model_sample.hpp"
#include "support/catch.hpp"
#include "support/fasttext_tool.hpp"

#include <fabula/error.hpp>
#include <fabula/model.hpp>

#include <cstring>
#include <limits>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace fabula;
using namespace fabula::test;

// Words of the training text, then words that are not in it: other forms, names, other alphabets.
const std::vector<std::string> asked = {
    "ferja",    "Ålesund",  "council", "dag", "ferry", "ferjene", "TROMSØ", "weather",  "kommunene",
    "councils", "Обережно", "北京に",  "x",   "<hav>", "a-b_c",   ".",      "harbour's"};

double length(const std::vector<float>& values) {
    double sum = 0;
    for (const float value : values)
        sum += static_cast<double>(value) * static_cast<double>(value);
    return std::sqrt(sum);
}

// The tool writes five digits.
void check_equal(const std::vector<float>& found, const std::vector<float>& expected) {
    REQUIRE(found.size() == expected.size());
    const double scale = length(expected);
    for (std::size_t i = 0; i < found.size(); ++i)
        CHECK(static_cast<double>(found[i]) ==
              Approx(static_cast<double>(expected[i])).margin(1e-4 * scale + 1e-9));
}

// The import of a file and the pack built of it; both against the tool.
void compare_with_tool(const FasttextFiles& files, const std::string& name,
                       const std::string& language) {
    INFO(name);
    const auto expected = files.vectors(name, asked);
    REQUIRE(expected.size() == asked.size());
    const Model import = language.empty() ? Model::load(files.path(name))
                                          : Model::from_fasttext({{language, files.path(name)}});
    ModelBuildOptions options;
    options.name = "test";
    options.licence = "CC0-1.0";
    const ModelBuildReport report =
        build_model({{language, files.path(name)}}, files.path("tool.fabula"), options);
    const Model pack = Model::load(files.path("tool.fabula"));
    CHECK(pack.dimension() == FasttextFiles::dimension);
    CHECK(pack.languages() == import.languages());
    CHECK(pack.card().name == "test");
    CHECK(pack.card().licence == "CC0-1.0");
    CHECK(pack.card().quantisation == "int8");
    CHECK(pack.card().bytes == report.bytes);
    CHECK(report.bytes == std::filesystem::file_size(files.path("tool.fabula")));
    CHECK(report.source_bytes == std::filesystem::file_size(files.path(name)));
    CHECK(report.words.rows == import.card().vocabulary);
    CHECK(report.words.mean_cosine >= 0.99);
    CHECK(report.words.least_cosine >= 0.98);
    CHECK(report.words.least_cosine <= report.words.mean_cosine);
    if (report.subwords.rows > 0)
        CHECK(report.subwords.mean_cosine >= 0.99);

    std::size_t known = 0;
    for (const std::string& word : asked) {
        INFO(word);
        const std::vector<float>& vector = expected.at(word);
        const Looked imported = look_up(import, word, language);
        const Looked packed = look_up(pack, word, language);
        CHECK(imported.known == (length(vector) > 0));
        CHECK(packed.known == imported.known);
        check_equal(imported.vector, vector);
        if (!packed.known)
            continue;
        ++known;
        CHECK(cosine(packed.vector.data(), vector.data(), vector.size()) > 0.98);
        CHECK(length(packed.vector) == Approx(length(vector)).epsilon(0.02));
    }
    CHECK(known >= 12);

    const detail::ModelData& data = detail::ModelData::of(pack);
    const int index = data.language_index(language);
    CHECK(data.word_probability(index, detail::word_hash("ferja")) ==
          detail::ModelData::of(import).word_probability(
              detail::ModelData::of(import).language_index(language), detail::word_hash("ferja")));
    for (std::size_t i = 0; i < FasttextFiles::dimension; ++i)
        CHECK(data.mean(index)[i] == detail::ModelData::of(import).mean(index)[i]);
}

std::string refusal(const std::string& path, const std::string& out, bool by_build) {
    try {
        if (by_build)
            build_model({{"", path}}, out);
        else
            (void)Model::load(path);
    } catch (const Error& error) {
        CHECK(error.code() == Errc::damaged_model);
        CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring(path));
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("the stock fastText program's models: its own vectors, imported and packed") {
    if (fasttext_tool().empty())
        SKIP(no_fasttext_tool);
    const FasttextFiles files;
    compare_with_tool(files, "nb.bin", "nb");
    compare_with_tool(files, "en.bin", "");
    compare_with_tool(files, "all.bin", "");
    compare_with_tool(files, "all.ftz", "nb");
    compare_with_tool(files, "some.ftz", "");
}

TEST_CASE("the stock fastText program's text vectors: one space of two languages") {
    if (fasttext_tool().empty())
        SKIP(no_fasttext_tool);
    const FasttextFiles files;
    const std::map<std::string, std::filesystem::path> sources = {{"nb", files.path("nb.vec")},
                                                                  {"en", files.path("en.vec")}};
    const Model import = Model::from_fasttext(sources);
    const ModelBuildReport report = build_model(sources, files.path("two.fabula"));
    const Model pack = Model::load(files.path("two.fabula"));
    CHECK(report.languages == std::vector<std::string>{"en", "nb"});
    CHECK(pack.languages() == report.languages);
    CHECK(report.words.mean_cosine >= 0.99);
    CHECK(report.words.rows == import.card().vocabulary);
    CHECK(report.subwords.rows == 0);
    for (const std::string language : {"nb", "en"}) {
        const auto expected = files.vectors(language + ".bin", FasttextFiles::words(language));
        for (const auto& [word, vector] : expected) {
            INFO(word);
            const Looked imported = look_up(import, word, language);
            const Looked packed = look_up(pack, word, language);
            CHECK(imported.known);
            CHECK(packed.known);
            CHECK(cosine(packed.vector.data(), vector.data(), vector.size()) > 0.98);
            // The import keeps these rows as int8 too.
            CHECK(imported.vector == packed.vector);
            // As spelled, else in lower case; whatever the language of the article.
            CHECK(look_up(pack, word, language == "nb" ? "en" : "nb").known);
        }
        CHECK_FALSE(look_up(pack, "ukjent", language).known);
        CHECK(look_up(pack, "FERJA", language).known);
        const int index = detail::ModelData::of(pack).language_index(language);
        CHECK(detail::ModelData::of(pack).word_probability(
                  index, detail::word_hash(language == "nb" ? "ferja" : "ferry")) ==
              detail::ModelData::of(import).word_probability(
                  index, detail::word_hash(language == "nb" ? "ferja" : "ferry")));
    }
}

TEST_CASE("files of the stock fastText program, cut short or altered, are refused by name") {
    if (fasttext_tool().empty())
        SKIP(no_fasttext_tool);
    const FasttextFiles files;
    const std::string out = files.path("out.fabula");
    for (const std::string name : {"nb.bin", "all.ftz", "some.ftz", "nb.vec"}) {
        INFO(name);
        const std::string good = read_bytes(files.path(name));
        const std::string extension = std::filesystem::path(name).extension().string();
        std::vector<std::string> bad;
        for (const double part : {0.0, 0.001, 0.1, 0.5, 0.9, 0.99})
            bad.push_back(
                good.substr(0, static_cast<std::size_t>(part * static_cast<double>(good.size()))));
        if (extension == ".vec") {
            bad.push_back("9" + good);                               // more words than there are
            bad.push_back(good + "one-more 1 2 3\n");                // a word too many
            bad.push_back(std::string(good).replace(100, 1, "x"));   // no number
            bad.push_back(std::string(good).replace(100, 10, "\n")); // values gone
        } else {
            const auto put = [&](std::size_t at, std::uint32_t value) {
                std::string altered = good;
                std::memcpy(altered.data() + at, &value, sizeof value);
                bad.push_back(altered);
            };
            put(0, 1);           // the magic number
            put(4, 99);          // the version
            put(8, 17);          // the dimension
            put(36, 0);          // the kind
            put(44, 99);         // the shortest n-gram
            put(64, 3);          // the number of entries
            put(68, 0x7FFFFFFF); // the number of words
            // A weight that is not a number. It is the last one of the output matrix or the
            // centroids: both end the file.
            put(good.size() - 4, 0x7FC00000);
        }
        for (std::size_t i = 0; i < bad.size(); ++i) {
            INFO("case " << i);
            const std::string path = files.write("bad" + extension, bad[i]);
            CHECK(refusal(path, out, false) != "accepted");
            CHECK(refusal(path, out, true) != "accepted");
            CHECK_FALSE(std::filesystem::exists(out));
        }
    }
}
