// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/articles.hpp"
#include "support/random_graph.hpp"

#include <fabula/article.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Collections that tempt a clusterer into giant stories. Each is made from a seed, the same on
/// every system, and says which articles truly belong together.
namespace fabula::test {

struct Collection {
    std::vector<Article> articles;
    std::vector<std::uint32_t> story; ///< the true story of each article

    void add(Article article, std::uint32_t its_story) {
        articles.push_back(std::move(article));
        story.push_back(its_story);
    }
};

/// Replaces each "{}" by the next value.
inline std::string filled(std::string_view pattern, std::span<const std::string> values) {
    std::string out;
    std::size_t next = 0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern.substr(at, 2) == "{}") {
            out += values[next++];
            ++at;
        } else {
            out += pattern[at];
        }
    }
    return out;
}

template <typename List>
const auto& any_of(const List& list, Random& random) {
    return list[random.number(static_cast<std::uint32_t>(std::size(list)))];
}

/// "Kordalin", "Teminesha": tens of thousands, so that few are the same by chance.
inline std::string invented_name(Random& random) {
    static constexpr std::array<std::string_view, 18> heads{
        "ka",  "bor", "te",  "lin", "mar", "su",  "dra", "no", "ve",
        "gil", "ha",  "pol", "ri",  "zem", "ost", "ju",  "fe", "wan"};
    static constexpr std::array<std::string_view, 16> middles{
        "da", "lo", "mi", "ru", "ba", "ne", "ti", "vo", "sa", "ke", "lu", "ra", "po", "ge", "", ""};
    static constexpr std::array<std::string_view, 18> tails{
        "lin",  "sk", "ra",  "ton", "vik", "mo", "des", "shi", "na",
        "burg", "ro", "len", "ta",  "gor", "mi", "dal", "var", "kos"};
    std::string name{any_of(heads, random)};
    name += any_of(middles, random);
    name += any_of(middles, random);
    name += any_of(tails, random);
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name;
}

/// Sentences of the text of an example article, good enough for cutting it up.
inline std::vector<std::string> example_sentences(std::string_view id) {
    const std::string& text = example(id).text;
    std::vector<std::string> out;
    std::string sentence;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool stop =
            text[i] == '.' && i + 1 < text.size() && text[i + 1] == ' ' && sentence.size() > 40;
        if (text[i] != '\n')
            sentence += text[i];
        if (stop || text[i] == '\n' || i + 1 == text.size()) {
            if (sentence.size() > 1)
                out.push_back(sentence);
            sentence.clear();
        }
    }
    return out;
}

/// `steps` + 1 articles: the first tells one story, the last another, and each differs from the one
/// before in a sentence or less. Each story is given in one or more languages, which take turns. An
/// article is of the story that has more of its sentences.
inline Collection drifting_chain(std::span<const std::string_view> from,
                                 std::span<const std::string_view> to, std::size_t steps) {
    Collection out;
    for (std::size_t step = 0; step <= steps; ++step) {
        const auto first = example_sentences(from[step % from.size()]);
        const auto last = example_sentences(to[step % to.size()]);
        Article article;
        article.id = "step-" + std::to_string(100 + step);
        const std::size_t taken = last.size() * step / steps;
        const std::size_t left = first.size() * step / steps;
        for (std::size_t i = 0; i < taken; ++i)
            article.text += last[i] + " ";
        for (std::size_t i = left; i < first.size(); ++i)
            article.text += first[i] + " ";
        out.add(std::move(article), 2 * step <= steps ? 0 : 1);
    }
    return out;
}

