// SPDX-License-Identifier: Apache-2.0
#include "evidence/quotations.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"

using namespace fabula;
using detail::find_quotations;
using detail::quotation_keys;
using detail::shared_quotations;

namespace {

std::vector<std::string> quotations_in(std::string_view text) {
    static TextAnalyzer analyzer;
    const AnalyzedText analyzed = analyzer.analyze(text, Sentences::skip);
    std::vector<std::string> out;
    for (const ByteRange& range : find_quotations(text, analyzed.tokens))
        out.emplace_back(text.substr(range.begin, range.end - range.begin));
    return out;
}

std::vector<detail::QuotationKeys> keys(std::string_view text) {
    static TextAnalyzer analyzer;
    return quotation_keys(text, analyzer.analyze(text, Sentences::skip).tokens);
}

std::size_t shared(std::string_view a, std::string_view b) {
    const std::size_t found = shared_quotations(keys(a), keys(b));
    CHECK(found == shared_quotations(keys(b), keys(a)));
    return found;
}

using Quoted = std::vector<std::string>;

} // namespace

TEST_CASE("quotations: the marks of many languages") {
    CHECK(quotations_in("\"We will not go back,\" he said.") == Quoted{"We will not go back,"});
    CHECK(quotations_in("“We will not go back,” he said.") == Quoted{"We will not go back,"});
    CHECK(quotations_in("‘We will not go back,’ he said.") == Quoted{"We will not go back,"});
    CHECK(quotations_in("„Wir gehen nicht zurück“, sagte er.") == Quoted{"Wir gehen nicht zurück"});
    CHECK(quotations_in("»Wir gehen nicht zurück«, sagte er.") == Quoted{"Wir gehen nicht zurück"});
    CHECK(quotations_in("‚Wir gehen nicht zurück‘, sagte er.") == Quoted{"Wir gehen nicht zurück"});
    CHECK(quotations_in("„Nie wrócimy tam już nigdy”, powiedział.") ==
          Quoted{"Nie wrócimy tam już nigdy"});
    CHECK(quotations_in("„Nie wrócimy tam już nigdy\", powiedział.") ==
          Quoted{"Nie wrócimy tam już nigdy"});
    CHECK(quotations_in("« Nous ne reviendrons pas », a-t-il dit.") ==
          Quoted{" Nous ne reviendrons pas "});
    CHECK(quotations_in("«Мы не вернёмся сюда», — сказал он.") == Quoted{"Мы не вернёмся сюда"});
    CHECK(quotations_in("‹Nous ne reviendrons pas›") == Quoted{"Nous ne reviendrons pas"});
    CHECK(quotations_in("”Vi går inte tillbaka”, sade han.") == Quoted{"Vi går inte tillbaka"});
    CHECK(quotations_in("»Emme palaa enää takaisin», hän sanoi.") ==
          Quoted{"Emme palaa enää takaisin"});
    CHECK(quotations_in("「私たちは戻りません」と述べた。") == Quoted{"私たちは戻りません"});
    CHECK(quotations_in("『私たちは戻りません』と述べた。") == Quoted{"私たちは戻りません"});
    CHECK(quotations_in("他说：“我们不会再回去了。”") == Quoted{"我们不会再回去了。"});
    CHECK(quotations_in("他说：＂我们不会再回去了。＂") == Quoted{"我们不会再回去了。"});
}

TEST_CASE("quotations: several, nested, and side by side") {
    CHECK(quotations_in("“We will not go back,” he said. “They would have to carry us.”") ==
          Quoted{"We will not go back,", "They would have to carry us."});
    CHECK(quotations_in("\"We will not go back,\" he said. \"They would have to carry us.\"") ==
          Quoted{"We will not go back,", "They would have to carry us."});
    CHECK(quotations_in("“She said ‘we will not go back’ and left,” he said.") ==
          Quoted{"She said ‘we will not go back’ and left,"});
    CHECK(quotations_in("‘We don’t think they’ll ever go back,’ he said of the workers’ union.") ==
          Quoted{"We don’t think they’ll ever go back,"});
    CHECK(quotations_in("„Das ist »alles andere als gut« gewesen“, sagte sie.") ==
          Quoted{"Das ist »alles andere als gut« gewesen"});
    // A speech of several paragraphs: each begins with a mark, the last ends with one.
    CHECK(quotations_in("“This is the first part.\n“This is the second part.”") ==
          Quoted{"This is the second part."});
}

