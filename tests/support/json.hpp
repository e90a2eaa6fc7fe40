// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/paths.hpp"

#include <nlohmann/json.hpp>

#include <sstream>
#include <string>
#include <vector>

namespace fabula::test {

/// The articles that stand in examples/data, as the program is given them.
inline std::string examples() {
    return (source_dir() / "examples/data/articles.jsonl").string();
}

/// The values of JSON Lines.
inline std::vector<nlohmann::json> json_lines(const std::string& text) {
    std::vector<nlohmann::json> values;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);)
        values.push_back(nlohmann::json::parse(line));
    return values;
}

} // namespace fabula::test
