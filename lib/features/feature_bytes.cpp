// SPDX-License-Identifier: Apache-2.0
#include "base/byte_stream.hpp"
#include "features/article_features.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

// Layout, all numbers with their lowest byte first: "FBLA", version, space, outcome, article,
// vector, lists, sketch, checksum. What can be computed from the rest is not in it.

namespace fabula::detail {

namespace {

constexpr ByteHeader header{0x414C4246, 3}; // "FBLA"
constexpr float heaviest_term = 1e6F;

/// The bits of a term that is required, as they are written.
std::uint32_t packed(const RequiredTerm& term) {
    return term.key | (std::uint32_t{term.is_number} << 29U) |
           (std::uint32_t{term.has_capitals} << 30U) | (std::uint32_t{term.at_edge} << 31U);
}

RequiredTerm unpacked(std::uint32_t bits) {
    RequiredTerm term{};
    term.key = bits & 0x1FFFFFFFU;
    const auto has = [&](unsigned bit) { return ((bits >> bit) & 1U) != 0; };
    term.is_number = has(29) ? 1 : 0;
    term.has_capitals = has(30) ? 1 : 0;
    term.at_edge = has(31) ? 1 : 0;
    return term;
}

void put_flag(ByteWriter& out, bool flag) {
    out.put(static_cast<std::uint8_t>(flag ? 1 : 0));
}

bool get_flag(ByteReader& in) {
    const auto flag = in.get<std::uint8_t>();
    if (flag > 1)
        in.refuse("a flag is " + std::to_string(flag));
    return flag == 1;
}

float get_finite(ByteReader& in, float most) {
    const auto value = in.get<float>();
    if (!(std::abs(value) <= most))
        in.refuse("a value is " + std::to_string(value) + ", beyond ±" + std::to_string(most));
    return value;
}

template <class Keys>
void get_keys(ByteReader& in, Keys& keys) {
    keys.resize(in.get_count(sizeof(std::uint32_t)));
    for (std::uint32_t& key : keys)
        key = in.get<std::uint32_t>();
    if (std::adjacent_find(keys.begin(), keys.end(), std::greater_equal<>()) != keys.end())
        in.refuse("its keys do not ascend");
}

void put_lexical(ByteWriter& out, const LexicalFeatures& lexical) {
    out.put(static_cast<std::uint32_t>(lexical.terms.size()));
    for (const WeightedTerm& term : lexical.terms) {
        out.put(term.key);
        out.put(term.is_name() ? -term.weight() : term.weight());
    }
    for (const auto* keys : {&lexical.numbers, &lexical.dates, &lexical.years, &lexical.names})
        out.put(*keys);
    out.put(static_cast<std::uint32_t>(lexical.stems.size()));
    for (const Stem& stem : lexical.stems)
        out.put(stem.bits());
    put_flag(out, lexical.is_titled);
    put_flag(out, lexical.has_unspelled_names);
    out.put(lexical.words);
    out.put(static_cast<std::uint32_t>(lexical.language + 1)); // none is 0
    out.put(lexical.sketch.values());
    out.put(static_cast<std::uint32_t>(lexical.required_terms.size()));
    for (const RequiredTerm& term : lexical.required_terms)
        out.put(packed(term));
}

void get_lexical(ByteReader& in, std::size_t languages, LexicalFeatures& lexical) {
    const std::size_t terms = in.get_count(sizeof(WeightedTerm));
    lexical.terms.reserve(terms);
    for (std::size_t i = 0; i < terms; ++i) {
        const auto key = in.get<std::uint32_t>();
        const float weight = get_finite(in, heaviest_term);
        if (i > 0 && lexical.terms.back().key >= key)
            in.refuse("its terms do not ascend");
        lexical.terms.emplace_back(key, std::abs(weight), std::signbit(weight));
    }
    for (auto* keys : {&lexical.numbers, &lexical.dates, &lexical.years, &lexical.names})
        get_keys(in, *keys);
    const std::size_t stems = in.get_count(sizeof(Stem));
    if (stems > most_stems)
        in.refuse("it has " + std::to_string(stems) + " stems");
    lexical.stems.reserve(stems);
    for (std::size_t i = 0; i < stems; ++i) {
        const Stem stem(in.get<std::uint32_t>());
        if (stem.weight() == 0 || (i > 0 && lexical.stems.back().key() >= stem.key()))
            in.refuse("its stems do not ascend, or one weighs nothing");
        lexical.stems.push_back(stem);
    }
    lexical.is_titled = get_flag(in);
    lexical.has_unspelled_names = get_flag(in);
    lexical.words = in.get<std::uint32_t>();
    const auto language = in.get<std::uint32_t>();
    if (language > languages)
        in.refuse("the number of its language is " + std::to_string(language) + " of " +
                  std::to_string(languages));
    lexical.language = static_cast<int>(language) - 1;
    std::vector<std::uint32_t> sketch;
    get_keys(in, sketch);
    if (sketch.size() > MinHashSketch::size)
        in.refuse("its sketch has " + std::to_string(sketch.size()) + " values");
    for (const std::uint32_t value : sketch)
        lexical.sketch.add(value);
    const std::size_t required = in.get_count(sizeof(std::uint32_t));
    lexical.required_terms.reserve(required);
    for (std::size_t i = 0; i < required; ++i) {
        const RequiredTerm term = unpacked(in.get<std::uint32_t>());
        if (i > 0 && lexical.required_terms.back().key >= term.key)
            in.refuse("its required terms do not ascend");
        lexical.required_terms.push_back(term);
    }
    measure_terms(lexical);
}

void put_outcome(ByteWriter& out, const EmbeddingOutcome& outcome) {
    out.put(static_cast<std::uint8_t>(outcome.status));
    out.put(std::string_view(outcome.language));
    out.put(outcome.language_probability);
    out.put(static_cast<std::uint64_t>(outcome.words));
}

EmbeddingOutcome get_outcome(ByteReader& in) {
    EmbeddingOutcome out;
    const auto status = in.get<std::uint8_t>();
    if (status > static_cast<std::uint8_t>(EmbeddingStatus::no_known_words))
        in.refuse("its status is " + std::to_string(status));
    out.status = static_cast<EmbeddingStatus>(status);
    out.language = in.get_text();
    out.language_probability = get_finite(in, 1);
    out.words = in.get<std::uint64_t>();
    return out;
}

void put_vector(ByteWriter& out, std::span<const float> vector, bool has_vector) {
    out.put(static_cast<std::uint32_t>(vector.size()));
    if (has_vector)
        for (const float value : vector)
            out.put(value);
}

std::pmr::vector<float> get_vector(ByteReader& in, bool has_vector) {
    constexpr float rounding = 1e-3F;
    constexpr std::uint32_t most_dimensions = 65'536; // see `check_vectors`
    const auto dimension = in.get<std::uint32_t>();
    if (dimension > most_dimensions)
        in.refuse("its vector has " + std::to_string(dimension) + " dimensions");
    std::pmr::vector<float> out(dimension);
    double squares = has_vector ? 0 : 1;
    if (has_vector)
        for (float& value : out) {
            value = get_finite(in, 1 + rounding);
            squares += static_cast<double>(value) * static_cast<double>(value);
        }
    if (std::abs(squares - 1) > static_cast<double>(rounding))
        in.refuse("the length of its vector is " + std::to_string(std::sqrt(squares)) + ", not 1");
    return out;
}

} // namespace

void ByteHeader::put(ByteWriter& out, std::uint64_t space) const {
    out.put(magic);
    out.put(version);
    out.put(space);
}

std::uint64_t ByteHeader::get(ByteReader& in, const Model& model) const {
    if (in.get<std::uint32_t>() != magic)
        in.refuse("they do not begin as such do");
    if (const auto theirs = in.get<std::uint16_t>(); theirs != version)
        throw Error(Errc::other_model, "the " + in.what() + " are of version " +
                                           std::to_string(theirs) + ", but this library reads " +
                                           std::to_string(version) + "; make them again");
    const auto space = in.get<std::uint64_t>();
    if (space != feature_space(ModelData::of(model)))
        throw Error(Errc::other_model, "the " + in.what() + " were made with another model than " +
                                           model.card().path + "; make them again with this one");
    return space;
}

} // namespace fabula::detail

