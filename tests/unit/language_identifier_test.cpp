// SPDX-License-Identifier: Apache-2.0
#include "language/fasttext_file.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "unit/language_tiny_model.hpp"

#include <fabula/error.hpp>
#include <fabula/language.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace fabula;
using fabula::test::TemporaryFile;
using fabula::test::train_tiny_model;

namespace {

const LanguageIdentifier& bundled() {
    static const auto identifier = LanguageIdentifier::load(test::model_dir() / "language-id.ftz");
    return identifier;
}

/// One sentence each, written for this test.
const std::vector<std::pair<std::string, std::string>> sentences{
    {"ar", "قالت الحكومة إن المفاوضات سوف تستمر حتى نهاية الأسبوع المقبل."},
    {"be", "Урад паведаміў, што перамовы будуць працягвацца да канца наступнага тыдня."},
    {"bg", "Правителството съобщи, че преговорите ще продължат до края на следващата седмица."},
    {"ca", "El govern ha anunciat que les negociacions continuaran fins a la setmana vinent."},
    {"cs", "Vláda oznámila, že jednání budou pokračovat až do konce příštího týdne."},
    {"da", "Regeringen oplyser, at forhandlingerne fortsætter indtil udgangen af næste uge."},
    {"de", "Die Regierung teilte mit, dass die Verhandlungen bis Ende nächster Woche andauern."},
    {"el", "Η κυβέρνηση ανακοίνωσε ότι οι διαπραγματεύσεις θα συνεχιστούν."},
    {"en", "The government said that the talks would go on until the end of next week."},
    {"es",
     "El gobierno anunció que las negociaciones seguirán hasta finales de la próxima semana."},
    {"et", "Valitsus teatas, et läbirääkimised jätkuvad järgmise nädala lõpuni."},
    {"eu", "Gobernuak jakinarazi du negoziazioek datorren astera arte jarraituko dutela."},
    {"fa", "دولت اعلام کرد که گفتگوها تا پایان هفته آینده ادامه خواهد داشت."},
    {"fi", "Hallitus ilmoitti, että neuvottelut jatkuvat ensi viikon loppuun saakka."},
    {"fr",
     "Le gouvernement a annoncé que les négociations se poursuivraient la semaine prochaine."},
    {"gl", "O goberno anunciou que as negociacións continuarán ata a fin da semana que vén."},
    {"he", "הממשלה הודיעה כי המשא ומתן יימשך עד סוף השבוע הבא."},
    {"hi", "सरकार ने कहा कि बातचीत अगले सप्ताह के अंत तक जारी रहेगी।"},
    {"hu", "A kormány közölte, hogy a tárgyalások a jövő hét végéig folytatódnak."},
    {"hy", "Կառավարությունը հայտնեց, որ բանակցությունները կշարունակվեն։"},
    {"is", "Ríkisstjórnin tilkynnti að viðræðurnar héldu áfram út næstu viku."},
    {"it", "Il governo ha annunciato che i negoziati continueranno fino alla prossima settimana."},
    {"ja", "政府は、交渉が来週の終わりまで続くと発表した。"},
    {"ka", "მთავრობამ განაცხადა, რომ მოლაპარაკებები გაგრძელდება."},
    {"ko", "정부는 협상이 다음 주 말까지 계속될 것이라고 밝혔다."},
    {"lt", "Vyriausybė pranešė, kad derybos tęsis iki kitos savaitės pabaigos."},
    {"lv", "Valdība paziņoja, ka sarunas turpināsies līdz nākamās nedēļas beigām."},
    {"mk", "Владата соопшти дека преговорите ќе продолжат до крајот на следната недела."},
    {"nb", "Regjeringen opplyser at forhandlingene fortsetter ut neste uke, men ikke hvor lenge."},
    {"nl", "De regering maakte bekend dat de onderhandelingen tot eind volgende week doorgaan."},
    {"nn", "Regjeringa opplyser at forhandlingane held fram ut neste veke, men ikkje kor lenge."},
    {"pl", "Rząd poinformował, że negocjacje potrwają do końca przyszłego tygodnia."},
    {"pt", "O governo anunciou que as negociações vão continuar até ao fim da próxima semana."},
    {"ro", "Guvernul a anunțat că negocierile vor continua până la sfârșitul săptămânii viitoare."},
    {"ru", "Правительство сообщило, что переговоры продлятся до конца следующей недели."},
    {"sk", "Vláda oznámila, že rokovania budú pokračovať až do konca budúceho týždňa."},
    {"sl", "Vlada je sporočila, da se bodo pogajanja nadaljevala do konca prihodnjega tedna."},
    {"sq", "Qeveria njoftoi se bisedimet do të vazhdojnë deri në fund të javës së ardhshme."},
    {"sr", "Влада је саопштила да ће се преговори наставити до краја следеће недеље."},
    {"sv", "Regeringen meddelade att förhandlingarna fortsätter till slutet av nästa vecka."},
    {"th", "รัฐบาลแถลงว่าการเจรจาจะดำเนินต่อไปจนถึงสิ้นสัปดาห์หน้า"},
    {"tr", "Hükümet, görüşmelerin gelecek haftanın sonuna kadar süreceğini açıkladı."},
    {"uk", "Уряд повідомив, що переговори триватимуть до кінця наступного тижня."},
    {"vi", "Chính phủ cho biết các cuộc đàm phán sẽ tiếp tục đến hết tuần tới."},
    {"zh", "政府表示，谈判将持续到下周末，双方都还没有让步。"},
    {"zh-Hant", "政府表示，談判將持續到下週末，雙方都還沒有讓步。"},
};

std::string message_of(const std::filesystem::path& file, Errc expected) {
    try {
        static_cast<void>(LanguageIdentifier::load(file));
    } catch (const Error& error) {
        CHECK(error.code() == expected);
        return error.what();
    }
    FAIL(file << " was not refused");
    return {};
}

std::string language(std::string_view text) {
    return bundled().identify(text).language;
}

} // namespace

