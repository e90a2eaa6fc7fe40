// SPDX-License-Identifier: Apache-2.0
#include "average.hpp"

#include <fabula/error.hpp>

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace fabula::training {

namespace {

/// Rows of words and stems by their text; a stem may be spelled like a word.
using Rows = std::unordered_map<std::string, std::size_t>;

std::string key_of_stem(const std::string& stem) {
    return stem + '\n';
}

Rows rows_of(const TrainedEmbedding& embedding) {
    Rows rows;
    std::size_t row = 0;
    for (const WordType& word : embedding.words)
        rows.emplace(word.normalised, row++);
    for (const std::string& stem : embedding.stems)
        rows.emplace(key_of_stem(stem), row++);
    return rows;
}

} // namespace

TrainedEmbedding mean_embedding(std::span<const std::filesystem::path> files) {
    TrainedEmbedding out = load_embedding(files.front());
    const std::size_t dimension = out.dimension;
    const Rows own = rows_of(out);
    std::vector<float> trainings(out.words.size() + out.stems.size(), 1.0F); // that have the row
    for (const std::filesystem::path& file : files.subspan(1)) {
        const TrainedEmbedding other = load_embedding(file);
        if (other.dimension != dimension || other.subword_rows != out.subword_rows)
            throw Error(Errc::bad_input,
                        file.string() + ": of another shape than " + files.front().string());
        const auto add = [&](const std::string& key, std::size_t row) {
            const auto found = own.find(key);
            if (found == own.end())
                return;
            trainings[found->second] += 1;
            for (std::size_t d = 0; d < dimension; ++d)
                out.entry_rows[found->second * dimension + d] +=
                    other.entry_rows[row * dimension + d];
        };
        std::size_t row = 0;
        for (const WordType& word : other.words)
            add(word.normalised, row++);
        for (const std::string& stem : other.stems)
            add(key_of_stem(stem), row++);
        for (std::size_t i = 0; i < out.subword_table.size(); ++i)
            out.subword_table[i] += other.subword_table[i];
    }
    for (std::size_t i = 0; i < out.entry_rows.size(); ++i)
        out.entry_rows[i] /= trainings[i / dimension];
    for (float& value : out.subword_table)
        value /= static_cast<float>(files.size());
    return out;
}

} // namespace fabula::training
