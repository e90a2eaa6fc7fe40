// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/pool.hpp"
#include "base/scratch_memory.hpp"
#include "boilerplate/filter.hpp"
#include "features/lexical_features.hpp"
#include "text/articles.hpp"

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/model.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <optional>
#include <span>
#include <vector>

namespace fabula::detail {

/// All that is read from articles, one entry an article, in the order that they are read in: what
/// each is by itself, whatever the others are.
struct Corpus {
    /// Features are kept in `memory`, where it is given; it must live as long.
    explicit Corpus(ScratchMemory* memory = nullptr)
        : scratch(memory), lexical(memory != nullptr ? memory : std::pmr::get_default_resource()) {}

    ScratchMemory* scratch;
    EmbeddingMatrix vectors;
    std::vector<EmbeddingOutcome> outcomes;
    std::vector<std::vector<ByteRange>> contents; ///< see `AnalyzedArticle::content`
    std::pmr::vector<LexicalFeatures> lexical;
    std::vector<std::optional<std::chrono::sys_seconds>> times;
    std::vector<std::uint64_t> identities; ///< see `article_identity`

    [[nodiscard]] std::size_t size() const { return lexical.size(); }

    /// Moves the vectors to the scratch memory, where there is one, and back: for the search, which
    /// has transformed ones of its own.
    void spill_vectors();
    void restore_vectors();

private:
    std::span<float> spilled_; ///< the vectors, while they are there
};

/// Reads the articles `articles[order[0]]`, `articles[order[1]]`, … `threads` = 0: one a core;
/// `done` is given the part that is done, from the calling thread; for `scratch` see `Corpus`.
[[nodiscard]] Corpus read_corpus(const Articles& articles, std::span<const std::size_t> order,
                                 const Model& model, const BoilerplateFilter& boilerplate,
                                 Pool<TextAnalyzer>& analyzers, unsigned threads,
                                 const std::function<void(double)>& done = {},
                                 ScratchMemory* scratch = nullptr);

/// \throws Error(bad_input) where vectors of another encoder are not one row an article, have no
/// dimensions or more than 65,536, or a value is not finite
void check_vectors(const EmbeddingMatrix& given, std::size_t articles);

/// Puts checked vectors of another encoder in the place of the model's: row `order[i]` of `given`,
/// scaled to unit length, becomes that of article `i`. An article has a vector where its row is not
/// zero, whatever the model made of it, unless it has no words.
void bring_vectors(Corpus& corpus, const EmbeddingMatrix& given,
                   std::span<const std::size_t> order);

} // namespace fabula::detail
