// SPDX-License-Identifier: Apache-2.0
#include "model/format/pack_file.hpp"
#include "model_sample.hpp"
#include "statistics/sums/background.hpp"
#include "statistics/sums/fixed_point.hpp"
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/model.hpp>

#include <xxhash.h>

#include <cstring>
#include <limits>
#include <random>
#include <span>
#include <string>

namespace {

using namespace fabula;
using namespace fabula::detail;
using namespace fabula::test;
using Catch::Matchers::ContainsSubstring;

constexpr std::size_t dimension = 32; // of the sample model

/// The sums over articles with random vectors; each has some of 60 terms, and one of its own.
StatisticsBucket random_bucket(std::size_t articles, unsigned seed) {
    std::mt19937 random(seed);
    const EmbeddingMatrix vectors{articles, dimension,
                                  clustered_rows(articles, dimension, 5, seed)};
    StatisticsBucket out;
    out.articles = articles;
    for (std::uint32_t i = 0; i < articles; ++i) {
        const double weight = whole_weight(1 / static_cast<double>(1 + random() % 3));
        out.weight += in_units(weight, weight_units);
        std::vector<float> vector(vectors.row(i).begin(), vectors.row(i).end());
        for (float& value : vector)
            value /= 16; // no longer than 1
        out.moments.add(VectorMoments(vector, weight));
        for (std::uint32_t term = 0; term <= 60; ++term) {
            const std::uint32_t key =
                term < 60 ? term * 70'000'001U : std::numeric_limits<std::uint32_t>::max() - i;
            if (term < 60 && random() % 3 != 0)
                continue;
            TermSum& sum = out.terms[key];
            sum = {key, sum.articles + 1, sum.weight + in_units(weight, sum_units)};
        }
    }
    return out;
}

StatisticsBucket without_rare_terms(StatisticsBucket bucket) {
    std::erase_if(bucket.terms, [](const auto& term) { return term.second.articles < 2; });
    return bucket;
}

std::optional<StatisticsBucket> background_in(const std::filesystem::path& path,
                                              bool memory_map = false) {
    return background_of(ModelData::of(Model::load(path, {.memory_map = memory_map})));
}

/// A sample model with a background.
struct ModelWithBackground {
    TempFolder folder;
    std::filesystem::path path = folder / "m.fabula";
    StatisticsBucket bucket = random_bucket(40, 7);
    std::string bytes = background_bytes(bucket);

    ModelWithBackground() {
        const SampleModel sample(100);
        write_pack(sample.source, path);
        rewrite_background(path, path, bytes);
    }
};

/// With checksums that fit what has become of a file.
std::string sealed(std::string file) {
    PackHeader header{};
    std::memcpy(&header, file.data(), sizeof header);
    header.file_size = file.size();
    header.checksum = XXH3_64bits(file.data() + sizeof header, file.size() - sizeof header);
    header.header_checksum = header_checksum(header);
    std::memcpy(file.data(), &header, sizeof header);
    return file;
}

/// Puts other bytes of the same length into the place of the background of a file.
void put_background(const std::filesystem::path& path, const std::string& bytes) {
    std::string file = read_bytes(path);
    const PackSection section = *PackFile::open(path).find(PackSectionKind::background);
    REQUIRE(section.length == bytes.size());
    file.replace(section.offset, bytes.size(), bytes);
    write_bytes(path, sealed(std::move(file)));
}

/// What is said of a file whose background is refused; else empty.
std::string refusal(const std::filesystem::path& path) {
    try {
        (void)background_in(path);
    } catch (const Error& error) {
        CHECK(error.code() == Errc::damaged_model);
        CHECK_THAT(error.what(), ContainsSubstring("model file " + path.string() + " is damaged"));
        return error.what();
    }
    return {};
}

template <class Value>
std::string with(std::string bytes, std::size_t at, Value value) {
    std::memcpy(bytes.data() + at, &value, sizeof value);
    return bytes;
}

} // namespace

TEST_CASE("background: a model file gives back the sums that were written, read or mapped") {
    const ModelWithBackground model;
    const StatisticsBucket expected = without_rare_terms(model.bucket);
    REQUIRE(expected.terms.size() == 60);
    REQUIRE(model.bucket.terms.size() == 100);
    CHECK(model.bytes.size() == background_length(dimension, 60));
    for (const bool memory_map : {false, true}) {
        const auto read = background_in(model.path, memory_map);
        REQUIRE(read);
        CHECK(*read == expected);
    }
    CHECK(background_bytes(expected) == model.bytes);
}

