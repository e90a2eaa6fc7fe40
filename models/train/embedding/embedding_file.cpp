// SPDX-License-Identifier: Apache-2.0
#include "embedding_file.hpp"

#include <fabula/error.hpp>

#include <fstream>

namespace fabula::training {

namespace {

constexpr std::uint64_t magic = 0x32444D4546414246ULL;

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

void save_embedding(const std::filesystem::path& file, const TrainedEmbedding& embedding) {
    std::ofstream out(file, std::ios::binary);
    write_number(out, magic);
    write_number(out, embedding.dimension);
    write_number(out, embedding.subword_rows);
    write_number(out, embedding.words.size());
    for (const WordType& word : embedding.words) {
        write_string(out, word.normalised);
        write_string(out, word.romanised);
        write_number(out, static_cast<std::uint64_t>(word.kind));
        write_number(out, word.count);
    }
    write_number(out, embedding.stems.size());
    for (const std::string& stem : embedding.stems)
        write_string(out, stem);
    write_floats(out, embedding.entry_rows);
    write_floats(out, embedding.subword_table);
    if (!out.flush())
        throw Error(Errc::unwritable, file.string() + ": cannot be written");
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
        word.normalised = read_string(in);
        word.romanised = read_string(in);
        word.kind = static_cast<TokenKind>(read_number(in));
        word.count = read_number(in);
    }
    embedding.stems.resize(read_number(in));
    for (std::string& stem : embedding.stems)
        stem = read_string(in);
    embedding.entry_rows = read_floats(in);
    embedding.subword_table = read_floats(in);
    if (!in ||
        embedding.entry_rows.size() !=
            (embedding.words.size() + embedding.stems.size()) * embedding.dimension ||
        embedding.subword_table.size() != embedding.subword_rows * embedding.dimension)
        throw Error(Errc::unreadable, file.string() + ": truncated");
    return embedding;
}

} // namespace fabula::training
