// SPDX-License-Identifier: Apache-2.0
//
// Measures what the boilerplate of news sites costs: labelled articles as they are and as invented
// sites would print them (add_boilerplate.hpp), with the defaults and without being told any
// language. Prints how much of the boilerplate and of the articles' own words is taken out, and
// what the clusters are worth.
#include "add_boilerplate.hpp"
#include "boilerplate/filter.hpp"
#include "boilerplate/lines.hpp"
#include "labelled_articles.hpp"
#include "program.hpp"

#include <fabula/evaluation.hpp>
#include <fabula/io.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/story.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <map>
#include <optional>
#include <utility>

namespace {

using namespace fabula;
using namespace fabula::training;

struct Options {
    std::filesystem::path model;
    std::vector<std::filesystem::path> files;
    std::vector<std::string> modes;
    std::filesystem::path save;
    std::size_t listed{0};
};

struct Mode {
    const char* name;
    bool furnished;
    bool sources;
    Layout layout;
};

constexpr Mode all_modes[] = {
    {"clean", false, false, Layout::lines},
    {"sources", true, true, Layout::lines},
    {"no-sources", true, false, Layout::lines},
    {"one-line", true, true, Layout::one_line},
    {"one-line-no-sources", true, false, Layout::one_line},
};

std::string_view words_of(std::string_view text, ByteRange range) {
    return text.substr(range.begin, range.end - range.begin);
}

/// What of `ranges` is in none of `others`; both in order.
std::vector<ByteRange> outside(const std::vector<ByteRange>& ranges,
                               const std::vector<ByteRange>& others) {
    std::vector<ByteRange> out;
    for (ByteRange range : ranges) {
        for (const ByteRange& other : others) {
            if (other.end <= range.begin || other.begin >= range.end)
                continue;
            if (other.begin > range.begin)
                out.push_back({range.begin, other.begin});
            range.begin = std::min(range.end, other.end);
        }
        if (range.begin < range.end)
            out.push_back(range);
    }
    return out;
}

std::size_t letters_within(std::string_view text, ByteRange range,
                           const std::vector<ByteRange>& ranges) {
    std::size_t letters = 0;
    for (const ByteRange& other : ranges) {
        const std::size_t begin = std::max(range.begin, other.begin);
        const std::size_t end = std::min(range.end, other.end);
        if (begin < end)
            letters += detail::count_letters(text.substr(begin, end - begin));
    }
    return letters;
}

struct Letters {
    std::size_t own{};
    std::size_t own_kept{};
    std::size_t boilerplate{};
    std::size_t boilerplate_kept{};
};

double percent(std::size_t kept, std::size_t all) {
    return all == 0 ? 0 : 100 - 100 * static_cast<double>(kept) / static_cast<double>(all);
}

void list_most(const char* what, const std::map<std::string, std::size_t>& counted,
               std::size_t most) {
    std::vector<std::pair<std::size_t, std::string>> sorted;
    for (const auto& [text, count] : counted)
        sorted.emplace_back(count * detail::count_letters(text), text);
    std::sort(sorted.rbegin(), sorted.rend());
    sorted.resize(std::min(sorted.size(), most));
    for (const auto& [letters, text] : sorted)
        std::printf("  %s %zu: %s\n", what, letters, text.substr(0, 300).c_str());
}

/// Holds what the filter takes out against what was put in.
Letters count_letters(const std::vector<DecoratedArticle>& pages,
                      const detail::BoilerplateFilter& filter, std::size_t listed) {
    Letters sum;
    std::map<std::string, std::size_t> missed;
    std::map<std::string, std::size_t> eaten;
    std::map<std::string, std::size_t> whole;
    for (const DecoratedArticle& page : pages) {
        const std::string_view text = page.article.text;
        const std::vector<ByteRange> content = filter.content(page.article);
        std::size_t own = 0;
        for (const ByteRange& range : page.own)
            own += detail::count_letters(text.substr(range.begin, range.end - range.begin));
        std::size_t kept = 0;
        std::size_t own_kept = 0;
        for (const ByteRange& range : content) {
            kept += detail::count_letters(text.substr(range.begin, range.end - range.begin));
            own_kept += letters_within(text, range, page.own);
        }
        sum.own += own;
        sum.own_kept += own_kept;
        sum.boilerplate += detail::count_letters(text) - own;
        sum.boilerplate_kept += kept - own_kept;
        if (listed == 0)
            continue;
        if (kept == detail::count_letters(text))
            ++whole[page.article.text];
        for (const ByteRange& piece : outside(content, page.own))
            for (const ByteRange& line : detail::split_lines(words_of(text, piece)))
                ++missed[std::string(detail::trimmed(words_of(words_of(text, piece), line)))];
        for (const ByteRange& piece : outside(page.own, content))
            ++eaten[std::string(detail::trimmed(words_of(text, piece)))];
    }
    list_most("missed", missed, listed);
    list_most("nothing taken out", whole, listed);
    list_most("eaten", eaten, listed);
    return sum;
}

ClusteringQuality cluster(const Model& model, const std::vector<Article>& articles,
                          const std::vector<std::uint32_t>& gold) {
    const StoryClusters clusters = StoryClusterer(model).cluster(articles);
    std::vector<std::uint32_t> predicted(articles.size());
    for (std::size_t s = 0; s < clusters.stories.size(); ++s)
        for (const std::size_t member : clusters.stories[s].members)
            predicted[member] = static_cast<std::uint32_t>(s);
    return evaluate_clustering(predicted, gold);
}

void save(const std::filesystem::path& file, const std::vector<Article>& articles,
          const std::vector<std::string>& stories) {
    write_file(file, [&](std::ostream& out) {
        for (std::size_t i = 0; i < articles.size(); ++i) {
            nlohmann::ordered_json line{{"id", articles[i].id},
                                        {"title", articles[i].title},
                                        {"text", articles[i].text},
                                        {"source", articles[i].source},
                                        {"story", stories[i]}};
            if (articles[i].published)
                line["published"] = format_time(*articles[i].published);
            out << line.dump() << '\n';
        }
    });
}

void measure(const Options& options, const std::optional<Model>& model,
             const std::filesystem::path& file) {
    const ArticleSet set = read_labelled(file);
    const std::vector<std::uint32_t> gold = numbered(set.gold_stories);
    for (const Mode& mode : all_modes) {
        if (!options.modes.empty() &&
            std::find(options.modes.begin(), options.modes.end(), mode.name) == options.modes.end())
            continue;
        std::vector<DecoratedArticle> pages;
        if (mode.furnished)
            pages = add_boilerplate(set.articles, mode.layout);
        else
            for (const Article& article : set.articles)
                pages.push_back({article, {{0, article.text.size()}}});
        std::vector<Article> articles;
        for (DecoratedArticle& page : pages) {
            page.article.language.clear();
            if (!mode.sources)
                page.article.source.clear();
            articles.push_back(page.article);
        }
        const Letters letters =
            count_letters(pages, detail::BoilerplateFilter::learn(articles), options.listed);
        std::printf("| %s | %s | %.1f | %.2f |", file.stem().c_str(), mode.name,
                    percent(letters.boilerplate_kept, letters.boilerplate),
                    percent(letters.own_kept, letters.own));
        if (model) {
            const ClusteringQuality quality = cluster(*model, articles, gold);
            std::printf(" %.4f | %.4f | %.4f |", quality.bcubed.precision, quality.bcubed.recall,
                        quality.bcubed.f1);
        }
        std::printf("\n");
        std::fflush(stdout);
        if (!options.save.empty())
            save(options.save / (file.stem().string() + "." + mode.name + ".jsonl"), articles,
                 set.gold_stories);
    }
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Measure what boilerplate of news sites costs"};
    app.add_option("articles", options.files, "JSON Lines with the fields story and language")
        ->required();
    app.add_option("--model", options.model, "Model file; without one, nothing is clustered");
    app.add_option("--mode", options.modes,
                   "clean, sources, no-sources, one-line, one-line-no-sources (default: all)")
        ->expected(1);
    app.add_option("--save", options.save, "Write the articles into this folder as JSON Lines");
    app.add_option("--list", options.listed,
                   "Print this many of the boilerplate lines kept and of own words taken out");
    CLI11_PARSE(app, argc, argv);
    return run_program("measure_boilerplate", [&] {
        std::optional<Model> model;
        if (!options.model.empty())
            model = Model::load(options.model);
        std::printf("| articles | boilerplate | of it taken out, %% | own letters lost, %% |%s\n",
                    model ? " BCubed P | R | F1 |" : "");
        std::printf("|---|---|---|---|%s\n", model ? "---|---|---|" : "");
        for (const std::filesystem::path& file : options.files)
            measure(options, model, file);
    });
}
