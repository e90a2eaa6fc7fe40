// SPDX-License-Identifier: Apache-2.0
#include "io/collect/collector.hpp"

#include "io/message.hpp"

#include <string>
#include <utility>

namespace fabula::detail {

using Order = DateReading::Order;
using DateKind = DateReading::Kind;

Collector::Collector(const ReadOptions& options) : options_(options), names_(options.fields) {
    if (options_.leave_texts)
        texts_ = std::make_shared<FileTexts>(names_);
}

void Collector::begin_file(const std::string& file) {
    if (texts_)
        texts_->open(file);
}

void Collector::end_file() {
    const bool is_known = shows_day_first_ != shows_month_first_;
    const Order order = shows_day_first_ ? Order::day_first : Order::month_first;
    for (const OpenDate& open : open_dates_) {
        if (is_known) {
            set_.articles[open.article].published = in_order(open.date, order);
            continue;
        }
        const BadLine place{files_[open.place.file], open.place.line, 0, {}};
        const std::string reason = in_quotes(open.written) +
                                   ": nothing in the file shows whether days or months come first";
        if (options_.strict)
            fault(Errc::bad_input, {place.file, place.line, 0,
                                    "\"published\" is " + reason + "; write it as \"2026-03-04\""});
        else
            note(ReadNote::Kind::unreadable_date, reason, place);
    }
    open_dates_.clear();
    shows_day_first_ = false;
    shows_month_first_ = false;
}

ArticleSet Collector::take() {
    end_file();
    set_.texts = std::move(texts_);
    set_.notes = notes_.take();
    return std::move(set_);
}

void Collector::take_date(const Record& record, const std::string& file, std::size_t line) {
    if (record.written_date.empty())
        return;
    const BadLine place{file, line, 0, {}};
    switch (record.date.kind) {
    case DateKind::unreadable:
        note(ReadNote::Kind::unreadable_date, in_quotes(record.written_date), place);
        return;
    case DateKind::day_or_month_first:
        open_dates_.push_back(
            {set_.articles.size(), record.date, record.written_date, {files_.size() - 1, line}});
        break;
    case DateKind::read:
        shows_day_first_ = shows_day_first_ || record.date.shows == Order::day_first;
        shows_month_first_ = shows_month_first_ || record.date.shows == Order::month_first;
        break;
    }
    if (record.date.zone_is_assumed)
        note(ReadNote::Kind::assumed_zone, {}, place);
}

void Collector::add(Record&& record, const std::string& id, const std::string& file,
                    std::size_t line, std::optional<LinePlace> place) {
    Article& article = record.article;
    if (!record.id_is_given)
        article.id = id;
    if (files_.empty() || files_.back() != file)
        files_.push_back(file);
    const auto [found, is_new] = places_.try_emplace(article.id, Place{files_.size() - 1, line});
    if (!is_new) {
        const Place& first = found->second;
        std::string where = files_[first.file];
        if (first.line > 0)
            where += ':' + std::to_string(first.line);
        fault(Errc::duplicate_id, {file, line, 0,
                                   "the id " + in_quotes(article.id) + " was already used in " +
                                       where + "; every article needs an id of its own"});
        return;
    }
    take_date(record, file, line);
    if (!record.unknown_language.empty())
        note(ReadNote::Kind::unknown_language, record.unknown_language, {file, line, 0, {}});
    for (std::size_t field = 0; field < field_count; ++field)
        if (!record.names[field].empty())
            note(ReadNote::Kind::field_name,
                 std::string{field_names[field]} + '=' + shortened(record.names[field], 60),
                 {file, line, 0, {}});
    if (record.repaired)
        ++set_.repaired;
    if (texts_) {
        if (place)
            texts_->add_line(place->offset, place->bytes);
        else
            texts_->add_text(std::move(article.text));
        std::string().swap(article.text); // an assignment would keep its room
    }
    set_.articles.push_back(std::move(article));
    if (options_.gold_stories)
        set_.gold_stories.push_back(std::move(record.story));
}

void Collector::fault(Errc code, BadLine bad) {
    if (!options_.skip_bad_lines)
        throw Error{code, to_string(bad)};
    constexpr std::size_t most_listed = 10'000; // so that a file of nothing else takes no memory
    if (set_.bad_line_count++ < most_listed)
        set_.bad_lines.push_back(std::move(bad));
}

} // namespace fabula::detail