namespace templates {

/// The same report in three languages; the values are the same in each.
struct Report {
    std::array<std::string_view, 3> title;
    std::array<std::string_view, 3> text;
};

inline constexpr std::array<std::string_view, 3> languages{"en", "de", "es"};

// Magnitude, town, hour, depth, town, felt in town.
inline constexpr Report earthquake{
    {"Magnitude {} earthquake strikes near {}", "Erdbeben der Stärke {} nahe {}",
     "Terremoto de magnitud {} cerca de {}"},
    {"An earthquake of magnitude {} struck near {} at {} on Monday, the geological survey said. "
     "The epicentre was {} kilometres from the town of {}, at a shallow depth. It was felt as far "
     "away as {}. There were no immediate reports of casualties or damage.",
     "Ein Erdbeben der Stärke {} hat am Montag um {} Uhr die Gegend von {} erschüttert, teilte der "
     "geologische Dienst mit. Das Epizentrum lag {} Kilometer von der Stadt {} entfernt in "
     "geringer Tiefe. Zu spüren war es bis nach {}. Über Opfer oder Schäden wurde zunächst nichts "
     "bekannt.",
     "Un terremoto de magnitud {} sacudió el lunes los alrededores de {} a las {}, informó el "
     "servicio geológico. El epicentro se situó a {} kilómetros de la ciudad de {}, a poca "
     "profundidad. Se sintió hasta en {}. De momento no se conocen víctimas ni daños."}};

// Company, percentage, profit, revenue, chief executive, outlook.
inline constexpr Report results{
    {"{} quarterly profit rises {} percent", "{}: Quartalsgewinn steigt um {} Prozent",
     "El beneficio trimestral de {} sube un {} por ciento"},
    {"{} said on Tuesday its net profit rose {} percent to {} million dollars in the third "
     "quarter. Revenue reached {} million dollars, above analysts' expectations. Chief executive "
     "{} said the company expects sales of {} million dollars for the full year. The shares rose "
     "in early trading.",
     "{} hat seinen Nettogewinn im dritten Quartal um {} Prozent auf {} Millionen Dollar "
     "gesteigert, wie das Unternehmen am Dienstag mitteilte. Der Umsatz lag bei {} Millionen "
     "Dollar und damit über den Erwartungen der Analysten. Vorstandschef {} erwartet für das "
     "Gesamtjahr Erlöse von {} Millionen Dollar. Die Aktie legte im frühen Handel zu.",
     "{} anunció el martes que su beneficio neto aumentó un {} por ciento, hasta {} millones de "
     "dólares, en el tercer trimestre. Los ingresos alcanzaron {} millones de dólares, por encima "
     "de lo previsto por los analistas. El consejero delegado, {}, espera ventas de {} millones de "
     "dólares en todo el año. Las acciones subieron al inicio de la sesión."}};

// Club, goals, club, scorer, minute, player, spectators.
inline constexpr Report match{
    {"{} beat {} in league match", "{} schlägt {} in der Liga", "El {} gana al {} en la liga"},
    {"{} won {} at home against {} in the league on Saturday. {} scored the opening goal in "
     "minute {}, and {} added another after the break. The match was watched by {} spectators. The "
     "visitors remain without an away win this season.",
     "{} hat am Samstag in der Liga zu Hause {} gegen {} gewonnen. {} erzielte in der {}. Minute "
     "das erste Tor, {} legte nach der Pause nach. Das Spiel sahen {} Zuschauer. Die Gäste bleiben "
     "in dieser Saison auswärts ohne Sieg.",
     "{} ganó el sábado en casa por {} a {} en la liga. {} marcó el primer gol en el minuto {}, y "
     "{} amplió la ventaja tras el descanso. El partido lo vieron {} espectadores. Los visitantes "
     "siguen sin ganar fuera de casa esta temporada."}};

// Town, degrees, millimetres, wind, region, degrees.
inline constexpr Report weather{
    {"Weather in {}: rain and {} degrees", "Wetter in {}: Regen und {} Grad",
     "El tiempo en {}: lluvia y {} grados"},
    {"{} will see highs of {} degrees on Wednesday. The weather service expects {} millimetres of "
     "rain and gusts of up to {} kilometres an hour in the {} region. At night temperatures fall "
     "to "
     "{} degrees. It will stay unsettled until the weekend.",
     "In {} werden am Mittwoch bis zu {} Grad erreicht. Der Wetterdienst erwartet {} Millimeter "
     "Regen und Böen von bis zu {} Kilometern pro Stunde im Raum {}. In der Nacht sinken die Werte "
     "auf {} Grad. Bis zum Wochenende bleibt es unbeständig.",
     "{} tendrá el miércoles máximas de {} grados. El servicio meteorológico prevé {} milímetros "
     "de lluvia y rachas de hasta {} kilómetros por hora en la zona de {}. Por la noche las "
     "temperaturas bajarán a {} grados. El tiempo seguirá inestable hasta el fin de semana."}};

} // namespace templates

