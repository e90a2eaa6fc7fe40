// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/text.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace fabula::detail {

/// The two forms of one word and what is known from its spelling.
struct WordForms {
    std::string native;
    std::string fold;
    TokenKind kind{TokenKind::word};
    bool capitalised{};
    std::uint64_t hash{}; ///< XXH3-64 of `native`
};

/// What a word is whose native form begins with this code point.
[[nodiscard]] TokenKind kind_of_first(char32_t c);

/// Makes native forms and folds. Holds ICU transliterators, created when a script first turns up
/// (Han takes 70 ms): keep it, and do not share it between threads.
class FormMaker {
public:
    FormMaker();
    ~FormMaker();
    FormMaker(FormMaker&&) noexcept;
    FormMaker& operator=(FormMaker&&) noexcept;

    [[nodiscard]] std::string native(std::u16string_view word);
    [[nodiscard]] std::string fold(std::u16string_view word);
    [[nodiscard]] WordForms forms(std::u16string_view word);

    /// The first of the rounds that `native` is made in, until nothing changes.
    [[nodiscard]] std::u16string native_once(std::u16string_view word);
    /// `fold` of what is in native form already.
    [[nodiscard]] std::string fold_of_native(std::u16string_view native);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fabula::detail
