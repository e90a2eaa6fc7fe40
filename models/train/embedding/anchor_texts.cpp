// SPDX-License-Identifier: Apache-2.0
#include "anchor_texts.hpp"

#include "anchor.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace fabula::training {

namespace {

constexpr std::uint32_t no_row = 0xFFFFFFFFU;

} // namespace

AnchorTexts::AnchorTexts(const Corpus& corpus, const std::filesystem::path& folder,
                         const std::string& pivot, std::size_t dimension)
    : corpus_(corpus), pivot_(static_cast<std::uint16_t>(
                           std::find(corpus.languages.begin(), corpus.languages.end(), pivot) -
                           corpus.languages.begin())),
      dimension_(dimension), numbers_(corpus.types.size(), no_row) {
    const Anchor anchor = Anchor::load(folder);
    if (anchor.dimension() != dimension_)
        throw std::invalid_argument("the anchor has " + std::to_string(anchor.dimension()) +
                                    " dimensions, the model " + std::to_string(dimension_));
    for (const Line& line : corpus.lines)
        if (line.language == pivot_)
            for (const std::uint32_t word : corpus.text(line))
                if (numbers_[word] == no_row) {
                    numbers_[word] = static_cast<std::uint32_t>(rows_.size() / dimension_);
                    rows_.resize(rows_.size() + dimension_);
                    anchor.word_vector(corpus.types[word].romanised,
                                       std::span(rows_).last(dimension_));
                }
}

std::span<const float> AnchorTexts::units(const std::vector<TextPair>& pairs) {
    units_.assign(pairs.size() * dimension_, 0.0F);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const Line& line = corpus_.lines[pairs[i].second];
        if (line.language != pivot_)
            continue;
        float* out = units_.data() + i * dimension_;
        for (const std::uint32_t word : corpus_.text(line))
            for (std::size_t d = 0; d < dimension_; ++d)
                out[d] += rows_[numbers_[word] * dimension_ + d];
        float squares = 0;
        for (std::size_t d = 0; d < dimension_; ++d)
            squares += out[d] * out[d];
        if (squares > 0)
            for (std::size_t d = 0; d < dimension_; ++d)
                out[d] /= std::sqrt(squares);
    }
    return units_;
}

} // namespace fabula::training
