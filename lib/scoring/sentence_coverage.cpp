// SPDX-License-Identifier: Apache-2.0
#include "scoring/sentence_coverage.hpp"

#include "embedding/sentence_vectors.hpp"
#include "neighbours/join/dot.hpp"

#include <algorithm>
#include <tuple>

namespace fabula::detail {

namespace {

/// Cosines of all sentences of one with all of the other; the titles only where a text is nothing
/// but its title.
struct SentenceCosines {
    std::size_t first_begin{};
    std::size_t second_begin{};
    std::size_t rows{};
    std::size_t columns{};
    std::vector<float> values;

    SentenceCosines(const SentenceEmbeddings& first, const SentenceEmbeddings& second) {
        first_begin = body_begin(first);
        second_begin = body_begin(second);
        rows = std::min(first.matrix.rows - first_begin, compared_sentences);
        columns = std::min(second.matrix.rows - second_begin, compared_sentences);
        values.resize(rows * columns);
        for (std::size_t i = 0; i < rows; ++i)
            for (std::size_t j = 0; j < columns; ++j)
                values[i * columns + j] = std::clamp(dot(first.matrix.row(first_begin + i).data(),
                                                         second.matrix.row(second_begin + j).data(),
                                                         first.matrix.dimension),
                                                     -1.0F, 1.0F);
    }

    [[nodiscard]] float at(std::size_t i, std::size_t j) const { return values[i * columns + j]; }

    [[nodiscard]] std::size_t best_column(std::size_t i) const {
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(i * columns);
        return static_cast<std::size_t>(
            std::max_element(begin, begin + static_cast<std::ptrdiff_t>(columns)) - begin);
    }

    [[nodiscard]] std::size_t best_row(std::size_t j) const {
        std::size_t best = 0;
        for (std::size_t i = 1; i < rows; ++i)
            if (at(i, j) > at(best, j))
                best = i;
        return best;
    }

private:
    static std::size_t body_begin(const SentenceEmbeddings& sentences) {
        return sentences.has_title && sentences.matrix.rows > 1 ? 1 : 0;
    }
};

double bytes_of(const ByteRange& range) {
    return static_cast<double>(range.end - range.begin);
}

} // namespace

Coverage sentence_coverage(const SentenceEmbeddings& first, const SentenceEmbeddings& second,
                           double factor) {
    const SentenceCosines cosines(first, second);
    Coverage out;
    if (cosines.rows == 0 || cosines.columns == 0)
        return out;
    std::vector<std::size_t> best_row(cosines.columns);
    double second_total = 0;
    for (std::size_t j = 0; j < cosines.columns; ++j) {
        best_row[j] = cosines.best_row(j);
        second_total += bytes_of(second.ranges[cosines.second_begin + j]);
    }
    double first_total = 0;
    for (std::size_t i = 0; i < cosines.rows; ++i) {
        const std::size_t j = cosines.best_column(i);
        const double weight = bytes_of(first.ranges[cosines.first_begin + i]);
        first_total += weight;
        if (best_row[j] == i) {
            const double aligned =
                std::clamp(static_cast<double>(cosines.at(i, j)) * factor, 0.0, 1.0);
            out.first_aligned += weight * aligned;
            out.second_aligned += bytes_of(second.ranges[cosines.second_begin + j]) * aligned;
        }
    }
    out.first_aligned /= first_total;
    out.second_aligned /= second_total;
    return out;
}

std::vector<Passage> aligned_passages(const SentenceEmbeddings& first,
                                      const SentenceEmbeddings& second, float min_similarity,
                                      std::size_t at_most) {
    const SentenceCosines cosines(first, second);
    std::vector<Passage> out;
    // Without a body, the only row is a title, which is no passage of the text.
    if ((first.has_title && first.matrix.rows == 1) ||
        (second.has_title && second.matrix.rows == 1) || cosines.columns == 0)
        return out;
    for (std::size_t i = 0; i < cosines.rows; ++i) {
        const std::size_t j = cosines.best_column(i);
        if (cosines.at(i, j) >= min_similarity && cosines.best_row(j) == i)
            out.push_back({first.ranges[cosines.first_begin + i],
                           second.ranges[cosines.second_begin + j], cosines.at(i, j)});
    }
    // Ties by place in both texts alike, so that swapping the articles swaps the sides and no more.
    std::sort(out.begin(), out.end(), [](const Passage& a, const Passage& b) {
        const auto place = [](const Passage& p) {
            return std::tuple(p.first.begin + p.second.begin,
                              std::min(p.first.begin, p.second.begin));
        };
        return a.similarity != b.similarity ? a.similarity > b.similarity : place(a) < place(b);
    });
    if (out.size() > at_most)
        out.resize(at_most);
    return out;
}

RelationRule::RelationRule(const ModelData& model)
    : duplicate_resemblance_(model.coefficient("relation.duplicate_resemblance", 0.7)),
      duplicate_containment_(model.coefficient("relation.duplicate_containment", 0.9)),
      rewrite_{model.coefficient("relation.rewrite_both", 0.30),
               model.coefficient("relation.rewrite_one", 0.55)},
      translation_{model.coefficient("relation.translation_both", 0.18),
                   model.coefficient("relation.translation_one", 0.40)} {}

bool RelationRule::is_duplicate(double probability, const LexicalFeatures& a,
                                const LexicalFeatures& b) const {
    constexpr double shortest_excerpt = 0.3; // of the whole
    if (a.language != b.language || (probability < least_of_versions &&
                                     !may_be_near_duplicates(a.required_terms, b.required_terms)))
        return false;
    const double alike = resemblance(a.sketch, b.sketch);
    return alike >= duplicate_resemblance_ ||
           (alike >= shortest_excerpt &&
            std::max(containment(a.sketch, b.sketch), containment(b.sketch, a.sketch)) >=
                duplicate_containment_);
}

Relation RelationRule::decide(double probability, const LexicalFeatures& a,
                              const LexicalFeatures& b, const Coverage& coverage) const {
    if (is_duplicate(probability, a, b))
        return Relation::duplicate;
    if (probability < least_of_versions)
        return Relation::unrelated;
    if (std::min(a.words, b.words) < least_words_of_versions)
        return Relation::same_story;
    const bool same_language = a.language == b.language;
    const auto [smaller, larger] = std::minmax(coverage.first_aligned, coverage.second_aligned);
    const Aligned& least = same_language ? rewrite_ : translation_;
    if (smaller < least.both && larger < least.one)
        return Relation::same_story;
    return same_language ? Relation::rewrite : Relation::translation;
}

} // namespace fabula::detail
