// SPDX-License-Identifier: Apache-2.0
#include "lines.hpp"
#include "tasks.hpp"
#include "vectors.hpp"

#include <fabula/embedding.hpp>
#include <fabula/evaluation.hpp>

#include <nlohmann/json.hpp>
#include <simdjson.h>

#include <iostream>
#include <stdexcept>
#include <unordered_map>

namespace bench {
namespace {

/// What of a line of news says where it belongs: an ArticleSet of a million would not leave much
/// memory for others.
struct Gold {
    std::vector<std::string> ids;
    std::vector<std::uint32_t> stories;
    std::vector<std::string> languages;
};

Gold read_gold(const std::string& news) {
    Gold gold;
    simdjson::dom::parser parser;
    std::unordered_map<std::string, std::uint32_t> labels;
    for_each_line(news, [&](std::string_view line) {
        const simdjson::dom::element article = parser.parse(line.data(), line.size());
        std::string_view id;
        std::string_view language;
        if (article["id"].get(id) != simdjson::SUCCESS)
            throw std::runtime_error(news + ": a line without an id");
        if (article["language"].get(language) != simdjson::SUCCESS)
            language = "";
        const std::string story = simdjson::minify(article["story"].value());
        gold.ids.emplace_back(id);
        gold.languages.emplace_back(language);
        gold.stories.push_back(
            labels.emplace(story, static_cast<std::uint32_t>(labels.size())).first->second);
    });
    return gold;
}

} // namespace

void score(const std::string& news, const std::string& stories) {
    const Gold gold = read_gold(news);
    std::unordered_map<std::string_view, std::size_t> positions;
    for (std::size_t i = 0; i < gold.ids.size(); ++i)
        positions.emplace(gold.ids[i], i);
    std::vector<std::uint32_t> predicted(gold.ids.size());
    std::size_t placed = 0;
    std::uint32_t label = 0;
    simdjson::dom::parser parser;
    for_each_line(stories, [&](std::string_view line) {
        const simdjson::dom::element story = parser.parse(line.data(), line.size());
        for (const simdjson::dom::element article : story["articles"].get_array()) {
            predicted[positions.at(article["id"].get_string().value())] = label;
            ++placed;
        }
        ++label;
    });
    if (placed != gold.ids.size())
        throw std::runtime_error(stories + " has " + std::to_string(placed) + " of " +
                                 std::to_string(gold.ids.size()) + " articles");
    const fabula::ClusteringQuality quality =
        fabula::evaluate_clustering(predicted, gold.stories, gold.languages);
    std::cout << nlohmann::json{{"articles", placed},
                                {"f1", quality.bcubed.f1},
                                {"precision", quality.bcubed.precision},
                                {"recall", quality.bcubed.recall},
                                {"largest", quality.largest_predicted}}
                     .dump()
              << "\n";
}

void retrieve(const std::string& news, const std::string& file) {
    const Gold gold = read_gold(news);
    const LabelledVectors vectors = read_vectors(file);
    if (vectors.rows != gold.ids.size())
        throw std::runtime_error(file + " has not one vector an article");
    const auto row = [&](std::size_t i) {
        return std::span(vectors.values).subspan(i * vectors.dimension, vectors.dimension);
    };
    std::vector<std::size_t> english;
    for (std::size_t i = 0; i < gold.ids.size(); ++i)
        if (gold.languages[i] == "en")
            english.push_back(i);
    const bool across = !english.empty() && english.size() < gold.ids.size();
    if (!across) {
        english.clear();
        for (std::size_t i = 0; i < gold.ids.size(); ++i)
            english.push_back(i);
    }
    std::size_t asked = 0;
    std::size_t right = 0;
    for (std::size_t i = 0; i < gold.ids.size(); ++i) {
        if (across && gold.languages[i] == "en")
            continue;
        float best = -2;
        std::size_t nearest = i;
        for (const std::size_t other : english) {
            const float cosine = other == i ? -2 : fabula::cosine_similarity(row(i), row(other));
            if (cosine > best) {
                best = cosine;
                nearest = other;
            }
        }
        ++asked;
        right += nearest != i && gold.stories[nearest] == gold.stories[i] ? 1U : 0U;
    }
    std::cout << nlohmann::json{{"precision_at_1", asked == 0 ? 0.0
                                                              : static_cast<double>(right) /
                                                                    static_cast<double>(asked)}}
                     .dump()
              << "\n";
}

} // namespace bench
