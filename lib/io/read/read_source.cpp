// SPDX-License-Identifier: Apache-2.0
#include "io/bytes/decompress.hpp"
#include "io/bytes/utf16.hpp"
#include "io/feeds/feeds.hpp"
#include "io/feeds/xml_prolog.hpp"
#include "io/message.hpp"
#include "io/read/content_kind.hpp"
#include "io/read/read.hpp"
#include "io/tables/table_form.hpp"

#include <algorithm>
#include <filesystem>
#include <istream>
#include <string_view>

namespace fs = std::filesystem;

namespace fabula::detail {
namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

/// The extension of what is in a compressed file: "news.csv.gz" is a ".csv".
std::string inner_extension(const std::string& name) {
    return fs::path{name}.stem().extension().string();
}

void read_xml(std::istream& in, std::string_view start, const Input& input, Collector& collector) {
    const XmlProlog prolog = xml_prolog(start, input.is_utf8);
    if (!prolog.fault.empty())
        throw Error{Errc::bad_input, input.name + ": " + prolog.fault};
    const bool is_utf8 = input.is_utf8 || prolog.is_utf8;
    if (!prolog.root.empty() &&
        read_feed(in, prolog.root, {input.name, input.id_prefix, is_utf8}, collector))
        return;
    if (input.in_folder)
        return collector.note(ReadNote::Kind::passed_over, {}, {input.name, 0, 0, {}});
    throw Error{
        Errc::bad_input,
        input.name +
            (prolog.root.empty()
                 ? ": this is not XML"
                 : ": this XML is of a kind that is not read; its first element is <" +
                       shortened(prolog.root, 40) + ">") +
            "; RSS, Atom, NewsML-G2, NITF, XHTML and elements with the names of fields are"};
}

void read_contents(ByteSource& bytes, const Input& input, Collector& collector) {
    const std::string_view start = bytes.peek(ByteSource::block_bytes);
    std::istream in{&bytes};
    if (const std::string_view sentence = foreign_format(start); !sentence.empty())
        throw Error{Errc::bad_input, input.name + ": " + std::string{sentence}};
    switch (content_kind(start, input.extension, collector.names())) {
    case ContentKind::json_values:
        read_json_values(in, JsonShape::values, input, collector);
        break;
    case ContentKind::json_wrapped:
        read_json_values(in, JsonShape::wrapped, input, collector);
        break;
    case ContentKind::json_keyed:
        read_json_values(in, JsonShape::keyed, input, collector);
        break;
    case ContentKind::table: {
        const char delimiter = table_form(start, collector.names()).delimiter;
        read_table(in, delimiter == '\0' ? ',' : delimiter, input, collector);
        break;
    }
    case ContentKind::xml:
        read_xml(in, start, input, collector);
        break;
    case ContentKind::html:
        read_page(in, input, collector);
        break;
    case ContentKind::text:
        read_text(in, input, collector);
        break;
    case ContentKind::json_lines:
        read_json_lines(in, input, collector);
        break;
    }
    if (const std::string damage = bytes.damage(); !damage.empty())
        collector.fault(Errc::bad_input, {input.name, 0, 0, damage});
}

/// Contents that are not compressed, of one encoding or another.
void read_encoded(ByteSource& bytes, Input input, Collector& collector) {
    constexpr std::size_t shown = 16;
    const auto order = utf16_order_of(bytes.peek(shown));
    if (!order)
        return read_contents(bytes, input, collector);
    Utf16Source text{*order, bytes};
    input.may_be_left = false;
    input.is_utf8 = true;
    read_contents(text, input, collector);
}

} // namespace

void read_source(ByteSource& bytes, const Input& input, Collector& collector) {
    constexpr std::size_t magic_bytes = 16;
    Input inner = input;
    inner.extension = lower(input.extension);
    const auto compression = compression_of(bytes.peek(magic_bytes));
    if (!compression) {
        read_encoded(bytes, inner, collector);
        return;
    }
    Decompressed contents{*compression, bytes};
    inner.may_be_left = false;
    inner.extension = lower(inner_extension(input.name));
    read_encoded(contents, inner, collector);
}

void read_file(const Input& input, Collector& collector) {
    if (input.may_be_left)
        collector.begin_file(input.name);
    FileSource bytes{input.name};
    read_source(bytes, input, collector);
    collector.end_file();
}

} // namespace fabula::detail