/// Reports of as many different events, all in the words of four templates; only names and numbers
/// differ. Every 49th event is told twice more, in other languages, and every 97th is printed
/// twice.
inline Collection template_reports(std::uint64_t seed, std::size_t articles) {
    Random random{seed};
    Collection out;
    const auto number = [&](std::uint32_t from, std::uint32_t below) {
        return std::to_string(from + random.number(below - from));
    };
    for (std::uint32_t event = 0; out.articles.size() < articles; ++event) {
        const templates::Report* report = nullptr;
        std::vector<std::string> title;
        std::vector<std::string> text;
        switch (event % 4) {
        case 0: {
            report = &templates::earthquake;
            title = {number(4, 8) + "." + number(0, 10), invented_name(random)};
            const std::string hour = number(1, 24) + ":" + number(10, 60);
            text = {title[0],
                    title[1],
                    hour,
                    number(11, 200),
                    invented_name(random),
                    invented_name(random)};
            break;
        }
        case 1:
            report = &templates::results;
            title = {invented_name(random), number(2, 60)};
            text = {title[0],
                    title[1],
                    number(11, 900),
                    number(900, 9000),
                    invented_name(random) + " " + invented_name(random),
                    number(9000, 40000)};
            break;
        case 2: {
            report = &templates::match;
            title = {invented_name(random), invented_name(random)};
            const std::string score = number(2, 6) + "-" + number(0, 2);
            text = {title[0],           score,
                    title[1],           invented_name(random),
                    number(3, 45),      invented_name(random),
                    number(1000, 40000)};
            break;
        }
        default:
            report = &templates::weather;
            title = {invented_name(random), number(3, 35)};
            text = {title[0],     title[1], number(2, 80), number(20, 110), invented_name(random),
                    number(1, 20)};
        }
        const std::size_t reports = event % 49 == 0 ? 3 : event % 97 == 1 ? 2 : 1;
        for (std::size_t i = 0; i < reports; ++i) {
            const std::size_t language = reports == 3 ? i : 0;
            std::vector<std::string> values = text;
            if (language == 1 && report == &templates::earthquake)
                std::swap(values[1], values[2]); // the German sentence has the hour first
            Article article;
            article.id = "event-" + std::to_string(event) + "-" + std::to_string(i);
            article.title = filled(report->title[language], title);
            article.text = filled(report->text[language], values);
            article.source = "wire-" + std::to_string(i);
            out.add(std::move(article), event);
        }
    }
    return out;
}

/// Different words of the example articles in lower case (of ASCII letters), of two letters or
/// more, in the order in which they first come; of one language where its tag is given.
inline std::vector<std::string> example_words(std::string_view language = {}) {
    std::set<std::string> seen;
    std::vector<std::string> out;
    for (const Article& article : example_articles()) {
        if (!language.empty() &&
            article.id.find("-" + std::string(language) + "-") == std::string::npos)
            continue;
        const std::string text = article.text + " ";
        std::string word;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            const bool punctuation = text.compare(i, 2, "\xE2\x80") == 0; // dashes and quotes
            const bool upper = c >= 'A' && c <= 'Z';
            if (!punctuation &&
                (upper || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80)) {
                word += upper ? static_cast<char>(c - 'A' + 'a') : c;
                continue;
            }
            if (punctuation)
                i += 2;
            if (word.size() > 1 && word.size() < 40 && seen.insert(word).second)
                out.push_back(word);
            word.clear();
        }
    }
    return out;
}

