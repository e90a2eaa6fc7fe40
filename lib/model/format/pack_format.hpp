// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

/// The model file, `.fabula`, format versions 1 and 2. All numbers are little-endian, all floats
/// IEEE 754.
///
/// ```
/// offset      what
/// 0           PackHeader, 64 bytes
/// 64          section_count × PackSection, 48 bytes each, by ascending kind
/// ...         the sections, each at a multiple of 64; the bytes between are zero
/// ...         the manifest: JSON, UTF-8, up to the end of the file
/// ```
///
/// The manifest comes last so that coefficients and quality figures, which are measured with the
/// finished vectors, can be replaced without moving a row. Its fields:
/// `name version description licence attribution provenance fold subword_scheme` strings;
/// `languages` list of tags, sorted; `coefficients` and `quality` objects of numbers. Unknown
/// fields are passed over.
///
/// Version 1 has one table of words for all languages. Version 2 has one or more, each of the words
/// of one language, as fastText's files have them; otherwise the versions are the same, and a model
/// that version 1 can hold is written as such. In version 2 the manifest has no `subword_scheme`
/// but `tables`, a list of objects with the fields
/// - `language`: one of `languages`, each for at most one table; or empty where the model is of one
///   table, which then stands for all languages (`languages` is a single name),
/// - `scheme`: "words" or "fasttext", see `SubwordScheme`; the words of the vocabulary are hashed
/// as
///   the file spells them, not in normalised form,
/// - `shortest_ngram`, `longest_ngram`, `buckets`: of "fasttext"; an n-gram's row is its hash
/// modulo
///   `buckets`, of which every one has a row or those of the section `subword_buckets`.
/// The sections of table t, counted from 0, have the kinds below + 256 × t; `language_means` and
/// `word_probabilities` are there once.
///
/// Sections (rows, columns, group: fields of PackSection; n/a = 0):
///
/// `vocabulary_index` rows = words, group = slot bits b ≤ 24. The words of the vocabulary by
/// XXH3-64 of their normalised form, without the words themselves: 2^b + 1 × u32, where slot s
/// holds the words [entry s, entry s + 1); then rows × u32, the 32 bits of each hash after the b
/// that are the slot, ascending within a slot. The position of a word here is its row in
/// `vocabulary_rows`. A word that is not in the model is taken for one that is with probability of
/// (words a slot) / 2^32, about 10⁻⁹.
///
/// `vocabulary_rows`, `subword_rows` rows × columns (= the dimension) in the `encoding` given:
/// float32: rows × columns × f32. int8: rows × f32 scales, then rows × columns × i8; value = scale
/// × byte. product: rows × (columns / group codes, then a norm code), one byte each; value = norm ×
/// centroid, where norm = 0 for code 0, else norm_low × (norm_high / norm_low)^((code - 1) / 254).
///
/// `vocabulary_codebook`, `subword_codebook` for product codes: columns / group × 256 × group ×
/// f32: the centroids of the first group of values, of the second, and so on.
///
/// `subword_buckets` (version 2) rows = subword rows: rows × u32, the buckets that the subword rows
/// are of, ascending.
///
/// `language_means` rows = languages, columns = the dimension: rows × columns × f32, the mean word
/// vector of running text, see `ModelData::mean`; a row of zeros where it is not known.
///
/// `word_probabilities` rows = words of all languages, columns = languages, group = slot entries.
/// First columns × 4 × u32: slot bits b, first slot entry, first word, number of words. Then group
/// × u32, for each language 2^b + 1 entries as in `vocabulary_index`, counted from the first word
/// of the language. Then rows × u16, the 16 bits of each hash after the b of the slot, ascending
/// within a slot. Then rows × u8: probability of the word in the language = 2^(-code / 8), from 1
/// to 2 × 10⁻¹⁰, at most 4.5 % off. A word that is not listed is taken for one that is with
/// probability of (words a slot) / 2^16, about 2 × 10⁻⁴; nearly all words are rare, so that does no
/// harm.
///
/// `background` (may be missing) rows = terms, columns = the dimension. What is ordinary in general
/// texts, summed up over many articles that each count their document weight, in whole numbers (the
/// units: lib/statistics/sums/fixed_point.hpp). u64 articles; u64 their weight; u64 the weight of
/// those with a vector; for each component i of the vectors i64 sum, then (i + 1) × i64 second
/// moments with the components 0 to i; u32 terms; for each term that two or more of the articles
/// have u32 key, ascending, u32 articles, u64 weight. It follows from the articles' words and
/// vectors: another vocabulary or other rows need another background.
namespace fabula::detail {

static_assert(std::endian::native == std::endian::little,
              "model files are mapped as they are: this library needs a little-endian machine");

inline constexpr char pack_magic[8] = {'F', 'A', 'B', 'U', 'L', 'A', '\x1A', '\n'};
inline constexpr std::uint32_t pack_version = 1;        ///< one table
inline constexpr std::uint32_t pack_version_tables = 2; ///< a table for each language
inline constexpr std::uint32_t pack_endian_mark = 0x01020304;
inline constexpr std::size_t pack_alignment = 64;
inline constexpr std::uint32_t max_pack_tables = 4096;
inline constexpr std::uint32_t max_pack_sections = 8 * max_pack_tables;
/// fastText's own limit is no lower, and no word has longer n-grams that would matter.
inline constexpr std::uint32_t max_pack_ngram = 64;
inline constexpr std::uint32_t max_pack_dimension = 65535;
inline constexpr std::uint32_t max_pack_languages = 65535;

struct PackHeader {
    char magic[8];
    std::uint32_t version;
    std::uint32_t endian_mark;
    std::uint64_t manifest_offset;
    std::uint64_t manifest_length;
    std::uint64_t section_offset; ///< 64
    std::uint32_t section_count;
    std::uint32_t header_checksum; ///< low half of XXH3-64 of this header with the field zero
    std::uint64_t file_size;
    std::uint64_t checksum; ///< XXH3-64 of everything after this header
};
static_assert(sizeof(PackHeader) == 64);

enum class PackSectionKind : std::uint32_t {
    vocabulary_index = 1,
    vocabulary_rows = 2,
    vocabulary_codebook = 3,
    subword_rows = 4,
    subword_codebook = 5,
    language_means = 6,
    word_probabilities = 7,
    subword_buckets = 8,
    background = 9,
};

/// Bytes of a `background`; for a number of terms that comes from a file, first see that it is
/// below length / `background_term_bytes`.
inline constexpr std::uint64_t background_term_bytes = 16;
[[nodiscard]] constexpr std::uint64_t background_length(std::uint64_t dimension,
                                                        std::uint64_t terms) {
    return 3 * 8 + dimension * (dimension + 3) / 2 * 8 + 4 + terms * background_term_bytes;
}

/// `PackSection::kind` of a section of table t is its kind + t × this.
inline constexpr std::uint32_t pack_table_stride = 256;

struct PackSection {
    std::uint32_t kind;
    std::uint32_t encoding; ///< RowEncoding of row sections, else 0
    std::uint64_t offset;   ///< from the start of the file
    std::uint64_t length;   ///< bytes
    std::uint64_t rows;
    std::uint32_t columns;
    std::uint32_t group;
    float norm_low; ///< product codes, else 0
    float norm_high;
};
static_assert(sizeof(PackSection) == 48);

} // namespace fabula::detail
