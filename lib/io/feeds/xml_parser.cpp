// SPDX-License-Identifier: Apache-2.0
#include "io/feeds/xml_parser.hpp"

#include "io/markup/html_scanner.hpp"
#include "io/message.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <memory>
#include <unordered_map>

namespace fabula::detail {
namespace {

// What libxml2 calls; its strings are unsigned.
// NOLINTBEGIN(*-reinterpret-cast,*-pointer-arithmetic)

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

/// Tags of more bytes have thousands of attributes, for which the parser takes their square.
constexpr std::size_t longest_tag = std::size_t{64} << 10U;
constexpr std::size_t deepest = 250;
constexpr std::size_t most_namespaces = 500;

/// Watches the tags of what is about to be parsed, and passes over what is no tag: comments, CDATA.
class TagGuard {
public:
    bool allows(std::string_view bytes) {
        return std::all_of(bytes.begin(), bytes.end(), [&](char c) { return allows(c); });
    }

private:
    enum class In { text, tag, declaration, comment, cdata };

    bool allows(char c) {
        switch (in_) {
        case In::text:
            if (c == '<') {
                in_ = In::tag;
                length_ = 0;
                quote_ = '\0';
                begins_.clear();
            }
            break;
        case In::tag:
            if (length_ == 0 && c == '!')
                in_ = In::declaration;
            else if (quote_ != '\0')
                quote_ = c == quote_ ? '\0' : quote_;
            else if (c == '"' || c == '\'')
                quote_ = c;
            else if (c == '>')
                in_ = In::text;
            return ++length_ <= longest_tag;
        case In::declaration:
            begins_ += c;
            if (begins_ == "--")
                in_ = In::comment;
            else if (begins_ == "[CDATA[")
                in_ = In::cdata;
            else if (c == '>')
                in_ = In::text;
            ends_ = 0;
            return begins_.size() <= longest_tag;
        case In::comment:
        case In::cdata: {
            const char twice = in_ == In::comment ? '-' : ']';
            if (c == '>' && ends_ >= 2)
                in_ = In::text;
            ends_ = c == twice ? ends_ + 1 : 0;
            break;
        }
        }
        return true;
    }

    In in_{In::text};
    std::size_t length_{};
    char quote_{};
    std::string begins_; ///< of a declaration
    std::size_t ends_{}; ///< of "--" or "]]" that are behind us
};

struct Run {
    XmlHandler& handler;
    xmlParserCtxtPtr parser{};
    std::exception_ptr thrown;
    std::string damage;
    std::size_t depth{};
    std::size_t namespaces{};
    std::vector<std::size_t> namespaces_of; ///< each open element
    std::vector<XmlAttribute> attributes;
    std::unordered_map<std::string, std::unique_ptr<xmlEntity>> entities;
    std::vector<std::unique_ptr<std::string>> entity_texts;

    explicit Run(XmlHandler& to) : handler(to) {}

