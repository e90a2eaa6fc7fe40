// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"
#include "sections.hpp"
#include "table.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace bench {

using nlohmann::json;

void bench_embed(const Common& common, const std::string& news) {
    const TemporaryFolder folder;
    const std::string input =
        news.empty() ? unpack_set(common, "ntrex", folder.file("news.jsonl")) : news;
    if (input.empty())
        return;
    const std::string text = folder.file("text.txt");
    const json size = json::parse(run({{own_path(), "task", "text", input, text}, {}, "", ""}).out);
    const double megabytes = size["bytes"].get<double>() * 1e-6;

    bool has_fasttext = true;
    try {
        // Its quality is no matter: it has the size of a model that is in use, and knows the words.
        (void)run({{"fasttext", "skipgram", "-input",   text, "-output",   folder.file("peer"),
                    "-dim",     "128",      "-minn",    "3",  "-maxn",     "5",
                    "-bucket",  "524288",   "-epoch",   "1",  "-minCount", "2",
                    "-thread",  "2",        "-verbose", "0"},
                   {},
                   "",
                   ""});
    } catch (const std::exception&) {
        std::cerr << "no fasttext (Debian: fasttext): only our own figures\n";
        has_fasttext = false;
    }

    Samples cold;
    Samples warm;
    Samples peer;
    double peak = 0;
    double peer_peak = 0;
    const std::string vectors = folder.file("vectors");
    const std::string printed = folder.file("printed");
    for (std::size_t i = 0; i < common.repeats; ++i) {
        for (const char* state : {"cold", "warm"}) {
            const Spent spent =
                run({{own_path(), "task", "embed", input, state, vectors}, {}, "", ""});
            (state[0] == 'c' ? cold : warm).add(json::parse(spent.out)["cpu"].get<double>());
            peak = std::max(peak, spent.peak_mib);
        }
        if (!has_fasttext)
            continue;
        const std::vector<std::string> words{"fasttext", "print-sentence-vectors",
                                             folder.file("peer.bin")};
        const Spent all = run({words, {}, text, printed});
        const Spent load = run({words, {}, "", ""});
        peer.add(all.cpu - load.cpu);
        peer_peak = std::max(peer_peak, all.peak_mib);
    }
    const auto precision = [&](const std::string& file) {
        const Spent spent = run({{own_path(), "task", "retrieve", input, file}, {}, "", ""});
        return fixed(json::parse(spent.out)["precision_at_1"].get<double>(), 3);
    };

    Table table({"embedding, " + std::to_string(size["articles"].get<int>()) + " articles, " +
                     number(megabytes) + " MB",
                 "P@1 against English", "CPU s", "MB/s a core", "fastText takes ... times as long",
                 "peak MiB"});
    const auto add = [&](const std::string& name, const Samples& seconds, const std::string& file,
                         double mib) {
        table.add({name, precision(file), number(seconds.median()),
                   number(megabytes / seconds.median()), ratio(peer, seconds), number(mib)});
    };
    add("fabula, first time", cold, vectors, peak);
    add("fabula, caches warm", warm, vectors, peak);
    if (has_fasttext) {
        const std::string converted = folder.file("converted");
        (void)run({{own_path(), "task", "printed-vectors", printed, converted}, {}, "", ""});
        add("fasttext print-sentence-vectors", peer, converted, peer_peak);
    }
    std::cout << table.markdown() << std::endl;
}

} // namespace bench
