// SPDX-License-Identifier: Apache-2.0
#include "labelled_pairs.hpp"

#include "base/parallel.hpp"
#include "labelled_articles.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>
#include <fabula/neighbours.hpp>

#include <map>
#include <numeric>

namespace fabula::training {

detail::Prepared prepare_labelled(const std::filesystem::path& file, const Model& model,
                                  float min_cosine, const detail::LanguageCalibration& calibration,
                                  std::vector<std::uint32_t>& gold) {
    ArticleSet set = read_labelled(file);
    for (std::size_t i = 0; i < set.articles.size(); ++i) {
        if (set.gold_stories[i].empty())
            throw Error(Errc::bad_input,
                        file.string() + ": article \"" + set.articles[i].id + "\" has no story");
        set.articles[i].language.clear();
    }
    gold = numbered(set.gold_stories);
    const auto ordinary = detail::ordinary_of(detail::ModelData::of(model));
    if (!ordinary)
        throw Error(Errc::bad_input, model.card().path + " has no background; put one into it "
                                                         "with fabula_build_background");
    const detail::BoilerplateFilter boilerplate = detail::BoilerplateFilter::learn(set.articles);
    detail::Pool<TextAnalyzer> analyzers;
    std::vector<std::size_t> order(set.articles.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    detail::CandidateLimits limits; // but for the cosine as by default
    limits.min_cosine = min_cosine;
    return detail::prepare(
        detail::read_corpus(set.articles, order, model, boilerplate, analyzers, 0), calibration,
        limits, 0, &*ordinary);
}

LabelledPairs read_labelled_pairs(const std::filesystem::path& file, const Model& model,
                                  float min_cosine,
                                  const detail::LanguageCalibration& calibration) {
    LabelledPairs out;
    out.name = file.stem().string();
    out.kind = out.name.substr(0, out.name.find('-'));
    const detail::Prepared prepared =
        prepare_labelled(file, model, min_cosine, calibration, out.gold);
    out.articles = out.gold.size();
    std::map<std::uint32_t, double> sizes;
    for (const std::uint32_t story : out.gold)
        ++sizes[story];
    for (const std::uint32_t story : out.gold)
        out.story_sizes.push_back(sizes[story]);
    out.representatives = prepared.groups.representatives;
    out.pairs = prepared.candidates;
    out.features.resize(out.pairs.size());
    constexpr std::size_t pairs_per_task = 4096;
    detail::for_each_range(out.pairs.size(), pairs_per_task, 0, [&](detail::ItemRange range) {
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const detail::CandidatePair& pair = out.pairs[i];
            out.features[i] = prepared.corpus.measure(pair.first, pair.second, pair.cosine);
        }
    });
    return out;
}

} // namespace fabula::training
