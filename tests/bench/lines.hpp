// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// Calls `each` with every line of a file, packed (".xz", through xzcat) or not, without its end.
/// \throws fabula::Error naming the file
void for_each_line(const std::string& file, const std::function<void(std::string_view)>& each);

/// The parts between separators; the views point into `line`.
[[nodiscard]] std::vector<std::string_view> split(std::string_view line, char separator);

} // namespace bench
