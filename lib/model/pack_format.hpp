// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

/// The model file, `.fabula`, format version 1. All numbers are little-endian, all floats IEEE 754.
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
/// Sections (rows, columns, group: fields of PackSection; n/a = 0):
///
/// `vocabulary_index` rows = words, group = slot bits b ≤ 24. The words of the vocabulary by
/// XXH3-64 of their native form, without the words themselves: 2^b + 1 × u32, where slot s holds
/// the words [entry s, entry s + 1); then rows × u32, the 32 bits of each hash after the b that are
/// the slot, ascending within a slot. The position of a word here is its row in `vocabulary_rows`.
/// A word that is not in the model is taken for one that is with probability of (words a slot) /
/// 2^32, about 10⁻⁹.
///
/// `vocabulary_rows`, `subword_rows` rows × columns (= the dimension) in the `encoding` given:
/// float32: rows × columns × f32. int8: rows × f32 scales, then rows × columns × i8; value = scale
/// × byte. product: rows × (columns / group codes, then a norm code), one byte each; value = norm ×
/// centroid, where norm = 0 for code 0, else norm_low × (norm_high / norm_low)^((code - 1) / 254).
///
/// `vocabulary_codebook`, `subword_codebook` for product codes: columns / group × 256 × group ×
/// f32: the centroids of the first group of values, of the second, and so on.
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
namespace fabula::detail {

static_assert(std::endian::native == std::endian::little,
              "model files are mapped as they are: this library needs a little-endian machine");

inline constexpr char pack_magic[8] = {'F', 'A', 'B', 'U', 'L', 'A', '\x1A', '\n'};
inline constexpr std::uint32_t pack_version = 1;
inline constexpr std::uint32_t pack_endian_mark = 0x01020304;
inline constexpr std::size_t pack_alignment = 64;
inline constexpr std::uint32_t max_pack_sections = 64;
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
};

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
