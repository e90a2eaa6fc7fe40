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

/// Bytes at the beginning of `line` that may be a dateline or may be other words: up to six before
/// a dash or a full stop, with an agency's name behind it. 0 where there is nothing such.
[[nodiscard]] std::size_t possible_dateline_length(std::string_view line);

/// Where the last short sentence or brackets of `line` begin; `line.size()` where nothing stands
/// before them.
[[nodiscard]] std::size_t last_sentence_begin(std::string_view line);

/// Where the agency's signature at the end of `line` begins: " (AP)", " /dpa/"; `line.size()` where
/// there is none, 0 where the line is nothing else ("ТАСС").
[[nodiscard]] std::size_t signature_begin(std::string_view line);

} // namespace fabula::detail
