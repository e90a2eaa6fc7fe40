// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"
#include "model/build/fasttext_import.hpp"
#include "model/build/principal_axes.hpp"
#include "model/format/pack_file.hpp"
#include "model/format/pack_writer.hpp"
#include "model/lookup/subwords.hpp"

#include <fabula/error.hpp>
#include <fabula/model.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

namespace fabula::inline v0 {
namespace {

using namespace detail;
using Sources = std::map<std::string, std::filesystem::path>;

/// Words of each source that the axes are found from: more change nothing that could be measured.
constexpr std::size_t words_for_axes = 200'000;
constexpr std::size_t rows_per_task = 1024;

[[noreturn]] void refuse(const std::string& sentence) {
    throw Error(Errc::bad_option, sentence);
}

// Cosines of stored vectors with those of the source, summed in one order.
struct Loss {
    std::size_t rows{};
    std::size_t counted{};
    double sum{};
    double least{1};

    void add(std::span<const double> cosines) {
        for (const double cosine : cosines) {
            ++rows;
            if (std::isnan(cosine))
                continue; // a zero vector has none
            ++counted;
            sum += cosine;
            least = std::min(least, cosine);
        }
    }
    [[nodiscard]] StoredVectors result() const {
        return {rows, counted > 0 ? sum / static_cast<double>(counted) : 1, least};
    }
};

double length_of(std::span<const float> values) {
    double sum = 0;
    for (const float value : values)
        sum += static_cast<double>(value) * static_cast<double>(value);
    return std::sqrt(sum);
}

// The words of a source that get a row, in the order of the index that finds them.
struct Words {
    const ImportedFile& file;
    BuiltWordIndex index;

    Words(const ImportedFile& imported, std::size_t vocabulary) : file(imported) {
        const std::size_t count =
            vocabulary == 0 ? imported.words.size() : std::min(vocabulary, imported.words.size());
        std::vector<std::uint64_t> hashes;
        for (const std::string_view word : std::span(imported.words).first(count))
            hashes.push_back(word_hash(word));
        index = build_word_index(hashes);
    }
    [[nodiscard]] std::size_t size() const { return index.order.size(); }
    /// Adds the vector that the import has for the word, made up of its n-grams too.
    void add(std::size_t row, float* out) const {
        const std::string_view word = file.words[index.order[row]];
        file.table.add_known({word, word, word, TokenKind::word}, 1, out);
    }
};

class Build {
public:
    Build(const Sources& sources, const ModelBuildOptions& options)
        : sources_(sources), options_(options) {}

    ModelBuildReport write(const std::filesystem::path& output) {
        if (options_.dimension != 0)
            find_axes();
        for (const auto& [tag, path] : sources_)
            add(tag, path);
        fill_card();
        pack_.dimension = report_.dimension;
        report_.words = words_.result();
        report_.subwords = subwords_.result();
        report_.bytes = write_pack(std::move(pack_), output).bytes;
        return std::move(report_);
    }

private:
    ImportedFile import(const std::filesystem::path& path,
                        const std::shared_ptr<const ModelFile>& file, std::size_t words) const {
        if (looks_like_pack(file->bytes()))
            refuse("model file " + path.string() +
                   " is a fabula model already: it takes fastText's .bin, .ftz or .vec");
        // The statistics are those of the import, however few words get a row.
        const std::size_t kept = words == 0 ? 0 : std::max(words, ImportedFile::counted_words);
        return import_file(path, file, {RowEncoding::float32, kept});
    }

    void set_dimension(const std::filesystem::path& path, std::size_t dimension) {
        if (report_.source_dimension != 0) {
            check_dimension(path, dimension, report_.source_dimension);
            return;
        }
        report_.source_dimension = dimension;
        report_.dimension = options_.dimension == 0 ? dimension : options_.dimension;
        if (report_.dimension > dimension)
            refuse("dimension is " + std::to_string(options_.dimension) + ": " + path.string() +
                   " has " + std::to_string(dimension) + " values a word, and more cannot be made");
        if (options_.quantisation != Quantisation::product)
            return;
        if (report_.dimension % 2 != 0)
            refuse("dimension is " + std::to_string(report_.dimension) +
                   ": product codes need an even one");
        rows_.group = report_.dimension % 4 == 0 ? 4 : 2;
    }

