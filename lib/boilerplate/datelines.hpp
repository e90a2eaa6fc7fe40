// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace fabula::detail {

/// Bytes at the beginning of `line` that say where and through which agency a report came:
/// "WASHINGTON, Feb. 24 (Reuters) — ", "KYJIV/BERLIN (dpa) – ", "МОСКВА, 24 февраля. /ТАСС/. ",
/// "【北京2月24日电】", "（東京 共同）", "(서울=연합뉴스) 김지훈 기자 = ". 0 where there is none: a
/// place without an agency is not enough, as it is a part of many sentences.
[[nodiscard]] std::size_t dateline_length(std::string_view line);

/// What may be a dateline of a kind that only recurrence tells from other words: up to six words
/// before a dash or a full stop.
struct DatelineCandidate {
    std::size_t length{};   ///< bytes with the divider and an agency's name behind it; 0 = none
    std::string_view place; ///< the part that recurs
};

[[nodiscard]] DatelineCandidate dateline_candidate(std::string_view line);

/// Where the last short sentence or the last brackets of `line` begin: what may be a signature of a
/// kind that only recurrence tells. `line.size()` where nothing stands before it.
[[nodiscard]] std::size_t signature_candidate(std::string_view line);

/// Where the agency's signature at the end of `line` begins: " (AP)", " /dpa/"; `line.size()` where
/// there is none, 0 where the line is nothing else ("ТАСС").
[[nodiscard]] std::size_t signature_begin(std::string_view line);

} // namespace fabula::detail