TEST_CASE("the bundled language model knows its languages") {
    const std::vector<std::string>& languages = bundled().languages();
    CHECK(languages.size() == 52);
    CHECK(std::is_sorted(languages.begin(), languages.end()));
    for (const auto& [tag, text] : sentences) {
        INFO(text);
        CHECK(std::binary_search(languages.begin(), languages.end(), tag));
        const LanguageGuess guess = bundled().identify(text);
        CHECK(guess.language == tag);
        CHECK(guess.is_reliable);
        CHECK(guess.probability > 0.5F);
        CHECK(guess.probability <= 1.0F);
    }
}

TEST_CASE("Serbo-Croatian in Latin letters is one of its tags and reliable") {
    const LanguageGuess guess = bundled().identify(
        "Vlada je saopćila da će se pregovori nastaviti do kraja iduće sedmice.");
    CHECK((guess.language == "bs" || guess.language == "hr" || guess.language == "sr"));
    CHECK(guess.is_reliable);
}

TEST_CASE("litter does not change the language") {
    for (const auto& [tag, text] : sentences) {
        INFO(text);
        const LanguageGuess clean = bundled().identify(text);
        for (const std::string& littered :
             {"\n\n" + text, text + " </s>", "12:30 " + text + " https://example.org/the-news",
              std::string("\0", 1) + text + "\xFF\xFE", "<p>" + text + "</p> \xF0\x9F\x98\x80"}) {
            const LanguageGuess guess = bundled().identify(littered);
            CHECK(guess.language == clean.language);
            CHECK(guess.probability == clean.probability);
            CHECK(guess.is_reliable == clean.is_reliable);
        }
    }
}