    void find_axes() {
        const std::size_t words = options_.vocabulary == 0
                                      ? words_for_axes
                                      : std::min(options_.vocabulary, words_for_axes);
        std::optional<SecondMoments> moments;
        for (const auto& [tag, path] : sources_) {
            const auto source = std::make_shared<const ModelFile>(path, options_.memory_map);
            const ImportedFile file = import(path, source, words);
            set_dimension(path, file.dimension);
            if (report_.dimension == report_.source_dimension)
                return;
            if (!moments)
                moments.emplace(file.dimension);
            const Words list(file, words);
            std::vector<float> rows;
            for (std::size_t first = 0; first < list.size(); first += rows_per_task) {
                const std::size_t count = std::min(rows_per_task, list.size() - first);
                rows.assign(count * file.dimension, 0);
                for (std::size_t i = 0; i < count; ++i)
                    list.add(first + i, rows.data() + i * file.dimension);
                moments->add(rows, options_.threads);
            }
        }
        projection_ = principal_axes(*moments, report_.dimension);
        report_.kept = projection_->kept;
    }

    // Brings vectors into their stored form. `add(i, out)` adds vector i of the source.
    template <class Add>
    EncodedRows store(std::size_t count, Add&& add, Loss& loss) const {
        const std::size_t from = report_.source_dimension;
        const std::size_t to = report_.dimension;
        std::vector<float> rows(count * to);
        std::vector<double> lengths(count);
        for_each_range(count, rows_per_task, options_.threads, [&](ItemRange range) {
            std::vector<float> row(from);
            for (std::size_t i = range.begin; i < range.end; ++i) {
                std::fill(row.begin(), row.end(), 0.0F);
                add(i, row.data());
                lengths[i] = length_of(row);
                if (projection_)
                    projection_->apply(row.data(), rows.data() + i * to);
                else
                    std::copy(row.begin(), row.end(), rows.data() + i * to);
            }
        });
        EncodedRows encoded = encode_rows(rows, to, rows_);
        const RowMatrix view = encoded.view();
        std::vector<double> cosines(count);
        for_each_range(count, rows_per_task, options_.threads, [&](ItemRange range) {
            std::vector<float> stored(to);
            for (std::size_t i = range.begin; i < range.end; ++i) {
                std::fill(stored.begin(), stored.end(), 0.0F);
                view.add(i, 1, stored.data());
                double dot = 0;
                for (std::size_t j = 0; j < to; ++j)
                    dot += static_cast<double>(stored[j]) * static_cast<double>(rows[i * to + j]);
                // The axes are at right angles: against the vector before it was turned to them,
                // the product is the same and only the length differs.
                const double length = length_of(stored);
                cosines[i] = lengths[i] == 0 ? std::nan("")
                             : length == 0   ? 0
                                             : dot / (length * lengths[i]);
            }
        });
        loss.add(cosines);
        return encoded;
    }

    PackTable make_table(const ImportedFile& file) {
        const WordTable& from = file.table;
        PackTable table;
        table.scheme = from.scheme;
        Words words(file, options_.vocabulary);
        table.words = store(
            words.size(), [&](std::size_t i, float* out) { words.add(i, out); }, words_);
        table.index = std::move(words.index);
        if (from.subwords.rows() == 0)
            return table;
        table.shortest_ngram = from.shortest_ngram;
        table.longest_ngram = from.longest_ngram;
        table.buckets = from.buckets;
        table.pruned = from.pruned;
        std::vector<std::uint32_t> rows(from.pruned ? 0 : from.buckets);
        std::iota(rows.begin(), rows.end(), 0U);
        for (const auto& [bucket, row] : from.kept_buckets)
            table.kept_buckets.push_back(bucket);
        std::sort(table.kept_buckets.begin(), table.kept_buckets.end());
        for (const std::uint32_t bucket : table.kept_buckets)
            rows.push_back(from.kept_buckets.at(bucket));
        table.subwords = store(
            rows.size(), [&](std::size_t i, float* out) { from.subwords.add(rows[i], 1, out); },
            subwords_);
        return table;
    }

