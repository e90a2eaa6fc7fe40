// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/text.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace fabula::detail {

/// The part a code point plays in ICU's rules for words; classes that the rules treat alike are
/// one here.
enum class WordBreak : std::uint8_t {
    other,
    cr,
    lf,
    newline,
    extend, ///< Extend and Format
    zwj,
    hebrew,
    letter,
    single_quote,
    double_quote,
    mid_number_letter,
    mid_letter,
    mid_number,
    number,
    extend_number_letter,
    space,
    regional,
    hangul,
    dictionary, ///< what only ICU can cut, with its dictionaries, or what is too rare to care for
};

/// The part a code point plays in ICU's rules for sentences.
enum class SentenceBreak : std::uint8_t {
    other,
    cr,
    lf,
    separator,
    ignored, ///< Extend and Format
    space,
    lower,
    upper,
    letter, ///< that has no case
    number,
    full_stop,  ///< ATerm
    terminator, ///< STerm
    goes_on,    ///< SContinue
    close,
};

/// How a code point of the BMP changes on its own, see `normalised_form` and `romanised_form`.
struct CodePoint {
    enum : std::uint8_t {
        starter = 1, ///< its normalised form is `normalised`, whatever stands around it
        mark = 2,    ///< the same, if it follows a starter that `bears_marks` and no other mark
        bears_marks = 4,
        romanises = 8, ///< the romanised form of the normalised form it is equal to is `romanised`,
                       ///< as for `starter`
        upper = 16,    ///< upper or title case
        apostrophe = 32,
        pictographic = 64,
    };

    WordBreak word_break{};
    std::uint8_t flags{};
    TokenKind kind{};
    std::uint8_t romanised_size : 4 {};
    SentenceBreak sentence_break : 4 {};
    std::array<char16_t, 2> normalised{}; ///< filled from the front with zeros behind
    std::array<char, 8> romanised{};
};

/// Properties of all code points, found out with ICU when one of their neighbourhood first
/// turns up. Safe for concurrent use; the same for the whole process.
class CodePointTable {
public:
    [[nodiscard]] static CodePointTable& shared();

    [[nodiscard]] const CodePoint& operator[](char32_t c) {
        const Page* page = pages_[c / page_size].load(std::memory_order_acquire);
        if (page == nullptr)
            page = make_page(c / page_size);
        return (*page)[c % page_size];
    }

    CodePointTable(const CodePointTable&) = delete;
    CodePointTable& operator=(const CodePointTable&) = delete;
    ~CodePointTable() = delete; // others may still ask while the process ends

private:
    static constexpr std::size_t page_size = 128;
    using Page = std::array<CodePoint, page_size>;
    struct Maker;

    CodePointTable();
    const Page* make_page(std::size_t number);

    std::array<std::atomic<const Page*>, 0x110000 / page_size> pages_{};
    std::unique_ptr<Maker> maker_;
};

} // namespace fabula::detail
