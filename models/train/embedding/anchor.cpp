// SPDX-License-Identifier: Apache-2.0
#include "anchor.hpp"

#include <fabula/error.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace fabula::training {

Anchor Anchor::load(const std::filesystem::path& folder) {
    const auto open = [&](const char* name) {
        std::ifstream in(folder / name, std::ios::binary);
        if (!in)
            throw Error(Errc::file_not_found, (folder / name).string() + ": cannot be opened");
        return in;
    };
    Anchor anchor;
    std::ifstream tokenizer = open("tokenizer.json");
    const nlohmann::json vocabulary = nlohmann::json::parse(tokenizer).at("model").at("vocab");
    for (const auto& [piece, number] : vocabulary.items())
        anchor.pieces_.emplace(piece, number.get<std::size_t>());

    std::ifstream tensors = open("model.safetensors");
    std::uint64_t header_size = 0;
    tensors.read(reinterpret_cast<char*>(&header_size), sizeof header_size);
    if (!tensors || header_size > (1U << 20))
        throw Error(Errc::bad_input, (folder / "model.safetensors").string() + ": no header");
    std::string header(header_size, '\0');
    tensors.read(header.data(), static_cast<std::streamsize>(header_size));
    const nlohmann::json table = nlohmann::json::parse(header).at("embeddings");
    const auto rows = table.at("shape").at(0).get<std::size_t>();
    anchor.dimension_ = table.at("shape").at(1).get<std::size_t>();
    anchor.rows_.resize(rows * anchor.dimension_);
    tensors.read(reinterpret_cast<char*>(anchor.rows_.data()),
                 static_cast<std::streamsize>(anchor.rows_.size()));
    if (!tensors || table.at("dtype") != "I8")
        throw Error(Errc::bad_input,
                    (folder / "model.safetensors").string() + ": expected a full int8 table");
    std::erase_if(anchor.pieces_, [&](const auto& piece) { return piece.second >= rows; });
    return anchor;
}

void Anchor::word_vector(std::string_view word, std::span<float> out) const {
    std::fill(out.begin(), out.end(), 0.0F);
    std::vector<std::size_t> found;
    for (std::size_t begin = 0; begin < word.size();) {
        std::size_t end = word.size();
        for (; end > begin; --end) {
            std::string piece(begin == 0 ? "" : "##");
            piece += word.substr(begin, end - begin);
            if (const auto at = pieces_.find(piece); at != pieces_.end()) {
                found.push_back(at->second);
                break;
            }
        }
        if (end == begin)
            return; // a word with an unknown piece is unknown as a whole
        begin = end;
    }
    for (const std::size_t row : found)
        for (std::size_t d = 0; d < dimension_; ++d)
            out[d] += static_cast<float>(rows_[row * dimension_ + d]);
}

} // namespace fabula::training
