// SPDX-License-Identifier: Apache-2.0
#include "news_world.hpp"

#include <algorithm>

namespace bench {
namespace {

constexpr std::size_t topics = 150;
constexpr std::size_t outlets_a_language = 60;

Person make_person(Draw& draw) {
    Name given(draw);
    return {std::move(given), Name(draw)};
}

/// Small numbers are more frequent than large ones, and large ones are often round.
std::size_t make_number(Draw& draw) {
    std::size_t scale = 10;
    for (std::size_t i = draw.below(5); i > 0; --i)
        scale *= 10;
    const std::size_t number = draw.between(scale, scale * 10);
    return number > 1000 && draw.chance(0.6) ? number / (scale / 10) * (scale / 10) : number;
}

std::string make_line(Draw& draw, const LanguageWords& words) {
    std::string line;
    const bool spaced = !words.tag.starts_with("zh") && words.tag != "ja" && words.tag != "th";
    for (std::size_t i = draw.between(3, 12); i > 0; --i) {
        line += draw.chance(0.4) ? words.common[words.common_weights.pick(draw)]
                                 : words.general[words.general_weights.pick(draw)];
        if (spaced && i > 1)
            line += ' ';
    }
    return line;
}

Outlet make_outlet(Draw& draw, const LanguageWords& words) {
    const Name name(draw);
    Outlet outlet;
    outlet.domain = name.in("en") + "." + words.tag + ".example";
    std::transform(outlet.domain.begin(), outlet.domain.end(), outlet.domain.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (draw.chance(0.3))
        outlet.title_end = (draw.chance(0.5) ? " | " : " - ") + name.in(words.tag);
    for (std::size_t i = draw.below(3); i > 0; --i)
        outlet.before.push_back(make_line(draw, words));
    for (std::size_t i = draw.below(4); i > 0; --i)
        outlet.after.push_back(make_line(draw, words));
    return outlet;
}

} // namespace

Fact NewsWorld::make_fact(Draw& draw, const Happening& of, const Weights& concepts) {
    Fact fact;
    for (std::size_t i = draw.between(5, 9); i > 0; --i) {
        const double kind = draw.unit();
        if (kind < 0.12)
            fact.push_back({Mention::Kind::person, draw.below(of.people.size())});
        else if (kind < 0.2)
            fact.push_back({Mention::Kind::place, draw.below(of.places.size())});
        else if (kind < 0.25)
            fact.push_back({Mention::Kind::number, of.numbers[draw.below(of.numbers.size())]});
        else if (kind < 0.27)
            fact.push_back({Mention::Kind::date, draw.below(of.dates.size())});
        else
            fact.push_back({Mention::Kind::meaning, of.concepts[concepts.pick(draw)]});
    }
    return fact;
}

NewsWorld::NewsWorld(const Vocabulary& vocabulary, std::uint64_t seed) : vocabulary_(vocabulary) {
    Draw draw(mix(seed, 1));
    topic_weights_ = Weights::zipf(topics, 0.6);
    for (std::size_t i = 0; i < topics; ++i) {
        Happening topic;
        for (std::size_t j = 0; j < 250; ++j)
            topic.concepts.push_back(draw.below(vocabulary.concepts.size()));
        for (std::size_t j = 0; j < 12; ++j)
            topic.people.push_back(make_person(draw));
        for (std::size_t j = 0; j < 10; ++j)
            topic.places.emplace_back(draw);
        for (std::size_t j = 0; j < 12; ++j)
            topic.numbers.push_back(make_number(draw));
        for (int j = 0; j < 6; ++j)
            topic.dates.push_back(std::chrono::sys_days{std::chrono::year{2025} / 3 / 1} +
                                  std::chrono::days{draw.below(300)});
        const Weights weights = Weights::zipf(topic.concepts.size(), 0.6);
        for (std::size_t j = 0; j < 60; ++j)
            topic.facts.push_back(make_fact(draw, topic, weights));
        topics_.push_back(std::move(topic));
    }
    outlet_weights_ = Weights::zipf(outlets_a_language, 1);
    for (const LanguageWords& words : vocabulary.languages) {
        std::vector<Outlet>& outlets = outlets_.emplace_back();
        for (std::size_t i = 0; i < outlets_a_language; ++i)
            outlets.push_back(make_outlet(draw, words));
    }
}

NewsWorld::Story NewsWorld::story(std::uint64_t seed, std::chrono::sys_days day) const {
    Draw draw(mix(seed, 2));
    Story story;
    story.topic = topic_weights_.pick(draw);
    const Happening& topic = topics_[story.topic];
    Happening& own = story.own;
    for (std::size_t i = draw.between(40, 80); i > 0; --i)
        own.concepts.push_back(draw.chance(0.5) ? topic.concepts[draw.below(topic.concepts.size())]
                                                : draw.below(vocabulary_.concepts.size()));
    for (std::size_t i = draw.between(2, 5); i > 0; --i)
        own.people.push_back(make_person(draw));
    for (std::size_t i = draw.between(1, 3); i > 0; --i)
        own.people.push_back(topic.people[draw.below(topic.people.size())]);
    own.places.emplace_back(draw);
    for (std::size_t i = draw.between(1, 3); i > 0; --i)
        own.places.push_back(topic.places[draw.below(topic.places.size())]);
    for (std::size_t i = draw.between(4, 10); i > 0; --i)
        own.numbers.push_back(make_number(draw));
    own.dates.push_back(day);
    for (int i = 0; i < 2; ++i)
        own.dates.push_back(day + std::chrono::days{draw.between(0, 40)} - std::chrono::days{20});
    const Weights weights = Weights::zipf(own.concepts.size(), 0.7);
    for (std::size_t i = 0; i < 50; ++i)
        own.facts.push_back(make_fact(draw, own, weights));
    return story;
}

Fact NewsWorld::aside(Draw& draw, Happening& story) const {
    Fact fact;
    for (std::size_t i = draw.between(5, 9); i > 0; --i) {
        const double kind = draw.unit();
        if (kind < 0.07) {
            fact.push_back({Mention::Kind::person, draw.below(story.people.size())});
        } else if (kind < 0.12) {
            // A name that no other report has.
            story.places.emplace_back(draw);
            fact.push_back({Mention::Kind::place, story.places.size() - 1});
        } else if (kind < 0.17) {
            fact.push_back({Mention::Kind::number, make_number(draw)});
        } else {
            fact.push_back({Mention::Kind::meaning, draw.below(vocabulary_.concepts.size())});
        }
    }
    return fact;
}

} // namespace bench