    [[nodiscard]] std::size_t line() const {
        return parser->input == nullptr ? 0 : static_cast<std::size_t>(parser->input->line);
    }
    void stop(const std::string& why) {
        if (damage.empty())
            damage = "line " + std::to_string(line()) + ": " + why;
        xmlStopParser(parser);
    }
    /// Exceptions may not pass through a library of C.
    template <class Call>
    void guarded(Call&& call) {
        if (thrown)
            return;
        try {
            call();
        } catch (...) {
            thrown = std::current_exception();
            xmlStopParser(parser);
        }
    }
};

Run& run_of(void* context) {
    return *static_cast<Run*>(static_cast<xmlParserCtxtPtr>(context)->_private);
}

/// The prefix that everyone has for a namespace, whichever stands in the file; of another
/// namespace that one.
std::string_view usual_prefix(std::string_view uri, std::string_view written) {
    constexpr std::array<std::array<std::string_view, 2>, 6> usual{{
        {"http://www.w3.org/2005/Atom", "atom"},
        {"http://purl.org/atom/ns#", "atom"},
        {"http://purl.org/rss/1.0/modules/content/", "content"},
        {"http://purl.org/dc/elements/1.1/", "dc"},
        {"http://search.yahoo.com/mrss/", "media"},
        {"http://www.google.com/schemas/sitemap-news/0.9", "news"},
    }};
    for (const auto& [name, prefix] : usual)
        if (uri == name)
            return prefix;
    return written;
}

void on_start(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri,
              int namespace_count, const xmlChar** /*namespaces*/, int attribute_count,
              int /*defaulted*/, const xmlChar** attributes) {
    Run& run = run_of(context);
    run.guarded([&] {
        // After a fault, the parser would leave all references out.
        run.parser->wellFormed = 1;
        run.namespaces_of.push_back(static_cast<std::size_t>(namespace_count));
        run.namespaces += run.namespaces_of.back();
        if (++run.depth > deepest)
            return run.stop("elements are nested more than " + std::to_string(deepest) +
                            " deep, as in no feed");
        if (run.namespaces > most_namespaces)
            return run.stop("there are more than " + std::to_string(most_namespaces) +
                            " namespaces, as in no feed");
        run.attributes.clear();
        for (int i = 0; i < attribute_count; ++i) {
            const xmlChar** one =
                attributes + 5 * i; // name, prefix, URI, begin and end of the value
            run.attributes.push_back(
                {view(one[0]), std::string_view(reinterpret_cast<const char*>(one[3]),
                                                static_cast<std::size_t>(one[4] - one[3]))});
        }
        run.handler.start(view(name), usual_prefix(view(uri), view(prefix)), run.attributes,
                          run.line());
    });
}

void on_end(void* context, const xmlChar* name, const xmlChar* /*prefix*/, const xmlChar* /*uri*/) {
    Run& run = run_of(context);
    run.guarded([&] {
        if (run.namespaces_of.empty())
            return;
        run.namespaces -= run.namespaces_of.back();
        run.namespaces_of.pop_back();
        --run.depth;
        run.handler.end(view(name));
    });
}

void on_text(void* context, const xmlChar* text, int length) {
    Run& run = run_of(context);
    run.guarded([&] {
        run.handler.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
    });
}

/// The entities of HTML, which feeds use without declaring them, stand for their characters.
xmlEntityPtr get_entity(void* context, const xmlChar* name) {
    if (xmlEntityPtr known = xmlGetPredefinedEntity(name); known != nullptr)
        return known;
    Run& run = run_of(context);
    xmlEntityPtr found = nullptr;
    run.guarded([&] {
        const std::string key{view(name)};
        const auto place = run.entities.find(key);
        if (place != run.entities.end()) {
            found = place->second.get();
            return;
        }
        constexpr std::size_t most = 1000;
        const std::string reference = '&' + key + ';';
        auto text = std::make_unique<std::string>();
        append_decoded(reference, *text);
        if (*text == reference || run.entities.size() == most)
            return;
        auto entity = std::make_unique<xmlEntity>();
        entity->type = XML_ENTITY_DECL;
        entity->etype = XML_INTERNAL_PREDEFINED_ENTITY;
        entity->name = name;
        entity->content = reinterpret_cast<xmlChar*>(text->data());
        entity->length = static_cast<int>(text->size());
        run.entity_texts.push_back(std::move(text));
        found = run.entities.emplace(key, std::move(entity)).first->second.get();
    });
    return found;
}

void on_error(void* context, xmlErrorPtr error) {
    // Without a parser there is nobody to tell.
    auto* parser = static_cast<xmlParserCtxtPtr>(error->ctxt != nullptr ? error->ctxt : context);
    if (parser == nullptr || parser->_private == nullptr || error->level != XML_ERR_FATAL ||
        error->code == XML_ERR_UNDECLARED_ENTITY || error->code == XML_ERR_USER_STOP)
        return;
    Run& run = *static_cast<Run*>(parser->_private);
    if (!run.damage.empty())
        return;
    std::string message = error->message == nullptr ? "" : error->message;
    message.erase(std::min(message.find_last_not_of(" \n") + 1, message.size()));
    run.damage = "line " + std::to_string(error->line) +
                 ": this is not valid XML: " + shortened(message, 150);
}

// NOLINTEND(*-reinterpret-cast,*-pointer-arithmetic)

struct FreeParser {
    void operator()(xmlParserCtxtPtr parser) const {
        if (parser->myDoc != nullptr)
            xmlFreeDoc(parser->myDoc);
        xmlFreeParserCtxt(parser);
    }
};

} // namespace

std::string_view attribute(const std::vector<XmlAttribute>& all, std::string_view name) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const XmlAttribute& one) { return one.name == name; });
    return found == all.end() ? std::string_view{} : found->value;
}

std::string parse_xml(std::istream& in, bool is_utf8, XmlHandler& handler) {
    Run run{handler};
    xmlSAXHandler calls{};
    calls.initialized = XML_SAX2_MAGIC;
    calls.startElementNs = on_start;
    calls.endElementNs = on_end;
    calls.characters = on_text;
    calls.ignorableWhitespace = on_text;
    calls.cdataBlock = on_text;
    calls.getEntity = get_entity;
    calls.serror = on_error;
    const std::unique_ptr<xmlParserCtxt, FreeParser> parser{
        xmlCreatePushParserCtxt(&calls, nullptr, nullptr, 0, nullptr)};
    if (!parser)
        return "there is not enough memory to read XML";
    run.parser = parser.get();
    parser->_private = &run;
    // Neither the network nor other files; entities stay unexpanded; the library's limits hold.
    xmlCtxtUseOptions(parser.get(),
                      XML_PARSE_NONET | XML_PARSE_RECOVER | (is_utf8 ? XML_PARSE_IGNORE_ENC : 0));
    parser->_private = &run;

    TagGuard guard;
    bool is_first = true;
    std::string block(std::size_t{32} << 10U, ' ');
    while (in.good() && !run.thrown) {
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        std::string_view bytes =
            std::string_view(block).substr(0, in.bad() ? 0 : static_cast<std::size_t>(in.gcount()));
        if (is_first) // where the parser wants the declaration
            bytes.remove_prefix(
                std::min(bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF"), bytes.size()));
        is_first = false;
        if (!guard.allows(bytes)) {
            run.stop("a tag is longer than 64 KiB");
            break;
        }
        if (!bytes.empty())
            xmlParseChunk(parser.get(), bytes.data(), static_cast<int>(bytes.size()), 0);
        if (parser->disableSAX != 0)
            break;
    }
    if (!run.thrown && parser->disableSAX == 0)
        xmlParseChunk(parser.get(), block.data(), 0, 1);
    if (run.thrown)
        std::rethrow_exception(run.thrown);
    return run.damage;
}

} // namespace fabula::detail
