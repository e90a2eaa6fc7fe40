// SPDX-License-Identifier: Apache-2.0
#include "statistics/sums/collection_statistics.hpp"

#include "features/article_features.hpp"
#include "statistics/sums/fixed_point.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace fabula::detail {

void StatisticsBucket::add(const StatisticsBucket& part) {
    articles += part.articles;
    weight += part.weight;
    moments.add(part.moments);
    for (const auto& [key, sum] : part.terms) {
        TermSum& own = terms[key];
        own = {key, own.articles + sum.articles, own.weight + sum.weight};
    }
}

bool StatisticsBucket::holds(const StatisticsBucket& part) const {
    return articles >= part.articles && weight >= part.weight &&
           moments.weight() >= part.moments.weight() &&
           std::all_of(part.terms.begin(), part.terms.end(), [&](const auto& term) {
               const auto own = terms.find(term.first);
               return own != terms.end() && own->second.articles >= term.second.articles &&
                      own->second.weight >= term.second.weight;
           });
}

void StatisticsBucket::subtract(const StatisticsBucket& part) {
    articles -= part.articles;
    weight -= part.weight;
    moments.subtract(part.moments);
    for (const auto& [key, sum] : part.terms) {
        const auto own = terms.find(key);
        own->second.articles -= sum.articles;
        own->second.weight -= sum.weight;
        if (own->second.articles == 0)
            terms.erase(own);
    }
}

std::vector<TermSum> StatisticsBucket::sorted_terms() const {
    std::vector<TermSum> out;
    out.reserve(terms.size());
    for (const auto& [key, sum] : terms)
        out.push_back(sum);
    std::sort(out.begin(), out.end(),
              [](const TermSum& a, const TermSum& b) { return a.key < b.key; });
    return out;
}

void StatisticsData::require_same_space(const StatisticsData& other) const {
    if (space != other.space)
        throw Error(Errc::other_model, "the statistics were made with another model than what is "
                                       "to be put together with them; make both with one model");
    if (dimension != 0 && other.dimension != 0 &&
        (has_own_vectors != other.has_own_vectors || dimension != other.dimension))
        throw Error(Errc::other_model, "the statistics are of vectors of another encoder, of " +
                                           std::to_string(dimension) + " dimensions, not of " +
                                           std::to_string(other.dimension) +
                                           "; use vectors of one encoder together");
}

std::uint64_t StatisticsData::weight() const {
    std::uint64_t sum = 0;
    for (const auto& [day, bucket] : buckets)
        sum += bucket.weight;
    return sum;
}

StatisticsBucket StatisticsData::total() const {
    StatisticsBucket all;
    for (const auto& [day, bucket] : buckets)
        all.add(bucket);
    return all;
}

StatisticsData statistics_of(const ArticleFeatures& features, double document_weight) {
    if (!(document_weight >= 0 && document_weight <= 1))
        throw Error(Errc::bad_input, "the document weight of \"" + features.id() + "\" is " +
                                         std::to_string(document_weight) +
                                         ", but must be in [0, 1]");
    const FeatureData& data = FeatureData::of(features);
    StatisticsData out{data.space, data.has_own_vector, data.vector.size(), {}};
    if (document_weight == 0)
        return out;
    StatisticsData::Day day;
    if (data.lexical.published)
        day = std::chrono::floor<std::chrono::days>(*data.lexical.published)
                  .time_since_epoch()
                  .count();
    StatisticsBucket& bucket = out.buckets[day];
    bucket.articles = 1;
    bucket.weight = in_units(document_weight, weight_units);
    bucket.moments = VectorMoments(data.vector, document_weight);
    const double whole = whole_weight(document_weight);
    for (const WeightedTerm& term : data.lexical.terms)
        bucket.terms.emplace(term.key, TermSum{term.key, 1, in_units(whole, sum_units)});
    return out;
}

namespace {

void merge(StatisticsData& all, const StatisticsData& part) {
    all.require_same_space(part);
    if (all.weight() + part.weight() > most_weight)
        throw Error(Errc::bad_input, "the statistics would be of more than 67 million stories; "
                                     "keep those of shorter times apart");
    if (part.buckets.empty())
        return;
    if (all.buckets.empty()) {
        all.has_own_vectors = part.has_own_vectors;
        all.dimension = part.dimension;
    }
    for (const auto& [day, bucket] : part.buckets)
        all.buckets[day].add(bucket);
}

void subtract(StatisticsData& all, const StatisticsData& part) {
    all.require_same_space(part);
    for (const auto& [day, bucket] : part.buckets)
        if (const auto own = all.buckets.find(day);
            own == all.buckets.end() || !own->second.holds(bucket))
            throw Error(Errc::bad_input,
                        "the statistics do not hold what is to be taken away from them; "
                        "take away only what was added, with the same weights");
    for (const auto& [day, bucket] : part.buckets) {
        const auto own = all.buckets.find(day);
        own->second.subtract(bucket);
        if (own->second.articles == 0)
            all.buckets.erase(own);
    }
    if (all.buckets.empty())
        all.dimension = 0;
}

} // namespace

} // namespace fabula::detail

namespace fabula::inline v0 {

CollectionStatistics::CollectionStatistics(const Model& model)
    : data_(std::make_unique<detail::StatisticsData>()) {
    data_->space = detail::feature_space(detail::ModelData::of(model));
}

CollectionStatistics::~CollectionStatistics() = default;
CollectionStatistics::CollectionStatistics(const CollectionStatistics& other)
    : data_(std::make_unique<detail::StatisticsData>(*other.data_)) {}
CollectionStatistics::CollectionStatistics(CollectionStatistics&&) noexcept = default;
CollectionStatistics& CollectionStatistics::operator=(const CollectionStatistics& other) {
    return *this = CollectionStatistics(other);
}
CollectionStatistics& CollectionStatistics::operator=(CollectionStatistics&&) noexcept = default;

void CollectionStatistics::add(const ArticleFeatures& features, double document_weight) {
    detail::merge(*data_, detail::statistics_of(features, document_weight));
}

void CollectionStatistics::subtract(const ArticleFeatures& features, double document_weight) {
    detail::subtract(*data_, detail::statistics_of(features, document_weight));
}

void CollectionStatistics::merge(const CollectionStatistics& part) {
    detail::merge(*data_, *part.data_);
}

void CollectionStatistics::subtract(const CollectionStatistics& part) {
    if (&part == this)
        *data_ = {data_->space, false, 0, {}};
    else
        detail::subtract(*data_, *part.data_);
}

CollectionStatistics CollectionStatistics::between(std::chrono::sys_days first,
                                                   std::chrono::sys_days last) const {
    CollectionStatistics out(*this);
    std::erase_if(out.data_->buckets, [&](const auto& bucket) {
        const detail::StatisticsData::Day day = bucket.first;
        return day &&
               (*day < first.time_since_epoch().count() || *day > last.time_since_epoch().count());
    });
    if (out.data_->buckets.empty())
        out.data_->dimension = 0;
    return out;
}

std::size_t CollectionStatistics::articles() const noexcept {
    std::size_t sum = 0;
    for (const auto& [day, bucket] : data_->buckets)
        sum += bucket.articles;
    return sum;
}

double CollectionStatistics::stories() const noexcept {
    return static_cast<double>(data_->weight()) / detail::weight_units;
}

bool operator==(const CollectionStatistics& a, const CollectionStatistics& b) {
    return a.data_->space == b.data_->space && a.data_->buckets == b.data_->buckets &&
           (a.data_->buckets.empty() || a.data_->has_own_vectors == b.data_->has_own_vectors);
}

} // namespace fabula::inline v0
