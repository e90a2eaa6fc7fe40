// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace fabula::detail {

/// Whether bytes are legal UTF-8 and more than ASCII, which text in another encoding is next to
/// never: so are pages and feeds that a program has fetched, converted and saved, whatever encoding
/// they name. A character that is cut at the end does not count.
[[nodiscard]] bool is_utf8_beyond_ascii(std::string_view bytes);

} // namespace fabula::detail
