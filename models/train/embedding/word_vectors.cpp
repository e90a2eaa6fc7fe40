// SPDX-License-Identifier: Apache-2.0
#include "word_vectors.hpp"

#include "model/lookup/word_parts.hpp"

#include <algorithm>
#include <array>

namespace fabula::training {

namespace {

using Entries = std::unordered_map<std::uint64_t, std::int64_t>;

std::int64_t find(const Entries& entries, std::uint64_t hash) {
    const auto found = entries.find(hash);
    return found == entries.end() ? -1 : found->second;
}

/// What a word without a row leans on, and the weight of its subwords beside that.
struct Lean {
    std::array<std::size_t, 2> entries{};
    std::size_t count{};
    float subwords{1.0F};
};

Lean lean_of(const WordType& word, const Entries& entries) {
    Lean lean;
    if (detail::may_borrow_from_romanised(word.normalised, word.romanised))
        if (const std::int64_t entry = find(entries, detail::word_hash(word.romanised));
            entry >= 0) {
            lean.entries[lean.count++] = static_cast<std::size_t>(entry);
            lean.subwords = 0.5F;
            return lean;
        }
    detail::for_each_known_part(
        word.normalised, word.kind, [&](std::uint64_t hash) { return find(entries, hash); },
        [&](std::int64_t entry, std::string_view) {
            lean.entries[lean.count++] = static_cast<std::size_t>(entry);
        });
    return lean;
}

} // namespace

Features make_features(const Corpus& corpus, const Vocabulary& vocabulary,
                       std::size_t subword_rows) {
    Entries entries;
    for (const std::uint32_t word : vocabulary.words)
        entries.emplace(detail::word_hash(corpus.types[word].normalised),
                        static_cast<std::int64_t>(entries.size()));
    for (const std::string& stem : vocabulary.stems)
        entries.emplace(detail::stem_hash(stem), static_cast<std::int64_t>(entries.size()));

    Features features;
    std::unordered_map<std::uint32_t, std::size_t> languages;
    for (const std::uint32_t type : vocabulary.languages)
        languages.emplace(type, entries.size() + languages.size());
    const std::size_t own = entries.size() + languages.size();
    features.row_count = own + subword_rows;
    features.first.reserve(corpus.types.size() + 1);
    features.first.push_back(0);
    for (std::uint32_t t = 0; t < corpus.types.size(); ++t) {
        const WordType& type = corpus.types[t];
        float subwords = 1.0F;
        if (const auto language = languages.find(t); language != languages.end()) {
            features.rows.push_back(static_cast<std::uint32_t>(language->second));
            features.shares.push_back(1.0F);
        } else if (const std::int64_t entry = find(entries, detail::word_hash(type.normalised));
                   entry >= 0) {
            features.rows.push_back(static_cast<std::uint32_t>(entry));
            features.shares.push_back(1.0F);
        } else {
            const Lean lean = lean_of(type, entries);
            subwords = lean.subwords;
            for (std::size_t i = 0; i < lean.count; ++i) {
                features.rows.push_back(static_cast<std::uint32_t>(lean.entries[i]));
                features.shares.push_back(1.0F / static_cast<float>(lean.count));
            }
        }
        const std::size_t begin = features.rows.size();
        detail::for_each_subword(
            type.normalised, type.romanised, type.kind, [&](std::uint64_t hash) {
                features.rows.push_back(static_cast<std::uint32_t>(own + hash % subword_rows));
            });
        const std::size_t count = features.rows.size() - begin;
        features.shares.resize(features.rows.size(),
                               count == 0 ? 0.0F : subwords / static_cast<float>(count));
        features.first.push_back(features.rows.size());
    }
    return features;
}

WordVectors::WordVectors(const TrainedEmbedding& embedding) : embedding_(embedding) {
    for (const WordType& word : embedding.words)
        entries_.emplace(detail::word_hash(word.normalised),
                         static_cast<std::int64_t>(entries_.size()));
    for (const std::string& stem : embedding.stems)
        entries_.emplace(detail::stem_hash(stem), static_cast<std::int64_t>(entries_.size()));
}

bool WordVectors::known(const WordType& word) const {
    return entries_.contains(detail::word_hash(word.normalised));
}

void WordVectors::add_subwords(const WordType& word, float weight, std::span<float> out) const {
    std::vector<std::uint64_t> rows;
    detail::for_each_subword(word.normalised, word.romanised, word.kind, [&](std::uint64_t hash) {
        rows.push_back(hash % embedding_.subword_rows);
    });
    const float share = weight / static_cast<float>(std::max<std::size_t>(rows.size(), 1));
    for (const std::uint64_t row : rows)
        for (std::size_t d = 0; d < out.size(); ++d)
            out[d] += share * embedding_.subword_table[row * embedding_.dimension + d];
}

void WordVectors::add_entry(std::size_t number, float weight, std::span<float> out) const {
    for (std::size_t d = 0; d < out.size(); ++d)
        out[d] += weight * embedding_.entry_rows[number * embedding_.dimension + d];
    if (number < embedding_.words.size())
        add_subwords(embedding_.words[number], weight, out);
}

void WordVectors::entry(std::size_t number, std::span<float> out) const {
    std::fill(out.begin(), out.end(), 0.0F);
    add_entry(number, 1.0F, out);
}

void WordVectors::word_vector(const WordType& word, std::span<float> out) const {
    std::fill(out.begin(), out.end(), 0.0F);
    if (const std::int64_t own = find(entries_, detail::word_hash(word.normalised)); own >= 0) {
        add_entry(static_cast<std::size_t>(own), 1.0F, out);
        return;
    }
    const Lean lean = lean_of(word, entries_);
    for (std::size_t i = 0; i < lean.count; ++i)
        add_entry(lean.entries[i], 1.0F / static_cast<float>(lean.count), out);
    add_subwords(word, lean.subwords, out);
}

} // namespace fabula::training
