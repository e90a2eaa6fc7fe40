// SPDX-License-Identifier: Apache-2.0
#include "language/fasttext_file.hpp"
#include "model/build/fasttext_import.hpp"
#include "model/format/pack_format.hpp"
#include "model/lookup/subwords.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <string_view>

namespace fabula::detail {
namespace {

class Lines {
public:
    Lines(const std::filesystem::path& path, std::string_view text) : path_(path), rest_(text) {}

    /// False at the end. The line comes without its end and without blanks there.
    bool next(std::string_view& line) {
        if (rest_.empty())
            return false;
        const std::size_t end = std::min(rest_.find('\n'), rest_.size());
        line = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r'))
            line.remove_suffix(1);
        ++number_;
        return true;
    }

    [[noreturn]] void refuse(const std::string& what) const {
        throw Error(Errc::damaged_model, "vector file " + path_.string() + ", line " +
                                             std::to_string(number_) + ": " + what);
    }

private:
    std::filesystem::path path_;
    std::string_view rest_;
    std::size_t number_{};
};

std::string_view take_field(std::string_view& line) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view field = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return field;
}

bool parse_count(std::string_view field, std::uint64_t& value) {
    const auto [end, failure] = std::from_chars(field.data(), field.data() + field.size(), value);
    return failure == std::errc() && end == field.data() + field.size();
}

// Numbers smaller than a float can hold are zero.
bool parse_value(std::string_view field, float& value) {
    double parsed = 0;
    const auto [end, failure] = std::from_chars(field.data(), field.data() + field.size(), parsed);
    value = static_cast<float>(parsed);
    return failure == std::errc() && end == field.data() + field.size() && std::isfinite(value);
}

std::string quoted(std::string_view field) {
    constexpr std::size_t longest = 40;
    return '"' + std::string(field.substr(0, longest)) + (field.size() > longest ? "...\"" : "\"");
}

void store_row(std::span<const float> row, RowEncoding encoding, std::size_t number,
               std::size_t rows, std::vector<std::byte>& payload) {
    if (encoding == RowEncoding::float32) {
        std::memcpy(payload.data() + number * row.size_bytes(), row.data(), row.size_bytes());
        return;
    }
    float largest = 0;
    for (const float value : row)
        largest = std::max(largest, std::abs(value));
    const float scale = largest < std::numeric_limits<float>::min() * 127 ? 0 : largest / 127;
    std::memcpy(payload.data() + number * sizeof scale, &scale, sizeof scale);
    std::byte* out = payload.data() + rows * sizeof scale + number * row.size();
    for (std::size_t i = 0; i < row.size(); ++i)
        out[i] = static_cast<std::byte>(static_cast<std::int8_t>(
            scale > 0 ? std::lround(std::clamp(row[i] / scale, -127.0F, 127.0F)) : 0));
}

} // namespace

ImportedFile import_text(const std::filesystem::path& path,
                         const std::shared_ptr<const ModelFile>& file,
                         const ImportOptions& options) {
    const auto bytes = file->bytes();
    Lines lines(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    std::string_view line;
    std::uint64_t words = 0;
    std::uint64_t dimension = 0;
    const bool any = lines.next(line);
    std::string_view header = line;
    if (!any || !parse_count(take_field(header), words) || !parse_count(header, dimension))
        lines.refuse("the first line of a vector file says how many words and how many values a "
                     "word, such as \"200000 300\", not " +
                     quoted(line));
    if (dimension == 0 || dimension > max_pack_dimension)
        lines.refuse("the number of values a word is " + std::to_string(dimension) +
                     ", not in 1–65535");
    // The shortest line is "w 0 0 0\n"; a header that promises more than fits is not believed.
    if (words > bytes.size() / (2 * dimension + 1))
        lines.refuse("it promises " + std::to_string(words) + " words of " +
                     std::to_string(dimension) + " values, more than a file of " +
                     std::to_string(bytes.size()) + " bytes can hold; is it cut short?");

    ImportedFile result;
    result.dimension = dimension;
    const std::uint64_t stored =
        options.text_words == 0 ? words : std::min<std::uint64_t>(words, options.text_words);
    std::vector<std::uint64_t> hashes;
    hashes.reserve(stored);
    auto rows = std::make_shared<std::vector<std::byte>>(
        RowMatrix::payload_bytes(options.text_rows, stored, dimension, 0));
    std::vector<float> row(dimension);
    std::uint64_t read = 0;
    while (lines.next(line)) {
        if (read == words)
            lines.refuse("there are more words than the " + std::to_string(words) +
                         " that the first line promises");
        const std::string_view word = take_field(line);
        if (word.empty())
            lines.refuse("there is no word at its start");
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (line.empty())
                lines.refuse("the word " + quoted(word) + " has " + std::to_string(i) +
                             " values instead of " + std::to_string(dimension));
            const std::string_view field = take_field(line);
            if (!parse_value(field, row[i]))
                lines.refuse(quoted(field) + " is not a finite number");
            if (std::abs(row[i]) > largest_model_value)
                lines.refuse("the word " + quoted(word) + " has the value " + quoted(field) +
                             ", beyond ±" + number_text(largest_model_value));
        }
        if (!line.empty())
            lines.refuse("the word " + quoted(word) + " has more than " +
                         std::to_string(dimension) + " values");
        if (read++ < stored) {
            store_row(row, options.text_rows, hashes.size(), stored, *rows);
            hashes.push_back(word_hash(word));
            result.words.push_back(word);
        }
        if (result.counts.size() < ImportedFile::counted_words && word != "</s>")
            result.counts.emplace_back(word, 1.0 / static_cast<double>(read));
    }
    if (read != words)
        lines.refuse("the file ends after " + std::to_string(read) + " of " +
                     std::to_string(words) + " words");

    auto index = build_word_index(hashes);
    auto payload = std::make_shared<const std::vector<std::byte>>(std::move(index.payload));
    WordTable& table = result.table;
    table.scheme = SubwordScheme::none;
    table.row_of_word = std::move(index.order);
    table.words = RowMatrix::encoded(options.text_rows, *rows, {}, stored, dimension, 0, {});
    if (const std::string wrong =
            WordIndex::open(*payload, table.row_of_word.size(), index.slot_bits, table.index);
        !wrong.empty())
        lines.refuse(wrong);
    result.storage = {std::move(payload), std::move(rows)};
    return result;
}

} // namespace fabula::detail
