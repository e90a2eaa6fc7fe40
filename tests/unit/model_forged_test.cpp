// SPDX-License-Identifier: Apache-2.0
#include "language_tiny_model.hpp"
#include "model/format/pack_file.hpp"
#include "model/format/pack_writer.hpp"
#include "model/lookup/model_data.hpp"
#include "model/lookup/subwords.hpp"
#include "model_sample.hpp"
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/model.hpp>

#include <xxhash.h>

#include <cstring>
#include <random>
#include <string>

namespace {

using namespace fabula;
using namespace fabula::detail;
using namespace fabula::test;
using Catch::Matchers::ContainsSubstring;

PackHeader header_of(const std::string& bytes) {
    char raw[sizeof(PackHeader)];
    REQUIRE(bytes.copy(raw, sizeof raw) == sizeof raw);
    PackHeader header;
    std::memcpy(&header, raw, sizeof header);
    return header;
}

void set_header(std::string& bytes, const PackHeader& header) {
    bytes.replace(0, sizeof header, reinterpret_cast<const char*>(&header), sizeof header);
}

// Makes the checksums right again: what is left to protect the reader are its checks of sizes.
void seal(std::string& bytes) {
    PackHeader header = header_of(bytes);
    header.file_size = bytes.size();
    header.checksum = XXH3_64bits(bytes.data() + sizeof header, bytes.size() - sizeof header);
    header.header_checksum = header_checksum(header);
    set_header(bytes, header);
}

// Uses everything that a model has; the numbers do not matter, reading outside the file does.
void use(const Model& model) {
    const ModelData& data = ModelData::of(model);
    std::vector<float> out(data.dimension());
    for (int i = 0; i < 400; ++i) {
        const std::string word = "word" + std::to_string(i);
        data.add_word(word, word, word, TokenKind::word, 0, 1, out.data());
        for (int language = -1; language < static_cast<int>(data.languages().size()); ++language)
            (void)data.word_probability(language, word_hash(word));
    }
}

// True where the file was refused with a sentence, false where it was opened and could be used.
bool open_and_use(const std::filesystem::path& path, const std::string& bytes) {
    write_bytes(path, bytes);
    try {
        use(Model::load(path));
        return false;
    } catch (const Error& error) {
        const Errc code = error.code();
        CHECK((code == Errc::damaged_model || code == Errc::unsupported_model));
        return true;
    }
}

// A pack of two tables, one of fastText's n-grams with most of them cut off, opened for forging.
std::string write_two_tables(const TempFolder& folder) {
    write_bytes(folder / "en.ftz",
                train_tiny_model({fasttext::model_name::sup, fasttext::loss_name::softmax, true}));
    write_bytes(folder / "nb.vec", "3 6\nword1 1 2 3 4 5 6\nword2 6 5 4 3 2 1\nord 1 0 1 0 1 0\n");
    build_model({{"en", folder / "en.ftz"}, {"nb", folder / "nb.vec"}}, folder / "m.fabula");
    return read_bytes(folder / "m.fabula");
}

} // namespace

TEST_CASE("a section table that lies is refused although the checksums are right") {
    const TempFolder folder;
    const auto encoding = GENERATE(RowEncoding::float32, RowEncoding::int8, RowEncoding::product);
    const SampleModel sample(300, encoding);
    write_pack(sample.source, folder / "m.fabula");
    const std::string good = read_bytes(folder / "m.fabula");
    const PackHeader header = header_of(good);
    const auto path = folder / "forged.fabula";
    REQUIRE_FALSE(open_and_use(path, good));

    const std::size_t table = sizeof header;
    const std::size_t table_end = table + header.section_count * sizeof(PackSection);
    std::mt19937 random(3);
    std::size_t refused = 0;
    std::size_t tried = 0;
    for (std::size_t at = table; at < table_end; at += 4)
        for (const std::uint32_t value : {0U, 1U, 0x7FFFFFFFU, 0xFFFFFFFFU, 0xFFFFFFC0U,
                                          static_cast<std::uint32_t>(random())}) {
            std::string bad = good;
            std::memcpy(bad.data() + at, &value, sizeof value);
            seal(bad);
            ++tried;
            if (open_and_use(path, bad))
                ++refused;
        }
    CHECK(refused > tried / 2); // some fields have no meaning in some sections
}

