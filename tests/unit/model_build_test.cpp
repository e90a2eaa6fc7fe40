// SPDX-License-Identifier: Apache-2.0
#include "model/build/principal_axes.hpp"
#include "model/format/pack_file.hpp"
#include "model/format/pack_writer.hpp"
#include "model/lookup/model_data.hpp"
#include "model/lookup/subwords.hpp"
#include "model_lookup.hpp"
#include "model_sample.hpp"
#include "support/catch.hpp"

#include <fabula/error.hpp>
#include <fabula/model.hpp>

#include <cmath>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace fabula;
using namespace fabula::test;

using Sources = std::map<std::string, std::filesystem::path>;

// Words "<prefix>0", "<prefix>1", ... with rows of `dimension` values that lie near a plane of
// `rank` dimensions.
std::string text_vectors(const std::string& prefix, std::size_t words, std::size_t dimension,
                         std::size_t rank, float noise, unsigned seed) {
    std::mt19937 random(99);
    const auto uniform = [&] { return static_cast<float>(random() >> 8U) / 8388608.0F - 1.0F; };
    std::vector<float> plane(rank * dimension); // one for all seeds
    for (float& value : plane)
        value = uniform();
    random.seed(seed);
    std::ostringstream text;
    text << words << ' ' << dimension << '\n';
    for (std::size_t i = 0; i < words; ++i) {
        std::vector<float> row(dimension);
        for (std::size_t k = 0; k < rank; ++k) {
            const float factor = uniform();
            for (std::size_t j = 0; j < dimension; ++j)
                row[j] += factor * plane[k * dimension + j];
        }
        text << prefix << i;
        for (const float value : row)
            text << ' ' << value + noise * uniform();
        text << '\n';
    }
    return text.str();
}

double cosine_of(const Model& model, const std::string& a, const std::string& b) {
    const Looked x = look_up(model, a);
    const Looked y = look_up(model, b);
    REQUIRE(x.known);
    REQUIRE(y.known);
    return cosine(x.vector.data(), y.vector.data(), x.vector.size());
}

