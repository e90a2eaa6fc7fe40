// SPDX-License-Identifier: Apache-2.0
#include "model/format/pack_format.hpp"
#include "model/format/pack_writer.hpp"
#include "model/lookup/model_data.hpp"
#include "model/lookup/subwords.hpp"
#include "model_sample.hpp"
#include "support/catch.hpp"
#include "support/sanitizer.hpp"

#include <fabula/error.hpp>
#include <fabula/model.hpp>

#include <cstring>
#include <functional>
#include <random>
#include <string>

namespace {

using namespace fabula;
using namespace fabula::detail;
using namespace fabula::test;

std::vector<float> vector_of(const ModelData& model, std::string_view word, float weight = 1) {
    std::vector<float> out(model.dimension());
    REQUIRE(model.add_word(word, word, word, TokenKind::word, 0, weight, out.data()));
    return out;
}

Errc refusal(const std::filesystem::path& path) {
    try {
        (void)Model::load(path);
    } catch (const Error& error) {
        // The sentence names the file.
        CHECK(std::string(error.what()).find(path.string()) != std::string::npos);
        return error.code();
    }
    FAIL("a damaged file was accepted");
    return Errc::bad_input;
}

bool is_refusal_of_content(Errc code) {
    return code == Errc::damaged_model || code == Errc::unsupported_model;
}

} // namespace

TEST_CASE("a model file gives back what was written, in every encoding") {
    const TempFolder folder;
    const auto [encoding, name, least_cosine] = GENERATE(
        table<RowEncoding, const char*, double>({{RowEncoding::float32, "float32", 0.9999999},
                                                 {RowEncoding::int8, "int8", 0.999},
                                                 {RowEncoding::product, "product", 0.95}}));
    const SampleModel sample(2000, encoding);
    const PackReport report = write_pack(sample.source, folder / "m.fabula");
    CHECK(report.word_cosine >= least_cosine);
    CHECK(report.subword_cosine >= least_cosine);
    CHECK(report.words_dropped == 0);

    const Model model = Model::load(folder / "m.fabula");
    CHECK(model.dimension() == sample.dimension);
    CHECK(model.languages() == std::vector<std::string>{"nb", "uk"});
    CHECK(model.card().name == "sample");
    CHECK(model.card().licence == "CC0-1.0");
    CHECK(model.card().forms_version == forms_version());
    CHECK(model.card().quantisation == name);
    CHECK(model.card().checksum == report.checksum);
    CHECK(model.card().bytes == report.bytes);
    CHECK(model.card().vocabulary == 2000);
    CHECK(model.card().subwords == 256);
    CHECK(model.card().quality.at("figure") == 0.5);

    const ModelData& data = ModelData::of(model);
    CHECK(data.coefficient("pair.cosine", 0) == 12.5);
    CHECK(data.coefficient("no such name", -3) == -3);
    double cosines = 0;
    for (std::size_t i = 0; i < sample.words.size(); ++i) {
        const auto vector = vector_of(data, sample.words[i]);
        cosines +=
            cosine(vector.data(), sample.word_rows.data() + i * sample.dimension, sample.dimension);
    }
    CHECK(cosines / 2000 == Approx(report.word_cosine).epsilon(1e-5));
    CHECK(cosines / 2000 >= least_cosine);
}

TEST_CASE("a word vector is added with its weight") {
    const TempFolder folder;
    const SampleModel sample(50, RowEncoding::float32);
    write_pack(sample.source, folder / "m.fabula");
    const Model model = Model::load(folder / "m.fabula");
    std::vector<float> out(sample.dimension, 1.0F);
    REQUIRE(ModelData::of(model).add_word("word7", "word7", "Word7", TokenKind::word, -1, 2.0F,
                                          out.data()));
    for (std::size_t j = 0; j < sample.dimension; ++j)
        CHECK(out[j] == 1.0F + 2.0F * sample.word_rows[7 * sample.dimension + j]);
}