    void add(const std::string& tag, const std::filesystem::path& path) {
        const auto source = std::make_shared<const ModelFile>(path, options_.memory_map);
        const ImportedFile file = import(path, source, options_.vocabulary);
        set_dimension(path, file.dimension);
        report_.source_bytes += source->bytes().size();
        PackLanguage& language = pack_.languages.emplace_back();
        language.tag = tag.empty() ? "und" : tag;
        report_.languages.push_back(language.tag);
        WordStatistics statistics = count_words(file);
        language.words = std::move(statistics.probabilities);
        language.mean = std::move(statistics.mean);
        if (projection_) {
            std::vector<float> turned(report_.dimension);
            projection_->apply(language.mean.data(), turned.data());
            language.mean = std::move(turned);
        }
        try {
            pack_.tables.push_back(make_table(file));
        } catch (const Error& error) {
            // Values that are finite one by one may not be so when they are summed.
            throw Error(Errc::damaged_model,
                        "model file " + path.string() +
                            " has vectors that cannot be stored: " + error.what());
        }
        pack_.tables.back().language = tag;
    }

    void fill_card() {
        ModelCard& card = pack_.card;
        std::string names;
        for (const auto& [tag, path] : sources_)
            names += (names.empty() ? "" : ", ") + repair_utf8(path.filename().string());
        card.name = options_.name.empty() ? names : options_.name;
        card.version = options_.version;
        card.licence = options_.licence;
        card.attribution = options_.attribution;
        card.description = "Word vectors from fastText files";
        card.provenance = "built from " + names;
        if (options_.vocabulary != 0)
            card.provenance +=
                "; the first " + std::to_string(options_.vocabulary) + " words of each";
        if (projection_)
            card.provenance += "; " + std::to_string(report_.source_dimension) +
                               " dimensions reduced to " + std::to_string(report_.dimension) +
                               " by principal components";
        card.provenance += "; word probabilities and language means are estimates";
        const auto add_figures = [&](const std::string& prefix, const StoredVectors& stored) {
            if (stored.rows == 0)
                return;
            card.quality[prefix + ".mean_cosine"] = stored.mean_cosine;
            card.quality[prefix + ".least_cosine"] = stored.least_cosine;
        };
        add_figures("stored_words", words_.result());
        add_figures("stored_subwords", subwords_.result());
    }

    const Sources& sources_;
    const ModelBuildOptions& options_;
    RowOptions rows_{.encoding = options_.quantisation == Quantisation::none ? RowEncoding::float32
                                 : options_.quantisation == Quantisation::int8
                                     ? RowEncoding::int8
                                     : RowEncoding::product,
                     .threads = options_.threads};
    std::optional<Projection> projection_;
    PackTables pack_;
    ModelBuildReport report_;
    Loss words_;
    Loss subwords_;
};

void check(const Sources& sources, const std::filesystem::path& output) {
    if (sources.empty())
        refuse("no fastText file was given: name one for each language");
    std::error_code ignored;
    for (const auto& [tag, path] : sources) {
        if (tag.empty() && sources.size() > 1)
            refuse("the fastText file " + path.string() + " has no language: give it a BCP-47 tag");
        if (std::filesystem::equivalent(path, output, ignored))
            refuse("model file " + output.string() + " is one of the sources: name another");
    }
    // Known now rather than after minutes of work.
    const std::filesystem::path folder = output.parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder, ignored))
        throw Error(Errc::unwritable, "model file " + output.string() +
                                          " cannot be written: there is no folder " +
                                          folder.string());
}

} // namespace

std::string ModelBuildOptions::validate() const {
    if (threads > 1024)
        return "threads is " + std::to_string(threads) + ": expected at most 1024";
    for (const auto& [field, text] : {std::pair{"name", &name},
                                      {"version", &version},
                                      {"licence", &licence},
                                      {"attribution", &attribution}})
        if (repair_utf8(*text) != *text)
            return std::string(field) + " is not valid UTF-8";
    return {};
}

ModelBuildReport build_model(const std::map<std::string, std::filesystem::path>& sources,
                             const std::filesystem::path& output,
                             const ModelBuildOptions& options) {
    if (const std::string wrong = options.validate(); !wrong.empty())
        refuse(wrong);
    check(sources, output);
    return Build(sources, options).write(output);
}

} // namespace fabula::inline v0