std::string refusal(const Sources& sources, const std::filesystem::path& out,
                    const ModelBuildOptions& options = {}, Errc code = Errc::bad_option) {
    try {
        build_model(sources, out, options);
    } catch (const Error& error) {
        CHECK(error.code() == code);
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("a built model keeps the vectors of its sources as well as its quantisation says") {
    const TempFolder folder;
    write_bytes(folder / "xx.vec", text_vectors("ord", 400, 32, 8, 0.1F, 1));
    write_bytes(folder / "yy.vec", text_vectors("slovo", 300, 32, 8, 0.1F, 2));
    const Sources sources = {{"nb", folder / "xx.vec"}, {"ru", folder / "yy.vec"}};
    std::map<Quantisation, ModelBuildReport> reports;
    for (const Quantisation way : {Quantisation::none, Quantisation::int8, Quantisation::product}) {
        ModelBuildOptions options;
        options.quantisation = way;
        reports[way] = build_model(sources, folder / "m.fabula", options);
        const Model model = Model::load(folder / "m.fabula");
        CHECK(model.languages() == std::vector<std::string>{"nb", "ru"});
        CHECK(model.card().vocabulary == 700);
        CHECK(model.card().name == "xx.vec, yy.vec");
        CHECK(model.card().quality.at("stored_words.mean_cosine") ==
              reports[way].words.mean_cosine);
        CHECK(reports[way].words.rows == 700);
        CHECK(reports[way].kept == 1);
        CHECK_FALSE(look_up(model, "ord400").known);

        // The report is that of the vectors one by one.
        const Model import = Model::from_fasttext(sources);
        double least = 1;
        for (int i = 0; i < 400; ++i) {
            const std::string word = "ord" + std::to_string(i);
            const Looked kept = look_up(model, word, "nb");
            const Looked given = look_up(import, word, "nb");
            REQUIRE(kept.known);
            least = std::min(least, cosine(kept.vector.data(), given.vector.data(), 32));
        }
        CHECK(least > reports[way].words.least_cosine - 0.001);
    }
    CHECK(reports[Quantisation::none].words.least_cosine == Approx(1).epsilon(1e-6));
    CHECK(reports[Quantisation::int8].words.mean_cosine > 0.9999);
    CHECK(reports[Quantisation::int8].words.least_cosine > 0.999);
    CHECK(reports[Quantisation::product].words.mean_cosine > 0.9);
    CHECK(reports[Quantisation::none].bytes > reports[Quantisation::int8].bytes);
}

TEST_CASE("fewer dimensions keep the cosines of vectors that need no more") {
    const TempFolder folder;
    write_bytes(folder / "m.vec", text_vectors("ord", 500, 24, 5, 0.02F, 3));
    const Sources sources = {{"", folder / "m.vec"}};
    ModelBuildOptions options;
    options.dimension = 5;
    const ModelBuildReport report = build_model(sources, folder / "five.fabula", options);
    CHECK(report.source_dimension == 24);
    CHECK(report.dimension == 5);
    CHECK(report.kept > 0.99);
    CHECK(report.kept < 1);
    CHECK(report.words.mean_cosine > 0.99);
    const Model model = Model::load(folder / "five.fabula");
    CHECK(model.dimension() == 5);
    const Model import = Model::load(folder / "m.vec");
    for (int i = 0; i < 100; ++i) {
        const std::string a = "ord" + std::to_string(i);
        const std::string b = "ord" + std::to_string(499 - i);
        CHECK(std::abs(cosine_of(model, a, b) - cosine_of(import, a, b)) < 0.1);
    }

    // Two dimensions cannot hold five, and the report says so.
    options.dimension = 2;
    const ModelBuildReport two = build_model(sources, folder / "two.fabula", options);
    CHECK(two.kept < 0.95);
    CHECK(two.words.mean_cosine < 0.97);

    // As many as there are: nothing is turned.
    options.dimension = 24;
    build_model(sources, folder / "all.fabula", options);
    options.dimension = 0;
    build_model(sources, folder / "none.fabula", options);
    CHECK(read_bytes(folder / "all.fabula") == read_bytes(folder / "none.fabula"));
}

TEST_CASE("the same sources and options give the same bytes for any number of threads") {
    const TempFolder folder;
    write_bytes(folder / "nb.vec", text_vectors("ord", 1500, 12, 6, 0.1F, 4));
    write_bytes(folder / "en.vec", text_vectors("word", 800, 12, 6, 0.1F, 5));
    const Sources sources = {{"nb", folder / "nb.vec"}, {"en", folder / "en.vec"}};
    ModelBuildOptions options;
    options.dimension = 8;
    options.quantisation = GENERATE(Quantisation::int8, Quantisation::product);
    options.threads = 1;
    build_model(sources, folder / "one.fabula", options);
    options.threads = 7;
    build_model(sources, folder / "seven.fabula", options);
    CHECK(read_bytes(folder / "one.fabula") == read_bytes(folder / "seven.fabula"));
}

TEST_CASE("a built model has the first words of each source") {
    const TempFolder folder;
    write_bytes(folder / "nb.vec", text_vectors("ord", 50, 8, 4, 0.1F, 6));
    write_bytes(folder / "en.vec", text_vectors("word", 20, 8, 4, 0.1F, 7));
    const Sources sources = {{"nb", folder / "nb.vec"}, {"en", folder / "en.vec"}};
    ModelBuildOptions options;
    options.vocabulary = 30;
    CHECK(build_model(sources, folder / "m.fabula", options).words.rows == 50);
    const Model model = Model::load(folder / "m.fabula");
    CHECK(look_up(model, "ord29").known);
    CHECK_FALSE(look_up(model, "ord30").known);
    CHECK(look_up(model, "word19").known);
    // What a word's frequency is does not depend on what is kept.
    const Model import = Model::from_fasttext(sources);
    for (const std::string word : {"ord0", "ord29", "ord45"})
        CHECK(detail::ModelData::of(model).word_probability(1, detail::word_hash(word)) ==
              detail::ModelData::of(import).word_probability(1, detail::word_hash(word)));
    for (std::size_t i = 0; i < 8; ++i)
        CHECK(detail::ModelData::of(model).mean(1)[i] ==
              Approx(detail::ModelData::of(import).mean(1)[i]).margin(0.01));
    // The rest of the file must be sound all the same.
    const std::string good = read_bytes(folder / "nb.vec");
    write_bytes(folder / "nb.vec", good.substr(0, good.size() - 40));
    CHECK_THAT(refusal(sources, folder / "n.fabula", options, Errc::damaged_model),
               Catch::Matchers::ContainsSubstring("nb.vec"));
}

TEST_CASE("what a model cannot be built from is refused with a sentence") {
    const TempFolder folder;
    write_bytes(folder / "m.vec", text_vectors("ord", 20, 9, 4, 0.1F, 8));
    write_bytes(folder / "n.vec", text_vectors("ord", 20, 8, 4, 0.1F, 8));
    write_bytes(folder / "huge.vec", "2 2\na 3e38 3e38\nb 3e38 3.1e38\n");
    const auto out = folder / "out.fabula";
    const auto contains = [](const char* part) { return Catch::Matchers::ContainsSubstring(part); };
    ModelBuildOptions options;
    CHECK_THAT(refusal({}, out), contains("no fastText file"));
    CHECK_THAT(refusal({{"", folder / "m.vec"}, {"nb", folder / "m.vec"}}, out),
               contains("has no language"));
    CHECK_THAT(refusal({{"en", folder / "m.vec"}, {"nb", folder / "n.vec"}}, out),
               contains("one dimension"));
    CHECK_THAT(refusal({{"", folder / "m.vec"}}, folder / "m.vec"), contains("one of the sources"));
    options.dimension = 10;
    CHECK_THAT(refusal({{"", folder / "m.vec"}}, out, options), contains("has 9 values"));
    options.dimension = 0;
    options.quantisation = Quantisation::product;
    CHECK_THAT(refusal({{"", folder / "m.vec"}}, out, options), contains("even"));
    options.quantisation = Quantisation::int8;
    options.threads = 5000;
    CHECK_THAT(refusal({{"", folder / "m.vec"}}, out, options), contains("threads is 5000"));
    options.threads = 1;
    options.name = "\xFF";
    CHECK_THAT(refusal({{"", folder / "m.vec"}}, out, options), contains("name is not valid"));
    options.name.clear();
    CHECK_THAT(refusal({{"", folder / "missing.vec"}}, out, options, Errc::file_not_found),
               contains("missing.vec"));
    CHECK_THAT(
        refusal({{"", folder / "m.vec"}}, folder / "no/such/out.fabula", options, Errc::unwritable),
        contains("no folder"));
    options.dimension = 1;
    CHECK_THAT(refusal({{"", folder / "huge.vec"}}, out, options, Errc::damaged_model),
               contains("huge.vec"));
    options.dimension = 0;
    build_model({{"", folder / "m.vec"}}, out, options);
    CHECK_THAT(refusal({{"", out}}, folder / "again.fabula"), contains("fabula model already"));
}

TEST_CASE("a built model keeps its format when its card is rewritten") {
    const TempFolder folder;
    write_bytes(folder / "m.vec", text_vectors("ord", 20, 8, 4, 0.1F, 8));
    build_model({{"", folder / "m.vec"}}, folder / "m.fabula");
    detail::PackEdits edits;
    edits.texts["version"] = "2";
    edits.coefficients["pair.cosine"] = 1;
    detail::rewrite_manifest(folder / "m.fabula", folder / "n.fabula", edits);
    const Model model = Model::load(folder / "n.fabula");
    CHECK(model.card().version == "2");
    CHECK(detail::ModelData::of(model).coefficient("pair.cosine", 0) == 1);
    CHECK(look_up(model, "ord7").vector ==
          look_up(Model::load(folder / "m.fabula"), "ord7").vector);
}

TEST_CASE("principal axes hold what they say") {
    const std::size_t dimension = GENERATE(1U, 2U, 7U, 40U);
    const std::vector<float> rows = clustered_rows(300, dimension, 5, 1);
    detail::SecondMoments moments(dimension);
    moments.add(std::span(rows).first(100 * dimension), 3);
    moments.add(std::span(rows).subspan(100 * dimension), 1);
    double before = 1.0;
    for (const std::size_t kept : {dimension, (dimension + 1) / 2, std::size_t{1}}) {
        const detail::Projection projection = detail::principal_axes(moments, kept);
        REQUIRE(projection.to == kept);
        for (std::size_t a = 0; a < kept; ++a)
            for (std::size_t b = 0; b <= a; ++b) {
                double dot = 0;
                for (std::size_t j = 0; j < dimension; ++j)
                    dot += static_cast<double>(projection.axes[j * kept + a]) *
                           static_cast<double>(projection.axes[j * kept + b]);
                CHECK(dot == Approx(a == b ? 1 : 0).margin(1e-5));
            }
        double all = 0;
        double held = 0;
        std::vector<float> out(kept);
        for (std::size_t i = 0; i < 300; ++i) {
            projection.apply(rows.data() + i * dimension, out.data());
            for (std::size_t j = 0; j < dimension; ++j)
                all += std::pow(static_cast<double>(rows[i * dimension + j]), 2);
            for (const float value : out)
                held += std::pow(static_cast<double>(value), 2);
        }
        CHECK(held / all == Approx(projection.kept).epsilon(1e-5));
        CHECK(projection.kept <= before + 1e-12);
        before = projection.kept;
    }
    // All zero: any axes will do.
    CHECK(detail::principal_axes(detail::SecondMoments(dimension), 1).kept == 1);
}