TEST_CASE("a word without a row is the mean of its subwords") {
    const TempFolder folder;
    const SampleModel sample(50, RowEncoding::float32);
    write_pack(sample.source, folder / "m.fabula");
    const Model model = Model::load(folder / "m.fabula");
    std::vector<double> expected(sample.dimension);
    int subwords = 0;
    for_each_subword("невідоме", "nevidome", TokenKind::word, [&](std::uint64_t hash) {
        ++subwords;
        for (std::size_t j = 0; j < sample.dimension; ++j)
            expected[j] +=
                static_cast<double>(sample.subword_rows[hash % 256 * sample.dimension + j]);
    });
    CHECK(subwords == 2 * (8 + 7 + 6));
    std::vector<float> out(sample.dimension);
    REQUIRE(ModelData::of(model).add_word("невідоме", "nevidome", "Невідоме", TokenKind::word, 0, 1,
                                          out.data()));
    for (std::size_t j = 0; j < sample.dimension; ++j)
        CHECK(static_cast<double>(out[j]) == Approx(expected[j] / subwords).margin(1e-5));
    CHECK_FALSE(ModelData::of(model).add_word("", "", "", TokenKind::word, 0, 1, out.data()));
}

TEST_CASE("a word without a row leans on its fold or on its known parts") {
    const TempFolder folder;
    const SampleModel sample(50, RowEncoding::float32);
    write_pack(sample.source, folder / "m.fabula");
    const Model model = Model::load(folder / "m.fabula");
    const auto row = [&](std::size_t word, std::size_t j) {
        return static_cast<double>(sample.word_rows[word * sample.dimension + j]);
    };
    const auto check = [&](const std::string& normalised, const std::string& fold,
                           const std::function<double(std::size_t)>& leans_on,
                           double subword_share) {
        INFO(normalised);
        std::vector<double> subwords(sample.dimension);
        int count = 0;
        for_each_subword(normalised, fold, TokenKind::word, [&](std::uint64_t hash) {
            ++count;
            for (std::size_t j = 0; j < sample.dimension; ++j)
                subwords[j] +=
                    static_cast<double>(sample.subword_rows[hash % 256 * sample.dimension + j]);
        });
        std::vector<float> out(sample.dimension);
        REQUIRE(ModelData::of(model).add_word(normalised, fold, normalised, TokenKind::word, 0, 1,
                                              out.data()));
        for (std::size_t j = 0; j < sample.dimension; ++j)
            CHECK(static_cast<double>(out[j]) ==
                  Approx(leans_on(j) + subword_share * subwords[j] / count).margin(1e-5));
    };
    // "word7" is what it begins with, "word12" the longer of two; "word3" is what another ends
    // with.
    check(
        "word7en", "word7en", [&](std::size_t j) { return row(7, j); }, 1);
    check(
        "word12en", "word12en", [&](std::size_t j) { return row(12, j); }, 1);
    check(
        "aword3", "aword3", [&](std::size_t j) { return row(3, j); }, 1);
    check(
        "word5word8", "word5word8", [&](std::size_t j) { return (row(5, j) + row(8, j)) / 2; }, 1);
    check(
        "слово9", "word9", [&](std::size_t j) { return row(9, j); }, 0.5);
}

TEST_CASE("a word whose subwords were never trained is not known") {
    const TempFolder folder;
    const auto encoding = GENERATE(RowEncoding::float32, RowEncoding::int8, RowEncoding::product);
    SampleModel sample(50, encoding);
    sample.subword_rows.assign(sample.subword_rows.size(), 0.0F);
    sample.source.subword_rows = sample.subword_rows;
    write_pack(sample.source, folder / "m.fabula");
    const Model model = Model::load(folder / "m.fabula");
    std::vector<float> out(sample.dimension, 3.0F);
    CHECK_FALSE(ModelData::of(model).add_word("unseen", "unseen", "unseen", TokenKind::word, 0, 1,
                                              out.data()));
    CHECK(out == std::vector<float>(sample.dimension, 3.0F));
}