TEST_CASE(
    "background: a model without one has none, and gets back what it was when one is taken out") {
    const TempFolder folder;
    const SampleModel sample(100);
    write_pack(sample.source, folder / "m.fabula");
    CHECK_FALSE(background_in(folder / "m.fabula"));
    CHECK(ModelData::of(Model::load(folder / "m.fabula")).background().empty());

    const StatisticsBucket first = random_bucket(40, 7);
    const StatisticsBucket second = random_bucket(30, 8);
    rewrite_background(folder / "m.fabula", folder / "with.fabula", background_bytes(first));
    const std::string checksum = rewrite_background(folder / "with.fabula", folder / "with.fabula",
                                                    background_bytes(second));
    const Model model = Model::load(folder / "with.fabula");
    CHECK(model.card().checksum == checksum);
    CHECK(background_of(ModelData::of(model)) == without_rare_terms(second));
    CHECK(model.card().name == "sample");
    CHECK(model.languages() == std::vector<std::string>{"nb", "uk"});
    CHECK(ModelData::of(model).coefficient("pair.cosine", 0) == 12.5);
    std::vector<float> with(dimension);
    std::vector<float> without(dimension);
    for (const auto& [file, out] : {std::pair{"m.fabula", &without}, {"with.fabula", &with}})
        REQUIRE(ModelData::of(Model::load(folder / file))
                    .add_word("word5", "word5", "word5", TokenKind::word, 0, 1, out->data()));
    CHECK(with == without);

    rewrite_background(folder / "with.fabula", folder / "again.fabula", {});
    CHECK(read_bytes(folder / "again.fabula") == read_bytes(folder / "m.fabula"));
}

TEST_CASE("background: it stays where the manifest is replaced") {
    const ModelWithBackground model;
    PackEdits edits;
    edits.coefficients = {{"pair.cosine", 1.0}};
    edits.drop_quality = true;
    edits.texts = {{"version", "a much longer one than there was before"}};
    edits.means = {{"uk", std::vector<float>(dimension, 0.5F)}};
    rewrite_manifest(model.path, model.folder / "n.fabula", edits);
    CHECK(background_in(model.folder / "n.fabula") == without_rare_terms(model.bucket));
}

TEST_CASE("background: what does not fit the model or is of no article is not written") {
    const ModelWithBackground model;
    const std::string before = read_bytes(model.path);
    for (const std::string& bytes :
         {std::string("x"), model.bytes + "x", model.bytes.substr(0, model.bytes.size() - 8),
          std::string(background_length(dimension, 0) - 1, '\0')})
        try {
            rewrite_background(model.path, model.path, bytes);
            FAIL("it was written");
        } catch (const Error& error) {
            CHECK(error.code() == Errc::bad_option);
            CHECK_THAT(error.what(), ContainsSubstring("does not fit the dimension"));
        }
    CHECK(read_bytes(model.path) == before);
    CHECK_THROWS_AS(background_bytes({}), Error);
}

TEST_CASE("background: any truncation is refused, with and without a section table that knows") {
    const ModelWithBackground model;
    const std::string file = read_bytes(model.path);
    const PackFile pack = PackFile::open(model.path);
    const auto place =
        static_cast<std::size_t>(pack.find(PackSectionKind::background) - pack.sections.data());
    const PackSection section = pack.sections[place];
    const std::size_t entry = sizeof(PackHeader) + place * sizeof(PackSection);
    const auto path = model.folder / "cut.fabula";
    std::size_t kept = 0;
    for (std::size_t length = 0; length < section.length; length += length < 64 ? 1 : 61) {
        PackSection shorter = section;
        shorter.length = length;
        write_bytes(path, sealed(with(file, entry, shorter)));
        kept += refusal(path).empty() ? 1 : 0;
        if (length < background_length(dimension, 0))
            continue;
        // The number of terms says so as well: what is left are the sums themselves.
        shorter.rows = (length - background_length(dimension, 0)) / background_term_bytes;
        shorter.length = background_length(dimension, shorter.rows);
        write_bytes(path, sealed(with(file, entry, shorter)));
        CHECK_THAT(refusal(path),
                   ContainsSubstring("the sums of its background are wrong: they end"));
    }
    CHECK(kept == 0);
    for (const std::uint64_t rows :
         {std::uint64_t{0}, section.rows + 1, ~std::uint64_t{0}, std::uint64_t{1} << 60U,
          section.rows + (std::uint64_t{1} << 60U)}) {
        PackSection other = section;
        other.rows = rows;
        write_bytes(path, sealed(with(file, entry, other)));
        CHECK_THAT(refusal(path), ContainsSubstring("has a length that does not fit its"));
    }
    PackSection narrow = section;
    narrow.columns = dimension - 1;
    write_bytes(path, sealed(with(file, entry, narrow)));
    CHECK_THAT(refusal(path), ContainsSubstring("its background is of 31 dimensions"));
}

