// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.hpp"
#include "model/format/pack_file.hpp"
#include "statistics/sums/background.hpp"
#include "support/files.hpp"

#include <fabula/embedding.hpp>
#include <fabula/error.hpp>
#include <fabula/model.hpp>

#include <xxhash.h>

#include <cmath>
#include <cstring>
#include <string>

namespace {

/// A pack whose checksums fit what has become of it: else the reader would look no further.
std::string sealed(std::string bytes) {
    fabula::detail::PackHeader header{};
    if (bytes.size() < sizeof header)
        return bytes;
    std::memcpy(&header, bytes.data(), sizeof header);
    if (std::memcmp(header.magic, fabula::detail::pack_magic, sizeof header.magic) != 0)
        return bytes;
    header.file_size = bytes.size();
    header.checksum = XXH3_64bits(bytes.data() + sizeof header, bytes.size() - sizeof header);
    header.header_checksum = fabula::detail::header_checksum(header);
    std::memcpy(bytes.data(), &header, sizeof header);
    return bytes;
}

} // namespace

/// Any bytes as a model file: a model that gives vectors, or an error that is the library's own.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using fabula::test::require;
    // Neither a pack nor a fastText model is told by its name; anything else is text vectors.
    static const fabula::test::TempFolder folder;
    const auto path =
        folder.write("input.vec", sealed({reinterpret_cast<const char*>(bytes), size}));
    try {
        const fabula::Model model = fabula::Model::load(path);
        (void)fabula::detail::background_of(fabula::detail::ModelData::of(model));
        const fabula::Embedder embedder(model);
        fabula::Article article;
        article.text = "word1 Word1 ord hus unseen 42 слово невідоме 言葉";
        for (const std::string& language : model.languages()) {
            article.language = language;
            for (const float value : embedder.embed(article).vector)
                require(std::isfinite(value));
        }
    } catch (const fabula::Error& error) {
        require(std::string(error.what()).find(path.string()) != std::string::npos);
    }
    return 0;
}
