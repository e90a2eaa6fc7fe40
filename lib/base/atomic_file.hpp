// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>

namespace fabula::detail {

/// Writes a file whole or not at all, also where the power fails: `write` fills a temporary file in
/// the same folder, which is on the disk before it takes the file's place. An older file stays as
/// it was until then, and after any failure; two that write one file at once leave that of one.
///
/// - The temporary file, ".fabula-" and six random characters, is a new one, never one that someone
///   has put there. Nobody else may read it while it is written. A failure removes it; only a
///   process that is killed leaves it behind.
/// - The new file has the permissions of the one that it replaces and, where this process may give
///   them, its owner and group; else those that any new file has in that folder.
/// - Where `file` is a symbolic link, the file that it points at is replaced, and the link stays.
/// - What is not a regular file, such as a pipe or /dev/null, is written directly.
///
/// \throws Error(unwritable) naming the file and the system's reason, and what `write` throws
void write_atomically(const std::filesystem::path& file,
                      const std::function<void(std::ostream&)>& write);

} // namespace fabula::detail
