// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fabula::detail {

/// A text as dates are compared: without case, compatibility forms, marks of direction, and with
/// every space and every digit as those of ASCII.
[[nodiscard]] std::string plain_date_text(std::string_view text);

/// What a word of a date is, in any language that CLDR has: plain as above.
struct DateWord {
    enum class Kind { unknown, month, before_noon, after_noon };
    Kind kind{Kind::unknown};
    int month{}; ///< 1-12
};

/// Unknown where the languages contradict one another: "listopad" is October or November.
[[nodiscard]] DateWord date_word(std::string_view plain);

} // namespace fabula::detail
