// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/model_data.hpp"

#include "model/lookup/language_tags.hpp"
#include "model/lookup/search.hpp"
#include "model/lookup/subwords.hpp"
#include "model/lookup/word_batch.hpp"

#include <algorithm>

namespace fabula::detail {

int ModelData::language_index(std::string_view tag) const {
    if (parts_.any_language)
        return 0;
    return find_language(parts_.languages, tag);
}

bool ModelData::add_word(std::string_view normalised, std::string_view romanised,
                         std::string_view surface, TokenKind kind, int language, float weight,
                         float* out) const {
    const WordSpellings word{normalised, romanised, surface, kind};
    const std::vector<WordTable>& tables = parts_.tables;
    if (tables.size() == 1)
        return tables[0].add_known(word, weight, out) ||
               tables[0].add_from_subwords(word, weight, out);
    std::size_t first = ModelParts::all_tables;
    if (language >= 0 && static_cast<std::size_t>(language) < parts_.first_table.size())
        first = parts_.first_table[static_cast<std::size_t>(language)];
    if (first < tables.size() && (tables[first].add_known(word, weight, out) ||
                                  tables[first].add_from_subwords(word, weight, out)))
        return true;
    for (std::size_t i = 0; i < tables.size(); ++i)
        if (i != first && tables[i].add_known(word, weight, out))
            return true;
    for (std::size_t i = 0; i < tables.size(); ++i)
        if (i != first && tables[i].add_from_subwords(word, weight, out))
            return true;
    return false;
}

float ModelData::word_probability(int language, std::uint64_t hash) const {
    if (language < 0 || static_cast<std::size_t>(language) >= parts_.probabilities.languages())
        return 0;
    return parts_.probabilities.probability(static_cast<std::size_t>(language), hash);
}

void ModelData::word_probabilities(int language, std::span<const std::uint64_t> hashes,
                                   std::span<float> out) const {
    if (language < 0 || static_cast<std::size_t>(language) >= parts_.probabilities.languages()) {
        std::fill(out.begin(), out.end(), 0.0F);
        return;
    }
    const auto table = static_cast<std::size_t>(language);
    for (const std::uint64_t hash : hashes)
        parts_.probabilities.prefetch_slot(table, hash);
    for (const std::uint64_t hash : hashes)
        parts_.probabilities.prefetch_words(table, hash);
    for (std::size_t i = 0; i < hashes.size(); ++i)
        out[i] = parts_.probabilities.probability(table, hashes[i]);
}

const WordTable* ModelData::batch_table() const noexcept {
    return parts_.tables.size() == 1 && WordBatch::fits(parts_.tables[0]) ? parts_.tables.data()
                                                                          : nullptr;
}

std::span<const float> ModelData::mean(int language) const {
    const std::size_t row = static_cast<std::size_t>(language) * parts_.dimension;
    if (language < 0 || row + parts_.dimension > parts_.means.size())
        return zeros_;
    return {parts_.means.data() + row, parts_.dimension};
}

double ModelData::coefficient(std::string_view name, double fallback) const {
    const auto found = parts_.coefficients.find(std::string(name));
    return found == parts_.coefficients.end() ? fallback : found->second;
}

const LanguageIdentifier& ModelData::identifier() const {
    // Not std::call_once: after a call that throws, the next one must try again, and with
    // ThreadSanitizer it would wait for ever.
    const std::lock_guard lock(identifier_mutex_);
    if (!identifier_)
        identifier_.emplace(LanguageIdentifier::load(find_language_identifier(parts_.folder)));
    return *identifier_;
}

} // namespace fabula::detail
