// SPDX-License-Identifier: Apache-2.0
#include "text/forms.hpp"
#include "text/utf8.hpp"

#include <fabula/error.hpp>
#include <fabula/text.hpp>

#include <unicode/brkiter.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <unordered_map>

namespace fabula {

namespace {

/// Distinct words whose forms are remembered; some 20 MiB when full.
constexpr std::size_t cache_limit = std::size_t{1} << 17;
constexpr std::size_t longest_word = 64; ///< code points
constexpr std::size_t largest_block = std::size_t{1} << 16;

struct UnitsHash {
    using is_transparent = void;
    std::size_t operator()(std::u16string_view units) const noexcept {
        return XXH3_64bits(units.data(), units.size() * sizeof(char16_t));
    }
};

struct CloseText {
    void operator()(UText* text) const { utext_close(text); }
};

bool is_apostrophe(char16_t c) {
    return c == u'\'' || c == u'\u2019' || c == u'\u02BC' || c == u'\u2018' || c == u'\uFF07';
}

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

    std::string_view copy(std::string_view bytes) {
        if (bytes.empty())
            return {};
        if (bytes.size() > left_) {
            const std::size_t size = std::max(block_, bytes.size());
            blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
            next_ = blocks_.back().get();
            left_ = size;
        }
        std::memcpy(next_, bytes.data(), bytes.size());
        const std::string_view view(next_, bytes.size());
        next_ += bytes.size();
        left_ -= bytes.size();
        return view;
    }

private:
    std::vector<std::unique_ptr<char[]>>& blocks_;
    std::size_t block_;
    char* next_{};
    std::size_t left_{};
};

/// The rules are found and read once for the process; copies share them.
std::unique_ptr<icu::BreakIterator> copy_of(const icu::BreakIterator& iterator) {
    std::unique_ptr<icu::BreakIterator> copy{iterator.clone()};
    if (!copy)
        throw std::bad_alloc();
    return copy;
}

std::unique_ptr<icu::BreakIterator> make_words() {
    static const std::unique_ptr<const icu::BreakIterator> first = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<const icu::BreakIterator> made{
            icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status)};
        if (U_FAILURE(status))
            throw Error(Errc::unreadable, std::string("ICU has no word break rules (") +
                                              u_errorName(status) + "): install ICU's full data");
        return made;
    }();
    return copy_of(*first);
}

std::unique_ptr<icu::BreakIterator> make_sentences() {
    static const std::unique_ptr<const icu::BreakIterator> first = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<const icu::BreakIterator> made{
            icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status)};
        if (U_FAILURE(status))
            throw Error(Errc::unreadable, std::string("ICU has no sentence break rules (") +
                                              u_errorName(status) + "): install ICU's full data");
        return made;
    }();
    return copy_of(*first);
}

} // namespace

struct TextAnalyzer::State {
    detail::FormMaker maker;
    std::unique_ptr<icu::BreakIterator> words{make_words()};
    std::unique_ptr<icu::BreakIterator> sentence_ends{make_sentences()};
    std::unordered_map<std::u16string, detail::WordForms, UnitsHash, std::equal_to<>> cache;
    detail::DecodedText decoded;
    std::vector<std::size_t> ends; ///< ends of sentences, in UTF-16 units

    const detail::WordForms& forms(std::u16string_view word) {
        const auto found = cache.find(word);
        if (found != cache.end())
            return found->second;
        if (cache.size() >= cache_limit)
            cache.clear();
        return cache.emplace(std::u16string(word), maker.forms(word)).first->second;
    }

    void set_text(icu::BreakIterator& iterator) const {
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<UText, CloseText> text{
            utext_openUChars(nullptr, decoded.units.data(),
                             static_cast<std::int64_t>(decoded.units.size()), &status)};
        iterator.setText(text.get(), status);
        if (U_FAILURE(status))
            throw Error(Errc::unreadable,
                        std::string("ICU cannot segment a text (") + u_errorName(status) + ")");
    }

    void find_sentence_ends() {
        ends.clear();
        set_text(*sentence_ends);
        std::size_t begin = 0;
        sentence_ends->first();
        for (std::int32_t at = sentence_ends->next(); at != icu::BreakIterator::DONE;
             at = sentence_ends->next()) {
            const auto end = static_cast<std::size_t>(at);
            for (std::size_t i = begin; i + 1 < end; ++i)
                if (is_line_break(decoded.units[i]))
                    ends.push_back(i + 1);
            ends.push_back(end);
            begin = end;
        }
    }

    void add_word(std::size_t begin, std::size_t end, Arena& arena, AnalyzedText& out) {
        const std::u16string_view units(decoded.units.data() + begin, end - begin);
        const detail::WordForms& found = forms(units);
        if (found.native.empty())
            return;
        Token token;
        token.native = arena.copy(found.native);
        token.fold = found.fold == found.native ? token.native : arena.copy(found.fold);
        token.range = {decoded.byte_offsets[begin], decoded.byte_offsets[end]};
        token.kind = found.kind;
        token.capitalised = found.capitalised;
        token.hash = found.hash;
        out.tokens.push_back(token);
    }

    /// A word as ICU cuts it; elided articles ("l'accordo", "Trump's") are cut once more, where
    /// the script is Latin: elsewhere the apostrophe is a letter ("п'ять").
    void add_segment(std::size_t begin, std::size_t end, Arena& arena, AnalyzedText& out) {
        std::size_t from = begin;
        std::size_t code_points = 0;
        for (std::size_t i = begin; i < end; ++i) {
            const char16_t c = decoded.units[i];
            const bool cut = is_apostrophe(c) && i > begin && decoded.units[i - 1] < 0x0250;
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
    AnalyzedText out;
    detail::decode_utf8(text, state.decoded);
    out.replaced = state.decoded.replaced;
    if (state.decoded.units.empty())
        return out;

    Arena arena(out.storage, 2 * text.size());
    state.set_text(*state.words);
    state.words->first();
    std::int32_t begin = 0;
    for (std::int32_t end = state.words->next(); end != icu::BreakIterator::DONE;
         end = state.words->next()) {
        if (state.words->getRuleStatus() >= UBRK_WORD_NONE_LIMIT)
            state.add_segment(static_cast<std::size_t>(begin), static_cast<std::size_t>(end), arena,
                              out);
        begin = end;
    }

    if (sentences == Sentences::skip) {
        if (!out.tokens.empty())
            out.sentences.push_back({out.tokens.front().range.begin, out.tokens.back().range.end});
        return out;
    }
    state.find_sentence_ends();
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

} // namespace fabula
