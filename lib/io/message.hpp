// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fabula::detail {

/// At most this many characters of `text` and then an ellipsis, as legal UTF-8 without control
/// characters: input in a message must neither flood nor garble the reader's terminal.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t characters);

/// A value of the input in double quotes, shortened.
[[nodiscard]] std::string in_quotes(std::string_view value);

/// ": No such file or directory" for an errno; empty for 0.
[[nodiscard]] std::string system_reason(int error_number);

} // namespace fabula::detail
