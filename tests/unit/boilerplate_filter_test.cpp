// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/filter.hpp"
#include "support/catch.hpp"
#include "support/time.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using fabula::Article;
using fabula::ByteRange;
using fabula::detail::BoilerplateFilter;

namespace {

std::string kept(const BoilerplateFilter& filter, std::string_view text,
                 std::string_view source = {}) {
    std::string out;
    for (const ByteRange range : filter.content(text, source))
        out += text.substr(range.begin, range.end - range.begin);
    return out;
}

const std::string body =
    "The harbour of Ostwick was closed on Tuesday after a crane fell into the water.\n\n"
    "Nobody was hurt, said the harbour master. “We heard it before we saw it,” she added.\n";

/// An article of four paragraphs that no other article shares.
std::string own_paragraphs(int number) {
    std::mt19937 random(static_cast<std::uint32_t>(number));
    std::string out;
    for (int paragraph = 0; paragraph < 4; ++paragraph) {
        for (int word = 0; word < 20; ++word) {
            for (int letter = 0; letter < 6; ++letter)
                out += static_cast<char>('a' + random() % 26);
            out += ' ';
        }
        out += ".\n";
    }
    return out;
}

std::vector<Article> articles_with(std::string_view boilerplate, int count,
                                   const std::string& source) {
    std::vector<Article> articles;
    for (int i = 0; i < count; ++i) {
        Article article;
        article.id = std::to_string(i);
        article.text = own_paragraphs(i) + std::string(boilerplate) + "\n";
        article.source = source;
        articles.push_back(article);
    }
    return articles;
}

} // namespace

TEST_CASE("Text without boilerplate is one range", "[boilerplate]") {
    const BoilerplateFilter filter;
    CHECK(filter.content(body, "") == std::vector<ByteRange>{{0, body.size()}});
    CHECK(filter.content("x", "") == std::vector<ByteRange>{{0, 1}});
    CHECK(filter.content("\n\n", "") == std::vector<ByteRange>{{0, 2}});
    CHECK(filter.content("", "").empty());
}

TEST_CASE("Boilerplate in many languages is removed", "[boilerplate]") {
    const auto line = GENERATE(
        as<std::string>{}, "Read more:", "READ MORE",
        "Read more: How to help the people of Ostwick", "Also read | Crane prices soar",
        "Don＇t miss", "Source link", "Leave a Reply", "Your email address will not be published.",
        "  Share on Facebook  ", "12 Comments", "Comments (3)", "Photo: Mara Lind / Harbour Press",
        "We use cookies to improve your experience. Accept all", "© 2025 Ostwick Post",
        "All rights reserved.",
        "https://ostwick.example/a/very/long/address?with=arguments&and=more", "Lesen Sie auch",
        "LESEN SIE AUCH: Kran gesunken", "Ihre E-Mail-Adresse wird nicht veröffentlicht.",
        "Lire aussi : La grue dans le port", "À lire aussi", "Tous droits réservés",
        "Leggi anche: tutte le notizie", "© Riproduzione riservata", "Lea también",
        "Tu dirección de correo electrónico no será publicada.", "Leia também: o porto",
        "Continua após a publicidade", "Lees ook", "Läs även", "Les også:", "LES OGSÅ",
        "Logg inn for å kommentere", "Læs også", "Lue myös", "Czytaj także", "CZYTAJ TAKŻE: Dźwig",
        "Čtěte také", "Olvassa el ezt is", "Citește și", "Διαβάστε επίσης", "ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ",
        "İLGİLİ HABERLER", "Yorum yapabilmek için giriş yapın", "Читайте также",
        "Читайте также: кран", "Фото — ТАСС", "Источник: РИА Новости", "Читайте також",
        "Джерело: УНІАН", "Коментарі — 0", "Авторизуйтесь, щоб залишити коментар",
        "Авторизуйтесь , щоб додавати коментарі", "Прочетете още", "Pročitajte još", "اقرأ أيضاً",
        "اقرأ أيضا: رافعة في المرفأ", "لن يتم نشر عنوان بريدك الإلكتروني", "צילום: מאיה לב",
        "כל הזכויות שמורות", "यह भी पढ़ें: बंदरगाह", "相关阅读", "責任編輯：陳曉嵐", "责任编辑：陈晓岚",
        "延伸閱讀", "続きを読む", "関連記事", "写真：共同通信", "관련기사",
        "무단전재 및 재배포 금지", "Baca juga: Pelabuhan", "Xem thêm: Cảng", "ข่าวที่เกี่ยวข้อง");
    CAPTURE(line);
    const BoilerplateFilter filter;
    CHECK(kept(filter, body + "\n" + line + "\n") == body + "\n");
    CHECK(kept(filter, line + "\n" + body) == body);
}

