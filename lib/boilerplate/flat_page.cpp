// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/keys.hpp"
#include "boilerplate/page.hpp"
#include "boilerplate/shingles.hpp"

#include <algorithm>

namespace fabula::detail {

namespace {

/// A flattened text, word by word.
class FlatPage {
public:
    FlatPage(std::string_view text, const LearnedBoilerplate& learned)
        : text_(text), learned_(learned), page_(find_passages(text, learned.source, Part::passage)),
          titles_(find_passages(text, learned.source, Part::title_passage)),
          boilerplate_(page_.words.size()) {
        keep_runs(covered(page_));
        find_opening();
    }

    /// The article's first words: of these the passages may be quoted as a headline elsewhere.
    [[nodiscard]] std::vector<std::uint64_t> opening() const {
        std::vector<std::uint64_t> hashes;
        for (const Shingle& shingle : titles_.all)
            if (shingle.first >= opening_begin_ && shingle.last <= opening_end_)
                hashes.push_back(shingle.hash);
        return hashes;
    }

    /// Headlines of other articles, by the passages of their titles.
    void find_headlines() {
        std::vector<std::uint64_t> own;
        for (const Shingle& shingle :
             find_passages(learned_.title, learned_.source, Part::title_passage).all)
            own.push_back(shingle.hash);
        std::sort(own.begin(), own.end());
        std::erase_if(titles_.all, [&](const Shingle& shingle) {
            const bool in_opening = learned_.title.empty() && shingle.first < opening_end_ &&
                                    shingle.last > opening_begin_;
            return in_opening || contains(own, shingle.hash);
        });
        keep_runs(covered(titles_));
    }

    [[nodiscard]] std::vector<PagePart> parts() const {
        std::vector<PagePart> out;
        std::size_t written = 0;
        const auto write = [&](std::size_t end, Reason reason) {
            if (end > written)
                out.push_back({{written, end}, reason});
            written = std::max(written, end);
        };
        const std::size_t n = boilerplate_.size();
        bool after_run = false;
        for (std::size_t word = 0; word < n;) {
            std::size_t end = word;
            while (end < n && boilerplate_[end] == boilerplate_[word])
                ++end;
            const std::size_t end_byte = end < n ? page_.words[end].begin : text_.size();
            if (boilerplate_[word])
                write(end_byte, Reason::learned);
            else
                write(end_byte, (after_run || end < n) && weight(word, end) <= widest_gap
                                    ? Reason::place
                                    : Reason::none);
            after_run = boilerplate_[word];
            word = end;
        }
        write(text_.size(), Reason::none);
        return out;
    }

private:
    static constexpr std::size_t least_run = 12;       ///< weight
    static constexpr std::size_t widest_gap = 12;      ///< weight
    static constexpr std::size_t least_opening = 20;   ///< weight
    static constexpr std::size_t longest_opening = 60; ///< words

    [[nodiscard]] std::size_t weight(std::size_t begin, std::size_t end) const {
        std::size_t sum = 0;
        for (std::size_t i = begin; i < end; ++i)
            sum += page_.weights[i];
        return sum;
    }

    [[nodiscard]] std::vector<bool> covered(const Passages& passages) const {
        std::vector<bool> out(boilerplate_.size());
        for (const Shingle& shingle : passages.all)
            if (learned_.hashes.contains(shingle.hash))
                std::fill(out.begin() + shingle.first, out.begin() + shingle.last, true);
        return out;
    }

    void keep_runs(const std::vector<bool>& covered) {
        const std::size_t n = covered.size();
        for (std::size_t begin = 0; begin < n;) {
            std::size_t end = begin;
            while (end < n && covered[end])
                ++end;
            if (weight(begin, end) >= least_run)
                std::fill(boilerplate_.begin() + static_cast<std::ptrdiff_t>(begin),
                          boilerplate_.begin() + static_cast<std::ptrdiff_t>(end), true);
            begin = std::max(end, begin + 1);
        }
    }

    void find_opening() {
        const std::size_t n = boilerplate_.size();
        for (std::size_t begin = 0; begin < n;) {
            std::size_t end = begin;
            while (end < n && !boilerplate_[end])
                ++end;
            if (weight(begin, end) >= least_opening) {
                opening_begin_ = begin;
                opening_end_ = std::min(end, begin + longest_opening);
                return;
            }
            begin = std::max(end, begin + 1);
        }
    }

    std::string_view text_;
    const LearnedBoilerplate& learned_;
    Passages page_;
    Passages titles_;
    std::vector<bool> boilerplate_; ///< of each word
    std::size_t opening_begin_{};
    std::size_t opening_end_{};
};

} // namespace

std::vector<PagePart> classify_passages(std::string_view text, const LearnedBoilerplate& learned) {
    FlatPage page(text, learned);
    page.find_headlines();
    return page.parts();
}

std::vector<std::uint64_t> opening_passages(std::string_view text,
                                            const LearnedBoilerplate& learned) {
    return FlatPage(text, learned).opening();
}

} // namespace fabula::detail
