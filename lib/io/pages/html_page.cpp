// SPDX-License-Identifier: Apache-2.0
#include "io/pages/html_page.hpp"

#include "boilerplate/lines.hpp"
#include "io/markup/encodings.hpp"
#include "io/markup/html_text.hpp"
#include "io/pages/json_ld.hpp"

#include <fabula/text.hpp>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace fabula::detail {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

/// In an <article>, what is not the text of it.
constexpr std::array<std::string_view, 9> not_text{"nav",    "aside",   "footer", "form", "figure",
                                                   "dialog", "address", "menu",   "time"};

/// Where a <meta> of that name goes.
struct MetaField {
    std::string_view name;
    Field field;
    std::uint8_t rank;
};
constexpr MetaField meta_fields[] = {
    {"og:title", title, 0},
    {"twitter:title", title, 4},
    {"og:description", text, 7},
    {"description", text, 9},
    {"og:site_name", source, 0},
    {"og:url", source, 2},
    {"og:locale", language, 2},
    {"article:published_time", published, 0},
    {"datepublished", published, 1},
    {"date", published, 2},
    {"dc.date", published, 2},
    {"dc.date.issued", published, 1},
    {"dcterms.date", published, 2},
    {"pubdate", published, 2},
    {"article:modified_time", published, 4},
};

/// Reads a page from one end to the other.
class PageReader {
public:
    explicit PageReader(Values& values) : values_(values) {}

    void read(std::string_view page) {
        HtmlScanner at{page};
        while (at.next()) {
            if (at.kind() == HtmlScanner::Kind::raw)
                take_raw(at);
            else if (at.kind() == HtmlScanner::Kind::start)
                start(at);
            else if (at.kind() == HtmlScanner::Kind::end)
                end(at);
            else if (heading_depth_ > 0 && skipped_.empty())
                heading_.add(at);
            else if (depth_ > 0 && skipped_.empty())
                body_.add(at);
        }
        end_of_article();
    }

    /// Whether the page says that it is an article, in one way or another.
    [[nodiscard]] bool is_article() const {
        // Of many teasers, none is the article.
        const bool is_list = articles_ > 3 && longest_.size() * 3 < all_bytes_;
        const bool says_so = og_type_.empty() ? has_og_title_ : og_type_ == "article";
        return is_json_ld_ || says_so || (!longest_.empty() && !is_list);
    }

    [[nodiscard]] const std::string& longest() const noexcept { return longest_; }

private:
    void add(Field field, std::uint8_t rank, std::string_view value) {
        value = trimmed(value);
        const Value& before = values_[field];
        // The first of several is the page's own, others are of what it links to.
        if (!value.empty() && (before.rank > rank || before.text.empty()))
            offer(values_, {field, rank}, field_names[field], Value::Kind::string, value);
    }

    void take_raw(const HtmlScanner& at) {
        if (at.name() == "script" && is_ld_) {
            is_json_ld_ = offer_json_ld(std::string(at.text()), values_) || is_json_ld_;
        } else if (at.name() == "title" && depth_ == 0) {
            TextBuilder words;
            words.add_text(at.text());
            add(title, 5, words.take());
        }
        is_ld_ = false;
    }

    void take_meta(const HtmlScanner& at) {
        std::string name = lower(at.attribute("property"));
        if (name.empty())
            name = lower(at.attribute("name"));
        if (name.empty())
            name = lower(at.attribute("itemprop"));
        const std::string content = at.attribute("content");
        for (const MetaField& meta : meta_fields)
            if (meta.name == name)
                add(meta.field, meta.rank, meta.field == source ? named(content) : content);
        if (name == "og:type")
            og_type_ = lower(content);
        has_og_title_ = has_og_title_ || (name == "og:title" && !content.empty());
    }

    static std::string named(const std::string& outlet) {
        std::string host = host_of(outlet);
        return host.empty() ? outlet : host;
    }

    void start(const HtmlScanner& at) {
        const std::string& name = at.name();
        if (name == "meta") {
            take_meta(at);
        } else if (name == "html") {
            add(language, 1, at.attribute("lang"));
        } else if (name == "link" && lower(at.attribute("rel")) == "canonical") {
            add(source, 3, host_of(at.attribute("href")));
        } else if (name == "script") {
            is_ld_ = lower(at.attribute("type")) == "application/ld+json";
        } else if (name == "time" && depth_ > 0) {
            add(published, 3, at.attribute("datetime"));
        } else if (name == "article") {
            if (depth_++ == 0)
                body_ = {};
        }
        if (depth_ == 0)
            return;
        if (!skipped_.empty()) {
            skipped_depth_ += name == skipped_ ? 1 : 0;
        } else if (std::find(not_text.begin(), not_text.end(), name) != not_text.end()) {
            skipped_ = name;
            skipped_depth_ = 1;
        }
        if (heading_depth_ > 0 && ends_heading(name))
            end_heading();
        if (name == "h1" && heading_depth_ == 0) {
            heading_depth_ = 1;
            heading_ = {};
        } else if (skipped_.empty() && heading_depth_ == 0) {
            body_.add(at);
        }
    }

