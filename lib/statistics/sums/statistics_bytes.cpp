// SPDX-License-Identifier: Apache-2.0
#include "base/byte_stream.hpp"
#include "features/article_features.hpp"
#include "statistics/sums/bucket_bytes.hpp"
#include "statistics/sums/collection_statistics.hpp"
#include "statistics/sums/fixed_point.hpp"

#include <fabula/error.hpp>

#include <utility>

// Layout, all numbers with their lowest byte first: "FBLS", version, space, vectors, buckets in the
// order of their days (each the counts, the moments, the terms by key), checksum.

namespace fabula::detail {

namespace {

constexpr ByteHeader header{0x534C4246, 1}; // "FBLS"
constexpr std::uint32_t most_dimensions = 65'536;

void put_moments(ByteWriter& out, const VectorMoments& moments) {
    out.put(moments.weight());
    const auto& sum = moments.sum();
    const auto& squares = moments.squares();
    for (Eigen::Index i = 0; i < sum.size(); ++i) {
        out.put(std::int64_t{sum[i]});
        for (Eigen::Index j = 0; j <= i; ++j)
            out.put(std::int64_t{squares(i, j)});
    }
}

VectorMoments get_moments(ByteReader& in, std::size_t dimension) {
    const auto weight = in.get<std::uint64_t>();
    if (weight > most_weight)
        in.refuse("the weight of its vectors is " + std::to_string(weight));
    const auto d = static_cast<Eigen::Index>(dimension);
    if (in.left() / sizeof(std::int64_t) < dimension * (dimension + 3) / 2)
        in.refuse("they end before the moments of " + std::to_string(dimension) + " dimensions");
    VectorMoments::Integers sum = VectorMoments::Integers::Zero(d);
    VectorMoments::IntegerSquares squares = VectorMoments::IntegerSquares::Zero(d, d);
    // No component is beyond ±1, whatever the rounding.
    const auto most = static_cast<std::int64_t>(weight);
    constexpr auto units = static_cast<std::int64_t>(component_units) + 1;
    const auto get = [&](std::int64_t bound) {
        const auto value = in.get<std::int64_t>();
        if (value > bound || value < -bound)
            in.refuse("a sum is " + std::to_string(value) + ", beyond ±" + std::to_string(bound));
        return value;
    };
    for (Eigen::Index i = 0; i < d; ++i) {
        sum[i] = get(most * units);
        for (Eigen::Index j = 0; j <= i; ++j)
            squares(i, j) = get(most * units * units);
    }
    return {weight, std::move(sum), std::move(squares)};
}

} // namespace

void put_bucket(ByteWriter& out, const StatisticsBucket& bucket) {
    out.put(static_cast<std::uint64_t>(bucket.articles));
    out.put(bucket.weight);
    put_moments(out, bucket.moments);
    out.put(static_cast<std::uint32_t>(bucket.terms.size()));
    for (const TermSum& term : bucket.sorted_terms()) {
        out.put(term.key);
        out.put(term.articles);
        out.put(term.weight);
    }
}

StatisticsBucket get_bucket(ByteReader& in, std::size_t dimension) {
    StatisticsBucket out;
    out.articles = in.get<std::uint64_t>();
    out.weight = in.get<std::uint64_t>();
    if (out.articles == 0 || out.weight < out.articles || out.weight > most_weight)
        in.refuse("a bucket has " + std::to_string(out.articles) + " articles of the weight " +
                  std::to_string(out.weight));
    out.moments = get_moments(in, dimension);
    if (out.moments.weight() > out.weight)
        in.refuse("the vectors of a bucket weigh more than its articles");
    const std::size_t terms = in.get_count(16);
    out.terms.reserve(terms);
    std::optional<std::uint32_t> last;
    for (std::size_t i = 0; i < terms; ++i) {
        TermSum term;
        term.key = in.get<std::uint32_t>();
        term.articles = in.get<std::uint32_t>();
        term.weight = in.get<std::uint64_t>();
        if (last && *last >= term.key)
            in.refuse("its terms do not ascend");
        if (term.articles == 0 || term.articles > out.articles || term.weight < term.articles)
            in.refuse("a term has " + std::to_string(term.articles) + " articles of the weight " +
                      std::to_string(term.weight));
        last = term.key;
        out.terms.emplace(term.key, term);
    }
    return out;
}

} // namespace fabula::detail

namespace fabula::inline v0 {

std::string CollectionStatistics::to_bytes() const {
    detail::ByteWriter out;
    detail::header.put(out, data_->space);
    out.put(static_cast<std::uint8_t>(data_->has_own_vectors && !data_->buckets.empty() ? 1 : 0));
    out.put(static_cast<std::uint32_t>(data_->buckets.empty() ? 0 : data_->dimension));
    out.put(static_cast<std::uint32_t>(data_->buckets.size()));
    for (const auto& [day, bucket] : data_->buckets) {
        out.put(static_cast<std::uint8_t>(day ? 1 : 0));
        out.put(std::int64_t{day.value_or(0)});
        detail::put_bucket(out, bucket);
    }
    return std::move(out).sealed();
}

CollectionStatistics CollectionStatistics::from_bytes(const Model& model, std::string_view bytes) {
    detail::ByteReader in(bytes, "collection statistics");
    CollectionStatistics out(model);
    detail::StatisticsData& data = *out.data_;
    data.space = detail::header.get(in, model);
    const auto own = in.get<std::uint8_t>();
    data.has_own_vectors = own == 1;
    data.dimension = in.get<std::uint32_t>();
    const std::size_t buckets = in.get_count(1);
    if (own > 1 || data.dimension > detail::most_dimensions ||
        (data.dimension == 0) != (buckets == 0) ||
        (buckets > 0 && own == 0 && data.dimension != model.dimension()))
        in.refuse("their vectors have " + std::to_string(data.dimension) + " dimensions");
    for (std::size_t i = 0; i < buckets; ++i) {
        const auto is_dated = in.get<std::uint8_t>();
        const auto number = in.get<std::int64_t>();
        detail::StatisticsData::Day day;
        if (is_dated == 1)
            day = number;
        if (is_dated > 1 || (!day && number != 0) ||
            (!data.buckets.empty() && data.buckets.rbegin()->first >= day))
            in.refuse("their days do not ascend");
        data.buckets.emplace_hint(data.buckets.end(), day, detail::get_bucket(in, data.dimension));
        if (data.weight() > detail::most_weight)
            in.refuse("they are of more stories than there is room for");
    }
    in.expect_end();
    return out;
}

} // namespace fabula::inline v0