TEST_CASE("forged content is refused or harmless") {
    const TempFolder folder;
    const SampleModel sample(300);
    write_pack(sample.source, folder / "m.fabula");
    const std::string good = read_bytes(folder / "m.fabula");
    const auto path = folder / "forged.fabula";
    const PackFile pack = PackFile::open(folder / "m.fabula");
    std::mt19937 random(5);
    const auto forge = [&](PackSectionKind kind, int times) {
        const PackSection* section = pack.find(kind);
        REQUIRE(section != nullptr);
        std::size_t refused = 0;
        for (int i = 0; i < times; ++i) {
            std::string bad = good;
            const std::size_t words = section->length / 4;
            const std::size_t at =
                section->offset + random() % std::min<std::size_t>(words, 150) * 4;
            const auto value = static_cast<std::uint32_t>(random());
            std::memcpy(bad.data() + at, &value, sizeof value);
            seal(bad);
            refused += open_and_use(path, bad) ? 1U : 0U;
        }
        return refused;
    };
    // The first part of the index are slots, which have to ascend.
    CHECK(forge(PackSectionKind::vocabulary_index, 100) > 0);
    CHECK(forge(PackSectionKind::word_probabilities, 100) > 0);
    forge(PackSectionKind::vocabulary_rows, 20);
    forge(PackSectionKind::vocabulary_codebook, 100);

    const float not_a_number = std::nanf("");
    for (const PackSectionKind kind :
         {PackSectionKind::vocabulary_codebook, PackSectionKind::subword_codebook,
          PackSectionKind::language_means}) {
        std::string bad = good;
        std::memcpy(bad.data() + pack.find(kind)->offset, &not_a_number, sizeof not_a_number);
        seal(bad);
        CHECK(open_and_use(path, bad));
    }
}

TEST_CASE("numbers that sums of word vectors would overflow with are refused by place and value") {
    const TempFolder folder;
    const auto path = folder / "m.fabula";
    // What the section of a kind, with the encoding, has at an offset is replaced.
    const auto refusal = [&](RowEncoding encoding, PackSectionKind kind, std::size_t offset,
                             float value) {
        const SampleModel sample(300, encoding);
        write_pack(sample.source, path);
        std::string bytes = read_bytes(path);
        const std::size_t at = PackFile::open(path).find(kind)->offset + offset;
        std::memcpy(bytes.data() + at, &value, sizeof value);
        seal(bytes);
        write_bytes(path, bytes);
        try {
            use(Model::load(path));
        } catch (const Error& error) {
            CHECK(error.code() == Errc::damaged_model);
            CHECK_THAT(error.what(), ContainsSubstring(path.string()));
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    using enum PackSectionKind;
    CHECK_THAT(refusal(RowEncoding::float32, vocabulary_rows, 400, 1e30F),
               ContainsSubstring("value 101 of its section 2 is 1e+30, beyond ±1e+15"));
    CHECK_THAT(refusal(RowEncoding::float32, subword_rows, 0, -3e38F),
               ContainsSubstring("value 1 of its section 4 is -3e+38"));
    CHECK_THAT(refusal(RowEncoding::int8, vocabulary_rows, 4, 1e30F),
               ContainsSubstring("value 2 of its section 2 is 1e+30"));
    CHECK_THAT(refusal(RowEncoding::product, vocabulary_codebook, 8, 1e30F),
               ContainsSubstring("value 3 of its section 3 is 1e+30"));
    CHECK_THAT(refusal(RowEncoding::product, language_means, 0, 1e16F),
               ContainsSubstring("value 1 of its section 6 is 1e+16"));
    CHECK(refusal(RowEncoding::float32, vocabulary_rows, 0, 1e15F) == "accepted");

    // The range of norms stands in the section table.
    const SampleModel sample(300);
    write_pack(sample.source, path);
    std::string bytes = read_bytes(path);
    PackFile pack = PackFile::open(path);
    for (std::size_t i = 0; i < pack.sections.size(); ++i)
        if (pack.sections[i].kind == static_cast<std::uint32_t>(vocabulary_rows)) {
            pack.sections[i].norm_high = 1e30F;
            std::memcpy(bytes.data() + sizeof(PackHeader) + i * sizeof(PackSection),
                        &pack.sections[i], sizeof(PackSection));
        }
    seal(bytes);
    CHECK(open_and_use(path, bytes));
}

TEST_CASE("a coefficient that no log-odds can have is refused by name") {
    const TempFolder folder;
    SampleModel sample(50);
    sample.source.coefficients["pair.terms"] = -1e300;
    write_pack(sample.source, folder / "m.fabula");
    CHECK_THROWS_WITH(Model::load(folder / "m.fabula"),
                      ContainsSubstring("its coefficient \"pair.terms\" is -1e+300"));
}

TEST_CASE("a manifest that is not that of a model is refused") {
    const TempFolder folder;
    const SampleModel sample(50);
    write_pack(sample.source, folder / "m.fabula");
    const std::string good = read_bytes(folder / "m.fabula");
    const PackHeader header = header_of(good);
    const std::string fold(forms_version());
    const std::string ending = R"(,"fold":")" + fold + R"(","subword_scheme":")" +
                               std::string(fabula_subword_scheme) + R"("})";
    for (const std::string& manifest :
         {std::string(), std::string("null"), std::string("[]"), std::string("{}"),
          std::string("{\"languages\":"), std::string(100000, '['),
          R"({"languages":["uk","nb"])" + ending, // not sorted
          R"({"languages":["nb"])" + ending,      // not as many as there are means
          R"({"languages":"nb")" + ending, R"({"languages":[1,2])" + ending,
          R"({"languages":["nb","uk"],"coefficients":{"a":"b"})" + ending,
          R"({"languages":["nb","uk"],"name":7)" + ending,
          R"({"languages":["nb","uk"],"fold":")" + fold + R"(","subword_scheme":"other-1"})"}) {
        std::string bad = good.substr(0, header.manifest_offset) + manifest;
        PackHeader forged = header;
        forged.manifest_length = manifest.size();
        set_header(bad, forged);
        seal(bad);
        INFO(manifest.substr(0, 80));
        CHECK(open_and_use(folder / "forged.fabula", bad));
    }
}

