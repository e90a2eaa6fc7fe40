// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/producers.hpp"

namespace fabula::test {

/// Those of XML.
inline std::vector<Producer> xml_producers() {
    using namespace producer_detail;
    using Articles = std::span<const Article>;
    const std::string declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    const auto link = [](const Article& a) { return "https://www." + a.source + "/2026/" + a.id; };
    std::vector<Producer> all_of_them;

    all_of_them.push_back(
        {"rss.xml", {}, [=](Articles articles) {
             std::string out =
                 declaration +
                 "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
                 "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>"
                 "<title>Feed</title><link>https://feed.example/</link>\n";
             for (const Article& a : articles)
                 out += "<item>" + element("title", escaped(a.title)) + element("link", link(a)) +
                        element("guid isPermaLink=\"false\"", a.id) +
                        element("description", escaped(as_html("short"))) +
                        element("content:encoded", "<![CDATA[" + as_html(a.text) + "]]>") +
                        element("pubDate", mail_time(a)) + element("dc:language", a.language) +
                        element("dc:creator", "N. N.") + "</item>\n";
             return out + "</channel></rss>\n";
         }});
    all_of_them.push_back({"rss-1.rdf", {}, [=](Articles articles) {
                               std::string out =
                                   declaration +
                                   "<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\" "
                                   "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
                                   "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
                                   "<channel rdf:about=\"x\"><title>Feed</title></channel>\n";
                               for (const Article& a : articles)
                                   out += "<item rdf:about=\"" + a.id + "\">" +
                                          element("title", escaped(a.title)) +
                                          element("link", link(a)) +
                                          element("description", escaped(as_html(a.text))) +
                                          element("dc:date", time_of(a)) +
                                          element("dc:language", a.language) + "</item>\n";
                               return out + "</rdf:RDF>\n";
                           }});
    for (const bool is_xhtml : {false, true})
        all_of_them.push_back(
            {is_xhtml ? "atom-xhtml.xml" : "atom.xml", {}, [=](Articles articles) {
                 std::string out = declaration +
                                   "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Feed</title>"
                                   "<id>x</id><updated>2026-04-01T00:00:00Z</updated>\n";
                 for (const Article& a : articles) {
                     out +=
                         a.language.empty() ? "<entry>" : "<entry xml:lang=\"" + a.language + "\">";
                     out += element("title", escaped(a.title)) + element("id", a.id) +
                            "<link rel=\"alternate\" href=\"" + link(a) + "\"/>" +
                            element("published", time_of(a)) +
                            (a.published ? element("updated", "2026-04-01T00:00:00Z") : "") +
                            element("summary", "s");
                     out += is_xhtml ? element("content type=\"xhtml\"",
                                               "<div xmlns=\"http://www.w3.org/1999/xhtml\">" +
                                                   as_html(a.text) + "</div>")
                                     : element("content type=\"html\"", escaped(as_html(a.text)));
                     out += "</entry>\n";
                 }
                 return out + "</feed>\n";
             }});
    all_of_them.push_back(
        {"newsml-g2.xml", {}, [=](Articles articles) {
             std::string out = declaration +
                               "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><header>"
                               "<sent>2026-04-01T00:00:00Z</sent></header><itemSet>\n";
             for (const Article& a : articles) {
                 out += "<newsItem guid=\"" + a.id + "\" version=\"1\"" +
                        (a.language.empty() ? "" : " xml:lang=\"" + a.language + "\"") + ">";
                 out +=
                     "<itemMeta><itemClass qcode=\"ninat:text\"/><provider qcode=\"a:b\">" +
                     element("name", escaped(a.source)) + "</provider>" +
                     element("versionCreated", time_of(a)) + "</itemMeta><contentMeta>" +
                     element("headline", escaped(a.title)) +
                     "</contentMeta><contentSet><inlineXML " +
                     "contenttype=\"application/xhtml+xml\"><html "
                     "xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>no</title></head><body>" +
                     as_html(a.text) + "</body></html></inlineXML></contentSet></newsItem>\n";
             }
             return out + "</itemSet></newsMessage>\n";
         }});
    return all_of_them;
}

/// Those of a page an article: what is written for one.
inline std::vector<Producer> page_producers() {
    using namespace producer_detail;
    using Articles = std::span<const Article>;
    const auto meta = [](const std::string& name, const std::string& value) {
        return value.empty()
                   ? ""
                   : "<meta property=\"" + name + "\" content=\"" + escaped(value) + "\"/>\n";
    };
    std::vector<Producer> all_of_them;
    all_of_them.push_back(
        {"contest.html", {}, [=](Articles one) {
             const Article& a = one.front();
             return "<!DOCTYPE html>\n<html" +
                    (a.language.empty() ? "" : " lang=\"" + a.language + "\"") +
                    "><head><meta charset=\"utf-8\"/>\n" + meta("og:title", a.title) +
                    meta("og:site_name", a.source) + meta("og:url", "https://no.example/" + a.id) +
                    meta("article:published_time", time_of(a)) + meta("og:description", "short") +
                    "</head>\n<body><nav>Menu</nav><article>\n<h1>" + escaped(a.title) +
                    "</h1>\n<address><a rel=\"author\">N. N.</a></address>\n" + as_html(a.text) +
                    "</article></body></html>\n";
         }});
    all_of_them.push_back(
        {"json-ld.html", {}, [=](Articles one) {
             const Article& a = one.front();
             Json json{{"@context", "https://schema.org"},
                       {"@type", "NewsArticle"},
                       {"headline", a.title},
                       {"articleBody", a.text},
                       {"publisher", {{"@type", "Organization"}, {"name", a.source}}}};
             set(json, "datePublished", time_of(a));
             set(json, "inLanguage", a.language);
             return "<html><head><title>" + escaped(a.title) +
                    " - Site</title>\n<script type=\"application/ld+json\">" + json.dump() +
                    "</script></head><body><p>Menu</p></body></html>\n";
         }});
    all_of_them.push_back(
        {"plain.txt", {.language = false, .source = false, .published = false}, [](Articles one) {
             return one.front().title + "\n\n" + one.front().text + "\n";
         }});
    all_of_them.push_back({"fields.md", {}, [=](Articles one) {
                               const Article& a = one.front();
                               const auto line = [](const char* name, const std::string& value) {
                                   return value.empty() ? ""
                                                        : std::string(name) + ": " + value + "\n";
                               };
                               return "---\n" + line("title", a.title) + line("date", time_of(a)) +
                                      line("lang", a.language) + line("source", a.source) +
                                      line("id", a.id) + "---\n\n" + a.text + "\n";
                           }});
    return all_of_them;
}

} // namespace fabula::test
