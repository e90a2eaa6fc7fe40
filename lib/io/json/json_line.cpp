// SPDX-License-Identifier: Apache-2.0
#include "io/json/json_line.hpp"

#include "io/json/json_repair.hpp"

#include <limits>
#include <utility>

namespace fabula::detail {

std::uint64_t most_object_bytes(std::size_t max_text_bytes) {
    constexpr std::uint64_t any = std::numeric_limits<std::uint64_t>::max();
    constexpr std::uint64_t times = 8;
    constexpr std::uint64_t more = std::uint64_t{1} << 20U;
    if (max_text_bytes == 0 || max_text_bytes > (any - more) / times)
        return any;
    return times * max_text_bytes + more;
}

std::string too_long(std::string_view what, std::uint64_t bytes, std::uint64_t most) {
    return std::string(what) + " has " + std::to_string(bytes) + " bytes, more than " +
           std::to_string(most) + " (eight times max-text-bytes and 1 MiB); cut it, or raise that";
}

struct JsonLineReader::State {
    explicit State(const FieldNames& of) : names(of) {}

    const FieldNames& names;
    simdjson::dom::parser parser;
    Values values;

    [[nodiscard]] JsonFault placed(RecordFault&& fault, std::string& line) {
        if (!fault.field) {
            if (const std::string names_there = listed_names(parser, line); !names_there.empty())
                fault.reason += "; it has " + names_there;
            return {1, std::move(fault.reason) +
                           "; say which of its fields is the text: --field text=NAME"};
        }
        const std::string& name = values[*fault.field].name;
        return {column_of(name.empty() ? field_names[*fault.field] : name, line),
                std::move(fault.reason)};
    }
};

JsonLineReader::JsonLineReader(const FieldNames& names) : state_(std::make_unique<State>(names)) {}
JsonLineReader::~JsonLineReader() = default;

std::optional<JsonFault> JsonLineReader::read(std::string& line, const RecordOptions& options,
                                              Record& result) {
    result = {};
    Values& values = state_->values;
    values = {};
    switch (read_quickly(state_->parser, state_->names, line, values)) {
    case QuickResult::done:
        break;
    case QuickResult::not_an_object:
        return no_object(line);
    case QuickResult::look_again:
        result.repaired = repair_json_characters(line);
        if (auto fault = read_thoroughly(state_->names, line, values))
            return fault;
        break;
    }
    std::optional<JsonFault> fault;
    if (auto wrong = make_record(values, options, result))
        fault = state_->placed(std::move(*wrong), line);
    if (line.size() > kept_room) {
        state_->parser = simdjson::dom::parser{};
        values = {};
    }
    return fault;
}

} // namespace fabula::detail
