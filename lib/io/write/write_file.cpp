// SPDX-License-Identifier: Apache-2.0
#include "base/atomic_file.hpp"

#include <fabula/io.hpp>

namespace fabula::inline v0 {

void write_file(const std::filesystem::path& file,
                const std::function<void(std::ostream&)>& write) {
    detail::write_atomically(file, write);
}

} // namespace fabula::inline v0
