// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "draw.hpp"
#include "names.hpp"
#include "vocabulary.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

/// One thing that a sentence speaks of.
struct Mention {
    enum class Kind { meaning, person, place, number, date } kind{};
    std::size_t value{}; ///< position among those of its kind; of a number and a date itself
};

/// What a sentence says, in no language.
using Fact = std::vector<Mention>;

struct Person {
    Name given;
    Name family;
};

/// What happened: its mentions are positions in these lists.
struct Happening {
    std::vector<std::size_t> concepts; ///< positions in `Vocabulary::concepts`
    std::vector<Person> people;
    std::vector<Name> places;
    std::vector<std::size_t> numbers;
    std::vector<std::chrono::sys_days> dates;
    std::vector<Fact> facts; ///< the most important first
};

/// Who prints it.
struct Outlet {
    std::string domain;
    std::string title_end;           ///< such as " | Korvel"; often empty
    std::vector<std::string> before; ///< boilerplate: lines that each of its articles begins with
    std::vector<std::string> after;
};

/// All that the stories of one stream share: topics and outlets.
class NewsWorld {
public:
    NewsWorld(const Vocabulary& vocabulary, std::uint64_t seed);

    /// Every story is of one topic, which it shares half of its concepts, some people and places
    /// and its background facts with: stories of one topic are near misses.
    [[nodiscard]] const Happening& topic(std::size_t i) const { return topics_[i]; }

    /// The story of that seed, and its topic.
    struct Story {
        std::size_t topic{};
        Happening own;
    };
    [[nodiscard]] Story story(std::uint64_t seed, std::chrono::sys_days day) const;

    [[nodiscard]] const Outlet& outlet(std::size_t language, Draw& draw) const {
        return outlets_[language][outlet_weights_.pick(draw)];
    }

    /// A sentence that has nothing to do with the story but for who is in it.
    [[nodiscard]] Fact aside(Draw& draw, Happening& story) const;

    [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }

private:
    [[nodiscard]] static Fact make_fact(Draw& draw, const Happening& of, const Weights& concepts);

    const Vocabulary& vocabulary_;
    std::vector<Happening> topics_;
    Weights topic_weights_;
    std::vector<std::vector<Outlet>> outlets_;
    Weights outlet_weights_;
};

} // namespace bench
