// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"
#include "base/kept_buffer.hpp"
#include "text/code_points.hpp"
#include "text/forms.hpp"
#include "text/sentence_breaks.hpp"
#include "text/unicode.hpp"
#include "text/utf8.hpp"
#include "text/word_breaks.hpp"

#include <fabula/text.hpp>

#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstring>
#include <tuple>
#include <unordered_map>

namespace fabula::inline v0 {

namespace {

/// Distinct words whose forms are remembered, of those that take ICU to find; twice as many where
/// older ones have not been dropped yet. Some 10 MiB when full.
constexpr std::size_t cache_limit = std::size_t{1} << 15;
constexpr std::size_t longest_word = 64; ///< code points
constexpr std::size_t largest_block = std::size_t{1} << 16;

struct UnitsHash {
    using is_transparent = void;
    std::size_t operator()(std::u16string_view units) const noexcept {
        return XXH3_64bits(units.data(), units.size() * sizeof(char16_t));
    }
};

bool is_line_break(char16_t c) {
    return c == u'\n' || c == u'\r' || c == u'\u2028' || c == u'\u2029' || c == u'\v' ||
           c == u'\f' || c == u'\u0085';
}

/// Copies words into blocks that never move.
class Arena {
public:
    /// `expected` bytes are asked for at first: a headline should not pay for a page.
    Arena(std::vector<std::unique_ptr<char[]>>& blocks, std::size_t expected)
        : blocks_(blocks), block_(std::min(expected, largest_block)) {}

    /// Where the next `size` bytes may be written.
    char* make_room(std::size_t size) {
        if (size > left_) {
            left_ = std::max(block_, size);
            blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
            next_ = blocks_.back().get();
        }
        return next_;
    }

    /// Keeps what was written there.
    std::string_view take(std::size_t size) {
        const std::string_view view(next_, size);
        next_ += size;
        left_ -= size;
        return view;
    }

    std::string_view copy(std::string_view bytes) {
        if (bytes.empty())
            return {};
        std::memcpy(make_room(bytes.size()), bytes.data(), bytes.size());
        return take(bytes.size());
    }

private:
    std::vector<std::unique_ptr<char[]>>& blocks_;
    std::size_t block_;
    char* next_{};
    std::size_t left_{};
};

} // namespace

struct TextAnalyzer::State {
    using Cache = std::unordered_map<std::u16string, detail::WordForms, UnitsHash, std::equal_to<>>;

    detail::FormMaker maker;
    detail::WordBreaks word_breaks;
    detail::CodePointTable& letters{detail::CodePointTable::shared()};
    Cache recent;
    Cache older;
    detail::DecodedText decoded;
    std::vector<detail::WordSpan> words;
    std::vector<std::size_t> sentences; ///< where each ends, in UTF-16 units
    std::vector<std::size_t> ends;      ///< the same, and where lines end

    /// At its end, a text leaves no more than the next one is likely to need.
    struct Use {
        State& state;

        ~Use() {
            detail::free_if_large(state.decoded.units);
            detail::free_if_large(state.decoded.byte_offsets);
            detail::free_if_large(state.words);
            detail::free_if_large(state.sentences);
            detail::free_if_large(state.ends);
        }
    };

    const detail::WordForms& forms(std::u16string_view word) {
        if (const auto found = recent.find(word); found != recent.end())
            return found->second;
        if (recent.size() >= cache_limit) {
            older = std::move(recent);
            recent.clear();
        }
        if (const auto found = older.find(word); found != older.end())
            return recent.insert(older.extract(found)).position->second;
        return recent.emplace(std::u16string(word), maker.forms(word)).first->second;
    }

    void find_ends() {
        ends.clear();
        sentences.clear();
        detail::find_sentence_ends(decoded.units, sentences);
        detail::drop_ends_of_abbreviations(decoded.units, sentences);
        std::size_t begin = 0;
        for (const std::size_t end : sentences) {
            for (std::size_t i = begin; i + 1 < end; ++i)
                if (is_line_break(decoded.units[i]))
                    ends.push_back(i + 1);
            ends.push_back(end);
            begin = end;
        }
    }

    void add_word(std::size_t begin, std::size_t end, Arena& arena, AnalyzedText& out) {
        const std::u16string_view units(decoded.units.data() + begin, end - begin);
        Token token;
        if (!add_simple_forms(units, arena, token)) {
            const detail::WordForms& found = forms(units);
            token.normalised = arena.copy(found.normalised);
            token.romanised = found.romanised == found.normalised ? token.normalised
                                                                  : arena.copy(found.romanised);
            token.kind = found.kind;
            token.capitalised = found.capitalised;
            token.hash = found.hash;
        }
        if (token.normalised.empty())
            return;
        token.range = {decoded.byte_offsets[begin], decoded.byte_offsets[end]};
        out.tokens.push_back(token);
    }

