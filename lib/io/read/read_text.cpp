// SPDX-License-Identifier: Apache-2.0
#include "io/bytes/byte_source.hpp"
#include "io/message.hpp"
#include "io/pages/plain_text.hpp"
#include "io/read/read.hpp"

#include <fabula/text.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <istream>
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

/// Reads all, but no more of it than `most` (0 = any) into memory; answers how many bytes there
/// are.
std::uint64_t read_all(std::istream& in, std::size_t most, std::string& content) {
    std::string block(std::size_t{64} << 10U, ' ');
    std::uint64_t bytes = 0;
    while (in.good()) {
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        const auto got = in.bad() ? 0 : static_cast<std::size_t>(in.gcount());
        if (most == 0 || bytes <= most)
            content.append(block, 0, got);
        bytes += got;
    }
    return bytes;
}

bool is_markdown(std::string_view extension) {
    return extension == ".md" || extension == ".markdown";
}

} // namespace

bool read_whole(std::istream& in, const Input& input, Collector& collector, std::string& content) {
    const std::size_t most = collector.options().max_text_bytes;
    errno = 0;
    const std::uint64_t bytes = read_all(in, most, content);
    if (in.bad()) {
        collector.fault(Errc::unreadable,
                        {input.name, 0, 0, "could not be read to its end" + system_reason(errno)});
        return false;
    }
    if (most != 0 && bytes > most) {
        collector.fault(Errc::bad_input,
                        {input.name, 0, 0,
                         "has " + std::to_string(bytes) + " bytes, more than the " +
                             std::to_string(most) + " of max-text-bytes; cut it, or raise that"});
        return false;
    }
    return true;
}

void read_text(std::istream& in, const Input& input, Collector& collector) {
    std::string content;
    if (!read_whole(in, input, collector, content))
        return;
    Record record = is_markdown(input.extension)
                        ? markdown_record(std::move(content), collector.names())
                        : text_record(std::move(content));
    collector.add(std::move(record), repair_utf8(input.article_id), input.name, 0);
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
        skip_faults(file.string(), collector, [&] {
            std::error_code ignored;
            if (!fs::exists(file, ignored) && !ignored)
                throw Error{Errc::file_not_found, file.string() + ": there is no such file"};
            FileSource bytes{file.string()};
            std::istream in{&bytes};
            read_text(in, {file.string(), {}, file.stem().string(), ".txt", false}, collector);
        });
}

} // namespace fabula::detail

namespace fabula::inline v0 {

Article read_text_file(const fs::path& file, std::size_t* repaired) {
    const std::string content = detail::read_bytes(file);
    if (repaired != nullptr)
        static_cast<void>(repair_utf8(content, repaired));
    detail::Record record = detail::text_record(content);
    record.article.id = repair_utf8(file.stem().string());
    return std::move(record.article);
}

ArticleSet read_text_folder(const fs::path& folder, const ReadOptions& options) {
    detail::Collector collector{options};
    detail::read_text_folder(folder, collector);
    return collector.take();
}

} // namespace fabula::inline v0
