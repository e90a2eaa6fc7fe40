// SPDX-License-Identifier: Apache-2.0
#include "embedding_file.hpp"

#include "model/subwords.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <fstream>

namespace fabula::training {

namespace {

constexpr std::uint64_t magic = 0x31444D4546414246ULL;

void write_number(std::ostream& out, std::uint64_t value) {
    out.write(reinterpret_cast<const char*>(&value), sizeof value);
}

std::uint64_t read_number(std::istream& in) {
    std::uint64_t value = 0;
    in.read(reinterpret_cast<char*>(&value), sizeof value);
    return value;
}

void write_string(std::ostream& out, const std::string& text) {
    write_number(out, text.size());
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

std::string read_string(std::istream& in) {
    std::string text(read_number(in), '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    return text;
}

void write_floats(std::ostream& out, const std::vector<float>& values) {
    write_number(out, values.size());
    out.write(reinterpret_cast<const char*>(values.data()),
              static_cast<std::streamsize>(values.size() * sizeof(float)));
}

std::vector<float> read_floats(std::istream& in) {
    std::vector<float> values(read_number(in));
    in.read(reinterpret_cast<char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(float)));
    return values;
}

} // namespace

Features make_features(const Corpus& corpus, std::uint64_t min_count, std::size_t subword_rows) {
    Features features;
    std::uint32_t own = 0;
    for (const WordType& type : corpus.types)
        own += type.count >= min_count ? 1 : 0;
    features.row_count = own + subword_rows;
    features.first.reserve(corpus.types.size() + 1);
    features.first.push_back(0);
    std::uint32_t next_own = 0;
    for (const WordType& type : corpus.types) {
        if (type.count >= min_count) {
            features.rows.push_back(next_own++);
            features.shares.push_back(1.0F);
        }
        const std::size_t begin = features.rows.size();
        detail::for_each_subword(type.native, type.fold, type.kind, [&](std::uint64_t hash) {
            features.rows.push_back(own + static_cast<std::uint32_t>(hash % subword_rows));
        });
        const std::size_t count = features.rows.size() - begin;
        features.shares.resize(features.rows.size(),
                               count == 0 ? 0.0F : 1.0F / static_cast<float>(count));
        features.first.push_back(features.rows.size());
    }
    return features;
}

void compose_word(const TrainedEmbedding& embedding, std::string_view native, std::string_view fold,
                  TokenKind kind, std::span<const float> own, std::span<float> out) {
    std::fill(out.begin(), out.end(), 0.0F);
    std::size_t count = 0;
    detail::for_each_subword(native, fold, kind, [&](std::uint64_t hash) {
        const float* row =
            embedding.subword_table.data() + (hash % embedding.subword_rows) * embedding.dimension;
        for (std::size_t d = 0; d < embedding.dimension; ++d)
            out[d] += row[d];
        ++count;
    });
    for (std::size_t d = 0; d < embedding.dimension; ++d)
        out[d] = (count == 0 ? 0.0F : out[d] / static_cast<float>(count)) +
                 (own.empty() ? 0.0F : own[d]);
}

void save_embedding(const std::filesystem::path& file, const TrainedEmbedding& embedding) {
    std::ofstream out(file, std::ios::binary);
    write_number(out, magic);
    write_number(out, embedding.dimension);
    write_number(out, embedding.subword_rows);
    write_number(out, embedding.words.size());
    for (const WordType& word : embedding.words) {
        write_string(out, word.native);
        write_string(out, word.fold);
        write_number(out, static_cast<std::uint64_t>(word.kind));
        write_number(out, word.count);
    }
    write_floats(out, embedding.word_rows);
    write_floats(out, embedding.subword_table);
    if (!out.flush())
        throw Error(Errc::unreadable, file.string() + ": cannot be written");
}

TrainedEmbedding load_embedding(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in || read_number(in) != magic)
        throw Error(Errc::unreadable, file.string() + ": not an output of train_embedding");
    TrainedEmbedding embedding;
    embedding.dimension = read_number(in);
    embedding.subword_rows = read_number(in);
    embedding.words.resize(read_number(in));
    for (WordType& word : embedding.words) {
        word.native = read_string(in);
        word.fold = read_string(in);
        word.kind = static_cast<TokenKind>(read_number(in));
        word.count = read_number(in);
    }
    embedding.word_rows = read_floats(in);
    embedding.subword_table = read_floats(in);
    if (!in || embedding.word_rows.size() != embedding.words.size() * embedding.dimension ||
        embedding.subword_table.size() != embedding.subword_rows * embedding.dimension)
        throw Error(Errc::unreadable, file.string() + ": truncated");
    return embedding;
}

} // namespace fabula::training
