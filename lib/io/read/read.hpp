// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/collect/collector.hpp"
#include "io/json/json_shape.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>

namespace fabula::detail {

/// One file, or standard input.
struct Input {
    std::string name;       ///< in messages
    std::string id_prefix;  ///< comes before "line-N" where an article has no id
    std::string article_id; ///< of an article that is a whole file and says no id
    std::string extension;  ///< of the file's name: ".csv"; empty where there is none
    bool may_be_left{};     ///< whether texts may stay in the file
    bool is_utf8{};         ///< whatever it says of its encoding
    bool in_folder{};       ///< of which it may be there for something else than articles
};

/// As the public function of the same name, but into a collector.
void read_json_lines(std::istream& in, const Input& input, Collector& collector);
/// JSON of other shapes than lines.
void read_json_values(std::istream& in, JsonShape shape, const Input& input, Collector& collector);

void read_text_folder(const std::filesystem::path& folder, Collector& collector);
/// A table whose first row names its columns.
void read_table(std::istream& in, char delimiter, const Input& input, Collector& collector);
/// A page of HTML that is an article.
void read_page(std::istream& in, const Input& input, Collector& collector);

/// All bytes of what is one article; false where that is a fault.
[[nodiscard]] bool read_whole(std::istream& in, const Input& input, Collector& collector,
                              std::string& content);
/// A text that is an article.
void read_text(std::istream& in, const Input& input, Collector& collector);

/// All files of a folder and of the folders in it that are of kinds that are read, in the byte
/// order of their paths. \throws Error(file_not_found, unreadable, bad_input, duplicate_id)
void read_folder(const std::string& folder, const std::string& id_prefix, Collector& collector);
/// One file, of whatever kind.
void read_file(const Input& input, Collector& collector);
/// What has been opened, or standard input.
void read_source(class ByteSource& bytes, const Input& input, Collector& collector);

/// Calls `read`; where what is bad may be skipped, its error about this file becomes a fault.
template <class Read>
void skip_faults(const std::string& file, Collector& collector, Read&& read) {
    try {
        read();
    } catch (const Error& error) {
        if (!collector.options().skip_bad_lines || error.code() == Errc::duplicate_id)
            throw;
        std::string_view reason = error.what();
        if (reason.starts_with(file + ": "))
            reason.remove_prefix(file.size() + 2);
        collector.fault(error.code(), {file, 0, 0, std::string{reason}});
    }
}

} // namespace fabula::detail
