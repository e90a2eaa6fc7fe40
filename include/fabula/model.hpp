// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/language.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fabula {

namespace detail {
class ModelData;
}

/// What a model file says of itself.
struct ModelCard {
    std::string name;
    std::string version;
    std::string description;
    std::string licence;      ///< SPDX expression
    std::string attribution;  ///< what the licences of the training data ask to be said
    std::string provenance;   ///< how and from what it was made, in a sentence
    std::string fold;         ///< the fold that it was trained with, see `fold_version()`
    /// XXH3-64 of the file but for its header, 16 hexadecimal digits; empty for imported files.
    std::string checksum;
    std::string path;         ///< where it was opened
    std::uint64_t bytes{};    ///< size of the file
    std::size_t vocabulary{}; ///< words with a row of their own
    std::size_t subwords{};   ///< rows for character n-grams, shared by all other words
    std::string quantisation; ///< "float32", "int8" or "product"
    std::map<std::string, double> quality; ///< measured figures by name, e.g. "ntrex.bcubed_f1"
};

/// Multilingual word vectors with per-language statistics, memory-mapped and immutable.
///
/// Cheap to copy (copies share one mapping) and safe to use from any number of threads.
class Model {
public:
    /// The default model that comes with the library: the file that the environment variable
    /// `FABULA_MODEL` names; else `default.fabula` found next to the program or the shared library
    /// (`../share/fabula`), in the folder of the installation, or in the source tree it was built
    /// from. \throws Error(file_not_found) that lists the places looked at.
    [[nodiscard]] static Model bundled();

    /// Opens a pack (`.fabula`), or imports a fastText `.bin`, `.ftz` or `.vec`.
    /// The language identifier `language-id.ftz` is taken from the same folder, else from the
    /// bundled one. \throws Error (file_not_found, unreadable, damaged_model, unsupported_model)
    [[nodiscard]] static Model load(const std::filesystem::path& path);

    /// One shared space from several fastText files, one a language (BCP-47 tag → path), such as
    /// the aligned `wiki.XX.align.vec`. All must have the same dimension. A word's vector is looked
    /// up in the file of the article's language first. \throws Error, naming the file and line
    [[nodiscard]] static Model
    from_fasttext(const std::map<std::string, std::filesystem::path>& files);

    [[nodiscard]] std::size_t dimension() const noexcept;

    /// BCP-47 tags of the languages that the model has statistics for, sorted.
    [[nodiscard]] const std::vector<std::string>& languages() const noexcept;

    [[nodiscard]] const ModelCard& card() const noexcept;

    /// `language-id.ftz`, loaded at the first call. \throws Error (file_not_found, unreadable,
    /// damaged_model, unsupported_model)
    [[nodiscard]] const LanguageIdentifier& identifier() const;

    /// For the stages of this library; not part of the stable interface.
    [[nodiscard]] const detail::ModelData& data() const noexcept { return *data_; }

private:
    explicit Model(std::shared_ptr<const detail::ModelData> data) : data_(std::move(data)) {}

    std::shared_ptr<const detail::ModelData> data_;
};

} // namespace fabula