TEST_CASE("word probabilities and means belong to their language") {
    const TempFolder folder;
    const SampleModel sample(50);
    write_pack(sample.source, folder / "m.fabula");
    const Model model = Model::load(folder / "m.fabula");
    const ModelData& data = ModelData::of(model);
    const int nb = data.language_index("nb");
    const int uk = data.language_index("uk");
    CHECK(data.word_probability(nb, word_hash("ord")) == Approx(0.5).epsilon(0.045));
    CHECK(data.word_probability(uk, word_hash("слово")) == Approx(0.25).epsilon(0.045));
    CHECK(data.word_probability(uk, word_hash("rare")) == Approx(1e-7).epsilon(0.045));
    CHECK(data.word_probability(uk, word_hash("ord")) == 0);
    CHECK(data.word_probability(ModelData::unknown_language, word_hash("ord")) == 0);
    CHECK(data.mean(nb)[0] == 0.125F);
    CHECK(data.mean(uk)[0] == 0);
    CHECK(data.mean(ModelData::unknown_language).size() == sample.dimension);
}

TEST_CASE("the bytes depend on the content alone") {
    const TempFolder folder;
    SampleModel sample(size_or(3000, 1000));
    sample.source.word_options.threads = 1;
    write_pack(sample.source, folder / "one.fabula");
    sample.source.word_options.threads = 3;
    sample.source.subword_options.threads = 2;
    std::swap(sample.source.languages[0], sample.source.languages[1]);
    write_pack(sample.source, folder / "three.fabula");
    CHECK(read_bytes(folder / "one.fabula") == read_bytes(folder / "three.fabula"));

    // The same words in another order.
    std::vector<std::uint64_t> hashes(sample.hashes.rbegin(), sample.hashes.rend());
    std::vector<float> rows;
    for (std::size_t i = hashes.size(); i-- > 0;)
        rows.insert(rows.end(),
                    sample.word_rows.begin() + static_cast<std::ptrdiff_t>(i * sample.dimension),
                    sample.word_rows.begin() +
                        static_cast<std::ptrdiff_t>((i + 1) * sample.dimension));
    sample.source.word_hashes = hashes;
    sample.source.word_rows = rows;
    write_pack(sample.source, folder / "reversed.fabula");
    CHECK(read_bytes(folder / "one.fabula") == read_bytes(folder / "reversed.fabula"));
}

TEST_CASE("the manifest can be replaced and the rows stay") {
    const TempFolder folder;
    const SampleModel sample(300);
    write_pack(sample.source, folder / "m.fabula");
    const auto before = vector_of(ModelData::of(Model::load(folder / "m.fabula")), "word5");
    PackEdits edits;
    edits.coefficients = {{"pair.cosine", 1.0}, {"pair.bias", -2.0}};
    edits.quality = {{"ntrex", 0.9}};
    edits.drop_quality = true;
    edits.texts = {{"version", "2"}};
    edits.means = {{"uk", std::vector<float>(sample.dimension, 0.5F)}};
    const std::string checksum = rewrite_manifest(folder / "m.fabula", folder / "m.fabula", edits);

    const Model model = Model::load(folder / "m.fabula");
    CHECK(model.card().checksum == checksum);
    CHECK(model.card().version == "2");
    CHECK(model.card().quality == std::map<std::string, double>{{"ntrex", 0.9}});
    CHECK(ModelData::of(model).coefficient("pair.cosine", 0) == 1.0);
    CHECK(ModelData::of(model).coefficient("pair.bias", 0) == -2.0);
    CHECK(ModelData::of(model).mean(ModelData::of(model).language_index("uk"))[3] == 0.5F);
    CHECK(ModelData::of(model).mean(ModelData::of(model).language_index("nb"))[3] == 0.125F);
    CHECK(vector_of(ModelData::of(model), "word5") == before);

    edits.means = {{"fr", std::vector<float>(sample.dimension)}};
    CHECK_THROWS_AS(rewrite_manifest(folder / "m.fabula", folder / "n.fabula", edits), Error);
}

TEST_CASE("a model without words, subwords or languages is still a model") {
    const TempFolder folder;
    PackSource source;
    source.dimension = 8;
    write_pack(source, folder / "m.fabula");
    const Model model = Model::load(folder / "m.fabula");
    std::vector<float> out(8);
    CHECK(model.languages().empty());
    CHECK(ModelData::of(model).language_index("en") == ModelData::unknown_language);
    CHECK_FALSE(
        ModelData::of(model).add_word("word", "word", "word", TokenKind::word, 0, 1, out.data()));
}

