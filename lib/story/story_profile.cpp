// SPDX-License-Identifier: Apache-2.0
#include "features/article_features.hpp"
#include "statistics/sums/fixed_point.hpp"

#include <fabula/error.hpp>
#include <fabula/story.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>

namespace fabula::detail {

struct ProfileData {
    std::uint64_t space{}; ///< see `feature_space`
    bool has_own_vectors{};
    std::size_t articles{};
    std::vector<std::int64_t> vector;             ///< in `component_units`
    std::map<std::uint32_t, std::uint64_t> terms; ///< weights in `weight_units`, by key
    std::map<std::uint32_t, std::size_t> numbers;
    std::map<std::chrono::sys_days, std::size_t> days;
    std::map<std::string, std::size_t> languages;
    std::map<std::string, std::size_t> sources;
    std::optional<std::chrono::sys_seconds> first;
    std::optional<std::chrono::sys_seconds> last;

    friend bool operator==(const ProfileData&, const ProfileData&) = default;
};

namespace {

template <class Key, class Count>
void add(std::map<Key, Count>& all, const std::map<Key, Count>& part) {
    for (const auto& [key, count] : part)
        all[key] += count;
}

template <class Key>
StoryProfile::Counts<Key> most_first(const std::map<Key, std::size_t>& counts) {
    StoryProfile::Counts<Key> out(counts.begin(), counts.end());
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    return out;
}

double cosine(double product, double square_a, double square_b) {
    return square_a > 0 && square_b > 0 ? product / std::sqrt(square_a * square_b) : 0;
}

} // namespace

} // namespace fabula::detail

namespace fabula::inline v0 {

StoryProfile::StoryProfile(const ArticleFeatures& article)
    : data_(std::make_unique<detail::ProfileData>()) {
    const detail::FeatureData& features = detail::FeatureData::of(article);
    const detail::LexicalFeatures& lexical = features.lexical;
    data_->space = features.space;
    data_->has_own_vectors = features.has_own_vector;
    data_->articles = 1;
    for (const float value : features.vector)
        data_->vector.push_back(static_cast<std::int64_t>(detail::component_in_units(value)));
    for (const detail::WeightedTerm& term : lexical.terms)
        data_->terms.emplace(
            term.key, detail::in_units(static_cast<double>(term.weight()), detail::weight_units));
    for (const std::uint32_t number : lexical.numbers)
        data_->numbers.emplace(number, 1);
    data_->languages.emplace(features.outcome.language, 1);
    if (!features.source.empty())
        data_->sources.emplace(features.source, 1);
    data_->first = data_->last = lexical.published;
    if (lexical.published)
        data_->days.emplace(std::chrono::floor<std::chrono::days>(*lexical.published), 1);
}

StoryProfile::~StoryProfile() = default;
StoryProfile::StoryProfile(const StoryProfile& other)
    : data_(std::make_unique<detail::ProfileData>(*other.data_)) {}
StoryProfile::StoryProfile(StoryProfile&&) noexcept = default;
StoryProfile& StoryProfile::operator=(const StoryProfile& other) {
    return *this = StoryProfile(other);
}
StoryProfile& StoryProfile::operator=(StoryProfile&&) noexcept = default;

void StoryProfile::merge(const StoryProfile& part) {
    const detail::ProfileData& other = *part.data_;
    if (data_->space != other.space || data_->has_own_vectors != other.has_own_vectors ||
        data_->vector.size() != other.vector.size())
        throw Error(Errc::other_model, "the two story profiles were made with two models or from "
                                       "vectors of two encoders; make both with one");
    data_->articles += other.articles;
    std::transform(data_->vector.begin(), data_->vector.end(), other.vector.begin(),
                   data_->vector.begin(), std::plus<>());
    detail::add(data_->terms, other.terms);
    detail::add(data_->numbers, other.numbers);
    detail::add(data_->days, other.days);
    detail::add(data_->languages, other.languages);
    detail::add(data_->sources, other.sources);
    if (other.first) {
        data_->first = std::min(data_->first.value_or(*other.first), *other.first);
        data_->last = std::max(data_->last.value_or(*other.last), *other.last);
    }
}

std::size_t StoryProfile::articles() const noexcept {
    return data_->articles;
}

StoryProfile::Counts<std::string> StoryProfile::languages() const {
    return detail::most_first(data_->languages);
}

StoryProfile::Counts<std::string> StoryProfile::sources() const {
    return detail::most_first(data_->sources);
}

StoryProfile::Counts<std::chrono::sys_days> StoryProfile::days() const {
    return {data_->days.begin(), data_->days.end()};
}

std::optional<std::chrono::sys_seconds> StoryProfile::first_published() const noexcept {
    return data_->first;
}

std::optional<std::chrono::sys_seconds> StoryProfile::last_published() const noexcept {
    return data_->last;
}

double StoryProfile::similarity(const StoryProfile& other) const {
    const auto& a = data_->vector;
    const auto& b = other.data_->vector;
    if (a.size() != b.size())
        return 0;
    double product = 0;
    double square_a = 0;
    double square_b = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto x = static_cast<double>(a[i]);
        const auto y = static_cast<double>(b[i]);
        product += x * y;
        square_a += x * x;
        square_b += y * y;
    }
    return detail::cosine(product, square_a, square_b);
}

double StoryProfile::term_similarity(const StoryProfile& other) const {
    const auto square = [](const auto& terms) {
        double sum = 0;
        for (const auto& [key, weight] : terms)
            sum += static_cast<double>(weight) * static_cast<double>(weight);
        return sum;
    };
    double product = 0;
    for (const auto& [key, weight] : data_->terms)
        if (const auto theirs = other.data_->terms.find(key); theirs != other.data_->terms.end())
            product += static_cast<double>(weight) * static_cast<double>(theirs->second);
    return detail::cosine(product, square(data_->terms), square(other.data_->terms));
}

double StoryProfile::shared_numbers(const StoryProfile& other) const {
    const std::size_t fewer = std::min(data_->numbers.size(), other.data_->numbers.size());
    const auto shared =
        std::count_if(data_->numbers.begin(), data_->numbers.end(), [&](const auto& number) {
            return other.data_->numbers.contains(number.first);
        });
    return fewer > 0 ? static_cast<double>(shared) / static_cast<double>(fewer) : 0;
}

bool operator==(const StoryProfile& a, const StoryProfile& b) {
    return *a.data_ == *b.data_;
}

} // namespace fabula::inline v0