namespace fabula::inline v0 {

std::string ArticleFeatures::to_bytes() const {
    detail::ByteWriter out;
    const detail::LexicalFeatures& lexical = data_->lexical;
    detail::header.put(out, data_->space);
    detail::put_flag(out, data_->has_own_vector);
    detail::put_outcome(out, data_->outcome);
    out.put(std::string_view(data_->id));
    out.put(std::string_view(data_->source));
    out.put(data_->identity);
    detail::put_flag(out, lexical.published.has_value());
    out.put(std::int64_t{lexical.published ? lexical.published->time_since_epoch().count() : 0});
    detail::put_vector(out, data_->vector, lexical.has_vector);
    detail::put_lexical(out, lexical);
    return std::move(out).sealed();
}

ArticleFeatures ArticleFeatures::from_bytes(const Model& model, std::string_view bytes) {
    detail::ByteReader in(bytes, "article features");
    auto data = std::make_shared<detail::FeatureData>();
    data->space = detail::header.get(in, model);
    data->has_own_vector = detail::get_flag(in);
    data->outcome = detail::get_outcome(in);
    data->id = in.get_text();
    data->source = in.get_text();
    data->identity = in.get<std::uint64_t>();
    detail::LexicalFeatures& lexical = data->lexical;
    lexical.has_vector = data->outcome.status == EmbeddingStatus::ok;
    const bool is_dated = detail::get_flag(in);
    const std::chrono::sys_seconds published{std::chrono::seconds{in.get<std::int64_t>()}};
    if (is_dated)
        lexical.published = published;
    data->vector = detail::get_vector(in, lexical.has_vector);
    if (!data->has_own_vector && data->vector.size() != model.dimension())
        in.refuse("its vector has " + std::to_string(data->vector.size()) + " dimensions, not " +
                  std::to_string(model.dimension()));
    detail::get_lexical(in, model.languages().size(), lexical);
    in.expect_end();
    return detail::FeatureData::wrap(std::move(data));
}

} // namespace fabula::inline v0
