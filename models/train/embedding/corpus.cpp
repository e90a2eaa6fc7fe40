// SPDX-License-Identifier: Apache-2.0
#include "corpus.hpp"

#include "tab_lines.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>

namespace fabula::training {

namespace {

constexpr std::size_t batch_lines = 1U << 15;

struct RawLine {
    std::string group;
    std::string language;
    std::string text;
};

class Builder {
public:
    explicit Builder(std::size_t max_words) : max_words_(max_words) {}

    void read(const std::filesystem::path& file) {
        TabLines lines(file);
        source_ = static_cast<std::uint16_t>(corpus_.sources.size());
        corpus_.sources.push_back(file.stem().string());
        group_.clear();
        std::vector<RawLine> batch;
        while (lines.next()) {
            batch.push_back({std::string(lines.first()), std::string(lines.second()),
                             std::string(lines.third())});
            if (batch.size() == batch_lines) {
                add(batch);
                batch.clear();
            }
        }
        add(batch);
    }

    Corpus finish() {
        corpus_.groups.push_back(corpus_.lines.size());
        return std::move(corpus_);
    }

private:
    void add(const std::vector<RawLine>& batch) {
        analyzed_.resize(batch.size());
        tbb::parallel_for(tbb::blocked_range<std::size_t>(0, batch.size(), 256),
                          [&](const tbb::blocked_range<std::size_t>& range) {
                              TextAnalyzer& analyzer = analyzers_.local();
                              for (std::size_t i = range.begin(); i != range.end(); ++i)
                                  analyzed_[i] = analyzer.analyze(batch[i].text, Sentences::skip);
                          });
        for (std::size_t i = 0; i < batch.size(); ++i)
            add_line(batch[i], analyzed_[i]);
    }

    void add_line(const RawLine& raw, const AnalyzedText& text) {
        if (text.tokens.empty())
            return;
        if (corpus_.groups.empty() || raw.group != group_) {
            group_ = raw.group;
            corpus_.groups.push_back(corpus_.lines.size());
        }
        Line line;
        line.first_word = corpus_.words.size();
        line.word_count = static_cast<std::uint32_t>(std::min(max_words_, text.tokens.size()));
        line.group = static_cast<std::uint32_t>(corpus_.groups.size() - 1);
        line.language = language(raw.language);
        line.source = source_;
        for (std::size_t i = 0; i < line.word_count; ++i)
            corpus_.words.push_back(type(text.tokens[i]));
        corpus_.lines.push_back(line);
    }

    std::uint16_t language(const std::string& tag) {
        const auto [at, is_new] =
            languages_.try_emplace(tag, static_cast<std::uint16_t>(corpus_.languages.size()));
        if (is_new)
            corpus_.languages.push_back(tag);
        return at->second;
    }

    std::uint32_t type(const Token& token) {
        const auto [at, is_new] = types_.try_emplace(
            std::string(token.normalised), static_cast<std::uint32_t>(corpus_.types.size()));
        if (is_new)
            corpus_.types.push_back(
                {std::string(token.normalised), std::string(token.romanised), token.kind, 0});
        ++corpus_.types[at->second].count;
        return at->second;
    }

    std::size_t max_words_;
    Corpus corpus_;
    std::uint16_t source_{};
    std::string group_;
    std::unordered_map<std::string, std::uint16_t> languages_;
    std::unordered_map<std::string, std::uint32_t> types_;
    tbb::enumerable_thread_specific<TextAnalyzer> analyzers_;
    std::vector<AnalyzedText> analyzed_;
};

} // namespace

bool holds_sentences(std::string_view source) {
    return source.find("sentences") != std::string_view::npos;
}

Corpus read_corpus(std::span<const std::filesystem::path> files, std::size_t max_words) {
    Builder builder(max_words);
    for (const auto& file : files)
        builder.read(file);
    return builder.finish();
}

std::vector<std::uint32_t> add_language_words(Corpus& corpus, WordWeights& weights) {
    std::vector<std::uint32_t> types;
    for (std::size_t i = 0; i < corpus.languages.size(); ++i) {
        types.push_back(static_cast<std::uint32_t>(corpus.types.size()));
        corpus.types.push_back({"", "", TokenKind::word, 0});
    }
    std::vector<std::uint32_t> words;
    WordWeights all_weights;
    words.reserve(corpus.words.size() + corpus.lines.size());
    all_weights.reserve(words.capacity());
    for (Line& line : corpus.lines) {
        const std::uint64_t first = words.size();
        float sum = 0;
        for (std::uint64_t k = line.first_word; k < line.first_word + line.word_count; ++k) {
            words.push_back(corpus.words[k]);
            all_weights.push_back(weights[k]);
            sum += weights[k];
        }
        words.push_back(types[line.language]);
        all_weights.push_back(sum);
        line.first_word = first;
        ++line.word_count;
    }
    corpus.words = std::move(words);
    weights = std::move(all_weights);
    return types;
}

} // namespace fabula::training
