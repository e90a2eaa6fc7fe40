// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/fields/record.hpp"

#include <string>

namespace fabula::detail {

/// Offers what schema.org's JSON-LD says of an article, if it describes one: true then. JSON that
/// is broken says nothing.
bool offer_json_ld(std::string json, Values& values);

} // namespace fabula::detail