/// A dictionary of two languages (all languages where a tag is empty) cut into pages of `lines`
/// lines "word – word": each word of the left language with up to three words of the right one,
/// paired at random, sorted. Every page is a text of its own, every tenth is printed twice.
inline Collection dictionary_pages(std::uint64_t seed, std::string_view left,
                                   std::string_view right, std::size_t lines) {
    Random random{seed};
    const auto right_words = example_words(right);
    std::set<std::string> entries;
    for (const std::string& word : example_words(left))
        for (int i = 0; i < 3; ++i)
            entries.insert(word + " – " + any_of(right_words, random));
    Collection out;
    auto entry = entries.begin();
    const std::size_t pages = entries.size() / lines;
    for (std::uint32_t page = 0; page < pages; ++page) {
        Article article;
        article.id = "page-" + std::to_string(page);
        for (std::size_t line = 0; line < lines; ++line)
            article.text += *entry++ + "\n";
        out.add(article, page);
        if (page % 10 == 0) {
            article.id += "-again";
            out.add(std::move(article), page);
        }
    }
    return out;
}

/// Articles of one word each: all words of the example articles, every twentieth five times.
inline Collection single_words(std::string_view language) {
    Collection out;
    std::uint32_t number = 0;
    for (const std::string& word : example_words(language)) {
        for (std::size_t i = 0; i < (number % 20 == 0 ? 5U : 1U); ++i) {
            Article article;
            article.id = "word-" + std::to_string(number) + "-" + std::to_string(i);
            article.text = word;
            out.add(std::move(article), number);
        }
        ++number;
    }
    return out;
}

/// `copies` of one wire report with small edits of dateline and closing line, a report of the next
/// day that follows it up, and the example articles.
inline Collection wire_copies(std::uint64_t seed, std::size_t copies) {
    Random random{seed};
    static constexpr std::string_view body =
        "The harbour authority of Velmora closed its northern basin on Thursday after a freighter "
        "carrying 4,300 tonnes of fertiliser struck the quay and began to take on water. Eleven "
        "crew members were brought ashore unhurt. Divers found a tear of six metres below the "
        "waterline of the Ostrava Star, harbour master Irena Koldova said. Booms were laid around "
        "the ship to hold back fuel, and fishing in the bay was banned until further notice. The "
        "cause of the accident was not known; the pilot on board reported that the rudder had not "
        "answered. The ship, built in 1998 and registered in Panama, was on its way from Gdansk to "
        "Lisbon.";
    static constexpr std::array<std::string_view, 6> datelines{
        "VELMORA (Agency) - ",          "VELMORA, Thursday - ", "Velmora/Agency. ", "(Agency) ", "",
        "VELMORA, March 12 (Agency) - "};
    static constexpr std::array<std::string_view, 6> closings{
        "",
        " (Agency)",
        " Reporting by the agency's Velmora desk.",
        " Copyright: the agency.",
        " Read more on our website.",
        " Editing by {}."};
    const auto day = [](int number) {
        return std::chrono::sys_seconds{
            std::chrono::sys_days{std::chrono::year{2026} / 3 / number}};
    };
    Collection out;
    for (std::size_t i = 0; i < copies; ++i) {
        Article article;
        article.id = "copy-" + std::to_string(i);
        article.title = "Freighter with fertiliser strikes quay, port basin closed";
        const std::array<std::string, 1> editor{invented_name(random)};
        article.text = std::string(any_of(datelines, random)) + std::string(body) +
                       filled(any_of(closings, random), editor);
        article.source = "paper-" + std::to_string(i % 400);
        article.published = day(12) + std::chrono::minutes{random.number(600)};
        out.add(std::move(article), 0);
    }
    Article next;
    next.id = "next-day";
    next.title = "Fuel pumped from leaking freighter as inquiry begins";
    next.text =
        "Salvage crews on Friday pumped 120 tonnes of fuel from the freighter that ran into a quay "
        "in Velmora the day before. Prosecutors have opened an inquiry against the captain, who "
        "refused to make a statement. The transport minister, Pavel Dorrin, promised compensation "
        "to the fishermen, who must stay in port for at least a week. Lisbon, where the cargo was "
        "expected on Sunday, has chartered another ship.";
    next.source = "paper-7";
    next.published = day(13);
    out.add(std::move(next), 1);
    const auto& set = example_set();
    for (std::size_t i = 0; i < set.articles.size(); ++i) {
        std::uint32_t first = 0;
        while (set.gold_stories[first] != set.gold_stories[i])
            ++first;
        out.add(set.articles[i], 2 + first);
    }
    return out;
}

} // namespace fabula::test
