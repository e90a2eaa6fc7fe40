// SPDX-License-Identifier: Apache-2.0
#include "model/format/model_file.hpp"
#include "model/format/pack_writer.hpp"
#include "model_sample.hpp"
#include "support/catch.hpp"

#include <fabula/embedding.hpp>
#include <fabula/error.hpp>
#include <fabula/model.hpp>

#include <xxhash.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace fabula;
using namespace fabula::test;

Article in_norwegian(std::string text) {
    Article article;
    article.text = std::move(text);
    article.language = "nb";
    return article;
}

/// Words of all parts of the vocabulary, and one that is put together from subwords.
Article article_of(const SampleModel& sample) {
    std::string text = "невідоме";
    for (const std::string& word : sample.words)
        text += " " + word;
    return in_norwegian(text);
}

std::vector<float> vector_of(const Model& model, const Article& article) {
    return Embedder(model).embed(article).vector;
}

/// As `cp` does it: into the file that is there.
void write_over(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    REQUIRE(file.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush());
}

} // namespace

TEST_CASE("a model that was read is the same whatever becomes of its file") {
    const TempFolder folder;
    const auto path = folder / "m.fabula";
    const SampleModel sample(2000);
    write_pack(sample.source, path);
    const Article article = article_of(sample);
    const std::vector<float> expected = vector_of(Model::load(path), article);

    const Model cut_short = Model::load(path);
    std::filesystem::resize_file(path, 100);
    CHECK(vector_of(cut_short, article) == expected);
    try {
        (void)Model::load(path);
        FAIL("a file cut short was opened");
    } catch (const Error& error) {
        CHECK(error.code() == Errc::damaged_model);
    }

    write_pack(sample.source, path);
    const Model written_over = Model::load(path);
    write_over(path, std::string(std::filesystem::file_size(path), '\xFF'));
    CHECK(vector_of(written_over, article) == expected);

    write_bytes(folder / "m.vec", "3 4\nord 1 0 0 0\nog 0 1 0 0\nhus 0 0 0.5 -1\n");
    const Model imported = Model::load(folder / "m.vec");
    std::filesystem::resize_file(folder / "m.vec", 0);
    CHECK(vector_of(imported, in_norwegian("hus")).size() == 4);
}

TEST_CASE("a model file may be replaced by another while it is in use, mapped or not") {
    const TempFolder folder;
    const bool memory_map = GENERATE(false, true);
    const auto path = folder / "m.fabula";
    const SampleModel sample(2000);
    write_pack(sample.source, path);
    const Article article = article_of(sample);
    const std::vector<float> expected = vector_of(Model::load(path), article);

    const Model model = Model::load(path, {.memory_map = memory_map});
    write_bytes(folder / "other", "another file");
    std::filesystem::rename(folder / "other", path);
    CHECK(vector_of(model, article) == expected);
    CHECK(read_bytes(path) == "another file");
}

TEST_CASE("a file read and a file mapped have the same bytes") {
    const TempFolder folder;
    for (const std::size_t size :
         {std::size_t{1}, std::size_t{4096}, (std::size_t{5} << 20U) + 7}) {
        std::string bytes(size, '\0');
        for (std::size_t i = 0; i < size; ++i)
            bytes[i] = static_cast<char>(i * 31 % 251);
        write_bytes(folder / "file", bytes);
        const std::size_t offset = size / 3;
        for (const bool memory_map : {false, true}) {
            const detail::ModelFile file(folder / "file", memory_map);
            REQUIRE(file.bytes().size() == size);
            CHECK(std::memcmp(file.bytes().data(), bytes.data(), size) == 0);
            CHECK(file.checksum(offset) == XXH3_64bits(bytes.data() + offset, size - offset));
        }
        CHECK(detail::ModelFile::beginning(folder / "file", 8) == bytes.substr(0, 8));
    }
    write_bytes(folder / "empty", "");
    CHECK(detail::ModelFile(folder / "empty", false).bytes().empty());
    CHECK(detail::ModelFile(folder / "empty", true).bytes().empty());
    CHECK(detail::ModelFile::beginning(folder / "empty", 8).empty());
    CHECK_THROWS_AS(detail::ModelFile(folder / "missing", false), Error);
    CHECK_THROWS_AS(detail::ModelFile(folder / ".", true), Error);
}
