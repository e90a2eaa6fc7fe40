// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "text/utf8.hpp"

#include <fabula/text.hpp>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using fabula::AnalyzedText;
using fabula::ByteRange;
using fabula::Sentences;
using fabula::TextAnalyzer;
using fabula::Token;
using fabula::detail::append_utf8;

namespace {

/// std::mt19937 returns uint_fast32_t, which may have 64 bits.
class Random {
public:
    explicit Random(std::uint32_t seed) : engine_(seed) {}
    std::uint32_t operator()() { return static_cast<std::uint32_t>(engine_()); }

private:
    std::mt19937 engine_;
};

/// Mostly letters of one of some scripts, with marks, spaces, full stops and stray characters.
std::string random_text(Random& random, std::size_t code_points) {
    struct Block {
        std::uint32_t first;
        std::uint32_t size;
    };
    constexpr Block blocks[] = {{0x20, 95},     {0xC0, 400},    {0x370, 144},     {0x400, 304},
                                {0x530, 96},    {0x590, 112},   {0x600, 256},     {0x900, 128},
                                {0x980, 128},   {0xE00, 128},   {0x1780, 128},    {0x10A0, 96},
                                {0x1E00, 256},  {0x3040, 192},  {0x4E00, 20000},  {0xAC00, 11000},
                                {0xFF00, 240},  {0x1D400, 900}, {0x20000, 40000}, {0x1F300, 700},
                                {0x0, 0x110000}};
    std::string out;
    const Block* block = blocks;
    for (std::size_t i = 0; i < code_points; ++i) {
        if (random() % 12 == 0)
            block = &blocks[random() % std::size(blocks)];
        switch (random() % 16) {
        case 0:
            out += ' ';
            break;
        case 1:
            append_utf8(out, 0x300 + random() % 0x50); // a mark
            break;
        case 2:
            out += random() % 4 == 0 ? "\n" : random() % 2 == 0 ? "'" : ". ";
            break;
        default:
            append_utf8(out, block->first + random() % block->size);
        }
    }
    return out;
}

std::string random_bytes(Random& random, std::size_t size) {
    std::string out;
    for (std::size_t i = 0; i < size; ++i)
        out.push_back(static_cast<char>(random() % 256));
    return out;
}

/// Bytes that decoders stumble over, more often than chance brings them.
std::string hostile_bytes(Random& random, std::size_t pieces) {
    using namespace std::string_literals;
    const std::string parts[] = {"\0"s,
                                 "\x80"s,
                                 "\xBF\xBF"s,
                                 "\xC0\x80"s,
                                 "\xE0\x80\x80"s,
                                 "\xED\xA0\x80"s,
                                 "\xED\xBF\xBF"s,
                                 "\xF0\x80\x80\x80"s,
                                 "\xF4\x90\x80\x80"s,
                                 "\xFF\xFE"s,
                                 "\xEF\xBB\xBF"s,
                                 "\xF0\x9F\x98"s,
                                 "\xE2\x80"s,
                                 "😀"s,
                                 "\u200D"s,
                                 "\u202E"s,
                                 "\uFFFE"s,
                                 "\r"s,
                                 "\n"s,
                                 "'"s,
                                 "a"s,
                                 "文"s,
                                 "ก"s,
                                 "\u0301"s,
                                 " "s};
    std::string out;
    for (std::size_t i = 0; i < pieces; ++i)
        out += parts[random() % std::size(parts)];
    return out;
}

std::string any_text(Random& random) {
    const std::size_t size = random() % 300;
    switch (random() % 4) {
    case 0:
        return random_bytes(random, size);
    case 1:
        return hostile_bytes(random, size);
    default:
        return random_text(random, size);
    }
}

bool is_lower_alphanumeric(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

/// What the class comments promise of any result. One assertion, for speed.
bool is_sound(const AnalyzedText& result, std::string_view text) {
    std::size_t before = 0;
    std::uint32_t sentence = 0;
    std::vector<ByteRange> reached(result.sentences.size());
    for (const Token& token : result.tokens) {
        if (token.normalised.empty() || token.range.begin < before ||
            token.range.begin >= token.range.end || token.range.end > text.size() ||
            !is_lower_alphanumeric(token.romanised) || token.sentence < sentence ||
            token.sentence >= result.sentences.size())
            return false;
        before = token.range.end;
        sentence = token.sentence;
        ByteRange& range = reached[sentence];
        if (range.end == 0)
            range.begin = token.range.begin;
        range.end = token.range.end;
    }
    return reached == result.sentences; // so each has a word, and they are in order
}

bool same(const AnalyzedText& a, const AnalyzedText& b) {
    return a.sentences == b.sentences && a.replaced == b.replaced &&
           std::equal(a.tokens.begin(), a.tokens.end(), b.tokens.begin(), b.tokens.end(),
                      [](const Token& s, const Token& t) {
                          return s.normalised == t.normalised && s.romanised == t.romanised &&
                                 s.range == t.range && s.sentence == t.sentence &&
                                 s.kind == t.kind && s.capitalised == t.capitalised;
                      });
}

} // namespace

TEST_CASE("Forms of words are idempotent", "[text][property]") {
    Random random(11);
    TextAnalyzer analyzer;
    for (int round = 0; round < 150; ++round) {
        const std::string text = random_text(random, 1 + random() % 60);
        const AnalyzedText words = analyzer.analyze(text);
        for (const Token& token : words.tokens) {
            const std::string source(
                text.substr(token.range.begin, token.range.end - token.range.begin));
            INFO("word: " << source);
            const std::string normalised = fabula::normalised_form(source);
            CHECK(normalised == token.normalised);
            CHECK(fabula::normalised_form(normalised) == normalised);
            const std::string romanised = fabula::romanised_form(source);
            CHECK(romanised == token.romanised);
            CHECK(fabula::romanised_form(normalised) == romanised);
            CHECK(fabula::romanised_form(romanised) == romanised);
        }
    }
}

TEST_CASE("The normalised form of any bytes is idempotent", "[text][property]") {
    Random random(12);
    for (int round = 0; round < 150; ++round) {
        const std::string normalised = fabula::normalised_form(any_text(random));
        CHECK(fabula::normalised_form(normalised) == normalised);
        CHECK(is_lower_alphanumeric(fabula::romanised_form(normalised)));
    }
}

TEST_CASE("Repairing is idempotent and counts what it replaces", "[text][property]") {
    Random random(13);
    TextAnalyzer analyzer;
    for (int round = 0; round < 2000; ++round) {
        const std::string bytes = any_text(random);
        std::size_t replaced = 0;
        const std::string repaired = fabula::repair_utf8(bytes, &replaced);
        std::size_t again = 1;
        CHECK(fabula::repair_utf8(repaired, &again) == repaired);
        CHECK(again == 0);
        CHECK((replaced == 0) == (repaired == bytes));
        CHECK(analyzer.analyze(bytes, Sentences::skip).replaced == replaced);
    }
}

TEST_CASE("Any bytes give words in order inside the text", "[text][property]") {
    Random random(14);
    TextAnalyzer analyzer;
    for (int round = 0; round < 3000; ++round) {
        const std::string text = any_text(random);
        CAPTURE(text);
        CHECK(is_sound(analyzer.analyze(text), text));
        CHECK(is_sound(analyzer.analyze(text, Sentences::skip), text));
    }
}

TEST_CASE("Looking for sentences does not change the words", "[text][property]") {
    Random random(15);
    TextAnalyzer analyzer;
    for (int round = 0; round < 500; ++round) {
        const std::string text = any_text(random);
        AnalyzedText with = analyzer.analyze(text);
        AnalyzedText without = analyzer.analyze(text, Sentences::skip);
        with.sentences.clear();
        without.sentences.clear();
        for (Token& token : with.tokens)
            token.sentence = 0;
        CHECK(same(with, without));
    }
}

TEST_CASE("Invalid sequences count as U+FFFD", "[text][property]") {
    Random random(16);
    TextAnalyzer analyzer;
    for (int round = 0; round < 500; ++round) {
        const std::string text = any_text(random);
        const AnalyzedText raw = analyzer.analyze(text);
        const AnalyzedText repaired = analyzer.analyze(fabula::repair_utf8(text));
        CHECK(std::equal(raw.tokens.begin(), raw.tokens.end(), repaired.tokens.begin(),
                         repaired.tokens.end(), [](const Token& a, const Token& b) {
                             return a.normalised == b.normalised && a.romanised == b.romanised &&
                                    a.sentence == b.sentence;
                         }));
    }
}

TEST_CASE("What an analyzer met before does not change its results", "[text][property]") {
    TextAnalyzer used;
    // More distinct words than the cache holds.
    std::string many;
    for (int i = 0; i < 150'000; ++i)
        many += "w" + std::to_string(i) + " ";
    const AnalyzedText first = used.analyze(many, Sentences::skip);
    CHECK(first.tokens.size() == 150'000);
    CHECK(same(first, used.analyze(many, Sentences::skip)));

    Random random(17);
    for (int round = 0; round < 200; ++round) {
        const std::string text = any_text(random);
        CHECK(same(used.analyze(text), TextAnalyzer().analyze(text)));
    }
}

TEST_CASE("Analyzers in several threads agree", "[text][property]") {
    Random random(18);
    std::vector<std::string> texts(200);
    for (std::string& text : texts)
        text = any_text(random);
    std::vector<std::vector<AnalyzedText>> results(3);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < results.size(); ++t) {
        threads.emplace_back([&, t] {
            TextAnalyzer analyzer;
            results[t].resize(texts.size());
            for (std::size_t k = 0; k < texts.size(); ++k) {
                const std::size_t i = t % 2 == 0 ? k : texts.size() - 1 - k;
                results[t][i] = analyzer.analyze(texts[i]);
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        CHECK(same(results[0][i], results[1][i]));
        CHECK(same(results[0][i], results[2][i]));
    }
}
