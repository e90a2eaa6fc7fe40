// SPDX-License-Identifier: Apache-2.0
#include "io/feeds/entry.hpp"

#include "boilerplate/lines.hpp"

#include <utility>

namespace fabula::detail {

Entries::Entries(Collector& collector, std::string file, std::string id_prefix)
    : collector_(collector), file_(std::move(file)), id_prefix_(std::move(id_prefix)) {}

void Entries::begin(std::size_t line) {
    values_ = {};
    line_ = line;
    ++count_;
}

void Entries::add(Field field, std::uint8_t rank, std::string_view value) {
    value = trimmed(value);
    const Value& before = values_[field];
    // The first of several headlines is the main one.
    if (!value.empty() && (before.rank > rank || before.text.empty()))
        offer(values_, {field, rank}, field_names[field], Value::Kind::string, value);
}

void Entries::end() {
    if (values_[detail::language].text.empty())
        add(detail::language, 0, language);
    if (values_[detail::source].text.empty())
        add(detail::source, 0, source);
    Record record;
    if (auto wrong = make_record(values_, collector_.record_options(), record)) {
        collector_.fault(Errc::bad_input,
                         {file_, line_, 0,
                          wrong->field ? std::move(wrong->reason)
                                       : "this entry has neither a title nor a text"});
        return;
    }
    collector_.add(std::move(record), id_prefix_ + "article-" + std::to_string(count_), file_,
                   line_);
}

void Entries::pass_over(const std::string& what) {
    collector_.note(ReadNote::Kind::no_article, what, {file_, line_, 0, {}});
}

} // namespace fabula::detail
