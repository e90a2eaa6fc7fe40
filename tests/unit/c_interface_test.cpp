// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/paths.hpp"

#include <fabula/fabula.h>
#include <fabula/fabula.hpp>

#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <thread>

namespace {

template <auto free_it>
struct Free {
    template <class Handle>
    void operator()(Handle* handle) const {
        free_it(handle);
    }
};
using Model = std::unique_ptr<fabula_model, Free<fabula_model_free>>;
using Articles = std::unique_ptr<fabula_articles, Free<fabula_articles_free>>;
using Stream = std::unique_ptr<fabula_stream, Free<fabula_stream_free>>;

Model open_model() {
    fabula_model* model = nullptr;
    REQUIRE(fabula_model_open(nullptr, &model) == FABULA_OK);
    return Model{model};
}

Articles parse(const std::string& lines) {
    fabula_articles* articles = nullptr;
    REQUIRE(fabula_articles_parse(lines.data(), lines.size(), &articles) == FABULA_OK);
    return Articles{articles};
}

std::string taken(fabula_bytes& bytes) {
    std::string text{bytes.data, bytes.size};
    CHECK(bytes.data[bytes.size] == '\0');
    fabula_bytes_free(&bytes);
    CHECK(bytes.data == nullptr);
    return text;
}

const std::string two = R"({"id":"a","text":"Storm Ana shut the port of Bergen on Sunday night."}
{"id":"b","text":"The central bank raised its rate by a quarter point."}
)";

} // namespace

TEST_CASE("C: the statuses are the codes of the library, one higher") {
    CHECK(static_cast<int>(FABULA_FILE_NOT_FOUND) ==
          static_cast<int>(fabula::Errc::file_not_found) + 1);
    CHECK(static_cast<int>(FABULA_DUPLICATE_ID) ==
          static_cast<int>(fabula::Errc::duplicate_id) + 1);
    CHECK(static_cast<int>(FABULA_CANCELLED) == static_cast<int>(fabula::Errc::cancelled) + 1);
    CHECK(std::string{fabula_version()} == fabula::version());
}

TEST_CASE("C: clustering gives lines and labels") {
    const Model model = open_model();
    const Articles articles = parse(two);
    CHECK(fabula_articles_count(articles.get()) == 2);
    CHECK(std::string{fabula_articles_id(articles.get(), 1)} == "b");
    CHECK(fabula_articles_id(articles.get(), 2) == nullptr);
    fabula_bytes stories{};
    std::uint32_t labels[2] = {9, 9};
    REQUIRE(fabula_cluster(model.get(), articles.get(), nullptr, &stories, labels) == FABULA_OK);
    CHECK(labels[0] != labels[1]);
    CHECK(taken(stories).find("Storm Ana") != std::string::npos);
}

TEST_CASE("C: vectors brought along decide") {
    const Model model = open_model();
    const Articles articles = parse(two);
    fabula_cluster_options options;
    fabula_cluster_options_init(&options, sizeof options);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float vectors[4] = {1, 0, nan, 1};
    options.vectors = vectors;
    options.vector_dimension = 2;
    fabula_bytes stories{};
    CHECK(fabula_cluster(model.get(), articles.get(), &options, &stories, nullptr) ==
          FABULA_BAD_INPUT);
    CHECK(stories.data == nullptr);
    CHECK_FALSE(std::string{fabula_last_error()}.empty());
}

TEST_CASE("C: progress ends a run") {
    const Model model = open_model();
    const Articles articles = parse(two);
    fabula_cluster_options options;
    fabula_cluster_options_init(&options, sizeof options);
    int calls = 0;
    options.progress_context = &calls;
    options.progress = [](void* context, double) { return ++*static_cast<int*>(context); };
    fabula_bytes stories{};
    CHECK(fabula_cluster(model.get(), articles.get(), &options, &stories, nullptr) ==
          FABULA_CANCELLED);
    CHECK(calls == 1);
}

TEST_CASE("C: options of an older version keep the defaults of what they lack") {
    const Model model = open_model();
    const Articles articles = parse(two);
    fabula_cluster_options options;
    std::memset(&options, 0x7F, sizeof options);
    fabula_cluster_options_init(&options, offsetof(fabula_cluster_options, method));
    fabula_bytes stories{};
    REQUIRE(fabula_cluster(model.get(), articles.get(), &options, &stories, nullptr) == FABULA_OK);
    fabula_bytes_free(&stories);
    options.size = 3;
    CHECK(fabula_cluster(model.get(), articles.get(), &options, &stories, nullptr) ==
          FABULA_BAD_ARGUMENT);
}