TEST_CASE("Sentences that only begin like boilerplate are kept", "[boilerplate]") {
    const auto line =
        GENERATE(as<std::string>{}, "Share prices fell by four per cent on Monday.",
                 "Read more books, the minister told the pupils of Ostwick.",
                 "Photography is forbidden in the crypt.",
                 "Comments by the minister on Tuesday angered the union.",
                 "Follow us on the way that the river took for the last thirty years, said the "
                 "guide to the visitors, and left the road.",
                 "Source: a word that the court heard often on Tuesday, when the reporter had to "
                 "explain for three hours why she would not name hers.",
                 "Foto und Film gehören zusammen, sagte die Leiterin.",
                 "Реклама табака запрещена в стране с 2014 года.",
                 "评论员认为，这一决定将影响整个地区的经济发展。", "Home prices rose.");
    CAPTURE(line);
    const std::string text = body + line + "\n";
    CHECK(kept(BoilerplateFilter{}, text) == text);
}

TEST_CASE("Headlines below a heading belong to other articles", "[boilerplate]") {
    const std::string tail = "Check Also\n\nCrane makers see a better year\n\n"
                             "Harbour fees to rise in spring\n";
    CHECK(kept(BoilerplateFilter{}, body + tail) == body);
    const std::string middle = "Read also\nCrane makers see a better year\n";
    CHECK(kept(BoilerplateFilter{}, body + middle + body) == body + body);

    std::string many = "Related articles\n";
    for (int i = 0; i < 7; ++i)
        many += "Headline number " + std::to_string(i) + "\n";
    CHECK(kept(BoilerplateFilter{}, body + many) ==
          body + "Headline number 5\nHeadline number 6\n");
}

TEST_CASE("An article of boilerplate alone is kept", "[boilerplate]") {
    const BoilerplateFilter filter;
    for (const std::string text : {"Comments", "Read more: Crane falls into harbour", "© 2025\n"})
        CHECK(kept(filter, text) == text);
    // Less than 40 % of the letters would be left.
    const std::string mostly = "Crane sinks\nYour email address will not be published\n";
    CHECK(kept(filter, mostly) == mostly);
}

