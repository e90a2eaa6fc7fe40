// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/lines.hpp"
#include "io/message.hpp"
#include "io/read/read.hpp"

#include <fabula/text.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <vector>

namespace fs = std::filesystem;

namespace fabula::detail {
namespace {

std::string read_bytes(const fs::path& file) {
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (status.type() == fs::file_type::not_found)
        throw Error{Errc::file_not_found, file.string() + ": there is no such file"};
    if (status.type() == fs::file_type::directory)
        throw Error{Errc::unreadable, file.string() + ": is a folder, not a file"};

    errno = 0;
    std::ifstream in{file, std::ios::binary};
    if (!in)
        throw Error{Errc::unreadable, file.string() + ": cannot be opened" + system_reason(errno)};
    std::string bytes{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
    if (in.bad())
        throw Error{Errc::unreadable,
                    file.string() + ": could not be read to its end" + system_reason(errno)};
    return bytes;
}

/// \throws Error(bad_input) where the file is longer
void require_size(const fs::path& file, std::size_t max_text_bytes) {
    std::error_code error; // of what is no regular file, or cannot be read: reading it says why
    const std::uintmax_t bytes = fs::file_size(file, error);
    if (!error && max_text_bytes != 0 && bytes > max_text_bytes)
        throw Error{Errc::bad_input, file.string() + ": has " + std::to_string(bytes) +
                                         " bytes, more than the " + std::to_string(max_text_bytes) +
                                         " of max-text-bytes; cut it, or raise that"};
}

/// Cuts at the end of the first line that is not blank.
void split_title(std::string_view content, Article& article) {
    content = trimmed(content);
    const auto line_end = content.find('\n');
    if (line_end == std::string_view::npos) {
        article.text = content;
        return;
    }
    article.title = trimmed(content.substr(0, line_end));
    article.text = trimmed(content.substr(line_end));
}

} // namespace

void read_text_file(const fs::path& file, Collector& collector) {
    try {
        require_size(file, collector.options().max_text_bytes);
        std::size_t replaced = 0;
        Article article = fabula::read_text_file(file, &replaced);
        if (replaced > 0)
            collector.count_repaired();
        collector.add(std::move(article), {}, file.string(), 0);
    } catch (const Error& error) {
        if (!collector.options().skip_bad_lines || error.code() == Errc::duplicate_id)
            throw;
        const std::string name = file.string();
        std::string_view reason = error.what();
        if (reason.starts_with(name + ": "))
            reason.remove_prefix(name.size() + 2);
        collector.fault(error.code(), {name, 0, 0, std::string{reason}});
    }
}

void read_text_folder(const fs::path& folder, Collector& collector) {
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (status.type() == fs::file_type::not_found)
        throw Error{Errc::file_not_found, folder.string() + ": there is no such folder"};
    if (!error && status.type() != fs::file_type::directory)
        throw Error{Errc::unreadable, folder.string() + ": is not a folder"};

    std::vector<fs::path> files;
    for (fs::directory_iterator at{folder, error}; !error && at != fs::directory_iterator{};
         at.increment(error)) {
        const fs::path& path = at->path();
        std::error_code
            ignored; // what cannot be looked at is no folder either; reading it says why
        if (path.extension() == ".txt" && !path.filename().string().starts_with('.') &&
            !at->is_directory(ignored))
            files.push_back(path);
    }
    if (error)
        throw Error{Errc::unreadable,
                    folder.string() + ": the folder cannot be read: " + error.message()};
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files)
        read_text_file(file, collector);
}

} // namespace fabula::detail

namespace fabula::inline v0 {

Article read_text_file(const fs::path& file, std::size_t* repaired) {
    std::string content = detail::read_bytes(file);
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (content.starts_with(byte_order_mark))
        content.erase(0, byte_order_mark.size());
    Article article;
    article.id = repair_utf8(file.stem().string());
    detail::split_title(repair_utf8(content, repaired), article);
    return article;
}

ArticleSet read_text_folder(const fs::path& folder, const ReadOptions& options) {
    detail::Collector collector{options};
    detail::read_text_folder(folder, collector);
    return collector.take();
}

} // namespace fabula::inline v0
