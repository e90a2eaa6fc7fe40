// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

/// Does something with any bytes at all; libFuzzer's name for it. Always returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace fabula::test {

/// Ends the program where what must hold does not.
inline void require(bool holds) {
    if (!holds)
        std::abort();
}

} // namespace fabula::test
