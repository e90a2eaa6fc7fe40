// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// The bounds of a quotation, in words; three Chinese characters or kana count as two words.
inline constexpr std::size_t shortest_quotation = 4;
inline constexpr std::size_t longest_quotation = 60;

/// The passages of a text that stand in quotation marks, without the marks, in order; of nested
/// ones the outer. `words` are the text's, as analysed.
///
/// | marks | where |
/// |---|---|
/// | «…» ‹…› | French, Italian, Russian, Arabic, ... |
/// | »…« ›…‹ | German, Danish |
/// | »…» | Finnish, Swedish |
/// | „…“ „…” „…" | German, Czech, Polish, Romanian, ... |
/// | “…” | English, Chinese, ... |
/// | ”…” | Finnish, Swedish |
/// | "…" ＂…＂ | everywhere |
/// | ‘…’ ‚…‘ | English, German; a mark between two letters is an apostrophe |
/// | 「…」 『…』 ﹁…﹂ ﹃…﹄ | Chinese, Japanese |
///
/// 《…》 and 〈…〉 name titles and quote nothing. A mark without its partner is passed over: marks
/// that are the same at both ends do not reach over the end of a line, and nothing reaches further
/// than the longest quotation. Dialogue that a dash opens is not found. Takes time linear in the
/// text; any bytes are legal.
[[nodiscard]] std::vector<ByteRange> find_quotations(std::string_view text,
                                                     std::span<const Token> words);

/// By what a quotation is recognised, within one language, where it is cut or slightly changed: the
/// smallest hashes of its runs of three words (of four characters in Chinese and Japanese).
struct QuotationKeys {
    static constexpr std::size_t size = 8;
    std::array<std::uint32_t, size> values{}; ///< the first `count`, ascending, distinct
    std::uint32_t count{};
};

/// Of the first `most_quotations` quotations of a body.
[[nodiscard]] std::vector<QuotationKeys> quotation_keys(std::string_view text,
                                                        std::span<const Token> words);
inline constexpr std::size_t most_quotations = 24;

/// Whether both have three keys in common, or all of the one with fewer, but at least two: fewer
/// are a turn of speech ("a lot of people").
[[nodiscard]] bool same_quotation(const QuotationKeys& a, const QuotationKeys& b);

/// How many quotations two articles share: those of one that the other has too, of the article with
/// fewer such. Symmetric. Only means something for articles of one language.
[[nodiscard]] std::size_t shared_quotations(std::span<const QuotationKeys> a,
                                            std::span<const QuotationKeys> b);

} // namespace fabula::detail
