// SPDX-License-Identifier: Apache-2.0
#include <fabula/version.hpp>

#include <cstdio>

int main() {
    std::printf("fabula %s\n", fabula::version());
}