TEST_CASE("Ranges are whole lines in order, whatever ends them", "[boilerplate]") {
    const BoilerplateFilter filter;
    const std::string first = "The crane of Ostwick was lifted on Friday at noon.";
    for (const std::string end :
         {"\n", "\r\n", "\r", "\v", "\f", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
        std::string text = first;
        for (const std::string& part : {end, std::string("Leave a reply"), end, first, end})
            text += part;
        const std::size_t size = first.size() + end.size();
        CHECK(filter.content(text, "") ==
              std::vector<ByteRange>{{0, size}, {text.size() - size, text.size()}});
    }
}

TEST_CASE("Any bytes are legal", "[boilerplate]") {
    std::mt19937 random(7);
    std::vector<Article> articles;
    for (int i = 0; i < 300; ++i) {
        Article article;
        const std::size_t size = random() % 400;
        for (std::size_t k = 0; k < size; ++k)
            article.text += static_cast<char>(random() % 4 == 0 ? '\n' : random() % 256);
        article.title = article.text.substr(0, 40) + " | \xFF\xC0";
        article.source = std::string("\xF5\0a", 3);
        articles.push_back(article);
    }
    const BoilerplateFilter filter = BoilerplateFilter::learn(articles);
    for (const Article& article : articles) {
        std::size_t before = 0;
        for (const ByteRange range : filter.content(article.text, article.source)) {
            CHECK(range.begin >= before);
            CHECK(range.begin < range.end);
            before = range.end;
        }
        CHECK(before <= article.text.size());
        CHECK(article.title.starts_with(filter.title(article.title, article.source)));
    }
}

TEST_CASE("Lines that recur in a source are learned for it", "[boilerplate]") {
    const std::string notice = "The Ostwick Post is a member of the Guild of Small Papers";
    std::vector<Article> articles = articles_with(notice, 10, "ostwick.example");
    const BoilerplateFilter filter = BoilerplateFilter::learn(articles);

    const std::string text = body + notice + "\n";
    CHECK(kept(filter, text, "ostwick.example") == body);
    CHECK(kept(filter, text, "OSTWICK.example") == body);
    CHECK(kept(filter, body + "THE OSTWICK POST IS A MEMBER OF THE GUILD OF SMALL PAPERS.\n",
               "ostwick.example") == body);
    CHECK(kept(filter, text, "other.example") == text);
    CHECK(kept(filter, text, "") == text);
    CHECK(kept(BoilerplateFilter{}, text, "ostwick.example") == text);

    SECTION("in any order of the articles") {
        std::mt19937 random(3);
        std::shuffle(articles.begin(), articles.end(), random);
        CHECK(kept(BoilerplateFilter::learn(articles), text, "ostwick.example") == body);
    }
}

TEST_CASE("A line has to recur in three articles and a fifth of them", "[boilerplate]") {
    const std::string notice = "Weather by the Ostwick station";
    const std::string text = body + notice + "\n";
    for (const int carriers : {2, 3, 9, 10}) {
        for (const int others : {0, 3, 40}) {
            std::vector<Article> articles = articles_with(notice, carriers, "s");
            for (int i = 0; i < others; ++i) {
                Article other;
                other.text = own_paragraphs(1000 + i);
                other.source = "s";
                articles.push_back(other);
            }
            CAPTURE(carriers, others);
            const bool learned = carriers >= 3 && 5 * carriers >= carriers + others;
            CHECK(kept(BoilerplateFilter::learn(articles), text, "s") == (learned ? body : text));
        }
    }
}

TEST_CASE("Numbers in short lines may change", "[boilerplate]") {
    std::vector<Article> articles;
    for (int i = 0; i < 5; ++i) {
        Article article;
        article.text = "Ostwick, " + std::to_string(10 + i) + " March, 1" + std::to_string(i) +
                       ":30\n" + own_paragraphs(i);
        article.source = "s";
        articles.push_back(article);
    }
    const BoilerplateFilter filter = BoilerplateFilter::learn(articles);
    CHECK(kept(filter, "Ostwick, 3 March, 9:05\n" + body, "s") == body);
}

TEST_CASE("Copies of one report teach nothing", "[boilerplate]") {
    const std::string report = own_paragraphs(1) + "A line that all copies have\n";
    std::vector<Article> copies(200);
    for (Article& copy : copies) {
        copy.text = report;
        copy.source = "wire";
    }
    SECTION("exact ones") {}
    SECTION("with another first line") {
        for (std::size_t i = 0; i < copies.size(); ++i)
            copies[i].text = "Version " + std::string(i % 50, 'x') + "\n" + report;
    }
    SECTION("with another first and another longest line") {
        for (std::size_t i = 0; i < copies.size(); ++i) {
            const std::string own = own_paragraphs(static_cast<int>(i) + 10);
            copies[i].text = own.substr(0, own.find('\n')) + " and more\n" + report;
        }
    }
    const BoilerplateFilter filter = BoilerplateFilter::learn(copies);
    CHECK(kept(filter, report, "wire") == report);
    CHECK(kept(filter, body + "A line that all copies have\n", "wire") ==
          body + "A line that all copies have\n");
}

TEST_CASE("Publishers at the end of titles are removed", "[boilerplate]") {
    const BoilerplateFilter filter;
    const std::string headline = "Crane falls into the harbour of Ostwick";
    struct Case {
        std::string suffix;
        std::string source;
    };
    const std::vector<Case> cases{{" - The Guardian", ""},
                                  {" | BBC News", ""},
                                  {" – Reuters", ""},
                                  {" — УНІАН", ""},
                                  {" - Ostwick Post", "www.ostwickpost.example"},
                                  {" - Ostwick Post", "Ostwick Post"},
                                  {" - The Ostwick Post", "ostwickpost.co.uk"},
                                  {" - NHW", "nhw.example"},
                                  {" | World news | The Guardian", ""},
                                  {" | Local news", ""},
                                  {" - BBC News", "bbc.co.uk"}};
    for (const Case& one : cases) {
        CAPTURE(one.suffix, one.source);
        CHECK(filter.title(headline + one.suffix, one.source) == headline);
    }
}

TEST_CASE("Titles keep what may belong to the headline", "[boilerplate]") {
    const BoilerplateFilter filter;
    for (const std::string title :
         {"Crane falls - nobody hurt", "Ostwick - a harbour without a crane", "Reuters", "BBC News",
          " - Reuters", "", "Storm | Crane falls into harbour", "Crane - Reuters reports a fall",
          "War and peace – the Guardian of the harbour speaks out"}) {
        CAPTURE(title);
        CHECK(filter.title(title, "somewhere.example") == title);
    }
}

TEST_CASE("Endings that recur in a source's titles are learned", "[boilerplate]") {
    std::vector<Article> articles;
    for (int i = 0; i < 6; ++i) {
        Article article;
        article.title = own_paragraphs(i).substr(0, 40) + " - Am Kai";
        article.source = "hafen.example";
        articles.push_back(article);
    }
    const std::string title = "Kran im Hafen gesunken - Am Kai";
    CHECK(BoilerplateFilter::learn(articles).title(title, "hafen.example") ==
          "Kran im Hafen gesunken");
    CHECK(BoilerplateFilter::learn(articles).title(title, "other.example") == title);

    for (Article& article : articles)
        article.title = title; // one title six times is one title
    CHECK(BoilerplateFilter::learn(articles).title(title, "hafen.example") == title);
}

TEST_CASE("Time is linear in the title and the source, however they resemble each other",
          "[boilerplate]") {
    const BoilerplateFilter filter;
    const auto make = [](std::size_t size) {
        Article article;
        article.title = "Ferry in a storm - " + std::string(size, 'a') + 'b';
        article.source = std::string(2 * size, 'a');
        return article;
    };
    CHECK(fabula::test::is_linear(50'000, make, [&](const Article& article) {
        CHECK(filter.title(article.title, article.source) == article.title);
    }));
}
