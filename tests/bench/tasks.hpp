// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace bench {

/// What the driver runs in a process of its own, as `fabula_bench task NAME ARGUMENTS`. Prints one
/// line of JSON where there is something to say. \throws std::exception
void run_task(const std::vector<std::string>& words);

/// BCubed of the stories that `fabula cluster` wrote against the gold ones of its input.
void score(const std::string& news, const std::string& stories);

/// The part of the articles whose nearest English one (nearest other one, where there is none)
/// tells the same story.
void retrieve(const std::string& news, const std::string& vectors);

} // namespace bench