    /// The forms of a word that is made of letters which change each on its own. False, and
    /// nothing is done, where it has others.
    bool add_simple_forms(std::u16string_view word, Arena& arena, Token& token) {
        using detail::CodePoint;
        char16_t normalised[2 * longest_word];
        std::size_t size = 0;
        bool may_bear_mark = false;
        bool ascii = true;
        if (word.size() > longest_word)
            return false;
        for (const char16_t unit : word) {
            const CodePoint& letter = letters[unit];
            if ((letter.flags & (CodePoint::starter | CodePoint::mark)) == 0)
                return false;
            if ((letter.flags & CodePoint::mark) != 0) {
                if (!may_bear_mark)
                    return false;
                may_bear_mark = letter.normalised[0] == 0;
            } else if (letter.normalised[0] != 0)
                may_bear_mark = (letter.flags & CodePoint::bears_marks) != 0;
            for (const char16_t made : letter.normalised) {
                normalised[size] = made;
                size += made != 0 ? 1U : 0U;
                ascii = ascii && made < 0x80;
            }
        }
        if (size == 0)
            return true;
        const CodePoint& first = letters[normalised[0]];
        token.kind = first.kind;
        token.capitalised = (letters[word[0]].flags & CodePoint::upper) != 0;
        if (ascii) {
            char* const to = arena.make_room(size);
            for (std::size_t i = 0; i < size; ++i)
                to[i] = static_cast<char>(normalised[i]);
            token.normalised = arena.take(size);
            token.romanised = token.normalised;
        } else {
            char romanised[std::tuple_size_v<decltype(CodePoint::romanised)> * 2 * longest_word];
            std::size_t romanised_size = 0;
            for (std::size_t i = 0; i < size; ++i) {
                const CodePoint& letter = letters[normalised[i]];
                if ((letter.flags & CodePoint::romanises) == 0)
                    return false;
                std::memcpy(romanised + romanised_size, letter.romanised.data(),
                            letter.romanised.size());
                romanised_size += letter.romanised_size;
            }
            char* const to = arena.make_room(3 * size);
            std::size_t bytes = 0;
            for (std::size_t i = 0; i < size; ++i)
                U8_APPEND_UNSAFE(to, bytes, normalised[i]);
            token.normalised = arena.take(bytes);
            token.romanised = arena.copy({romanised, romanised_size});
        }
        token.hash = detail::hash_of(token.normalised);
        return true;
    }

    /// A word as ICU cuts it; elided articles ("l'accordo", "Trump's") are cut once more, where
    /// the script is Latin: elsewhere the apostrophe is a letter ("п'ять").
    void add_segment(std::size_t begin, std::size_t end, Arena& arena, AnalyzedText& out) {
        std::size_t from = begin;
        std::size_t code_points = 0;
        for (std::size_t i = begin; i < end; ++i) {
            const char16_t c = decoded.units[i];
            const bool cut = detail::is_apostrophe(c) && i > begin && decoded.units[i - 1] < 0x0250;
            if (!U16_IS_TRAIL(c))
                ++code_points;
            if (cut || (code_points > longest_word && !U16_IS_TRAIL(c))) {
                if (i > from)
                    add_word(from, i, arena, out);
                from = cut ? i + 1 : i;
                code_points = cut ? 0 : 1;
            }
        }
        if (end > from)
            add_word(from, end, arena, out);
    }
};

TextAnalyzer::TextAnalyzer() : state_(std::make_unique<State>()) {}
TextAnalyzer::~TextAnalyzer() = default;
TextAnalyzer::TextAnalyzer(TextAnalyzer&&) noexcept = default;
TextAnalyzer& TextAnalyzer::operator=(TextAnalyzer&&) noexcept = default;

AnalyzedText TextAnalyzer::analyze(std::string_view text, Sentences sentences) {
    State& state = *state_;
    const State::Use use{state};
    AnalyzedText out;
    detail::decode_utf8(text, state.decoded);
    out.replaced = state.decoded.replaced;
    detail::unify_spellings(state.decoded);
    if (state.decoded.units.empty())
        return out;

    Arena arena(out.storage, 2 * text.size());
    state.words.clear();
    state.word_breaks.find(state.decoded.units, state.words);
    out.tokens.reserve(state.words.size());
    for (const detail::WordSpan& word : state.words) {
        if (word.may_have_apostrophe || word.end - word.begin > longest_word)
            state.add_segment(word.begin, word.end, arena, out);
        else
            state.add_word(word.begin, word.end, arena, out);
    }

    if (sentences == Sentences::skip) {
        if (!out.tokens.empty())
            out.sentences.push_back({out.tokens.front().range.begin, out.tokens.back().range.end});
        return out;
    }
    state.find_ends();
    // Sentences without a word are dropped; the others reach from their first word to the end of
    // their last one, so that ranges carry no white space.
    std::size_t next = 0;
    for (const std::size_t end : state.ends) {
        const std::size_t end_byte = state.decoded.byte_offsets[end];
        const std::size_t first = next;
        while (next < out.tokens.size() && out.tokens[next].range.begin < end_byte) {
            out.tokens[next].sentence = static_cast<std::uint32_t>(out.sentences.size());
            ++next;
        }
        if (next > first)
            out.sentences.push_back(
                {out.tokens[first].range.begin, out.tokens[next - 1].range.end});
    }
    return out;
}

} // namespace fabula::inline v0
