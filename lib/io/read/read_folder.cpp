// SPDX-License-Identifier: Apache-2.0
#include "io/read/read.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <string_view>
#include <system_error>
#include <vector>

namespace fs = std::filesystem;

namespace fabula::detail {
namespace {

bool is_compressed(std::string_view extension) {
    constexpr std::array<std::string_view, 4> known{".gz", ".zst", ".xz", ".bz2"};
    return std::find(known.begin(), known.end(), extension) != known.end();
}

/// "a.csv" of "a.csv.gz".
fs::path without_compression(const fs::path& path) {
    return is_compressed(path.extension().string()) ? fs::path(path).replace_extension() : path;
}

bool is_read(const fs::path& path) {
    constexpr std::array<std::string_view, 15> known{".txt",  ".md",    ".html",   ".htm", ".xhtml",
                                                     ".json", ".jsonl", ".ndjson", ".xml", ".rss",
                                                     ".atom", ".rdf",   ".csv",    ".tsv", ".jl"};
    std::string extension = without_compression(path).extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return std::find(known.begin(), known.end(), extension) != known.end();
}

/// The path in the folder without the ends that say of what kind it is.
std::string id_of(const fs::path& path) {
    return without_compression(path).replace_extension().generic_string();
}

struct Listing {
    std::vector<fs::path> files;  ///< below the folder, in the byte order of their paths
    std::vector<fs::path> others; ///< of other kinds, and hidden ones
};

/// Looks through one folder, and tells of those in it.
void list(const fs::path& top, const fs::path& folder, Listing& out, std::vector<fs::path>& inner) {
    const fs::path there = folder.empty() ? top : top / folder;
    std::error_code error;
    fs::directory_iterator at{there, error};
    for (; !error && at != fs::directory_iterator{}; at.increment(error)) {
        std::error_code ignored; // what cannot be looked at is no folder; reading it says why
        const fs::path path = folder / at->path().filename();
        const bool is_hidden = path.filename().string().starts_with('.');
        if (!at->is_directory(ignored))
            (is_hidden || !is_read(path) ? out.others : out.files).push_back(path);
        else if (is_hidden || at->is_symlink(ignored)) // a link may lead in a circle
            out.others.push_back(path);
        else
            inner.push_back(path);
    }
    if (error)
        throw Error{Errc::unreadable,
                    there.string() + ": the folder cannot be read: " + error.message()};
}

Listing list_all(const fs::path& top, Collector& collector) {
    Listing out;
    std::vector<fs::path> open;
    list(top, {}, out, open);
    while (!open.empty()) {
        const fs::path folder = open.back();
        open.pop_back();
        skip_faults((top / folder).string(), collector, [&] { list(top, folder, out, open); });
    }
    std::sort(out.files.begin(), out.files.end());
    std::sort(out.others.begin(), out.others.end());
    return out;
}

} // namespace

void read_folder(const std::string& folder, const std::string& id_prefix, Collector& collector) {
    const Listing listing = list_all(folder, collector);
    for (const fs::path& path : listing.others)
        collector.note(ReadNote::Kind::passed_over, {},
                       {(fs::path(folder) / path).string(), 0, 0, {}});
    std::map<std::string, std::size_t> uses;
    for (const fs::path& path : listing.files)
        ++uses[id_of(path)];
    for (const fs::path& path : listing.files) {
        Input input;
        input.name = (fs::path(folder) / path).string();
        // Where a.txt and a.html are beside each other, their ids are their whole names.
        input.article_id = uses[id_of(path)] > 1 ? path.generic_string() : id_of(path);
        input.id_prefix = id_prefix + path.generic_string() + ':';
        input.extension = path.extension().string();
        input.in_folder = true;
        std::error_code ignored;
        input.may_be_left = fs::is_regular_file(input.name, ignored);
        skip_faults(input.name, collector, [&] { read_file(input, collector); });
    }
}

} // namespace fabula::detail
