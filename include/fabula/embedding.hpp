// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/export.hpp>
#include <fabula/model.hpp>
#include <fabula/text.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::inline v0 {

/// What became of an article on its way to a vector. Anything but `ok` has a zero vector.
enum class EmbeddingStatus {
    ok,
    empty_text,           ///< no word in it: empty, or only digits, punctuation, emoji
    unsupported_language, ///< of a language that the model lacks: compared by names and numbers
    no_known_words,       ///< words, but none that the model has a vector for
};

/// "ok", "empty_text", ... as written by the program.
[[nodiscard]] FABULA_EXPORT std::string_view to_string(EmbeddingStatus status) noexcept;

/// Rows × dimension, float32, row-major. Each row has unit length, or is zero where its status is
/// not `ok`; the cosine with a zero row is 0 by definition.
struct EmbeddingMatrix {
    std::size_t rows{};
    std::size_t dimension{};
    std::vector<float> values; ///< rows × dimension

    [[nodiscard]] std::span<const float> row(std::size_t i) const {
        return {values.data() + i * dimension, dimension};
    }
    [[nodiscard]] std::span<float> row(std::size_t i) {
        return {values.data() + i * dimension, dimension};
    }
};

/// Cosine similarity in [-1, 1] of two vectors of the same dimension; 0 if either is zero.
/// \throws Error(bad_input) where the dimensions differ
[[nodiscard]] FABULA_EXPORT float cosine_similarity(std::span<const float> a,
                                                    std::span<const float> b);

/// What is known of one article besides its vector.
struct EmbeddingOutcome {
    EmbeddingStatus status{EmbeddingStatus::ok};
    /// BCP-47: the article's own tag as it is; the identified one where it says none, or where its
    /// script or words leave no room for what it says; or "und".
    std::string language;
    float language_probability{}; ///< of the identification; 1 where the article said it
    std::size_t words{};          ///< words that took part in the vector
};

/// One article's vector.
struct Embedding {
    std::vector<float> vector; ///< `dimension` values, unit length or all zero
    EmbeddingOutcome outcome;
};

/// Many articles' vectors, in the order of the input.
struct Embeddings {
    EmbeddingMatrix matrix;
    std::vector<EmbeddingOutcome> outcomes; ///< one a row
};

/// Sentence vectors of one article, in the order of the text (a title is the first sentence). A row
/// is zero where no word of the sentence is known. No rows where the article's status is
/// `empty_text` or `unsupported_language`; boilerplate of the site has none either.
struct SentenceEmbeddings {
    EmbeddingMatrix matrix;
    std::vector<ByteRange> ranges; ///< into `Article::text`; into `Article::title` for the title
    bool has_title{};              ///< row 0 is the title
};

/// How articles become vectors.
struct EmbedOptions {
    /// Threads for the calls that take many articles; 0 = one a usable core. The result does not
    /// depend on it. Range 0–1024.
    unsigned threads{0};

    /// Smooth-inverse-frequency constant a: a word of probability p in its language weighs
    /// a / (a + p) (Arora, Liang, Ma 2017). Smaller = frequent words count less. Range (0, 1].
    double word_weight{2e-3};

    /// How many times a title's words count, beside the body's. Range 0–100. A word that counts
    /// n > 1 times in all weighs 1 + ln n.
    double title_weight{1.0};

    /// Empty where all is well, else a sentence that names the field and its range.
    [[nodiscard]] FABULA_EXPORT std::string validate() const;
};

/// Turns articles into unit vectors in one space for all languages, so that translations meet:
/// weighted sum of word vectors (a word that recurs counts less each time), minus the mean vector
/// of the language, normalised.
///
/// Embedding is a pure function of the article, the model and the options. `const` calls are safe
/// from any number of threads.
class FABULA_EXPORT Embedder {
public:
    /// \throws Error(bad_option)
    explicit Embedder(Model model, EmbedOptions options = {});
    ~Embedder();
    Embedder(Embedder&&) noexcept;
    Embedder& operator=(Embedder&&) noexcept;

    [[nodiscard]] Embedding embed(const Article& article) const;
    [[nodiscard]] Embeddings embed(std::span<const Article> articles) const;
    [[nodiscard]] SentenceEmbeddings embed_sentences(const Article& article) const;

    [[nodiscard]] const Model& model() const noexcept;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fabula::inline v0
