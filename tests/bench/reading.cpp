// SPDX-License-Identifier: Apache-2.0
// What reading articles costs beside the libraries that it stands on: simdjson, libxml2 and zstd
// alone on the same bytes, in turns and in one process. They only parse; Fabula's time includes
// articles with their fields, dates, languages and ids.
#include "child.hpp"
#include "lines.hpp"
#include "table.hpp"

#include <fabula/input.hpp>
#include <fabula/io.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <functional>
#include <iostream>
#include <libxml/parser.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>
#include <zstd.h>

namespace {

using bench::Samples;

std::string bytes_of(const std::string& file) {
    std::ifstream in{file, std::ios::binary | std::ios::ate};
    const auto size = static_cast<std::size_t>(in.tellg());
    std::string bytes;
    bytes.reserve(size + simdjson::SIMDJSON_PADDING); // or simdjson would copy all
    bytes.resize(size);
    in.seekg(0);
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return bytes;
}

std::size_t parse_lines(std::string bytes) {
    bytes.reserve(bytes.size() + simdjson::SIMDJSON_PADDING);
    simdjson::dom::parser parser;
    simdjson::dom::document_stream documents;
    if (parser.parse_many(bytes).get(documents) != simdjson::SUCCESS)
        throw std::runtime_error("simdjson does not read the lines");
    std::size_t count = 0;
    for (auto document : documents)
        count += document.error() == simdjson::SUCCESS ? 1 : 0;
    return count;
}

std::size_t parse_list(std::string bytes) {
    bytes.reserve(bytes.size() + simdjson::SIMDJSON_PADDING);
    simdjson::dom::parser parser;
    simdjson::dom::array list;
    if (parser.parse(bytes.data(), bytes.size(), false).get(list) != simdjson::SUCCESS)
        throw std::runtime_error("simdjson does not read the list");
    return list.size();
}

std::size_t parse_xml(const std::string& bytes) {
    static std::size_t items = 0;
    items = 0;
    xmlSAXHandler calls{};
    calls.initialized = XML_SAX2_MAGIC;
    calls.startElementNs = [](void*, const xmlChar* name, const xmlChar*, const xmlChar*, int,
                              const xmlChar**, int, int, const xmlChar**) {
        items += name[0] == 'i' && name[1] == 't' ? 1 : 0; // <item>
    };
    calls.characters = [](void*, const xmlChar*, int) {};
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&calls, nullptr, nullptr, 0, nullptr);
    constexpr std::size_t block = std::size_t{32} << 10U;
    for (std::size_t at = 0; at < bytes.size(); at += block)
        xmlParseChunk(parser, bytes.data() + at,
                      static_cast<int>(std::min(block, bytes.size() - at)), 0);
    xmlParseChunk(parser, bytes.data(), 0, 1);
    xmlFreeParserCtxt(parser);
    return items;
}

std::string decompress(const std::string& bytes) {
    std::string out(ZSTD_getFrameContentSize(bytes.data(), bytes.size()), ' ');
    if (ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size()) != out.size())
        throw std::runtime_error("zstd does not read the file");
    return out;
}

std::string compress(const std::string& bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), ' ');
    out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
    return out;
}

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return out;
}

std::string list_of(const std::string& news) {
    std::string out = "[";
    bench::for_each_line(news, [&](std::string_view line) {
        out += out.size() > 1 ? ",\n" : "\n";
        out += line;
    });
    return out + "\n]\n";
}

std::string feed_of(const std::string& news) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss "
                      "version=\"2.0\"><channel><title>f</title>\n";
    const std::vector<std::string> inputs{news};
    for (const fabula::Article& article : fabula::read_articles(inputs).articles)
        out += "<item><guid>" + escaped(article.id) + "</guid><title>" + escaped(article.title) +
               "</title><pubDate>" +
               (article.published ? fabula::format_time(*article.published) : "") +
               "</pubDate><description>" + escaped(article.text) + "</description></item>\n";
    return out + "</channel></rss>\n";
}

std::size_t read(const std::string& file, bool leave_texts) {
    const std::vector<std::string> inputs{file};
    fabula::ReadOptions options;
    options.leave_texts = leave_texts;
    return fabula::read_articles(inputs, options).articles.size();
}

void write(const std::string& file, const std::string& bytes) {
    std::ofstream{file, std::ios::binary} << bytes;
}

