// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.hpp"
#include "support/files.hpp"

#include <filesystem>
#include <iostream>
#include <string>

/// Gives the fuzzer's entry function each file of a folder, and each of its beginnings.
int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: replay FOLDER\n";
        return 2;
    }
    std::size_t inputs = 0;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
        const std::string bytes = fabula::test::read_bytes(entry.path());
        // In steps: whole files are small, and a cut within a step is like the one before it.
        const std::size_t step = 1 + bytes.size() / 64;
        for (std::size_t length = bytes.size();; length -= step) {
            // Of its own size, so that a look beyond the end is seen.
            const std::string input = bytes.substr(0, length);
            LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), length);
            ++inputs;
            if (length < step)
                break;
        }
    }
    std::cout << inputs << " inputs\n";
    return inputs > 0 ? 0 : 1;
}
