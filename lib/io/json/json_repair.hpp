// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace fabula::detail {

/// Makes the characters of a JSON text legal: invalid UTF-8 becomes U+FFFD, the escape of half a
/// surrogate pair becomes \ufffd, and a control character inside a string becomes a space. The
/// last two keep the length, so that columns stay right. True where anything was changed.
bool repair_json_characters(std::string& json);

} // namespace fabula::detail
