// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/word_batch.hpp"

#include "model/lookup/subwords.hpp"
#include "model/lookup/word_parts.hpp"

#include <algorithm>
#include <bit>
#include <iterator>

namespace fabula::detail {

namespace {

/// Rows whose codes stay in the first cache while their values are summed.
constexpr std::size_t rows_at_once = 512;

} // namespace

bool WordBatch::fits(const WordTable& table) noexcept {
    return table.scheme == SubwordScheme::fabula && !table.compose_words &&
           table.subwords.rows() > 0 && ProductSum::fits(table.words, table.subwords);
}

WordBatch::WordBatch(const WordTable& table, UnknownWords& remembered)
    : table_(table), remembered_(remembered), sum_(table.words, table.subwords) {}

std::size_t WordBatch::row_of(std::int64_t entry) const {
    const auto position = static_cast<std::size_t>(entry);
    return table_.row_of_word.empty() ? position : table_.row_of_word[position];
}

bool WordBatch::add_entry(std::int64_t entry, float weight) {
    return sum_.add_word(row_of(entry), weight);
}

WordBatch::Unknown WordBatch::collect_unknown(std::size_t number, const WordSpellings& word) {
    Unknown unknown{};
    unknown.word = number;
    unknown.rows.begin = rows_.size();
    const auto collect_rows = [&](auto row_of_hash) {
        for_each_subword(word.normalised, word.romanised, word.kind, [&](std::uint64_t hash) {
            const auto row = static_cast<std::uint32_t>(row_of_hash(hash));
            sum_.prefetch_subword(row);
            rows_.push_back(row);
        });
    };
    const std::size_t rows = table_.subwords.rows();
    if (std::has_single_bit(rows)) // spares a division
        collect_rows([mask = rows - 1](std::uint64_t hash) { return hash & mask; });
    else
        collect_rows([rows](std::uint64_t hash) { return hash % rows; });
    unknown.rows.end = rows_.size();

    const auto collect = [&](std::uint64_t hash) {
        table_.index.prefetch_slot(hash);
        hashes_.push_back(hash);
    };
    if (may_borrow_from_romanised(word.normalised, word.romanised)) {
        unknown.romanised = word_hash(word.romanised);
        table_.index.prefetch_slot(unknown.romanised);
    }
    unknown.beginnings.begin = hashes_.size();
    unknown.beginnings.end = hashes_.size();
    for_each_possible_part(
        word.normalised, word.kind,
        [&](std::string_view part) {
            collect(word_hash(part));
            collect(stem_hash(part));
            unknown.beginnings.end = hashes_.size();
            return false; // the index is asked later, of many words at once
        },
        [&](std::string_view part) {
            collect(word_hash(part));
            return false;
        });
    unknown.endings = {unknown.beginnings.end, hashes_.size()};
    return unknown;
}

std::int64_t WordBatch::first_entry(Range hashes) const {
    for (std::size_t i = hashes.begin; i < hashes.end; ++i)
        if (const std::int64_t entry = table_.index.find(hashes_[i]); entry != WordIndex::unknown)
            return entry;
    return WordIndex::unknown;
}

// As WordTable::add_from_subwords, with weight 1.
bool WordBatch::add_unknown(const WordSpellings& word, const Unknown& unknown) {
    const std::span<const std::uint32_t> rows(rows_.data() + unknown.rows.begin,
                                              unknown.rows.end - unknown.rows.begin);
    if (rows.empty())
        return false;
    float share = 1.0F / static_cast<float>(rows.size());
    bool known = false;
    const std::int64_t entry = may_borrow_from_romanised(word.normalised, word.romanised)
                                   ? table_.index.find(unknown.romanised)
                                   : WordIndex::unknown;
    if (entry != WordIndex::unknown && add_entry(entry, 1.0F)) {
        share /= 2;
        known = true;
    } else {
        const std::int64_t parts[] = {first_entry(unknown.beginnings),
                                      first_entry(unknown.endings)};
        const auto count = std::count_if(std::begin(parts), std::end(parts), [](std::int64_t part) {
            return part != WordIndex::unknown;
        });
        for (const std::int64_t part : parts)
            if (part != WordIndex::unknown)
                known |= add_entry(part, 1.0F / static_cast<float>(count));
    }
    return sum_.add_subwords(rows, share) || known;
}

bool WordBatch::has_row(std::size_t word) const {
    return entries_[word] != WordIndex::unknown && sum_.is_word(row_of(entries_[word]));
}

void WordBatch::look_up(std::span<const WeightedWord> words) {
    entries_.clear();
    unknown_.clear();
    rows_.clear();
    hashes_.clear();
    for (const WeightedWord& word : words)
        table_.index.prefetch_slot(word.hash);
    for (const WeightedWord& word : words)
        table_.index.prefetch_words(word.hash);
    for (const WeightedWord& word : words)
        entries_.push_back(table_.index.find(word.hash));
    for (const std::int64_t entry : entries_)
        if (entry != WordIndex::unknown)
            sum_.prefetch_word(row_of(entry));
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (has_row(i))
            continue;
        if (remembered_.has(words[i].hash))
            remembered_.prefetch(words[i].hash);
        else
            unknown_.push_back(collect_unknown(i, words[i].spellings));
    }
    for (const Unknown& unknown : unknown_)
        table_.index.prefetch_words(unknown.romanised);
    for (const std::uint64_t hash : hashes_)
        table_.index.prefetch_words(hash);
}

void WordBatch::remember(const WeightedWord& word, const Unknown* looked_up) {
    // Another word of this batch may have brought it, or may have taken its place.
    if (remembered_.has(word.hash))
        return;
    float* const values = remembered_.take_place(word.hash);
    const bool known = add_unknown(
        word.spellings, looked_up != nullptr ? *looked_up : collect_unknown(0, word.spellings));
    sum_.add_to(values);
    remembered_.set_known(word.hash, known);
}

void WordBatch::add_others(std::span<WeightedWord> words, float* out, std::size_t stride) {
    const std::size_t dimension = table_.words.columns();
    auto unknown = unknown_.begin();
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (has_row(i))
            continue;
        WeightedWord& word = words[i];
        const bool is_next = unknown != unknown_.end() && unknown->word == i;
        remember(word, is_next ? &*unknown : nullptr);
        unknown += is_next ? 1 : 0;
        word.known = remembered_.known(word.hash);
        const float* const values = remembered_.values(word.hash);
        float* const to = out + i * stride;
        for (std::size_t d = 0; d < dimension; ++d)
            to[d] += word.weight * values[d];
    }
}

void WordBatch::add(std::span<WeightedWord> words, float* out) {
    look_up(words);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (has_row(i))
            words[i].known = add_entry(entries_[i], words[i].weight);
        if (sum_.rows() >= rows_at_once)
            sum_.add_to(out);
    }
    sum_.add_to(out);
    add_others(words, out, 0);
}

void WordBatch::add_each(std::span<WeightedWord> words, float* out) {
    const std::size_t dimension = table_.words.columns();
    look_up(words);
    for (std::size_t i = 0; i < words.size(); ++i)
        if (has_row(i)) {
            words[i].known = add_entry(entries_[i], words[i].weight);
            sum_.add_to(out + i * dimension);
        }
    add_others(words, out, dimension);
}

} // namespace fabula::detail
