// SPDX-License-Identifier: Apache-2.0
#include "language/fasttext_file.hpp"
#include "model/build/fasttext_import.hpp"
#include "model/lookup/subwords.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>

namespace fabula::detail {
namespace {

// fastText's ProductQuantizer: `parts` groups of `width` values (the last one `last_width`), 256
// centroids each.
struct Centroids {
    std::int32_t dimension, parts, width, last_width;
    const char* values;

    explicit Centroids(FastTextReader& in)
        : dimension(in.read<std::int32_t>()), parts(in.read<std::int32_t>()),
          width(in.read<std::int32_t>()), last_width(in.read<std::int32_t>()),
          values(in.skip(static_cast<std::uint64_t>(dimension) * 256 * sizeof(float))) {}

    void decode(const unsigned char* codes, float factor, float* out) const {
        for (std::int32_t part = 0; part < parts; ++part) {
            const std::int32_t columns = part == parts - 1 ? last_width : width;
            const std::size_t first =
                static_cast<std::size_t>(part) * 256 * static_cast<std::size_t>(width) +
                codes[part] * static_cast<std::size_t>(columns);
            for (std::int32_t j = 0; j < columns; ++j) {
                float value;
                std::memcpy(&value, values + (first + static_cast<std::size_t>(j)) * sizeof value,
                            sizeof value);
                *out++ = factor * value;
            }
        }
    }
};

std::shared_ptr<const std::vector<float>> decode_rows(FastTextReader& in, std::int32_t dimension,
                                                      std::size_t& rows) {
    const bool has_norms = in.read<std::uint8_t>() != 0;
    rows = static_cast<std::size_t>(in.read<std::int64_t>());
    in.read<std::int64_t>(); // columns: the dimension
    const auto code_bytes = static_cast<std::uint64_t>(in.read<std::int32_t>());
    const auto* codes = reinterpret_cast<const unsigned char*>(in.skip(code_bytes));
    const Centroids centroids(in);
    const unsigned char* norm_codes = nullptr;
    std::vector<float> norms(256, 1.0F);
    if (has_norms) {
        norm_codes = reinterpret_cast<const unsigned char*>(in.skip(rows));
        const Centroids stored(in);
        std::memcpy(norms.data(), stored.values, norms.size() * sizeof(float));
    }
    if (centroids.dimension != dimension ||
        rows * static_cast<std::size_t>(centroids.parts) > code_bytes)
        throw BadFastTextFile("is damaged: the sizes of its codes do not match");
    auto values = std::make_shared<std::vector<float>>(rows * static_cast<std::size_t>(dimension));
    for (std::size_t i = 0; i < rows; ++i)
        centroids.decode(codes + i * static_cast<std::size_t>(centroids.parts),
                         has_norms ? norms[norm_codes[i]] : 1.0F,
                         values->data() + i * static_cast<std::size_t>(dimension));
    const auto huge = std::find_if(values->begin(), values->end(), [](float value) {
        return std::abs(value) > largest_model_value;
    });
    if (huge != values->end())
        throw BadFastTextFile("is damaged: row " +
                              std::to_string((huge - values->begin()) / dimension) +
                              " has the value " + number_text(*huge) + ", beyond ±" +
                              number_text(largest_model_value));
    return values;
}

ImportedFile read(std::string_view bytes) {
    const FastTextFile file = check_fasttext(bytes);
    ImportedFile result;
    result.dimension = static_cast<std::size_t>(file.dimension);
    WordTable& table = result.table;
    table.scheme = SubwordScheme::fasttext;
    table.buckets = static_cast<std::uint32_t>(file.buckets);
    table.shortest_ngram = static_cast<std::size_t>(file.shortest_ngram);
    table.longest_ngram = static_cast<std::size_t>(file.longest_ngram);
    const auto words = static_cast<std::size_t>(file.words);
    FastTextReader in(bytes, file.entries_begin);
    std::vector<std::uint64_t> hashes;
    for (std::int32_t i = 0; i < file.words + file.labels; ++i) {
        const std::string_view word = in.read_string();
        const auto count = in.read<std::int64_t>();
        in.skip(1); // word or label; words come first
        if (hashes.size() == words)
            continue;
        hashes.push_back(word_hash(word));
        result.words.push_back(word);
        if (result.counts.size() < ImportedFile::counted_words && word != "</s>")
            result.counts.emplace_back(word, static_cast<double>(count));
    }
    table.pruned = file.kept_ngrams >= 0;
    for (std::int64_t i = 0; i < file.kept_ngrams; ++i) {
        const auto bucket = static_cast<std::uint32_t>(in.read<std::int32_t>());
        table.kept_buckets[bucket] = static_cast<std::uint32_t>(in.read<std::int32_t>());
    }
    auto index = build_word_index(hashes);
    auto payload = std::make_shared<const std::vector<std::byte>>(std::move(index.payload));
    table.row_of_word = std::move(index.order);
    if (const std::string wrong =
            WordIndex::open(*payload, table.row_of_word.size(), index.slot_bits, table.index);
        !wrong.empty())
        throw BadFastTextFile("has a dictionary that cannot be used: " + wrong);
    result.storage.push_back(payload);

    const bool quantised = in.read<std::uint8_t>() != 0;
    std::size_t rows = 0;
    const char* values = nullptr;
    if (quantised) {
        auto decoded = decode_rows(in, file.dimension, rows);
        values = reinterpret_cast<const char*>(decoded->data());
        result.storage.push_back(std::move(decoded));
    } else {
        rows = static_cast<std::size_t>(in.read<std::int64_t>());
        in.read<std::int64_t>();
        values = in.skip(rows * result.dimension * sizeof(float));
    }
    std::size_t ngrams = table.pruned ? 0 : table.buckets;
    for (const auto& [bucket, row] : table.kept_buckets)
        ngrams = std::max<std::size_t>(ngrams, row + std::size_t{1});
    if (words > rows || (table.longest_ngram > 0 && ngrams > rows - words))
        throw BadFastTextFile("is damaged: it has " + std::to_string(rows) + " rows for " +
                              std::to_string(words) + " words and " + std::to_string(ngrams) +
                              " n-grams");
    table.words = RowMatrix::float32(values, words, result.dimension);
    if (table.longest_ngram > 0 && ngrams > 0) {
        table.subwords = RowMatrix::float32(values + words * result.dimension * sizeof(float),
                                            ngrams, result.dimension);
        table.compose_words = true;
    }
    return result;
}

} // namespace

ImportedFile import_binary(const std::filesystem::path& path,
                           const std::shared_ptr<const ModelFile>& file) {
    const auto bytes = file->bytes();
    try {
        ImportedFile result = read({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        result.storage.push_back(file);
        return result;
    } catch (const BadFastTextFile& problem) {
        throw Error(Errc::damaged_model, "model file " + path.string() + " " + problem.what());
    }
}

} // namespace fabula::detail