TEST_CASE("a text in capitals is the same language") {
    CHECK(language("DIE REGIERUNG TEILTE MIT, DASS DIE VERHANDLUNGEN ANDAUERN.") == "de");
    CHECK(language("ПРАВИТЕЛЬСТВО СООБЩИЛО, ЧТО ПЕРЕГОВОРЫ ПРОДЛЯТСЯ.") == "ru");
    CHECK(language("REGJERINGEN OPPLYSER AT FORHANDLINGENE IKKE ER FERDIGE") == "nb");
}

TEST_CASE("the script of most letters decides on mixed text") {
    CHECK(language("Компанія OpenAI представила нову модель GPT для розробників") == "uk");
    CHECK(language("The Russian word мир means both the world and peace") == "en");
    CHECK(language("iPhone 15 Pro が日本でも発売されました") == "ja");
}

TEST_CASE("what no language can be told of is und") {
    for (const std::string_view text :
         {"", " \n\t", "12,345.67", "\xF0\x9F\x98\x80\xF0\x9F\x8E\x89", "\xFF\xFE\x80",
          "https://example.org/the-story-of-the-day", "</s>", "தமிழ் மொழி", "።", "!?"}) {
        INFO(text);
        const LanguageGuess guess = bundled().identify(text);
        CHECK(guess.language == "und");
        CHECK(guess.probability == 0);
        CHECK_FALSE(guess.is_reliable);
        CHECK(bundled().identify(text, 5).size() == 1);
    }
    CHECK(language(std::string_view("\0\0\0", 3)) == "und");
}

TEST_CASE("the script rules languages out") {
    const std::vector<std::string> other_script{"ar", "be", "bg", "el", "fa",     "he",
                                                "hi", "hy", "ja", "ka", "ko",     "mk",
                                                "ru", "th", "uk", "zh", "zh-Hant"};
    for (const std::string_view word : {"OK", "Hei", "Trump", "Oslo", "Zzzz", "a"}) {
        const std::string tag = language(word);
        CHECK(std::find(other_script.begin(), other_script.end(), tag) == other_script.end());
    }
    CHECK(language("Αθήνα") == "el");
    CHECK(bundled().identify("กรุงเทพ").probability == 1);
}

TEST_CASE("a word or two are never reliable") {
    CHECK_FALSE(bundled().identify("Danke schön").is_reliable);
    CHECK_FALSE(bundled().identify("今日は").is_reliable);
    CHECK(bundled().identify("Danke schön, bis zum nächsten Mal").is_reliable);
    CHECK(bundled().identify("今日は雨が降っています").is_reliable);
}

TEST_CASE("several guesses come likeliest first") {
    CHECK(bundled().identify("Regjeringen", 0).empty());
    const auto guesses = bundled().identify("Regjeringen sier at det er nok", 200);
    REQUIRE(guesses.size() == bundled().languages().size());
    float sum = 0;
    for (std::size_t i = 0; i < guesses.size(); ++i) {
        sum += guesses[i].probability;
        CHECK((i == 0 || guesses[i - 1].probability >= guesses[i].probability));
    }
    CHECK(sum == Approx(1).margin(0.01));
    CHECK(guesses.front().language == "nb");
    CHECK(bundled().identify("Regjeringen sier at det er nok", 3).size() == 3);
}

TEST_CASE("only the beginning of a long text is looked at") {
    std::string english;
    for (int i = 0; i < 30; ++i) {
        english += "The government said that the talks would go on until next week. ";
    }
    const LanguageGuess guess = bundled().identify(english);
    CHECK(guess.language == "en");
    std::string longer = english;
    while (longer.size() < 4'000'000) {
        longer += "Правительство сообщило о переговорах. ";
    }
    CHECK(bundled().identify(longer).language == "en");
    CHECK(bundled().identify(longer).probability == guess.probability);
}

