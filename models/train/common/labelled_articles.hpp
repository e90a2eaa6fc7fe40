// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/io.hpp>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace fabula::training {

/// Articles of a JSON Lines file with their gold stories.
[[nodiscard]] ArticleSet read_labelled(const std::filesystem::path& file);

/// A number for each name, in the order in which names first come.
[[nodiscard]] std::vector<std::uint32_t> numbered(std::span<const std::string> names);

} // namespace fabula::training
