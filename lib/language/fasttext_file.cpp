// SPDX-License-Identifier: Apache-2.0
#include "language/fasttext_file.hpp"

#include "base/hash.hpp"

#include <fabula/error.hpp>

#include <fasttext/fasttext.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <istream>
#include <limits>
#include <streambuf>
#include <system_error>

namespace fabula::detail {
namespace {

static_assert(std::endian::native == std::endian::little, "fastText files are little-endian");

constexpr std::int32_t fasttext_magic = 793712314;
constexpr std::size_t centroids_per_code = 256;
constexpr std::string_view seal_magic = "FABLID2\n";

/// Far beyond any real model; keeps products of two sizes inside 64 bits.
constexpr std::int64_t most_rows = std::int64_t{1} << 31;

[[noreturn]] void refuse(const std::string& why) {
    throw BadFastTextFile(why);
}

/// fastText writes bools as bytes; any other byte read into a bool is undefined behaviour.
bool read_bool(FastTextReader& in) {
    const auto byte = in.read<std::uint8_t>();
    if (byte > 1) {
        refuse("is damaged: a yes/no field holds " + std::to_string(byte));
    }
    return byte == 1;
}

void skip_floats(FastTextReader& in, std::uint64_t count) {
    const std::size_t begin = in.position();
    const char* const data = in.skip(count * sizeof(float));
    for (std::uint64_t i = 0; i < count; ++i) {
        float value = 0;
        std::memcpy(&value, data + i * sizeof(float), sizeof(float));
        // fastText throws on NaN in the middle of a prediction.
        if (!(std::abs(value) <= largest_model_value)) {
            refuse("is damaged: its weight at byte " + std::to_string(begin + i * sizeof(float)) +
                   " is " + number_text(value) + ", beyond ±" + number_text(largest_model_value));
        }
    }
}

struct Header {
    std::int32_t version{};
    std::int32_t dimension{};
    std::int32_t word_ngrams{};
    std::int32_t loss{};
    std::int32_t kind{};
    std::int32_t bucket{};
    std::int32_t shortest_ngram{};
    std::int32_t longest_ngram{};
};

constexpr std::int32_t kind_supervised = 3;

void require_range(const char* field, std::int64_t value, std::int64_t low, std::int64_t high) {
    if (value < low || value > high) {
        refuse(std::string("is damaged: ") + field + " is " + std::to_string(value));
    }
}

Header read_header(FastTextReader& in) {
    if (in.read<std::int32_t>() != fasttext_magic) {
        refuse("is not a fastText model");
    }
    Header header;
    header.version = in.read<std::int32_t>();
    if (header.version < 11 || header.version > 12) {
        refuse("has fastText's file version " + std::to_string(header.version) +
               ", only 11 and 12 are known");
    }
    header.dimension = in.read<std::int32_t>();
    in.skip(4 * sizeof(std::int32_t)); // window, epochs, least count, negatives: for training only
    header.word_ngrams = in.read<std::int32_t>();
    header.loss = in.read<std::int32_t>();
    header.kind = in.read<std::int32_t>();
    header.bucket = in.read<std::int32_t>();
    header.shortest_ngram = in.read<std::int32_t>();
    header.longest_ngram = in.read<std::int32_t>();
    in.skip(sizeof(std::int32_t)); // learning rate update rate
    const auto sampling = in.read<double>();

    require_range("its dimension", header.dimension, 1, 65536);
    require_range("its word n-gram length", header.word_ngrams, 0, 16);
    require_range("its loss", header.loss, 1, 4);
    require_range("its kind", header.kind, 1, 3);
    require_range("its bucket count", header.bucket, 0, most_rows - 1);
    require_range("its shortest character n-gram", header.shortest_ngram, 0, 64);
    require_range("its longest character n-gram", header.longest_ngram, 0, 64);
    if (!std::isfinite(sampling)) {
        refuse("is damaged: its sampling threshold is not a number");
    }
    if (header.version == 11 && header.kind == kind_supervised) {
        header.longest_ngram = 0; // what fastText makes of such files
    }
    if (header.bucket == 0 && (header.longest_ngram > 0 || header.word_ngrams > 1)) {
        refuse("is damaged: it uses n-grams but has no buckets for them");
    }
    return header;
}

struct Entries {
    std::int32_t words{};
    std::int32_t labels{};
    std::size_t begin{};             ///< byte of the first one
    std::size_t pruned_begin{};      ///< byte of the first kept n-gram
    std::int64_t pruned{-1};         ///< n-grams kept by quantisation; -1 where all are
    std::int32_t highest_pruned{-1}; ///< highest row, counted behind the words
};

Entries read_entries(FastTextReader& in) {
    Entries entries;
    const auto size = in.read<std::int32_t>();
    entries.words = in.read<std::int32_t>();
    entries.labels = in.read<std::int32_t>();
    in.skip(sizeof(std::int64_t)); // tokens seen in training
    entries.pruned = in.read<std::int64_t>();
    require_range("its number of words", entries.words, 0, most_rows - 1);
    require_range("its number of labels", entries.labels, 0, most_rows - 1);
    if (size < 1 || std::int64_t{entries.words} + entries.labels != size) {
        refuse("is damaged: its words and labels do not add up");
    }
    require_range("its number of kept n-grams", entries.pruned, -1, most_rows - 1);
    entries.begin = in.position();

    for (std::int32_t i = 0; i < size; ++i) {
        constexpr std::size_t longest_entry = 1U << 16U;
        const std::size_t length = in.read_string().size();
        const auto count = in.read<std::int64_t>();
        const auto type = in.read<std::int8_t>();
        if (length > longest_entry || type != (i < entries.words ? 0 : 1)) {
            refuse("is damaged: entry " + std::to_string(i) + " of its dictionary is broken");
        }
        // Hierarchical softmax builds its tree with 1e15 as infinity.
        require_range("a word count", count, 0, 1'000'000'000'000'000 / size);
    }
    entries.pruned_begin = in.position();
    for (std::int64_t i = 0; i < entries.pruned; ++i) {
        in.skip(sizeof(std::int32_t)); // the n-gram's hash: any value
        const auto row = in.read<std::int32_t>();
        require_range("the row of an n-gram", row, 0, most_rows - 1);
        entries.highest_pruned = std::max(entries.highest_pruned, row);
    }
    return entries;
}

struct Shape {
    std::int64_t rows{};
    std::int64_t columns{};
};

Shape read_shape(FastTextReader& in) {
    Shape shape;
    shape.rows = in.read<std::int64_t>();
    shape.columns = in.read<std::int64_t>();
    require_range("a number of rows", shape.rows, 0, most_rows);
    require_range("a number of columns", shape.columns, 1, 65536);
    return shape;
}

void read_quantizer(FastTextReader& in, std::int64_t dimension, std::int64_t per_code) {
    const auto stored = in.read<std::int32_t>();
    const auto codes = in.read<std::int32_t>();
    const auto width = in.read<std::int32_t>();
    const auto last_width = in.read<std::int32_t>();
    const std::int64_t left_over = width > 0 ? dimension % width : 0;
    if (stored != dimension || codes != per_code || width < 1 ||
        codes != (dimension + width - 1) / width ||
        last_width != (left_over == 0 ? width : left_over)) {
        refuse("is damaged: the sizes of its codes do not match");
    }
    skip_floats(in, static_cast<std::uint64_t>(dimension) * centroids_per_code);
}

Shape read_matrix(FastTextReader& in, bool quantised) {
    if (!quantised) {
        const Shape shape = read_shape(in);
        skip_floats(in, static_cast<std::uint64_t>(shape.rows * shape.columns));
        return shape;
    }
    const bool with_norms = read_bool(in);
    const Shape shape = read_shape(in);
    const auto code_bytes = in.read<std::int32_t>();
    const std::int64_t per_row = shape.rows > 0 ? code_bytes / shape.rows : 0;
    if (per_row < 1 || code_bytes != shape.rows * per_row) {
        refuse("is damaged: the sizes of its codes do not match");
    }
    in.skip(static_cast<std::uint64_t>(code_bytes));
    read_quantizer(in, shape.columns, per_row);
    if (with_norms) {
        in.skip(static_cast<std::uint64_t>(shape.rows));
        read_quantizer(in, 1, 1);
    }
    return shape;
}

/// fastText reads magic number and version in a protected function only.
class StreamedFastText : public fasttext::FastText {
public:
    bool load(std::istream& in) {
        if (!checkModel(in)) {
            return false;
        }
        loadModel(in);
        return true;
    }
};

class MemoryBuffer : public std::streambuf {
public:
    explicit MemoryBuffer(std::string_view bytes) {
        char* const data = const_cast<char*>(bytes.data()); // only ever read
        setg(data, data, data + bytes.size());
    }
};

template <class Number>
std::string shortest_text(Number value) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

} // namespace

std::string number_text(float value) {
    return shortest_text(value);
}

std::string number_text(double value) {
    return shortest_text(value);
}

const char* FastTextReader::skip(std::uint64_t count) {
    if (count > bytes_.size() - at_) {
        refuse("is truncated: it ends after " + std::to_string(bytes_.size()) +
               " bytes, in the middle of the model");
    }
    const char* const here = bytes_.data() + at_;
    at_ += static_cast<std::size_t>(count);
    return here;
}

std::string_view FastTextReader::read_string() {
    const std::string_view text = bytes_.substr(at_, bytes_.find('\0', at_) - at_);
    skip(text.size() + 1);
    return text;
}

FastTextFile check_fasttext(std::string_view bytes) {
    FastTextReader in(bytes);
    const Header header = read_header(in);
    const Entries entries = read_entries(in);
    FastTextFile file;
    file.supervised = header.kind == kind_supervised;
    file.dimension = header.dimension;
    file.words = entries.words;
    file.labels = entries.labels;
    file.buckets = header.bucket;
    file.shortest_ngram = header.shortest_ngram;
    file.longest_ngram = header.longest_ngram;
    file.word_ngrams = header.word_ngrams;
    file.kept_ngrams = entries.pruned;
    file.kept_begin = entries.pruned_begin;
    file.entries_begin = entries.begin;

    file.quantised = read_bool(in);
    if (!file.quantised && entries.pruned >= 0) {
        refuse("is damaged: its n-grams are pruned but it is not quantised");
    }
    const Shape input = read_matrix(in, file.quantised);
    const bool quantised_output = read_bool(in);
    const Shape output = read_matrix(in, file.quantised && quantised_output);

    const bool ngrams = header.longest_ngram > 0 || header.word_ngrams > 1;
    std::int64_t rows_used = entries.words;
    if (entries.pruned >= 0) {
        rows_used += entries.highest_pruned + std::int64_t{1};
    } else if (ngrams) {
        rows_used += header.bucket;
    }
    const std::int64_t answers = file.supervised ? entries.labels : entries.words;
    if (input.columns != header.dimension || output.columns != header.dimension ||
        input.rows < rows_used || output.rows != answers || answers < 1) {
        refuse("is damaged: its matrices do not match its dictionary");
    }
    file.size = in.position();
    return file;
}

std::shared_ptr<const fasttext::FastText> load_fasttext(std::string_view bytes) {
    static_cast<void>(check_fasttext(bytes));
    MemoryBuffer buffer(bytes);
    std::istream in(&buffer);
    auto model = std::make_shared<StreamedFastText>();
    if (!model->load(in)) {
        refuse("is not a model that this fastText reads");
    }
    return model;
}

std::string read_model_file(const std::filesystem::path& file) {
    std::error_code status;
    if (!std::filesystem::exists(file, status)) {
        throw Error(Errc::file_not_found, "there is no model file " + file.string());
    }
    const auto size = std::filesystem::file_size(file, status);
    std::ifstream in(file, std::ios::binary);
    if (status || !in) {
        throw Error(Errc::unreadable, "the model file " + file.string() +
                                          " cannot be opened; is it a regular file you may read?");
    }
    std::string bytes(static_cast<std::size_t>(size), '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (static_cast<std::uintmax_t>(in.gcount()) != size) {
        throw Error(Errc::unreadable, "the model file " + file.string() + " cannot be read");
    }
    return bytes;
}

std::optional<Seal> read_seal(std::string_view bytes, std::size_t model_size) {
    const std::string_view tail = bytes.substr(model_size);
    if (tail.empty()) {
        return std::nullopt;
    }
    if (tail.size() != seal_size || !tail.starts_with(seal_magic)) {
        refuse("is damaged: " + std::to_string(tail.size()) + " unknown bytes follow the model");
    }
    FastTextReader in(tail);
    in.skip(seal_magic.size());
    Seal seal;
    seal.preparation = in.read<std::uint32_t>();
    in.skip(sizeof(std::uint32_t));
    seal.intact =
        in.read<std::uint64_t>() == XXH3_64bits(bytes.data(), bytes.size() - sizeof(std::uint64_t));
    return seal;
}

std::string make_seal(std::string_view model, std::uint32_t preparation) {
    std::string sealed = std::string(model).append(seal_magic);
    const std::array<std::uint32_t, 2> fields{preparation, 0};
    sealed.append(reinterpret_cast<const char*>(fields.data()), sizeof(fields));
    const std::uint64_t hash = hash_of(sealed);
    sealed.append(reinterpret_cast<const char*>(&hash), sizeof(hash));
    return sealed.substr(model.size());
}

} // namespace fabula::detail