TEST_CASE("forged packs of several tables are refused or harmless") {
    const TempFolder folder;
    const std::string good = write_two_tables(folder);
    const PackHeader header = header_of(good);
    REQUIRE(header.version == pack_version_tables);
    const PackFile pack = PackFile::open(folder / "m.fabula");
    REQUIRE(pack.find(PackSectionKind::subword_buckets) != nullptr);
    REQUIRE(pack.find(PackSectionKind::vocabulary_rows, 1) != nullptr);
    const auto path = folder / "forged.fabula";
    REQUIRE_FALSE(open_and_use(path, good));

    std::mt19937 random(9);
    std::size_t refused = 0;
    std::size_t tried = 0;
    const std::size_t table_end = sizeof header + header.section_count * sizeof(PackSection);
    for (std::size_t at = sizeof header; at < table_end; at += 4)
        for (const std::uint32_t value :
             {0U, 257U, 0x7FFFFFFFU, 0xFFFFFFFFU, static_cast<std::uint32_t>(random())}) {
            std::string bad = good;
            std::memcpy(bad.data() + at, &value, sizeof value);
            seal(bad);
            ++tried;
            refused += open_and_use(path, bad) ? 1U : 0U;
        }
    CHECK(refused > tried / 2);
    for (const PackSectionKind kind :
         {PackSectionKind::subword_buckets, PackSectionKind::vocabulary_index,
          PackSectionKind::subword_rows})
        for (int i = 0; i < 40; ++i) {
            const PackSection* section = pack.find(kind);
            std::string bad = good;
            const auto value = static_cast<std::uint32_t>(random());
            std::memcpy(bad.data() + section->offset + random() % (section->length / 4) * 4, &value,
                        sizeof value);
            seal(bad);
            open_and_use(path, bad);
        }
    // Without its checksum, any altered byte is found, and so is any missing one.
    for (int i = 0; i < 60; ++i) {
        std::string bad = good;
        const std::size_t at = random() % bad.size();
        bad[at] = static_cast<char>(bad[at] ^ 0x10);
        CHECK(open_and_use(path, bad));
        CHECK(open_and_use(path, good.substr(0, at)));
    }
}

TEST_CASE("a manifest whose tables are not those of the file is refused") {
    const TempFolder folder;
    const std::string good = write_two_tables(folder);
    const PackHeader header = header_of(good);
    const auto with = [&](std::string manifest) {
        std::string bad = good.substr(0, header.manifest_offset) + manifest;
        PackHeader forged = header;
        forged.manifest_length = manifest.size();
        set_header(bad, forged);
        seal(bad);
        return bad;
    };
    const std::string written = good.substr(header.manifest_offset, header.manifest_length);
    REQUIRE_FALSE(open_and_use(folder / "forged.fabula", with(written)));
    const auto replaced = [&](const std::string& part, const std::string& other) {
        std::string manifest = written;
        const std::size_t at = manifest.find(part);
        REQUIRE(at != std::string::npos);
        return with(manifest.replace(at, part.size(), other));
    };
    for (const auto& [part, other] :
         {std::pair<std::string, std::string>{"\"tables\"", "\"chairs\""},
          {"\"scheme\": \"fasttext\"", "\"scheme\": \"fasttext-9\""},
          {"\"scheme\": \"words\"", "\"scheme\": \"fabula-1\""},
          {"\"scheme\": \"words\"", "\"scheme\": 3"},
          {"\"language\": \"en\"", "\"language\": \"nb\""},
          {"\"language\": \"en\"", "\"language\": \"sv\""},
          {"\"language\": \"en\"", "\"language\": \"\""},
          {"\"longest_ngram\": 3", "\"longest_ngram\": 0"},
          {"\"longest_ngram\": 3", "\"longest_ngram\": 3000000000"},
          {"\"longest_ngram\": 3", "\"longest_ngram\": -1"},
          {"\"buckets\": 2000", "\"buckets\": 0"},
          {"\"tables\": [", "\"tables\": [7,"},
          {"\"tables\": [", "\"tables\": [{\"language\":\"en\",\"scheme\":\"words\"},"},
          {"\"tables\": [", "\"tables\": [], \"more\": ["}}) {
        INFO(part << " -> " << other);
        CHECK(open_and_use(folder / "forged.fabula", replaced(part, other)));
    }
    // Fewer or other buckets: other n-grams are found, and nothing outside the file.
    CHECK_FALSE(
        open_and_use(folder / "forged.fabula", replaced("\"buckets\": 2000", "\"buckets\": 7")));
    // A version that is not the one of its manifest.
    for (const std::uint32_t version : {0U, 1U, 3U}) {
        std::string bad = good;
        PackHeader forged = header;
        forged.version = version;
        set_header(bad, forged);
        seal(bad);
        CHECK(open_and_use(folder / "forged.fabula", bad));
    }
}
