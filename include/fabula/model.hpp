// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/export.hpp>
#include <fabula/language.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fabula::detail {
class ModelData;
}

namespace fabula::inline v0 {

/// What a model file says of itself.
struct ModelCard {
    std::string name;
    std::string version;
    std::string description;
    std::string licence;     ///< SPDX expression
    std::string attribution; ///< what the licences of the training data ask to be said
    std::string provenance;  ///< how and from what it was made, in a sentence
    std::string
        forms_version; ///< of the forms of words that it was trained with, see `forms_version()`
    /// XXH3-64 of the file but for its header, 16 hexadecimal digits; empty for imported files.
    std::string checksum;
    std::string path;         ///< where it was opened
    std::uint64_t bytes{};    ///< size of the file
    std::size_t vocabulary{}; ///< words, and stems of words, with a row of their own
    std::size_t subwords{};   ///< rows for character n-grams, shared by all other words
    std::string quantisation; ///< "float32", "int8" or "product"
    std::map<std::string, double> quality; ///< measured figures by name, e.g. "ntrex.bcubed_f1"
};

/// How a model file is opened.
struct ModelOptions {
    /// Map the file in place of reading it (default: read). What is read is the model's own, as
    /// large as the file, and stays whatever becomes of the file. A mapped file takes no memory but
    /// the system's cache, which all programs that map it share; but as long as a model of it is
    /// in use it must not be written to: one that is cut short ends the program (SIGBUS), and other
    /// bytes are other vectors. Replace it by renaming a new file over it, as `build_model` does;
    /// `cp` writes into the old one.
    bool memory_map{false};
};

/// Multilingual word vectors with per-language statistics, immutable.
///
/// Cheap to copy (copies share the vectors) and safe to use from any number of threads.
class FABULA_EXPORT Model {
public:
    /// The default model that comes with the library: the file that the environment variable
    /// `FABULA_MODEL` names; else `default.fabula` found next to the program or the shared library
    /// (`../share/fabula`), in the folder of the installation, or in the source tree it was built
    /// from. \throws Error(file_not_found) that lists the places looked at.
    [[nodiscard]] static Model bundled(const ModelOptions& options = {});

    /// Opens a pack (`.fabula`), or imports a fastText `.bin`, `.ftz` or `.vec`.
    /// The language identifier `language-id.ftz` is taken from the same folder, else from the
    /// bundled one. \throws Error (file_not_found, unreadable, damaged_model, unsupported_model)
    [[nodiscard]] static Model load(const std::filesystem::path& path,
                                    const ModelOptions& options = {});

    /// One shared space from several fastText files, one a language (BCP-47 tag → path), such as
    /// the aligned `wiki.XX.align.vec`. All must have the same dimension. A word's vector is looked
    /// up in the file of the article's language first. \throws Error, naming the file and line
    [[nodiscard]] static Model
    from_fasttext(const std::map<std::string, std::filesystem::path>& files,
                  const ModelOptions& options = {});

    [[nodiscard]] std::size_t dimension() const noexcept;

    /// BCP-47 tags of the languages that the model has statistics for, sorted.
    [[nodiscard]] const std::vector<std::string>& languages() const noexcept;

    [[nodiscard]] const ModelCard& card() const noexcept;

    /// `language-id.ftz`, loaded at the first call. \throws Error (file_not_found, unreadable,
    /// damaged_model, unsupported_model)
    [[nodiscard]] const LanguageIdentifier& identifier() const;

private:
    friend class detail::ModelData;
    explicit Model(std::shared_ptr<const detail::ModelData> data) : data_(std::move(data)) {}

    std::shared_ptr<const detail::ModelData> data_;
};

/// How the vectors of a model file are stored.
enum class Quantisation {
    none,    ///< float32, four bytes a value
    int8,    ///< one byte a value and a scale for each vector; cosine with the original about
             ///< 0.9999
    product, ///< one byte for four values (for two, where the dimension is no multiple of four)
};

/// What `build_model` makes of its sources.
struct ModelBuildOptions {
    /// Values a vector. 0 = as many as the sources have (default); fewer = the vectors are turned
    /// to the axes along which the words of the sources vary most (principal components, origin
    /// left in place), and only so many of these are kept. Smaller = a smaller file and coarser
    /// vectors. Range 0 to the sources' dimension; even for `Quantisation::product`.
    std::size_t dimension{0};

    /// Words of each source, from the top of the file, where fastText has the most frequent ones;
    /// 0 = all (default). The n-grams of a `.bin` or `.ftz` all stay, and stand for what is cut.
    std::size_t vocabulary{0};

    Quantisation quantisation{Quantisation::int8};

    // For the card of the model; UTF-8. An empty name is replaced by those of the sources.
    std::string name;
    std::string version;
    std::string licence; ///< SPDX expression
    std::string attribution;

    /// 0 = one a usable core. The file does not depend on it. Range 0–1024.
    unsigned threads{0};

    /// As `ModelOptions::memory_map`, for the sources: those may be larger than the memory.
    bool memory_map{false};

    /// Empty where all is well, else a sentence that names the field and its range.
    [[nodiscard]] FABULA_EXPORT std::string validate() const;
};

/// What the stored form of some vectors has cost: cosines with the vectors of the source, zero
/// vectors left out. 1 where there are none.
struct StoredVectors {
    std::size_t rows{};
    double mean_cosine{1};
    double least_cosine{1};
};

/// What `build_model` has done.
struct ModelBuildReport {
    std::uint64_t source_bytes{}; ///< size of all sources
    std::uint64_t bytes{};        ///< size of the model file
    std::size_t source_dimension{};
    std::size_t dimension{};
    std::vector<std::string> languages; ///< "und" for a source without a language
    /// Share of the squared length of the sources' word vectors that the kept dimensions hold.
    double kept{1};
    StoredVectors words;
    StoredVectors subwords;
};

/// Writes a model file (`.fabula`) from fastText files that `Model::load` or `Model::from_fasttext`
/// would import: one for each BCP-47 tag, or a single one with the empty tag. The model gives the
/// vectors, word probabilities and language means of the import, up to quantisation, but opens in
/// milliseconds, is smaller, and carries a checksum. The same sources and options give the same
/// bytes. The file appears under its name only when it is complete.
///
/// Needs memory for one source at a time and its vectors as float32, and for the finished file
/// twice. \throws Error (file_not_found, unreadable, damaged_model, bad_option,
/// unwritable), naming the file
FABULA_EXPORT ModelBuildReport
build_model(const std::map<std::string, std::filesystem::path>& sources,
            const std::filesystem::path& output, const ModelBuildOptions& options = {});

} // namespace fabula::inline v0
