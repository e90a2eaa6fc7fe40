// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/fields/date_parts.hpp"

#include <optional>
#include <string_view>

namespace fabula::detail {

/// Reads a date as the languages of the world write it: "24 février 2026", "24 de fev. de 2026,
/// 15:20", "2026年2月24日 下午3:20", "24 กุมภาพันธ์ 2569", "۵ اسفند ۱۴۰۴". One year of four digits,
/// one month, which has a name or its unit, and one day must be there, and may stand in any order;
/// days of the week and small words between them do not count. Nothing where that leaves a choice.
[[nodiscard]] std::optional<DateParts> read_local_date(std::string_view plain);

} // namespace fabula::detail
