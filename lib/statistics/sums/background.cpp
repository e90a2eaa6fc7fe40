// SPDX-License-Identifier: Apache-2.0
#include "statistics/sums/background.hpp"

#include "base/byte_stream.hpp"
#include "statistics/sums/bucket_bytes.hpp"
#include "statistics/sums/fixed_point.hpp"

#include <fabula/error.hpp>

#include <string_view>
#include <utility>

namespace fabula::detail {

namespace {

constexpr std::uint32_t least_articles = 2; ///< that a term must be in

/// What a term weighs where all articles have it.
std::uint64_t most_term_weight(const StatisticsBucket& bucket) {
    return bucket.weight * static_cast<std::uint64_t>(sum_units / weight_units);
}

} // namespace

std::optional<StatisticsBucket> background_of(const ModelData& model) {
    const auto bytes = model.background();
    if (bytes.empty())
        return std::nullopt;
    ByteReader in(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()),
                  ByteFault{Errc::damaged_model,
                            "model file " + model.card().path +
                                " is damaged: the sums of its background are wrong: ",
                            "; get a fresh copy"});
    StatisticsBucket out = get_bucket(in, model.dimension());
    in.expect_end();
    for (const auto& [key, term] : out.terms)
        if (term.articles < least_articles || term.weight > most_term_weight(out))
            in.refuse("the term " + std::to_string(key) + " is in " +
                      std::to_string(term.articles) + " articles of the weight " +
                      std::to_string(term.weight));
    return out;
}

std::string background_bytes(const StatisticsBucket& bucket) {
    if (bucket.articles == 0)
        throw Error(Errc::bad_input, "there are no articles to make a background of");
    StatisticsBucket kept = bucket;
    std::erase_if(kept.terms,
                  [](const auto& term) { return term.second.articles < least_articles; });
    ByteWriter out;
    put_bucket(out, kept);
    return std::move(out).bytes();
}

} // namespace fabula::detail
