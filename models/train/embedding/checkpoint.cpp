// SPDX-License-Identifier: Apache-2.0
#include "checkpoint.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <array>
#include <fstream>

namespace fabula::training {

namespace {

constexpr std::uint64_t magic = 0x3154504B43424146ULL;

using Header = std::array<std::uint64_t, 5>;

Header header_of(const ContrastiveTrainer& trainer, std::uint64_t settings, std::size_t epochs) {
    return {magic, settings, epochs, trainer.table().size(), trainer.accumulator().size()};
}

} // namespace

void save_checkpoint(const std::filesystem::path& file, const ContrastiveTrainer& trainer,
                     std::uint64_t settings, std::size_t epochs) {
    std::filesystem::path part = file;
    part += ".part";
    std::ofstream out(part, std::ios::binary);
    const Header header = header_of(trainer, settings, epochs);
    out.write(reinterpret_cast<const char*>(header.data()), sizeof header);
    for (const std::span<const float> values : {trainer.table(), trainer.accumulator()})
        out.write(reinterpret_cast<const char*>(values.data()),
                  static_cast<std::streamsize>(values.size_bytes()));
    out.close();
    if (!out)
        throw Error(Errc::unwritable, part.string() + ": cannot be written");
    std::filesystem::rename(part, file);
}

std::size_t load_checkpoint(const std::filesystem::path& file, ContrastiveTrainer& trainer,
                            std::uint64_t settings) {
    if (!std::filesystem::exists(file))
        return 0;
    std::ifstream in(file, std::ios::binary);
    Header header{};
    in.read(reinterpret_cast<char*>(header.data()), sizeof header);
    const std::size_t epochs = header[2];
    if (!in || header != header_of(trainer, settings, epochs))
        throw Error(Errc::unreadable,
                    file.string() + ": a checkpoint of other settings or data; remove it to begin "
                                    "anew");
    for (const std::span<float> values : {trainer.table(), trainer.accumulator()})
        in.read(reinterpret_cast<char*>(values.data()),
                static_cast<std::streamsize>(values.size_bytes()));
    if (!in)
        throw Error(Errc::unreadable, file.string() + ": truncated");
    return epochs;
}

} // namespace fabula::training
