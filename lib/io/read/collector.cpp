// SPDX-License-Identifier: Apache-2.0
#include "io/read/collector.hpp"

#include "io/message.hpp"

#include <string>
#include <utility>

namespace fabula::detail {

Collector::Collector(const ReadOptions& options) : options_(options) {
    if (options_.leave_texts)
        texts_ = std::make_shared<FileTexts>();
}

void Collector::begin_file(const std::string& file) {
    if (texts_)
        texts_->open(file);
}

ArticleSet Collector::take() {
    set_.texts = std::move(texts_);
    return std::move(set_);
}

void Collector::add(Article&& article, std::string&& story, const std::string& file,
                    std::size_t line, std::optional<LinePlace> place) {
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
    if (texts_) {
        if (place)
            texts_->add_line(place->offset, place->bytes);
        else
            texts_->add_text(std::move(article.text));
        std::string().swap(article.text); // an assignment would keep its room
    }
    set_.articles.push_back(std::move(article));
    if (options_.gold_stories)
        set_.gold_stories.push_back(std::move(story));
}

void Collector::fault(Errc code, BadLine bad) {
    if (!options_.skip_bad_lines)
        throw Error{code, to_string(bad)};
    set_.bad_lines.push_back(std::move(bad));
}

} // namespace fabula::detail
