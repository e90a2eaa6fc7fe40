// SPDX-License-Identifier: Apache-2.0
#include "lines.hpp"

#include <fabula/error.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

namespace bench {
namespace {

/// A word of a shell, whatever is in it.
std::string quoted(const std::string& text) {
    std::string word = "'";
    for (const char c : text)
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + "'";
}

} // namespace

void for_each_line(const std::string& file, const std::function<void(std::string_view)>& each) {
    if (!std::filesystem::is_regular_file(file))
        throw fabula::Error(fabula::Errc::file_not_found, file + " is not there");
    const bool packed = file.ends_with(".xz");
    const std::string command = (packed ? "xzcat -- " : "cat -- ") + quoted(file);
    FILE* const pipe = popen(command.c_str(), "r");
    if (pipe == nullptr)
        throw fabula::Error(fabula::Errc::unreadable, "cannot start: " + command);
    char* line = nullptr;
    std::size_t capacity = 0;
    for (;;) {
        const ssize_t size = getline(&line, &capacity, pipe);
        if (size < 0)
            break;
        std::string_view view(line, static_cast<std::size_t>(size));
        if (view.ends_with('\n'))
            view.remove_suffix(1);
        each(view);
    }
    std::free(line);
    if (pclose(pipe) != 0)
        throw fabula::Error(fabula::Errc::unreadable, "failed: " + command);
}

std::vector<std::string_view> split(std::string_view line, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = line.find(separator);
        parts.push_back(line.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        line.remove_prefix(end + 1);
    }
}

} // namespace bench