TEST_CASE("background: sums that no articles have are refused by what is wrong") {
    const ModelWithBackground model;
    constexpr std::size_t moments = 2 * sizeof(std::uint64_t);
    constexpr std::size_t terms = background_length(dimension, 0) - 4;
    constexpr std::size_t first = terms + 4;
    const auto said_of = [&](const std::string& bytes) {
        put_background(model.path, bytes);
        return refusal(model.path);
    };
    const std::string& good = model.bytes;
    CHECK(said_of(good).empty());
    CHECK_THAT(said_of(with(good, 0, std::uint64_t{0})), ContainsSubstring("has 0 articles"));
    CHECK_THAT(said_of(with(good, 8, std::uint64_t{3})), ContainsSubstring("of the weight 3"));
    CHECK_THAT(said_of(with(good, 8, most_weight + 1)), ContainsSubstring("of the weight"));
    CHECK_THAT(said_of(with(good, moments, most_weight + 1)),
               ContainsSubstring("the weight of its vectors is"));
    CHECK_THAT(said_of(with(good, moments, most_weight)), ContainsSubstring("weigh more than"));
    CHECK_THAT(said_of(with(good, moments + 8, std::numeric_limits<std::int64_t>::min())),
               ContainsSubstring("a sum is -9223372036854775808, beyond ±"));
    CHECK_THAT(said_of(with(good, moments + 16, std::numeric_limits<std::int64_t>::max())),
               ContainsSubstring("a sum is 9223372036854775807, beyond ±"));
    CHECK_THAT(said_of(with(good, terms, std::uint32_t{61})), ContainsSubstring("they end before"));
    CHECK_THAT(said_of(with(good, terms, ~std::uint32_t{0})), ContainsSubstring("they end before"));
    CHECK_THAT(said_of(with(good, terms, std::uint32_t{59})),
               ContainsSubstring("they have 16 bytes too many"));
    CHECK_THAT(said_of(with(good, first, ~std::uint32_t{0})),
               ContainsSubstring("its terms do not ascend"));
    CHECK_THAT(said_of(with(good, first + 16, std::uint32_t{0})),
               ContainsSubstring("its terms do not ascend"));
    CHECK_THAT(said_of(with(good, first + 4, std::uint32_t{0})),
               ContainsSubstring("a term has 0 articles"));
    CHECK_THAT(said_of(with(good, first + 4, std::uint32_t{41})),
               ContainsSubstring("a term has 41 articles"));
    CHECK_THAT(said_of(with(good, first + 4, std::uint32_t{1})),
               ContainsSubstring("the term 0 is in 1 articles"));
    CHECK_THAT(said_of(with(good, first + 8, std::uint64_t{0})),
               ContainsSubstring("of the weight 0"));
    CHECK_THAT(said_of(with(good, first + 8, model.bucket.weight * 64 + 1)),
               ContainsSubstring("the term 0 is in"));
    CHECK(said_of(with(good, first + 8, model.bucket.weight * 64)).empty());
}

TEST_CASE(
    "background: altered bytes are found by the checksum, and without it refused or harmless") {
    const ModelWithBackground model;
    const std::string file = read_bytes(model.path);
    const std::size_t offset = PackFile::open(model.path).find(PackSectionKind::background)->offset;
    std::mt19937 random(11);
    std::size_t refused = 0;
    for (int i = 0; i < 400; ++i) {
        std::string bytes = model.bytes;
        const std::size_t at = random() % bytes.size();
        bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1 + random() % 255));
        std::string bad = file;
        bad.replace(offset, bytes.size(), bytes);
        write_bytes(model.path, bad);
        CHECK_THAT(refusal(model.path), ContainsSubstring("checksum of its content is wrong"));
        write_bytes(model.path, sealed(bad));
        if (!refusal(model.path).empty()) {
            ++refused;
            continue;
        }
        // What is read is what stands there, and within its bounds.
        const auto read = background_in(model.path);
        REQUIRE(read);
        CHECK(background_bytes(*read) == bytes);
        CHECK(read->moments.second_moments().allFinite());
    }
    CHECK(refused > 50);
    CHECK(refused < 400);
}
