// SPDX-License-Identifier: Apache-2.0
#include "vectors.hpp"

#include <fabula/error.hpp>

#include <fasttext/vector.h>

namespace fabula::training {

namespace {

void scale(Eigen::RowVectorXf& vector) {
    if (const float norm = vector.norm(); norm > 0)
        vector /= norm;
}

} // namespace

WordVectors::WordVectors(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file))
        throw Error(Errc::file_not_found,
                    file.string() + ": there are no vectors of this language");
    model_.loadModel(file.string());
    const auto dictionary = model_.getDictionary();
    const auto counts = dictionary->getCounts(fasttext::entry_type::word);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const std::string word = dictionary->getWord(static_cast<std::int32_t>(i));
        if (word == fasttext::Dictionary::EOS)
            continue;
        counts_.emplace(word, counts[i]);
        total_ += static_cast<double>(counts[i]);
    }
}

const Eigen::RowVectorXf& WordVectors::word(const std::string& normalised) {
    const auto [place, added] = words_.try_emplace(normalised);
    if (added) {
        fasttext::Vector vector(dimension());
        model_.getWordVector(vector, normalised);
        place->second = Eigen::Map<const Eigen::RowVectorXf>(vector.data(), dimension());
        scale(place->second);
    }
    return place->second;
}

WordVectors::Sentence WordVectors::sentence(const std::string& text) {
    constexpr double smoothing = 1e-3;
    Sentence out{Eigen::RowVectorXf::Zero(dimension()), Eigen::RowVectorXf::Zero(dimension())};
    const AnalyzedText analyzed = analyzer_.analyze(text, Sentences::skip);
    for (const Token& token : analyzed.tokens) {
        const std::string normalised(token.normalised);
        const auto known = counts_.find(normalised);
        const double share =
            known == counts_.end() ? 0 : static_cast<double>(known->second) / total_;
        const Eigen::RowVectorXf& vector = word(normalised);
        out.mean += vector;
        out.sif += static_cast<float>(smoothing / (smoothing + share)) * vector;
    }
    scale(out.mean);
    scale(out.sif);
    return out;
}

} // namespace fabula::training