    void end(const HtmlScanner& at) {
        const std::string& name = at.name();
        if (name == "article" && depth_ > 0) {
            if (--depth_ == 0) {
                end_of_article();
                return;
            }
        }
        if (name == "h1" && heading_depth_ > 0)
            return end_heading();
        if (skipped_.empty()) {
            if (depth_ > 0)
                body_.add(at);
        } else if (name == skipped_ && --skipped_depth_ == 0) {
            skipped_.clear();
        }
    }

    /// What cannot be in a heading that was never closed.
    static bool ends_heading(std::string_view name) {
        return name == "p" || name == "div" || name == "h2" || name == "section";
    }

    void end_heading() {
        heading_depth_ = 0;
        add(title, 2, heading_.take());
        body_.add_break(2);
    }

    void end_of_article() {
        std::string body = body_.take();
        skipped_.clear();
        skipped_depth_ = 0;
        heading_depth_ = 0;
        if (body.empty())
            return;
        ++articles_;
        all_bytes_ += body.size();
        if (body.size() > longest_.size())
            longest_ = std::move(body);
    }

    Values& values_;
    TextBuilder body_;
    TextBuilder heading_;
    std::string longest_;
    std::string skipped_;
    std::size_t skipped_depth_{};
    std::size_t depth_{}; ///< of <article>
    std::size_t heading_depth_{};
    std::size_t articles_{};
    std::size_t all_bytes_{};
    std::string og_type_;
    bool has_og_title_{};
    bool is_ld_{}; ///< the script that comes is JSON-LD
    bool is_json_ld_{};
};

/// The encoding in <meta charset="...">, <meta ... content="text/html; charset=..."> or, of XHTML,
/// <?xml ... encoding="...">.
std::string charset_of(std::string_view page) {
    constexpr std::size_t looked_at = 4096;
    const std::string start = lower(page.substr(0, looked_at));
    const std::size_t of_xml = start.starts_with("<?xml") ? start.find("?>") : 0;
    std::size_t begin = start.substr(0, of_xml).find("encoding=");
    if (begin != std::string::npos) {
        begin += 9;
    } else {
        begin = start.find("charset=");
        if (begin == std::string::npos)
            return {};
        begin += 8;
    }
    if (begin < start.size() && (start[begin] == '"' || start[begin] == '\''))
        ++begin;
    const std::size_t end = start.find_first_of("\"' ;/>", begin);
    return end == std::string::npos ? std::string{} : start.substr(begin, end - begin);
}

/// What no page is in that has been read as far as its charset.
bool is_wide(std::string_view charset) {
    return charset.starts_with("utf-16") || charset.starts_with("utf-32") ||
           charset.starts_with("ucs-");
}

} // namespace

std::string page_to_utf8(std::string&& page, bool& repaired) {
    const std::string charset = charset_of(page);
    constexpr std::size_t most = std::numeric_limits<std::int32_t>::max(); // of ICU
    if (!charset.empty() && charset != "utf-8" && charset != "utf8" && !is_wide(charset) &&
        page.size() <= most && !is_utf8_beyond_ascii(page)) {
        UErrorCode status = U_ZERO_ERROR;
        // Browsers take the one for the other.
        UConverter* converter =
            ucnv_open(charset == "iso-8859-1" ? "windows-1252" : charset.c_str(), &status);
        if (U_SUCCESS(status) != 0) {
            const icu::UnicodeString text(page.data(), static_cast<std::int32_t>(page.size()),
                                          converter, status);
            ucnv_close(converter);
            std::string out;
            text.toUTF8String(out);
            if (U_SUCCESS(status) != 0)
                page = std::move(out);
        }
    }
    std::size_t replaced = 0;
    std::string legal = repair_utf8(page, &replaced);
    repaired = replaced > 0;
    return legal;
}

std::optional<RecordFault> page_record(std::string_view page, const RecordOptions& options,
                                       Record& record) {
    Values values;
    PageReader reader{values};
    reader.read(page);
    if (!reader.is_article())
        return RecordFault{std::nullopt,
                           "this page is not marked up as an article (no <article>, no NewsArticle "
                           "in JSON-LD, no og: tags of one); take the text out of it first, with "
                           "trafilatura for example"};
    if (!reader.longest().empty())
        offer(values, {text, 1}, field_names[text], Value::Kind::string, reader.longest());
    // What the page had in its own words is text by now; what comes from its tags may be HTML.
    return make_record(values, options, record);
}

} // namespace fabula::detail