TEST_CASE("quotations: what quotes nothing") {
    CHECK(quotations_in("").empty());
    CHECK(quotations_in("No marks at all, and it's the workers' right.").empty());
    CHECK(quotations_in("The “so called” summit").empty()); // too short
    CHECK(quotations_in("《红楼梦是一部伟大的小说》").empty());
    CHECK(quotations_in("他看了「红楼梦」。").empty());
    CHECK(quotations_in("A 5\" pipe and a 6\" pipe were found in the old well").empty());
    CHECK(quotations_in("It’s the ’90s again and they’re all here for the workers’ party").empty());
    CHECK(quotations_in("הנשיא אמר שצה\"ל יישאר שם ושמנכ\"ל החברה יתפטר").empty());
}

TEST_CASE("quotations: marks without a partner do no harm") {
    CHECK(quotations_in(
              "He said: \"We will not go back\nThey stayed. \"They would have to carry us.\"") ==
          Quoted{"They would have to carry us."});
    CHECK(quotations_in("Text » et puis « Nous ne reviendrons pas »").size() == 1);
    CHECK(quotations_in("“ “ “ “").empty());
    CHECK(quotations_in("”””””””\"\"\"\"\"\"«»«»»»««").empty());
    std::string unclosed = "“One ";
    for (int i = 0; i < 70; ++i)
        unclosed += "word ";
    CHECK(quotations_in(unclosed + "”").empty()); // longer than a quotation
    CHECK(quotations_in(unclosed + "he said. “We will not go back.”") ==
          Quoted{"We will not go back."});
    CHECK(quotations_in("\xE2\x80\x9CWe will not go back\xFF\x80\xE2\x80\x9D") ==
          Quoted{"We will not go back\xFF\x80"});
    CHECK(quotations_in("\x80\x80\x80\x80\x80\"\xE2\x80").empty());
}

TEST_CASE("quotations: linear in the text, and few are kept") {
    std::string hostile;
    for (int i = 0; i < 200000; ++i)
        hostile += i % 3 == 0 ? "“a " : i % 3 == 1 ? "\"b " : "«c ";
    CHECK(find_quotations(hostile, {}).empty());
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += "“We will not go back number " + std::to_string(i) + ",” he said. ";
    CHECK(quotations_in(many).size() == 1000);
    CHECK(keys(many).size() == detail::most_quotations);
}

TEST_CASE("shared quotations: cut and slightly changed ones are recognised") {
    const std::string whole =
        "“We heard a loud noise from below and then every light went out, and "
        "nobody knew what to do,” the engineer said.";
    CHECK(shared(whole, whole) == 1);
    CHECK(shared(whole, "The engineer: \"We heard a loud noise from below and then every light "
                        "went out.\"") == 1);
    CHECK(shared(whole,
                 "„We heard a loud noise from below and then the lights went out, and nobody "
                 "knew what to do“") == 1);
    CHECK(shared(whole, "“Divers will inspect the hull as soon as the wind drops,” he said") == 0);
    CHECK(shared(whole, "We heard a loud noise from below and then every light went out") == 0);
    CHECK(shared("“We get a lot of people here in the summer months”",
                 "“There are a lot of people who would rather stay at home”") == 0);
    CHECK(shared("「私たちはもう二度とそこへは戻りません」と述べた。",
                 "『私たちはもう二度とそこへは戻りません』") == 1);
    CHECK(shared("他说：“我们不会再回到那里去了。”", "她说：“我们不会再回到那里去了”") == 1);
    CHECK(shared("", whole) == 0);
}

TEST_CASE("shared quotations: each counts once") {
    const std::string two = "“We will not go back to the harbour,” he said. “They would have to "
                            "carry us there by force.”";
    CHECK(shared(two, two) == 2);
    CHECK(shared(two, "“We will not go back to the harbour,” he said, and again: “We will not go "
                      "back to the harbour.”") == 1);
}
