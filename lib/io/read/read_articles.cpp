// SPDX-License-Identifier: Apache-2.0
#include "io/message.hpp"
#include "io/read/read.hpp"
#include "io/read/standard_input.hpp"

#include <cerrno>
#include <fstream>
#include <istream>
#include <system_error>

namespace fs = std::filesystem;

namespace fabula::inline v0 {
namespace {

void read_input(const std::string& input, const std::string& id_prefix,
                detail::Collector& collector) {
    if (input == "-") {
        detail::StandardInput buffer;
        std::istream in{&buffer};
        detail::read_json_lines(in, "standard input", id_prefix, collector);
        return;
    }
    const fs::path path{input};
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        throw Error{Errc::file_not_found, input + ": there is no such file or folder"};
    if (status.type() == fs::file_type::directory) {
        detail::read_text_folder(path, collector);
        return;
    }
    if (path.extension() == ".txt") {
        detail::read_text_file(path, collector);
        return;
    }
    // A pipe can be read only once.
    const bool may_be_left = status.type() == fs::file_type::regular;
    if (may_be_left)
        collector.begin_file(input);
    errno = 0;
    std::ifstream in{path, std::ios::binary};
    if (!in)
        throw Error{Errc::unreadable, input + ": cannot be opened" + detail::system_reason(errno)};
    detail::read_json_lines(in, input, id_prefix, collector, may_be_left);
}

} // namespace

ArticleSet read_articles(std::span<const std::string> inputs, const ReadOptions& options) {
    detail::Collector collector{options};
    for (const std::string& input : inputs) {
        // Two files without ids would otherwise both have a "line-1".
        const std::string prefix = inputs.size() > 1 ? input + ':' : std::string{};
        read_input(input, prefix, collector);
    }
    return collector.take();
}

} // namespace fabula::inline v0
