// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// Appends the ends of the sentences of `units` in their order: by the rules of UAX #29, as ICU's
/// from version 72 on are for all languages, without ICU. At most 2^31 - 1 units.
void find_sentence_ends(std::u16string_view units, std::vector<std::size_t>& ends);

/// Takes those of the ends away that are the full stop of a title before a name (Dr. Müller), of an
/// initial (J. Müller, د. محمد), of what a number follows (Nr. 5) or of a German ordinal (am 3.
/// März). Few such words, of all languages alike: where a sentence may end with one, it does.
void drop_ends_of_abbreviations(std::u16string_view units, std::vector<std::size_t>& ends);

} // namespace fabula::detail