TEST_CASE("what does not fit together is not written") {
    const TempFolder folder;
    SampleModel sample(20);
    const auto path = folder / "m.fabula";
    const auto refused = [&] {
        try {
            write_pack(sample.source, path);
        } catch (const Error& error) {
            return error.code() == Errc::bad_option && !std::filesystem::exists(path);
        }
        return false;
    };
    SECTION("a row too few") {
        sample.source.word_rows = sample.source.word_rows.subspan(32);
    }
    SECTION("half a row") {
        sample.source.subword_rows = sample.source.subword_rows.subspan(5);
    }
    SECTION("NaN") {
        sample.word_rows[40] = std::nanf("");
    }
    SECTION("a group that does not divide the dimension") {
        sample.source.word_options.group = 3;
    }
    SECTION("a language twice") {
        sample.source.languages[0].tag = "nb";
    }
    SECTION("a probability over 1") {
        sample.source.languages[0].words[0].second = 1.5F;
    }
    SECTION("an unknown subword scheme") {
        sample.source.subword_scheme = "other";
    }
    SECTION("text that is not UTF-8") {
        sample.source.card.name = "\xFF";
    }
    CHECK(refused());
}

TEST_CASE("another fold, another version and a missing file are told apart") {
    const TempFolder folder;
    SampleModel sample(20);
    CHECK(refusal(folder / "none.fabula") == Errc::file_not_found);
    sample.source.card.forms_version = "another-fold-9";
    write_pack(sample.source, folder / "fold.fabula");
    CHECK(refusal(folder / "fold.fabula") == Errc::unsupported_model);
    sample.source.card.forms_version.clear();
    write_pack(sample.source, folder / "m.fabula");
    std::string bytes = read_bytes(folder / "m.fabula");
    bytes[offsetof(PackHeader, version)] = 9;
    write_bytes(folder / "version.fabula", bytes);
    CHECK(refusal(folder / "version.fabula") == Errc::unsupported_model);
    CHECK(refusal(folder / "") == Errc::unreadable);
}

TEST_CASE("every change of a byte of a model file is noticed") {
    const TempFolder folder;
    const SampleModel sample(300);
    write_pack(sample.source, folder / "m.fabula");
    const std::string good = read_bytes(folder / "m.fabula");
    const auto path = folder / "bad.fabula";
    std::mt19937 random(7);
    const auto check_flip = [&](std::size_t at, char bits) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ bits);
        write_bytes(path, bad);
        INFO("byte " << at << " xor " << int{bits});
        CHECK(is_refusal_of_content(refusal(path)));
    };
    for (std::size_t at = 0; at < sizeof(PackHeader); ++at)
        for (const char bits : {'\x01', '\x80', '\xFF'})
            check_flip(at, bits);
    for (int i = 0; i < 300; ++i)
        check_flip(random() % good.size(), static_cast<char>(1U << (random() % 8)));
}

TEST_CASE("a model file cut short or grown anywhere is refused") {
    const TempFolder folder;
    const SampleModel sample(300);
    write_pack(sample.source, folder / "m.fabula");
    const std::string good = read_bytes(folder / "m.fabula");
    PackHeader header;
    std::memcpy(&header, good.data(), sizeof header);
    std::vector<std::size_t> lengths{0, 1, 7, 8, 63, 64, good.size() - 1, header.manifest_offset};
    for (std::size_t i = 0; i < header.section_count; ++i) {
        PackSection section;
        std::memcpy(&section, good.data() + sizeof header + i * sizeof section, sizeof section);
        lengths.insert(lengths.end(), {section.offset, section.offset + section.length,
                                       sizeof header + i * sizeof section});
    }
    std::mt19937 random(11);
    for (int i = 0; i < 200; ++i)
        lengths.push_back(random() % good.size());
    for (const std::size_t length : lengths) {
        INFO("cut to " << length << " of " << good.size());
        write_bytes(folder / "bad.fabula", good.substr(0, length));
        CHECK(is_refusal_of_content(refusal(folder / "bad.fabula")));
    }
    write_bytes(folder / "bad.fabula", good + "x");
    CHECK(is_refusal_of_content(refusal(folder / "bad.fabula")));
}
