// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/lower_case.hpp"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include <algorithm>
#include <limits>

namespace fabula::detail {

std::string lower_case(std::string_view utf8) {
    if (std::all_of(utf8.begin(), utf8.end(), [](char c) {
            return static_cast<unsigned char>(c) < 0x80 && !(c >= 'A' && c <= 'Z');
        }))
        return std::string(utf8);
    std::string lower;
    icu::StringByteSink<std::string> sink(&lower);
    UErrorCode status = U_ZERO_ERROR;
    icu::CaseMap::utf8ToLower(
        "", 0,
        icu::StringPiece(utf8.data(), static_cast<std::int32_t>(std::min<std::size_t>(
                                          utf8.size(), std::numeric_limits<std::int32_t>::max()))),
        sink, nullptr, status);
    return U_FAILURE(status) ? std::string(utf8) : lower;
}

} // namespace fabula::detail
