// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/read/collector.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>

namespace fabula::detail {

/// As the public functions of the same name, but into a collector. `id_prefix` comes before
/// "line-N" where a line has no id. `may_be_left` says that `in` is the whole of the file that the
/// collector was told of last.
void read_json_lines(std::istream& in, const std::string& name, const std::string& id_prefix,
                     Collector& collector, bool may_be_left = false);
void read_text_folder(const std::filesystem::path& folder, Collector& collector);

/// One text file; a file that cannot be read is a fault.
void read_text_file(const std::filesystem::path& file, Collector& collector);

} // namespace fabula::detail
