// SPDX-License-Identifier: Apache-2.0
#include "c/guard.hpp"

#include <fabula/input.hpp>
#include <fabula/version.hpp>

#include <cstdlib>
#include <cstring>
#include <istream>
#include <new>
#include <span>
#include <streambuf>

namespace fabula::detail {
namespace {

std::string& last_error() {
    thread_local std::string sentence;
    return sentence;
}

/// Bytes in memory as a stream, without a copy.
class Bytes : public std::streambuf {
public:
    Bytes(const char* data, std::size_t size) {
        char* begin = const_cast<char*>(data); // streams have no other pointers; it is only read
        setg(begin, begin, begin + size);
    }
};

} // namespace

fabula_status fail(fabula_status status, const char* sentence) noexcept {
    try {
        last_error() = sentence;
    } catch (...) {
        last_error().clear();
    }
    return status;
}

void give(const std::string& text, fabula_bytes& bytes) {
    auto* data = static_cast<char*>(std::malloc(text.size() + 1));
    if (data == nullptr)
        throw std::bad_alloc();
    std::memcpy(data, text.c_str(), text.size() + 1);
    bytes = {data, text.size()};
}

const Article& article_at(const fabula_articles& articles, std::size_t index) {
    if (index >= articles.articles.size())
        throw std::invalid_argument("there is no article " + std::to_string(index) + " among " +
                                    std::to_string(articles.articles.size()));
    return articles.articles[index];
}

std::chrono::sys_seconds time_of(std::int64_t seconds) {
    constexpr std::int64_t most = 253'402'300'799; // the end of the year 9999
    if (seconds > most || seconds < -most)
        throw std::invalid_argument("the time " + std::to_string(seconds) +
                                    " is not in the years -9999 to 9999; give seconds since 1970");
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

} // namespace fabula::detail

using namespace fabula::detail;

const char* fabula_last_error(void) {
    return last_error().c_str();
}

const char* fabula_version(void) {
    return fabula::version();
}

void fabula_bytes_free(fabula_bytes* bytes) {
    if (bytes == nullptr)
        return;
    std::free(bytes->data);
    *bytes = {nullptr, 0};
}

fabula_status fabula_model_open(const char* path, fabula_model** model) {
    return guarded([&] {
        fabula_model*& out = needed(model, "model"); // before anything is made
        out = new fabula_model{path == nullptr ? fabula::Model::bundled()
                                               : fabula::Model::load(path)};
    });
}

void fabula_model_free(fabula_model* model) {
    delete model;
}

size_t fabula_model_dimension(const fabula_model* model) {
    return model == nullptr ? 0 : model->model.dimension();
}

fabula_status fabula_articles_parse(const char* json_lines, size_t size,
                                    fabula_articles** articles) {
    return guarded([&] {
        if (size > 0)
            (void)needed(json_lines, "json_lines");
        fabula_articles*& out = needed(articles, "articles");
        Bytes bytes{json_lines, size};
        std::istream in{&bytes};
        out = new fabula_articles{fabula::read_json_lines(in, "articles").articles};
    });
}

fabula_status fabula_articles_read(const char* const* paths, size_t count,
                                   fabula_articles** articles) {
    return guarded([&] {
        std::vector<std::string> inputs;
        for (const char* const path : std::span{&needed(paths, "paths"), count})
            inputs.emplace_back(&needed(path, "a path"));
        fabula_articles*& out = needed(articles, "articles");
        out = new fabula_articles{fabula::read_articles(inputs).articles};
    });
}

void fabula_articles_free(fabula_articles* articles) {
    delete articles;
}

size_t fabula_articles_count(const fabula_articles* articles) {
    return articles == nullptr ? 0 : articles->articles.size();
}

const char* fabula_articles_id(const fabula_articles* articles, size_t index) {
    return index < fabula_articles_count(articles) ? articles->articles[index].id.c_str() : nullptr;
}
