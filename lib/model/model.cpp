// SPDX-License-Identifier: Apache-2.0
#include "model/build/fasttext_import.hpp"
#include "model/lookup/model_data.hpp"
#include "model/lookup/search.hpp"

#include <fabula/error.hpp>
#include <fabula/model.hpp>

namespace fabula::inline v0 {

Model Model::bundled(const ModelOptions& options) {
    return load(detail::find_bundled_model(), options);
}

Model Model::load(const std::filesystem::path& path, const ModelOptions& options) {
    if (detail::looks_like_fasttext(path))
        return Model(detail::import_fasttext({{std::string(), path}}, options));
    return Model(detail::ModelData::open_pack(path, options));
}

Model Model::from_fasttext(const std::map<std::string, std::filesystem::path>& files,
                           const ModelOptions& options) {
    if (files.empty())
        throw Error(Errc::bad_option, "no fastText file was given: name one for each language");
    for (const auto& [tag, path] : files)
        if (tag.empty())
            throw Error(Errc::bad_option, "the fastText file " + path.string() +
                                              " has no language: give it a BCP-47 tag");
    return Model(detail::import_fasttext(files, options));
}

std::size_t Model::dimension() const noexcept {
    return data_->dimension();
}

const std::vector<std::string>& Model::languages() const noexcept {
    return data_->languages();
}

const ModelCard& Model::card() const noexcept {
    return data_->card();
}

const LanguageIdentifier& Model::identifier() const {
    return data_->identifier();
}

} // namespace fabula::inline v0