TEST_CASE("a language identifier is safe to share between threads") {
    std::vector<std::thread> threads;
    std::vector<std::vector<std::string>> answers(4);
    for (auto& mine : answers) {
        threads.emplace_back([&mine, identifier = bundled()] {
            for (int round = 0; round < 5; ++round) {
                for (const auto& [tag, text] : sentences) {
                    mine.push_back(identifier.identify(text).language);
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (const auto& mine : answers) {
        CHECK(mine == answers.front());
    }
}

TEST_CASE("models of others drop in") {
    for (const auto loss : {fasttext::loss_name::softmax, fasttext::loss_name::hs}) {
        const TemporaryFile file("foreign.ftz",
                                 train_tiny_model({.loss = loss, .quantised = true}));
        const auto identifier = LanguageIdentifier::load(file.path());
        CHECK(identifier.languages() == std::vector<std::string>{"en", "nb", "ru"});
        CHECK(identifier.identify("jeg har ikke sett deg her").language == "nb");
        CHECK(identifier.identify("the committee will meet again").language == "en");
        CHECK(identifier.identify("они не сказали").language == "ru");
        CHECK(identifier.identify("123").language == "und");
    }
}

TEST_CASE("models that cannot be used are refused by name") {
    using Catch::Matchers::ContainsSubstring;

    const auto absent = std::filesystem::temp_directory_path() / "fabula-no-such-model.ftz";
    CHECK_THAT(message_of(absent, Errc::file_not_found), ContainsSubstring(absent.string()));
    const auto folder = std::filesystem::temp_directory_path();
    CHECK_THAT(message_of(folder, Errc::unreadable), ContainsSubstring(folder.string()));

    const std::string model = train_tiny_model({.quantised = true});
    const auto refused = [](const std::string& bytes, Errc code) {
        const TemporaryFile file("refused.ftz", bytes);
        const std::string message = message_of(file.path(), code);
        CHECK_THAT(message, ContainsSubstring(file.path().string()));
        return message;
    };
    CHECK_THAT(refused("", Errc::damaged_model), ContainsSubstring("truncated"));
    CHECK_THAT(refused("not a model at all", Errc::damaged_model),
               ContainsSubstring("not a fastText model"));
    CHECK_THAT(refused(model.substr(0, model.size() / 2), Errc::damaged_model),
               ContainsSubstring("truncated"));
    CHECK_THAT(refused(model + "x", Errc::damaged_model), ContainsSubstring("follow the model"));
    CHECK_THAT(
        refused(train_tiny_model({.kind = fasttext::model_name::cbow}), Errc::unsupported_model),
        ContainsSubstring("no classifier"));
    CHECK_THAT(refused(model + detail::make_seal(model, 99), Errc::unsupported_model),
               ContainsSubstring("newer version"));

    std::string altered = model + detail::make_seal(model, 1);
    altered[model.size() / 2] = static_cast<char>(altered[model.size() / 2] ^ 4);
    CHECK_THAT(refused(altered, Errc::damaged_model),
               ContainsSubstring("damaged") || ContainsSubstring("altered"));
}

TEST_CASE("where no answer is reliable, the likeliest language of use is one") {
    const LanguageIdentifier identifier = bundled();
    const auto only = [](std::string_view language) {
        return [language](std::string_view tag) { return tag == language; };
    };
    const std::string headline = "Engine troubles delay Airbus superjumbo tour";
    REQUIRE_FALSE(identifier.identify(headline).is_reliable);
    const LanguageGuess english = identifier.identify(headline, only("en"));
    CHECK(english.language == "en");
    CHECK(english.probability >= LanguageIdentifier::least_usable_probability);
    CHECK_FALSE(english.is_reliable);
    // Neither a language that it is not, nor one where another is certain.
    CHECK(identifier.identify(headline, only("th")).language ==
          identifier.identify(headline).language);
    const std::string german = "Der Ausschuss tagt am Montag in Berlin und berät den Haushalt.";
    REQUIRE(identifier.identify(german).is_reliable);
    CHECK(identifier.identify(german, only("nl")).language == "de");
    CHECK(identifier.identify("123 :-)", only("en")).language == "und");
    CHECK(identifier.identify("", only("en")).language == "und");
}
