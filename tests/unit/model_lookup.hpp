// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/lookup/model_data.hpp"

#include <fabula/model.hpp>
#include <fabula/text.hpp>

#include <string>
#include <vector>

namespace fabula::test {

struct Looked {
    bool known{};
    std::vector<float> vector;
};

/// The vector that a model gives a word in an article of a language.
inline Looked look_up(const Model& model, const std::string& word,
                      const std::string& language = "") {
    const detail::ModelData& data = detail::ModelData::of(model);
    Looked result{false, std::vector<float>(data.dimension())};
    result.known = data.add_word(normalised_form(word), romanised_form(word), word, TokenKind::word,
                                 data.language_index(language), 1, result.vector.data());
    return result;
}

} // namespace fabula::test
