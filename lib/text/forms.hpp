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
    std::string normalised;
    std::string romanised;
    TokenKind kind{TokenKind::word};
    bool capitalised{};
    std::uint64_t hash{}; ///< XXH3-64 of `normalised`
};

/// What a word is whose normalised form begins with this code point.
[[nodiscard]] TokenKind kind_of_first(char32_t c);

/// Makes normalised forms and romanised forms. Holds ICU transliterators, created when a script
/// first turns up (Han takes 70 ms): keep it, and do not share it between threads.
class FormMaker {
public:
    FormMaker();
    ~FormMaker();
    FormMaker(FormMaker&&) noexcept;
    FormMaker& operator=(FormMaker&&) noexcept;

    [[nodiscard]] std::string normalised(std::u16string_view word);
    [[nodiscard]] std::string romanised_form(std::u16string_view word);
    [[nodiscard]] WordForms forms(std::u16string_view word);

    /// The first of the rounds that `normalised` is made in, until nothing changes.
    [[nodiscard]] std::u16string normalised_once(std::u16string_view word);
    /// `romanised_form` of what is in normalised form already.
    [[nodiscard]] std::string romanised_of_normalised(std::u16string_view normalised);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fabula::detail
