// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace fabula::detail {

/// The file that `Model::bundled()` opens. \throws Error(file_not_found) listing the places
[[nodiscard]] std::filesystem::path find_bundled_model();

/// `language-id.ftz` in `folder`, else where the bundled model is looked for.
/// \throws Error(file_not_found) listing the places
[[nodiscard]] std::filesystem::path find_language_identifier(const std::filesystem::path& folder);

} // namespace fabula::detail
