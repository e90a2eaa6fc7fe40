// SPDX-License-Identifier: Apache-2.0
#include "io/bytes/byte_source.hpp"
#include "io/read/read.hpp"

#include <filesystem>
#include <system_error>

namespace fs = std::filesystem;

namespace fabula::inline v0 {
namespace {

void read_input(const std::string& name, const std::string& id_prefix,
                detail::Collector& collector) {
    detail::Input input;
    input.id_prefix = id_prefix;
    if (name == "-") {
        input.name = "standard input";
        input.article_id = "standard-input";
        detail::FileSource bytes;
        detail::read_source(bytes, input, collector);
        collector.end_file();
        return;
    }
    const fs::path path{name};
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        throw Error{Errc::file_not_found, name + ": there is no such file or folder"};
    if (status.type() == fs::file_type::directory) {
        detail::read_folder(name, id_prefix, collector);
        return;
    }
    input.name = name;
    input.article_id = path.stem().string();
    input.extension = path.extension().string();
    // A pipe can be read only once.
    input.may_be_left = status.type() == fs::file_type::regular;
    detail::read_file(input, collector);
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
