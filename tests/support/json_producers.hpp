// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/producers.hpp"

namespace fabula::test {

/// Those of JSON, and of tables.
inline std::vector<Producer> json_producers() {
    using namespace producer_detail;
    using Articles = std::span<const Article>;
    const auto link = [](const Article& a) { return "https://www." + a.source + "/2026/" + a.id; };
    const auto space_time = [](const Article& a) {
        std::string time = time_of(a).substr(0, 19);
        if (!time.empty())
            time[10] = ' ';
        return time;
    };
    std::vector<Producer> all_of_them;
    const auto add = [&](std::string file, Carries carries,
                         std::function<std::string(Articles)> write) {
        all_of_them.push_back({std::move(file), carries, std::move(write)});
    };

    add("newsapi.json", {.id = false, .language = false}, [=](Articles articles) {
        return Json{{"status", "ok"},
                    {"totalResults", articles.size()},
                    {"articles", all(articles,
                                     [&](const Article& a) {
                                         Json json{
                                             {"source", {{"id", nullptr}, {"name", a.source}}},
                                             {"author", nullptr},
                                             {"title", a.title},
                                             {"description", a.title + " …"},
                                             {"url", link(a)},
                                             {"urlToImage", nullptr},
                                             {"content", a.text}};
                                         set(json, "publishedAt", time_of(a));
                                         return json;
                                     })}}
            .dump();
    });
    add("news-please.jsonl", {}, [=](Articles articles) {
        return lines(articles, [&](const Article& a) {
            Json json{{"id", a.id},
                      {"authors", Json::array({"N. N."})},
                      {"date_download", "2026-04-01 10:00:00"},
                      {"date_modify", nullptr},
                      {"date_publish", nullptr},
                      {"description", "d"},
                      {"filename", "x.json"},
                      {"language", nullptr},
                      {"maintext", a.text},
                      {"source_domain", a.source},
                      {"title", a.title},
                      {"title_page", nullptr},
                      {"url", link(a)}};
            set(json, "language", a.language);
            set(json, "date_publish", space_time(a));
            return json;
        });
    });
    add("newspaper.json", {}, [=](Articles articles) {
        return all(articles,
                   [&](const Article& a) {
                       Json json{{"id", a.id},
                                 {"url", "https://cdn.example/" + a.id},
                                 {"source_url", "https://www." + a.source},
                                 {"title", a.title},
                                 {"text", a.text},
                                 {"summary", ""},
                                 {"keywords", Json::array()},
                                 {"movies", Json::array()},
                                 {"meta_lang", a.language}};
                       set(json, "publish_date", space_time(a));
                       return json;
                   })
            .dump(2);
    });
    add("trafilatura.jsonl", {.day_only = true}, [=](Articles articles) {
        return lines(articles, [&](const Article& a) {
            Json json{{"title", a.title}, {"author", nullptr}, {"hostname", a.source},
                      {"id", a.id},       {"tags", "x"},       {"raw_text", a.title + a.text},
                      {"text", a.text},   {"source", link(a)}, {"source-hostname", a.source},
                      {"excerpt", "e"}};
            set(json, "language", a.language);
            set(json, "date", time_of(a).substr(0, 10));
            return json;
        });
    });
    add("feedparser.json", {.language = false}, [=](Articles articles) {
        return Json{{"bozo", false},
                    {"feed", {{"title", "Feed"}, {"link", "https://feed.example/"}}},
                    {"entries",
                     all(articles,
                         [&](const Article& a) {
                             Json json{{"id", a.id},
                                       {"guidislink", false},
                                       {"title", a.title},
                                       {"title_detail", {{"type", "text/plain"}, {"value", "no"}}},
                                       {"summary", "s"},
                                       {"content", Json::array({{{"type", "text/html"},
                                                                 {"language", nullptr},
                                                                 {"value", as_html(a.text)}}})},
                                       {"link", link(a)},
                                       {"links", Json::array({{{"href", "https://no.example/"}}})},
                                       {"published_parsed", Json::array({2026, 3, 4})}};
                             set(json, "published", mail_time(a));
                             return json;
                         })}}
            .dump(1);
    });
    add("gdelt.json", {.id = false, .text = false, .language = false}, [=](Articles articles) {
        return Json{{"articles", all(articles,
                                     [&](const Article& a) {
                                         std::string time = time_of(a);
                                         std::erase(time, '-');
                                         std::erase(time, ':');
                                         Json json{
                                             {"url", link(a)},     {"url_mobile", ""},
                                             {"title", a.title},   {"socialimage", ""},
                                             {"domain", a.source}, {"sourcecountry", "Norway"}};
                                         set(json, "seendate", time);
                                         return json;
                                     })}}
            .dump();
    });
    add("eventregistry.json", {.language = false}, [=](Articles articles) {
        return Json{{"articles",
                     {{"page", 1},
                      {"results", all(articles,
                                      [&](const Article& a) {
                                          const std::string time = time_of(a);
                                          Json json{
                                              {"uri", a.id},
                                              {"isDuplicate", false},
                                              {"title", a.title},
                                              {"body", a.text},
                                              {"url", link(a)},
                                              {"source", {{"uri", "no"}, {"title", a.source}}},
                                              {"sentiment", 0.25}};
                                          set(json, "date", time.substr(0, 10));
                                          set(json, "dateTime", time);
                                          return json;
                                      })}}}}
            .dump();
    });
    add("ninjs-1.json", {}, [=](Articles articles) {
        return all(articles,
                   [&](const Article& a) {
                       Json json{{"uri", a.id},
                                 {"type", "text"},
                                 {"version", "1"},
                                 {"headline", a.title},
                                 {"body_text", a.text},
                                 {"body_xhtml", as_html(a.text)},
                                 {"infosources", Json::array({{{"name", a.source}}})}};
                       set(json, "language", a.language);
                       set(json, "versioncreated", time_of(a));
                       return json;
                   })
            .dump();
    });
    add("ninjs-2.jsonl", {}, [=](Articles articles) {
        return lines(articles, [&](const Article& a) {
            Json json{{"uri", a.id},
                      {"standard", {{"name", "ninjs"}, {"version", "2.0"}}},
                      {"type", "text"},
                      {"headlines", Json::array({{{"role", "main"}, {"value", a.title}}})},
                      {"bodies", Json::array({{{"role", "main"},
                                               {"contenttype", "text/html"},
                                               {"value", as_html(a.text)}}})},
                      {"infosources", Json::array({{{"role", "primary"}, {"name", a.source}}})}};
            set(json, "language", a.language);
            set(json, "versioncreated", time_of(a));
            return json;
        });
    });
    add("jsonfeed.json", {}, [=](Articles articles) {
        return Json{{"version", "https://jsonfeed.org/version/1.1"},
                    {"title", "Feed"},
                    {"home_page_url", "https://feed.example/"},
                    {"items", all(articles,
                                  [&](const Article& a) {
                                      Json json{{"id", a.id},
                                                {"url", link(a)},
                                                {"title", a.title},
                                                {"content_html", as_html(a.text)},
                                                {"summary", "s"}};
                                      set(json, "language", a.language);
                                      set(json, "date_published", time_of(a));
                                      return json;
                                  })}}
            .dump(2);
    });
    add("wordpress.json", {.language = false}, [=](Articles articles) {
        return all(articles,
                   [&](const Article& a) {
                       Json json{{"id", a.id},
                                 {"guid", {{"rendered", "https://no.example/?p=1"}}},
                                 {"link", link(a)},
                                 {"title", {{"rendered", escaped(a.title)}}},
                                 {"content", {{"rendered", as_html(a.text)}, {"protected", false}}},
                                 {"excerpt", {{"rendered", "<p>e</p>"}}}};
                       set(json, "date", time_of(a).substr(0, 19));
                       return json;
                   })
            .dump();
    });
    add("spreadsheet.csv", {}, [](Articles articles) {
        return "\xEF\xBB\xBF" +
               table(articles, ';', {"ID", "Headline", "Text", "Language", "Source", "Date"});
    });
    add("data-set.csv", {}, [](Articles articles) {
        return table(articles, ',', {"id", "title", "content", "lang", "publication", "date"});
    });
    add("export.tsv", {}, [](Articles articles) {
        return table(articles, '\t', {"id", "title", "body", "language", "outlet", "published_at"});
    });
    return all_of_them;
}

} // namespace fabula::test
