// SPDX-License-Identifier: Apache-2.0
#include "model/format/pack_file.hpp"

#include "base/hash.hpp"
#include "language/fasttext_file.hpp"
#include "model/rows/row_matrix.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cstring>

namespace fabula::detail {
namespace {

bool inside(std::uint64_t offset, std::uint64_t length, std::uint64_t size) {
    return offset <= size && length <= size - offset;
}

// Empty where rows, columns, encoding and length of a section of rows fit together.
std::string check_rows(const PackSection& section) {
    const auto encoding = static_cast<RowEncoding>(section.encoding);
    if (encoding != RowEncoding::float32 && encoding != RowEncoding::int8 &&
        encoding != RowEncoding::product)
        return "has the unknown encoding " + std::to_string(section.encoding);
    if (section.rows > 0xFFFFFFFEU || section.columns == 0 || section.columns > max_pack_dimension)
        return "has an impossible number of rows or columns";
    if (encoding == RowEncoding::product) {
        const std::uint32_t group = section.group;
        if ((group != 2 && group != 4 && group != 8) || section.columns % group != 0)
            return "has the impossible group size " + std::to_string(group);
        if (!(section.norm_low > 0) || !(section.norm_high >= section.norm_low) ||
            !(section.norm_high <= largest_model_value))
            return "has the impossible range of norms from " + number_text(section.norm_low) +
                   " to " + number_text(section.norm_high);
    }
    if (section.length !=
        RowMatrix::payload_bytes(encoding, section.rows, section.columns, section.group))
        return "has a length that does not fit its rows";
    return {};
}

bool is_row_section(std::uint32_t number) {
    const auto kind = static_cast<PackSectionKind>(number % pack_table_stride);
    return kind == PackSectionKind::vocabulary_rows || kind == PackSectionKind::subword_rows;
}

void check_header(const PackFile& pack, std::uint64_t size) {
    const PackHeader& header = pack.header;
    if (header.endian_mark != pack_endian_mark)
        pack.refuse("its endian mark is wrong");
    if (header.version != pack_version && header.version != pack_version_tables)
        throw Error(Errc::unsupported_model,
                    "model file " + pack.path.string() + " has format version " +
                        std::to_string(header.version) + ", this library reads versions " +
                        std::to_string(pack_version) + " and " +
                        std::to_string(pack_version_tables) +
                        "; use a model and a library of the same release");
    if (header.file_size != size)
        pack.refuse("it has " + std::to_string(size) + " bytes instead of " +
                    std::to_string(header.file_size));
    if (header.header_checksum != header_checksum(header))
        pack.refuse("the checksum of its header is wrong");
    if (header.section_offset != sizeof(PackHeader) || header.section_count > max_pack_sections ||
        !inside(header.section_offset, header.section_count * sizeof(PackSection), size))
        pack.refuse("its section table lies outside the file");
    if (!inside(header.manifest_offset, header.manifest_length, size))
        pack.refuse("its manifest lies outside the file");
}

} // namespace

bool looks_like_pack(std::span<const std::byte> bytes) {
    return bytes.size() >= sizeof pack_magic &&
           std::memcmp(bytes.data(), pack_magic, sizeof pack_magic) == 0;
}

std::uint32_t header_checksum(PackHeader header) {
    header.header_checksum = 0;
    return static_cast<std::uint32_t>(XXH3_64bits(&header, sizeof header));
}

void PackFile::refuse(const std::string& what) const {
    throw Error(Errc::damaged_model,
                "model file " + path.string() + " is damaged: " + what + "; get a fresh copy");
}

const PackSection* PackFile::find(PackSectionKind kind, std::size_t table) const {
    const std::uint64_t number = static_cast<std::uint64_t>(kind) + table * pack_table_stride;
    const auto found = std::lower_bound(
        sections.begin(), sections.end(), number,
        [](const PackSection& section, std::uint64_t wanted) { return section.kind < wanted; });
    return found == sections.end() || found->kind != number ? nullptr : &*found;
}

std::span<const std::byte> PackFile::payload(const PackSection& section) const {
    return file->bytes().subspan(section.offset, section.length);
}

PackFile PackFile::open(const std::filesystem::path& path, bool memory_map) {
    PackFile pack;
    pack.path = path;
    pack.file = std::make_shared<ModelFile>(path, memory_map);
    const auto bytes = pack.file->bytes();
    if (bytes.size() < sizeof(PackHeader))
        pack.refuse("it has only " + std::to_string(bytes.size()) + " bytes");
    if (!looks_like_pack(bytes))
        pack.refuse("it does not begin with the mark of a fabula model");
    std::memcpy(&pack.header, bytes.data(), sizeof pack.header);
    check_header(pack, bytes.size());

    pack.sections.resize(pack.header.section_count);
    if (!pack.sections.empty())
        std::memcpy(pack.sections.data(), bytes.data() + pack.header.section_offset,
                    pack.sections.size() * sizeof(PackSection));
    std::uint32_t previous = 0;
    for (const PackSection& section : pack.sections) {
        const std::string name = "its section " + std::to_string(section.kind) + " ";
        if (section.kind <= previous)
            pack.refuse(name + "is out of order");
        previous = section.kind;
        if (section.offset % pack_alignment != 0 ||
            !inside(section.offset, section.length, bytes.size()))
            pack.refuse(name + "lies outside the file");
        if (is_row_section(section.kind))
            if (const std::string wrong = check_rows(section); !wrong.empty())
                pack.refuse(name + wrong);
    }
    if (pack.file->checksum(sizeof(PackHeader)) != pack.header.checksum)
        pack.refuse("the checksum of its content is wrong");
    pack.manifest = {reinterpret_cast<const char*>(bytes.data()) + pack.header.manifest_offset,
                     pack.header.manifest_length};
    return pack;
}

} // namespace fabula::detail
