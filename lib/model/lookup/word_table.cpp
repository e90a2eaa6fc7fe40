// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/word_table.hpp"

#include "model/lookup/lower_case.hpp"
#include "model/lookup/subwords.hpp"
#include "model/lookup/word_parts.hpp"

#include <array>
#include <span>
#include <string>
#include <utility>

namespace fabula::detail {
namespace {

// Rows to take the mean of, without an allocation for words of ordinary length.
class RowList {
public:
    void push_back(std::uint32_t row) {
        if (size_ < fixed_.size()) {
            fixed_[size_++] = row;
            return;
        }
        if (more_.empty())
            more_.assign(fixed_.begin(), fixed_.end());
        more_.push_back(row);
    }
    [[nodiscard]] std::span<const std::uint32_t> rows() const {
        return more_.empty() ? std::span(fixed_.data(), size_) : std::span(more_);
    }

private:
    std::array<std::uint32_t, 448> fixed_; // more than any word of 64 code points has in "fabula-2"
    std::vector<std::uint32_t> more_;
    std::size_t size_{};
};

// FNV-1a as fastText computes it: bytes from 0x80 on are sign-extended before they are mixed in,
// which is an accident of char being signed that all its models now depend on.
std::uint32_t fasttext_hash(std::string_view bytes) {
    std::uint32_t hash = 2166136261U;
    for (const char byte : bytes) {
        hash ^=
            static_cast<std::uint32_t>(static_cast<std::int32_t>(static_cast<std::int8_t>(byte)));
        hash *= 16777619U;
    }
    return hash;
}

void collect_fasttext_rows(const WordTable& table, std::string_view word, RowList& rows) {
    if (table.buckets == 0 || table.longest_ngram == 0 || word == "</s>")
        return;
    const std::string marked = '<' + std::string(word) + '>';
    for (std::size_t first = 0; first < marked.size(); ++first) {
        if (continues_code_point(marked[first]))
            continue;
        std::size_t end = first;
        for (std::size_t n = 1; end < marked.size() && n <= table.longest_ngram; ++n) {
            ++end;
            while (end < marked.size() && continues_code_point(marked[end]))
                ++end;
            if (n < table.shortest_ngram || (n == 1 && (first == 0 || end == marked.size())))
                continue;
            std::uint32_t row = fasttext_hash({marked.data() + first, end - first}) % table.buckets;
            if (table.pruned) {
                const auto kept = table.kept_buckets.find(row);
                if (kept == table.kept_buckets.end())
                    continue;
                row = kept->second;
            }
            rows.push_back(row);
        }
    }
}

} // namespace

bool WordTable::add_entry(std::int64_t entry, std::string_view spelling, float weight,
                          float* out) const {
    const auto position = static_cast<std::size_t>(entry);
    const std::size_t row = row_of_word.empty() ? position : row_of_word[position];
    if (!compose_words)
        return words.add(row, weight, out);
    RowList rows;
    collect_fasttext_rows(*this, spelling, rows);
    const float part = weight / static_cast<float>(rows.rows().size() + 1);
    const bool known = words.add(row, part, out);
    return subwords.add_all(rows.rows(), part, out) || known;
}

bool WordTable::add_known(const WordSpellings& word, float weight, float* out) const {
    if (scheme == SubwordScheme::fabula) {
        const std::int64_t entry = index.find(word_hash(word.normalised));
        return entry != WordIndex::unknown && add_entry(entry, word.normalised, weight, out);
    }
    const auto try_spelling = [&](std::string_view spelling) {
        const std::int64_t entry = index.find(word_hash(spelling));
        return entry != WordIndex::unknown && add_entry(entry, spelling, weight, out);
    };
    if (try_spelling(word.surface))
        return true;
    if (scheme == SubwordScheme::none) {
        const std::string lower = lower_case(word.surface);
        if (lower != word.surface && try_spelling(lower))
            return true;
    }
    return word.normalised != word.surface && try_spelling(word.normalised);
}

bool WordTable::add_known_parts(const WordSpellings& word, float weight, float* out) const {
    std::array<std::pair<std::int64_t, std::string_view>, 2> parts;
    std::size_t count = 0;
    for_each_known_part(
        word.normalised, word.kind, [&](std::uint64_t hash) { return index.find(hash); },
        [&](std::int64_t entry, std::string_view part) {
            parts[count++] = {entry, part};
        });
    bool known = false;
    for (std::size_t i = 0; i < count; ++i)
        known |=
            add_entry(parts[i].first, parts[i].second, weight / static_cast<float>(count), out);
    return known;
}

bool WordTable::add_from_subwords(const WordSpellings& word, float weight, float* out) const {
    if (subwords.rows() == 0 || scheme == SubwordScheme::none)
        return false;
    RowList rows;
    if (scheme == SubwordScheme::fabula)
        for_each_subword(word.normalised, word.romanised, word.kind, [&](std::uint64_t hash) {
            rows.push_back(static_cast<std::uint32_t>(hash % subwords.rows()));
        });
    else
        collect_fasttext_rows(*this, word.surface, rows);
    if (rows.rows().empty())
        return false;
    float share = weight / static_cast<float>(rows.rows().size());
    bool known = false;
    if (scheme == SubwordScheme::fabula) {
        const std::int64_t entry = may_borrow_from_romanised(word.normalised, word.romanised)
                                       ? index.find(word_hash(word.romanised))
                                       : WordIndex::unknown;
        if (entry != WordIndex::unknown && add_entry(entry, word.romanised, weight, out)) {
            share /= 2;
            known = true;
        } else {
            known = add_known_parts(word, weight, out);
        }
    }
    return subwords.add_all(rows.rows(), share, out) || known;
}

} // namespace fabula::detail