/// The CPU time of one call.
double time_of(const std::function<std::size_t()>& call, std::size_t expected) {
    const double begin = bench::cpu_seconds();
    const std::size_t count = call();
    const double took = bench::cpu_seconds() - begin;
    if (count != expected)
        throw std::runtime_error("one of them reads another number of articles: " +
                                 std::to_string(count) + " of " + std::to_string(expected));
    return took;
}

struct Case {
    std::string what;
    std::string file;
    std::function<std::size_t(const std::string&)> library; ///< by the name of the file
};

void compare(const Case& one, std::size_t expected, int repeats) {
    Samples library;
    Samples whole;
    Samples left;
    for (int i = 0; i <= repeats; ++i) {
        const double a = time_of([&] { return one.library(one.file); }, expected);
        const double b = time_of([&] { return read(one.file, false); }, expected);
        const double c = time_of([&] { return read(one.file, true); }, expected);
        if (i == 0)
            continue; // the first fills the caches
        library.add(a);
        whole.add(b);
        left.add(c);
    }
    std::cout << "| " << one.what << " | " << bytes_of(one.file).size() / 1'000'000 << " | "
              << bench::number(library.median()) << " | " << bench::number(whole.median()) << " | "
              << bench::ratio(whole, library) << " | " << bench::ratio(left, library) << " |\n"
              << std::flush;
}

/// Peak memory of reading a list of about `bytes`, in a process of its own.
void bound_memory(const std::string& news, std::uint64_t bytes, const std::string& file) {
    std::ofstream out{file, std::ios::binary};
    std::uint64_t written = 0;
    std::size_t copy = 0;
    std::size_t articles = 0;
    out << '[';
    while (written < bytes) {
        ++copy;
        bench::for_each_line(news, [&](std::string_view line) {
            if (written >= bytes)
                return;
            nlohmann::json article = nlohmann::json::parse(line);
            article["id"] = std::to_string(copy) + '-' + article["id"].get<std::string>();
            const std::string text = (articles++ > 0 ? ",\n" : "\n") + article.dump();
            out << text;
            written += text.size();
        });
    }
    out << "\n]\n" << std::flush;
    const bench::Spent spent = bench::run({{bench::own_path(), "--only-read", file}, {}, {}, {}});
    std::cout << "A list of " << written / 1'000'000 << " MB, " << articles
              << " articles, texts left: " << bench::number(spent.cpu) << " CPU s, "
              << bench::number(spent.peak_mib) << " MiB\n";
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app{"Reading beside simdjson, libxml2 and zstd alone"};
    std::string news;
    std::string only_read;
    int repeats = 7;
    std::uint64_t list_bytes = 0;
    app.add_option("--news", news, "JSON Lines with ids, of fabula_make_news");
    app.add_option("--repeats", repeats, "Measured turns");
    app.add_option("--list-bytes", list_bytes, "Also a list of so many bytes, and its memory");
    app.add_option("--only-read", only_read, "Read a file and say nothing");
    CLI11_PARSE(app, argc, argv);
    try {
        if (!only_read.empty())
            return read(only_read, true) > 0 ? 0 : 1;
        const bench::TemporaryFolder folder;
        const std::size_t articles = read(news, true);
        const std::vector<Case> cases{
            {"JSON Lines", news,
             [](const std::string& file) { return parse_lines(bytes_of(file)); }},
            {"a JSON list", folder.file("list.json"),
             [](const std::string& file) { return parse_list(bytes_of(file)); }},
            {"RSS", folder.file("feed.xml"),
             [](const std::string& file) { return parse_xml(bytes_of(file)); }},
            {"JSON Lines in zstd", folder.file("news.jsonl.zst"),
             [](const std::string& file) { return parse_lines(decompress(bytes_of(file))); }}};
        write(cases[1].file, list_of(news));
        write(cases[2].file, feed_of(news));
        write(cases[3].file, compress(bytes_of(news)));
        std::cout << bench::processor() << "\n\n"
                  << "| " << articles
                  << " articles as | MB | library, CPU s | fabula, CPU s | ratio | "
                     "texts left |\n|---|---|---|---|---|---|\n";
        for (const Case& one : cases)
            compare(one, articles, repeats);
        if (list_bytes > 0)
            bound_memory(news, list_bytes, folder.file("large.json"));
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
