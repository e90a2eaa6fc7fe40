// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace fasttext {
class FastText;
} // namespace fasttext

namespace fabula::detail {

/// Why a file cannot be used as a fastText model, as the end of a sentence: "is truncated". The
/// caller knows the file's name.
class BadFastTextFile : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// No number of a model lies beyond this, either way: far from what training gives, and near enough
/// that sums over all words of a text stay numbers.
inline constexpr float largest_model_value = 1e15F;

/// "1e+30", "nan".
[[nodiscard]] std::string number_text(float value);
[[nodiscard]] std::string number_text(double value);

/// Reads one field after the other. Throws `BadFastTextFile` where the bytes end before.
class FastTextReader {
public:
    explicit FastTextReader(std::string_view bytes, std::size_t at = 0) : bytes_(bytes), at_(at) {}

    template <class T>
    T read() {
        static_assert(std::is_trivially_copyable_v<T>);
        T value{};
        std::memcpy(&value, skip(sizeof(T)), sizeof(T));
        return value;
    }
    /// So many bytes.
    const char* skip(std::uint64_t count);
    /// A string that ends with a zero byte.
    std::string_view read_string();
    [[nodiscard]] std::size_t position() const { return at_; }

private:
    std::string_view bytes_;
    std::size_t at_;
};

/// What the head of a fastText model says.
struct FastTextFile {
    bool supervised{};
    bool quantised{};
    std::int32_t dimension{};
    std::int32_t words{};
    std::int32_t labels{};
    std::int32_t buckets{}; ///< of n-grams
    std::int32_t shortest_ngram{};
    std::int32_t longest_ngram{}; ///< of letters; 0: there are none
    std::int64_t kept_ngrams{-1}; ///< by quantisation; -1 where all are
    std::int32_t word_ngrams{};   ///< words in a row that make a feature
    std::size_t kept_begin{};     ///< byte of the first kept n-gram: bucket and row, 32 bits each
    std::size_t entries_begin{};  ///< byte of the first word or label
    std::size_t size{};           ///< bytes the model takes; whatever follows is not fastText's
};

/// Walks a whole model in fastText's binary format (file versions 11 and 12, library 0.9.2) and
/// checks every length, index and number on the way. fastText itself checks none of them: it loads
/// a truncated file without a word and reads outside its arrays later.
///
/// A model that passes can be loaded and asked without a crash; whether its numbers are the ones
/// that were trained only a checksum can tell. Throws `BadFastTextFile`.
[[nodiscard]] FastTextFile check_fasttext(std::string_view bytes);

/// Loads a model from memory after `check_fasttext`. `bytes` need not outlive the call.
[[nodiscard]] std::shared_ptr<const fasttext::FastText> load_fasttext(std::string_view bytes);

/// All bytes of a file. Throws `Error` (`file_not_found`, `unreadable`).
[[nodiscard]] std::string read_model_file(const std::filesystem::path& file);

/// What Fabula appends to a fastText model, where fastText never looks: which preparation of text
/// the model was trained with, and the XXH3-64 of everything before.
struct Seal {
    std::uint32_t preparation{};
    bool intact{}; ///< the checksum is right
};

inline constexpr std::size_t seal_size = 24;

/// The seal of a file whose model ends at `model_size`; none where the file ends there too.
/// Throws `BadFastTextFile` for anything else behind the model.
[[nodiscard]] std::optional<Seal> read_seal(std::string_view bytes, std::size_t model_size);

/// The seal to append to a model.
[[nodiscard]] std::string make_seal(std::string_view model, std::uint32_t preparation);

} // namespace fabula::detail