TEST_CASE("C: what is NULL is named") {
    const Model model = open_model();
    const Articles articles = parse(two);
    fabula_bytes out{};
    float vector[1];
    char language[32];
    fabula_model* made = nullptr;
    fabula_articles* read = nullptr;
    const auto refused = [](fabula_status status, const char* name) {
        CHECK(status == FABULA_BAD_ARGUMENT);
        CHECK(std::string{fabula_last_error()} == std::string{name} + " is NULL");
    };
    refused(fabula_model_open(nullptr, nullptr), "model");
    refused(fabula_articles_parse(nullptr, 5, &read), "json_lines");
    refused(fabula_articles_parse("", 0, nullptr), "articles");
    refused(fabula_articles_read(nullptr, 1, &read), "paths");
    refused(fabula_cluster(nullptr, articles.get(), nullptr, &out, nullptr), "model");
    refused(fabula_cluster(model.get(), nullptr, nullptr, &out, nullptr), "articles");
    refused(fabula_cluster(model.get(), articles.get(), nullptr, nullptr, nullptr), "stories");
    refused(fabula_compare(model.get(), nullptr, 0, articles.get(), 0, &out), "first_articles");
    refused(fabula_embed(model.get(), nullptr, 0, vector), "articles");
    refused(fabula_identify(model.get(), nullptr, 3, language, nullptr, nullptr), "text");
    refused(fabula_stream_open(model.get(), 0, 0.5, 0, nullptr), "stream");
    refused(fabula_stream_settle(nullptr, &out), "stream");
    refused(fabula_stream_stories(nullptr, &out), "stream");
    fabula_model_free(nullptr);
    fabula_articles_free(nullptr);
    fabula_stream_free(nullptr);
    fabula_bytes_free(nullptr);
    fabula_cluster_options_init(nullptr, 0);
    CHECK(fabula_articles_count(nullptr) == 0);
    CHECK(fabula_model_dimension(nullptr) == 0);
    CHECK(fabula_model_open("/nowhere.fabula", &made) == FABULA_FILE_NOT_FOUND);
    CHECK(std::string{fabula_last_error()}.find("/nowhere.fabula") != std::string::npos);
    CHECK(made == nullptr);
}

TEST_CASE("C: an article that is not there, a method that is none, a time that cannot be") {
    const Model model = open_model();
    const Articles articles = parse(two);
    fabula_bytes out{};
    CHECK(fabula_compare(model.get(), articles.get(), 0, articles.get(), 2, &out) ==
          FABULA_BAD_ARGUMENT);
    fabula_cluster_options options;
    fabula_cluster_options_init(&options, sizeof options);
    const int none = 77;
    std::memcpy(&options.method, &none, sizeof none);
    CHECK(fabula_cluster(model.get(), articles.get(), &options, &out, nullptr) ==
          FABULA_BAD_ARGUMENT);
    fabula_stream* opened = nullptr;
    REQUIRE(fabula_stream_open(model.get(), 0, 0.5, 1, &opened) == FABULA_OK);
    const Stream stream{opened};
    CHECK(fabula_stream_expire(stream.get(), std::numeric_limits<std::int64_t>::max(), &out) ==
          FABULA_BAD_ARGUMENT);
    CHECK(fabula_stream_open(model.get(), 0, 2.0, 1, &opened) == FABULA_BAD_OPTION);
}

TEST_CASE("C: a stream tells what happens") {
    const Model model = open_model();
    const Articles articles = parse(two);
    fabula_stream* opened = nullptr;
    REQUIRE(fabula_stream_open(model.get(), 86400, 0.5, 1, &opened) == FABULA_OK);
    const Stream stream{opened};
    fabula_bytes out{};
    REQUIRE(fabula_stream_add(stream.get(), articles.get(), 1774915200, &out) == FABULA_OK);
    CHECK(taken(out).find(R"("event":"created")") != std::string::npos);
    REQUIRE(fabula_stream_stories(stream.get(), &out) == FABULA_OK);
    CHECK(taken(out).find(R"("articles":["b"])") != std::string::npos);
    REQUIRE(fabula_stream_remove(stream.get(), "b", &out) == FABULA_OK);
    CHECK(taken(out).find(R"("event":"expired")") != std::string::npos);
    REQUIRE(fabula_stream_expire(stream.get(), 1775915200, &out) == FABULA_OK);
    CHECK(taken(out).find(R"(["a"])") != std::string::npos);
}

TEST_CASE("C: each thread has an error of its own") {
    const Model model = open_model();
    fabula_articles* read = nullptr;
    CHECK(fabula_articles_parse("{", 1, &read) == FABULA_BAD_INPUT);
    const std::string here = fabula_last_error();
    std::string there = "unset";
    std::thread{[&] { there = fabula_last_error(); }}.join();
    CHECK(there.empty());
    CHECK(fabula_last_error() == here);
}

TEST_CASE("C: identification") {
    const Model model = open_model();
    const std::string text = "Der Ausschuss tagt morgen in Berlin.";
    char language[32] = {};
    float probability = 0;
    int is_reliable = 0;
    REQUIRE(fabula_identify(model.get(), text.data(), text.size(), language, &probability,
                            &is_reliable) == FABULA_OK);
    CHECK(std::string{language} == "de");
    CHECK(probability > 0.5F);
    REQUIRE(fabula_identify(model.get(), nullptr, 0, language, nullptr, nullptr) == FABULA_OK);
    CHECK(std::string{language} == "und");
}
