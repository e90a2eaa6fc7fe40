// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/language_tags.hpp"
#include "model/lookup/model_data.hpp"
#include "model_sample.hpp"
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/model.hpp>

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace fabula;
using namespace fabula::test;

// Sets FABULA_MODEL for one test and puts the old value back.
class Environment {
public:
    explicit Environment(const std::string& value) {
        if (const char* old = std::getenv("FABULA_MODEL"))
            old_ = old;
        ::setenv("FABULA_MODEL", value.c_str(), 1);
    }
    ~Environment() {
        if (old_)
            ::setenv("FABULA_MODEL", old_->c_str(), 1);
        else
            ::unsetenv("FABULA_MODEL");
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

private:
    std::optional<std::string> old_;
};

std::string found(const std::vector<std::string>& tags, const std::string& tag) {
    const int index = detail::find_language(tags, tag);
    return index < 0 ? "" : tags[static_cast<std::size_t>(index)];
}

} // namespace

TEST_CASE("the environment variable FABULA_MODEL names the bundled model") {
    const TempFolder folder;
    const SampleModel sample(20);
    write_pack(sample.source, folder / "mine.fabula");
    {
        const Environment environment((folder / "mine.fabula").string());
        CHECK(Model::bundled().card().name == "sample");
    }
    {
        write_bytes(folder / "mine.vec", "1 2\nword 1 2\n");
        const Environment environment((folder / "mine.vec").string());
        CHECK(Model::bundled().dimension() == 2);
    }
    const Environment environment((folder / "none.fabula").string());
    try {
        (void)Model::bundled();
        FAIL("a file that is not there was opened");
    } catch (const Error& error) {
        CHECK(error.code() == Errc::file_not_found);
        CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring("FABULA_MODEL"));
    }
}

TEST_CASE("the language identifier is taken from the folder of the model") {
    const TempFolder folder;
    const SampleModel sample(20);
    write_pack(sample.source, folder / "m.fabula");
    write_bytes(folder / "language-id.ftz", "no model");
    const Model model = Model::load(folder / "m.fabula"); // does not look at it yet
    for (int attempt = 0; attempt < 2; ++attempt) {
        try {
            (void)model.identifier();
            FAIL("a damaged language identifier was accepted");
        } catch (const Error& error) {
            CHECK(error.code() == Errc::damaged_model);
            CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring("language-id.ftz"));
        }
    }
}

TEST_CASE("languages are found by tag, then by their nearest relation") {
    const std::vector<std::string> tags{"en", "he", "hr", "nb", "pt", "sr", "zh"};
    CHECK(found(tags, "en") == "en");
    CHECK(found(tags, "EN") == "en");
    CHECK(found(tags, "pt-BR") == "pt");
    CHECK(found(tags, "pt_br") == "pt");
    CHECK(found(tags, "zh-Hant") == "zh");
    CHECK(found(tags, "zh-Hant-TW") == "zh");
    CHECK(found(tags, "yue") == "zh");
    CHECK(found(tags, "no") == "nb");
    CHECK(found(tags, "nn") == "nb");
    CHECK(found(tags, "sh") == "hr");
    CHECK(found(tags, "bs") == "hr");
    CHECK(found(tags, "sr-Latn") == "sr");
    CHECK(found(tags, "iw") == "he");
    CHECK(found(tags, "").empty());
    CHECK(found(tags, "und").empty());
    CHECK(found(tags, "e").empty());
    CHECK(found(tags, "zz").empty());
    CHECK(found(tags, "english").empty());
    CHECK(found(tags, "-").empty());

    CHECK(found({"nb", "nn"}, "nn") == "nn");
    CHECK(found({"no"}, "nb") == "no");
    CHECK(found({"sh"}, "sr") == "sh");
    CHECK(found({"zh", "zh-Hant"}, "zh-hant") == "zh-Hant");
    CHECK(found({"zh-Hant"}, "zh") == "zh-Hant");
    CHECK(found({"zh-Hant"}, "zh-Hans").empty() == false);
    CHECK(found({}, "en").empty());
}

TEST_CASE("three-letter codes are the same languages") {
    const std::vector<std::string> tags{
        "ar", "az", "cs", "de", "el", "en", "et", "eu", "fa", "fil", "fr",     "he", "hr",
        "hy", "id", "is", "ka", "ku", "lv", "mk", "mn", "ms", "my",  "nb",     "ne", "nl",
        "nn", "or", "ro", "sk", "sq", "sr", "sw", "uz", "yi", "zh",  "zh-Hant"};
    const std::vector<std::pair<std::string, std::string>> codes{
        {"eng", "en"}, {"deu", "de"}, {"ger", "de"}, {"fra", "fr"}, {"fre", "fr"}, {"nob", "nb"},
        {"nno", "nn"}, {"nor", "nb"}, {"srp", "sr"}, {"hrv", "hr"}, {"zho", "zh"}, {"chi", "zh"},
        {"fas", "fa"}, {"per", "fa"}, {"ces", "cs"}, {"cze", "cs"}, {"gre", "el"}, {"baq", "eu"},
        {"arm", "hy"}, {"ice", "is"}, {"geo", "ka"}, {"mac", "mk"}, {"may", "ms"}, {"bur", "my"},
        {"dut", "nl"}, {"rum", "ro"}, {"slo", "sk"}, {"alb", "sq"}, {"ind", "id"}, {"heb", "he"},
        {"cmn", "zh"}, {"arb", "ar"}, {"arz", "ar"}, {"azj", "az"}, {"ekk", "et"}, {"als", "sq"},
        {"prs", "fa"}, {"pes", "fa"}, {"lvs", "lv"}, {"zsm", "ms"}, {"swh", "sw"}, {"uzn", "uz"},
        {"khk", "mn"}, {"npi", "ne"}, {"kmr", "ku"}, {"ory", "or"}, {"ydd", "yi"}, {"tgl", "fil"},
        {"tl", "fil"}, {"iw", "he"},  {"in", "id"},  {"ji", "yi"},  {"mo", "ro"},  {"hbs", "sr"},
        {"cnr", "sr"}, {"yue", "zh"}, {"wuu", "zh"}};
    for (const auto& [code, language] : codes) {
        INFO(code);
        CHECK(found(tags, code) == language);
    }
    CHECK(found(tags, "ENG_us") == "en");
    CHECK(found(tags, "zho-Hant") == "zh-Hant");
    CHECK(found(tags, "zh-cmn-Hant") == "zh-Hant");
    CHECK(found({"yue", "zh"}, "yue") == "yue");
    CHECK(found({"yue", "zh"}, "zh-yue") == "yue");
    CHECK(found({"en", "es"}, "es-419") == "es");
    CHECK(found({"en", "tl"}, "tgl") == "tl");
    CHECK(found(tags, "tlh").empty());
}

TEST_CASE("a tag may say that the language is not known") {
    for (const char* tag : {"", "und", "UND", "und-Latn", "un", "mul", "zxx"}) {
        INFO(tag);
        CHECK(fabula::detail::says_no_language(tag));
        CHECK(found({"en", "uz"}, tag).empty());
    }
    for (const char* tag : {"en", "eng", "unr", "mult", "no"}) {
        INFO(tag);
        CHECK_FALSE(fabula::detail::says_no_language(tag));
    }
}
