// SPDX-License-Identifier: Apache-2.0
#include "language/ngrams.hpp"

#include "text/utf8.hpp"

#include <bit>
#include <string>

namespace fabula::detail {

KeptNgrams::KeptNgrams(std::string_view bytes, const FastTextFile& file) {
    if (file.kept_ngrams <= 0 || file.word_ngrams > 1 || file.buckets <= 0 ||
        file.longest_ngram <= 0) {
        return;
    }
    buckets_ = static_cast<std::uint32_t>(file.buckets);
    shortest_ = file.shortest_ngram;
    longest_ = file.longest_ngram;
    kept_.resize(buckets_);
    slots_.resize(std::bit_ceil(static_cast<std::size_t>(file.kept_ngrams) * 2));
    FastTextReader in(bytes, file.kept_begin);
    for (std::int64_t i = 0; i < file.kept_ngrams; ++i) {
        const auto bucket = in.read<std::int32_t>();
        const auto row = in.read<std::int32_t>();
        if (bucket < 0 || bucket >= file.buckets || kept_[static_cast<std::size_t>(bucket)]) {
            continue; // never asked for, or twice, as training never writes it
        }
        kept_[static_cast<std::size_t>(bucket)] = true;
        std::size_t at = slot_of(static_cast<std::uint32_t>(bucket));
        while (slots_[at].bucket >= 0) {
            at = (at + 1) & (slots_.size() - 1);
        }
        slots_[at] = {bucket, file.words + row};
    }
}

void KeptNgrams::append(std::string_view word, std::vector<std::int32_t>& ids) const {
    const std::string marked = '<' + std::string(word) + '>';
    for (std::size_t begin = 0; begin < marked.size(); ++begin) {
        if (continues_code_point(marked[begin])) {
            continue;
        }
        std::uint32_t hash = 2166136261U; // FNV-1a as fastText has it, of signed bytes
        std::size_t end = begin;
        for (int letters = 1; end < marked.size() && letters <= longest_; ++letters) {
            do {
                hash ^= static_cast<std::uint32_t>(static_cast<std::int8_t>(marked[end++]));
                hash *= 16777619U;
            } while (end < marked.size() && continues_code_point(marked[end]));
            const bool mark_alone = letters == 1 && (begin == 0 || end == marked.size());
            const std::uint32_t bucket = hash % buckets_;
            if (letters < shortest_ || mark_alone || !kept_[bucket]) {
                continue;
            }
            std::size_t at = slot_of(bucket);
            while (slots_[at].bucket != static_cast<std::int32_t>(bucket)) {
                at = (at + 1) & (slots_.size() - 1);
            }
            ids.push_back(slots_[at].id);
        }
    }
}

} // namespace fabula::detail
