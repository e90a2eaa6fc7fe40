// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"
#include "lines.hpp"
#include "sections.hpp"
#include "table.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace bench {
namespace {

using nlohmann::json;

struct Input {
    std::string name;
    std::string file;
    std::size_t articles{};
};

std::size_t count_lines(const std::string& file) {
    std::size_t lines = 0;
    for_each_line(file, [&](std::string_view) { ++lines; });
    return lines;
}

/// One row of the table.
struct Row {
    Samples wall;
    Samples cpu;
    double peak{};
    json quality;
};

void measure(const Common& common, const std::string& program, const Input& input,
             const ScaleOptions& options, Row& row) {
    const TemporaryFolder folder;
    const std::string stories = folder.file("stories.jsonl");
    std::vector<std::string> words{
        program,    "cluster", input.file, "--threads", std::to_string(common.threads),
        "--output", stories};
    if (input.articles >= options.window_from)
        words.insert(words.end(), {"--time-window", options.window});
    const Spent spent = run({words, {}, "", ""});
    row.wall.add(spent.wall);
    row.cpu.add(spent.cpu);
    row.peak = std::max(row.peak, spent.peak_mib);
    if (row.quality.is_null())
        row.quality =
            json::parse(run({{own_path(), "task", "score", input.file, stories}, {}, "", ""}).out);
}

std::vector<Input> inputs_of(const Common& common, const ScaleOptions& options,
                             const TemporaryFolder& folder) {
    std::vector<Input> inputs;
    for (const std::size_t articles : options.generate) {
        const std::string size = std::to_string(articles);
        const std::string file = folder.file("news-" + size + ".jsonl");
        std::vector<std::string> words{common.make_news, "--articles", size};
        if (options.no_language)
            words.emplace_back("--no-language");
        (void)run({words, {}, "", file});
        inputs.push_back({"invented", file, articles});
    }
    for (const std::string& file : options.files)
        inputs.push_back({std::filesystem::path(file).stem().string(), file, count_lines(file)});
    if (options.real_sets)
        for (const char* name : {"ntrex", "meantime", "onestop", "itn_clean"}) {
            const std::string file =
                unpack_set(common, name, folder.file(std::string(name) + ".jsonl"));
            if (!file.empty())
                inputs.push_back({name, file, count_lines(file)});
        }
    return inputs;
}

} // namespace

std::string unpack_set(const Common& common, const std::string& name, const std::string& to) {
    const std::string packed = common.shared_data + "/eval/" + name + ".jsonl.xz";
    if (!std::filesystem::exists(packed)) {
        std::cerr << "no " << name << ".jsonl.xz in the folder of the evaluation sets: left out\n";
        return {};
    }
    std::ofstream out(to, std::ios::binary);
    for_each_line(packed, [&](std::string_view line) { out << line << '\n'; });
    return to;
}

void bench_scale(const Common& common, const ScaleOptions& options) {
    const TemporaryFolder folder;
    std::vector<std::string> programs = options.programs;
    if (programs.empty())
        programs.push_back(common.program);
    std::vector<std::string> heads{
        "articles of",     "number",  "MB",    "BCubed F1",  "P",        "R",
        "largest",         "seconds", "CPU s", "articles/s", "peak MiB", "KiB an article",
        "time grows as n^"};
    if (programs.size() > 1)
        heads.emplace_back("CPU time of program 1 is ... times that of this one");
    Table table(std::move(heads));
    std::vector<double> last_wall(programs.size());
    std::size_t last_articles = 0;
    for (const Input& input : inputs_of(common, options, folder)) {
        std::vector<Row> rows(programs.size());
        // The large ones take long enough for one run to say what there is to say.
        const std::size_t repeats = input.articles >= 50000 ? 1 : common.repeats;
        try {
            for (std::size_t i = 0; i < repeats; ++i)
                for (std::size_t p = 0; p < programs.size(); ++p)
                    measure(common, programs[p], input, options, rows[p]);
        } catch (const std::exception& error) {
            // What was measured in an hour before it should not be lost.
            std::cerr << input.name << " left out: " << error.what() << "\n";
            continue;
        }
        const auto n = static_cast<double>(input.articles);
        const bool grew = input.name.starts_with("invented") || input.name.starts_with("news");
        for (std::size_t p = 0; p < programs.size(); ++p) {
            const Row& row = rows[p];
            const double wall = row.wall.median();
            std::string growth;
            if (grew && last_articles > 0 && input.articles > last_articles)
                growth = fixed(std::log(wall / last_wall[p]) /
                                   std::log(n / static_cast<double>(last_articles)),
                               2);
            table.add(
                {input.name + (programs.size() > 1 ? ", program " + std::to_string(p + 1) : ""),
                 std::to_string(input.articles),
                 number(static_cast<double>(std::filesystem::file_size(input.file)) * 1e-6),
                 fixed(row.quality["f1"].get<double>(), 3),
                 fixed(row.quality["precision"].get<double>(), 3),
                 fixed(row.quality["recall"].get<double>(), 3),
                 std::to_string(row.quality["largest"].get<std::size_t>()), number(wall),
                 number(row.cpu.median()), number(n / wall), number(row.peak),
                 number(row.peak * 1024 / n), growth, p > 0 ? ratio(rows[0].cpu, row.cpu) : ""});
            last_wall[p] = wall;
        }
        last_articles = grew ? input.articles : 0;
        // For who does not wait for the end.
        for (std::size_t p = 0; p < programs.size(); ++p)
            std::cerr << input.name << " " << input.articles << ", program " << p + 1 << ": "
                      << number(rows[p].wall.median()) << " s, CPU " << number(rows[p].cpu.median())
                      << " s, F1 " << fixed(rows[p].quality["f1"].get<double>(), 3) << "\n";
    }
    std::cout << table.markdown() << std::endl;
}

bool bench_determinism(const Common& common, const std::string& news) {
    const TemporaryFolder folder;
    std::string input = news;
    if (input.empty()) {
        input = folder.file("news.jsonl");
        (void)run({{common.make_news, "--articles", "3000"}, {}, "", input});
    }
    const auto bytes = [&](const std::string& threads, const std::string& kernel) {
        Command command{{common.program, "cluster", input, "--threads", threads}, {}, "", ""};
        if (!kernel.empty())
            command.environment["FABULA_KERNEL"] = kernel;
        return run(command).out;
    };
    const std::string first = bytes("1", "");
    Table table({"run", "same bytes as with 1 thread"});
    bool all = true;
    for (const auto& [threads, kernel] :
         std::vector<std::pair<std::string, std::string>>{{"1", ""},
                                                          {"2", ""},
                                                          {"3", ""},
                                                          {"1", "baseline"},
                                                          {"2", "baseline"},
                                                          {"2", "v3"},
                                                          {"2", "v4"},
                                                          {"2", "v4-vnni"}}) {
        const bool same = bytes(threads, kernel) == first;
        all = all && same;
        table.add({threads + (threads == "1" ? " thread" : " threads") +
                       (kernel.empty() ? "" : ", FABULA_KERNEL=" + kernel),
                   same ? "yes" : "NO"});
    }
    std::cout << table.markdown() << std::endl;
    return all;
}

} // namespace bench
