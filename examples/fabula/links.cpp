// SPDX-License-Identifier: Apache-2.0
#include "links.hpp"

#include <fabula/error.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>
#include <system_error>

namespace program {
namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const std::string& name, std::size_t number, const std::string& what) {
    throw fabula::Error{fabula::Errc::bad_input,
                        name + ", line " + std::to_string(number) + ": " + what};
}

std::string id_of(const Json& json, const std::string& name, std::size_t number) {
    if (json.is_string())
        return json.get<std::string>();
    if (json.is_number())
        return json.dump();
    refuse(name, number, json.dump() + " is no id of an article");
}

} // namespace

std::optional<LinkLine> link_of(const std::string& line, const std::string& name,
                                std::size_t number) {
    if (line.find("link\"") == std::string::npos)
        return std::nullopt; // nearly all lines
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object() || json.size() != 1)
        return std::nullopt;
    const std::string& kind = json.begin().key();
    if (kind != "must_link" && kind != "cannot_link" && kind != "unlink")
        return std::nullopt;
    const Json& ids = json.begin().value();
    if (!ids.is_array() || ids.size() != 2)
        refuse(name, number,
               "\"" + kind + "\" needs two ids, as in {\"" + kind + "\": [\"a1\", \"b7\"]}");
    return LinkLine{kind, {id_of(ids[0], name, number), id_of(ids[1], name, number)}};
}

fabula::ArticleLinks read_links(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in)
        throw fabula::Error{errno == ENOENT ? fabula::Errc::file_not_found
                                            : fabula::Errc::unreadable,
                            file + ": " + std::generic_category().message(errno)};
    std::map<fabula::ArticleLinks::Pair, std::string> kinds;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        const auto link = link_of(line, file, number);
        if (!link)
            refuse(file, number,
                   "is no link; write {\"must_link\": [\"a1\", \"b7\"]}, {\"cannot_link\": "
                   "[\"a1\", \"c3\"]} or {\"unlink\": [\"a1\", \"c3\"]}");
        kinds[std::minmax(link->pair.first, link->pair.second)] = link->kind;
    }
    if (in.bad())
        throw fabula::Error{fabula::Errc::unreadable, file + ": could not be read to its end"};
    fabula::ArticleLinks out;
    for (const auto& [pair, kind] : kinds)
        if (kind != "unlink")
            (kind == "must_link" ? out.must : out.cannot).push_back(pair);
    if (const std::string problem = out.validate(); !problem.empty())
        throw fabula::Error{fabula::Errc::bad_input, file + ": " + problem};
    return out;
}

} // namespace program
