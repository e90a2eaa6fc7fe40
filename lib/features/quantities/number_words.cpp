// SPDX-License-Identifier: Apache-2.0
#include "features/quantities/number_words.hpp"

#include "base/hash.hpp"
#include "features/quantities/number_shapes.hpp"
#include "model/lookup/language_tags.hpp"
#include "text/forms.hpp"
#include "text/utf8.hpp"

#include <unicode/dcfmtsym.h>
#include <unicode/dtfmtsym.h>
#include <unicode/numberformatter.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>

namespace fabula::detail {

namespace {

struct Spelling {
    std::string_view languages; ///< between spaces
    std::string_view name;
    int value{};
};

/// Powers of ten that are in use and not in ICU's formats; months likewise.
constexpr Spelling more_magnitudes[] = {
    {" en ", "bn", 9},           {" en ", "mn", 6},
    {" en ", "tn", 12},          {" en ", "lakh", 5},
    {" en ", "lakhs", 5},        {" en ", "crore", 7},
    {" en ", "crores", 7},       {" en ", "thousands", 3},
    {" en ", "millions", 6},     {" en ", "billions", 9},
    {" de ", "tsd", 3},          {" de ", "mill", 6},
    {" fr ", "milliers", 3},     {" fr ", "mds", 9},
    {" fr ", "mrd", 9},          {" fr ", "mrds", 9},
    {" es ", "miles", 3},        {" es gl ", "millardo", 9},
    {" gl ", "mil", 3},          {" gl ", "millóns", 6},
    {" ca ", "mil", 3},          {" it ", "mld", 9},
    {" eu ", "mila", 3},         {" eu ", "milioi", 6},
    {" sv ", "mdr", 9},          {" sv ", "mljn", 6},
    {" da nb nn no ", "mia", 9}, {" da nb nn no ", "mrd", 9},
    {" da nb nn no ", "mio", 6}, {" da nb nn no ", "mill", 6},
    {" da ", "tusinde", 3},      {" nb nn no ", "tusener", 3},
    {" sv ", "tusentals", 3},    {" hu ", "md", 9},
    {" hi ", "मिलियन", 6},       {" hi ", "बिलियन", 9},
    {" hi ", "ट्रिलियन", 12},     {" hi ", "हजार", 3},
    {" hi ", "करोड", 7},         {" el ", "εκατ", 6},
    {" el ", "δις", 9},          {" el ", "τρις", 12},
    {" ar ", "بليون", 9},        {" ar ", "تريليون", 12},
    {" ar ", "الف", 3},          {" ar ", "الاف", 3},
    {" he ", "אלפי", 3},         {" vi ", "ngàn", 3},
    {" vi ", "tỉ", 9},           {" id ms ", "milyar", 9},
    {" tr ", "mlr", 9},          {" fa ", "بیلیون", 9},
    {" th ", "ร้อย", 2},          {" az ", "mlrd", 9},
    {" az ", "mln", 6},          {" pl ", "tysięcy", 3},
};
constexpr Spelling more_months[] = {
    {" en ", "sept", 9},          {" bg ", "юни", 6},           {" bg ", "юли", 7},
    {" bs hr sr sh ", "juna", 6}, {" bs hr sr sh ", "junu", 6}, {" bs hr sr sh ", "jula", 7},
    {" bs hr sr sh ", "julu", 7}, {" bs hr sr sh ", "јуна", 6}, {" bs hr sr sh ", "јуну", 6},
    {" bs hr sr sh ", "јула", 7}, {" bs hr sr sh ", "јулу", 7}, {" hi ", "फरवरी", 2},
    {" hi ", "सितम्बर", 9},        {" hi ", "अक्टूबर", 10},        {" hi ", "नवम्बर", 11},
    {" hi ", "दिसम्बर", 12},       {" ar ", "ابريل", 4},         {" ar ", "إبريل", 4},
    {" ar ", "اغسطس", 8},         {" ar ", "اكتوبر", 10},       {" fa ", "جولای", 7},
    {" fa ", "اکتوبر", 10},
};

/// Names of months in the case that "in" calls for, where the names are those of seasons and trees:
/// an inflected "травень" would also find "травний", of digestion.
struct Inflected {
    std::string_view languages;
    std::string_view names; ///< from January on, between spaces
};
constexpr Inflected inflected_months[] = {
    {" uk ",
     "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні"},
    {" be ", "студзені лютым сакавіку красавіку маі чэрвені ліпені жніўні верасні кастрычніку "
             "лістападзе снежні"},
    {" pl ", "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku "
             "listopadzie grudniu"},
    {" cs ", "lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci"},
    {" bs hr sr sh ", "siječnju veljači ožujku travnju svibnju lipnju srpnju kolovozu rujnu "
                      "listopadu studenom prosincu"},
    {" lt ", "sausį vasarį kovą balandį gegužę birželį liepą rugpjūtį rugsėjį spalį lapkritį "
             "gruodį"},
};
constexpr std::string_view native_month_names = " uk be pl cs hr lt sq ";

/// Names of months that mean something else as well.
constexpr Spelling homographs[] = {
    {" en ", "march", 3},     {" uk ", "лютий", 2},   {" uk ", "лютого", 2},
    {" uk ", "лютому", 2},    {" be ", "лютага", 2},  {" lt ", "balandis", 4},
    {" lt ", "balandžio", 4}, {" lt ", "kovas", 3},   {" lt ", "liepa", 7},
    {" lt ", "liepos", 7},    {" lt ", "sausio", 1},  {" lt ", "sausis", 1},
    {" hi ", "मार्च", 3},      {" ar ", "نيسان", 4},   {" pl ", "lutego", 2},
    {" tr ", "haziran", 6},   {" tr ", "aralık", 12}, {" hr bs sr ", "rujan", 9},
};

/// Where cases and suffixes change the ends of words.
constexpr std::string_view inflecting =
    " az be bn bs cs el et eu fi he hr hu hy is ka kk lt lv mk pl "
    "ro ru sk sl sq sr tr uk ";
constexpr std::string_view month_first = " az en eu fil hi hu hy kk lt ta te mr ";

bool is_one_of(std::string_view language, std::string_view languages) {
    std::size_t at = languages.find(language);
    while (at != std::string_view::npos) {
        if (at > 0 && languages[at - 1] == ' ' && languages[at + language.size()] == ' ')
            return true;
        at = languages.find(language, at + 1);
    }
    return false;
}

constexpr std::size_t index_letters = 3;

std::uint8_t place_of(std::string_view beginning) {
    return static_cast<std::uint8_t>(hash_of(beginning));
}

/// Of locales whose readers take each other's words as their own, or whose languages are mistaken
/// for each other: their names do not clash.
std::vector<std::string> locales_of(std::string_view language) {
    if (is_one_of(language, " bs hr sr sh "))
        return {"hr", "bs", "sr_Latn", "sr"};
    if (is_one_of(language, " nb nn no "))
        return {"nb", "nn"};
    if (is_one_of(language, " id ms "))
        return {"id", "ms"};
    if (language == "pt")
        return {"pt", "pt_PT"};
    if (language == "ar")
        return {"ar", "ar_LB", "ar_DZ", "ar_MA"};
    return {std::string(language)};
}

/// The words of a text that has letters, marks and whatever else, in their normalised forms.
std::vector<std::string> words_of(const icu::UnicodeString& text, FormMaker& forms) {
    std::vector<std::string> out;
    std::int32_t begin = -1;
    for (std::int32_t at = 0; at <= text.length(); ++at) {
        const UChar32 c = at < text.length() ? text.char32At(at) : 0;
        const bool is_part = c != 0 && (u_isalpha(c) != 0 || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0);
        if (is_part && begin < 0) {
            begin = at;
        } else if (!is_part && begin >= 0) {
            out.push_back(
                forms.normalised({text.getBuffer() + begin, static_cast<std::size_t>(at - begin)}));
            begin = -1;
        }
    }
    return out;
}

std::string normalised_of(std::string_view utf8, FormMaker& forms) {
    const auto text =
        icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())});
    return forms.normalised({text.getBuffer(), static_cast<std::size_t>(text.length())});
}

} // namespace

void NumberWords::Index::add(Entry entry) {
    entry.letters = count_code_points(entry.name);
    const std::string first(first_code_points(entry.name, index_letters));
    const auto [begin, end] = by_beginning.equal_range(first);
    for (auto at = begin; at != end; ++at)
        if (at->second.name == entry.name) {
            {
                at->second.is_weak &= entry.is_weak; // else the first one stays
                return;
            }
        }
    beginnings.set(place_of(first));
    by_beginning.emplace(first, std::move(entry));
}

void NumberWords::Index::weaken(std::string_view name) {
    const auto [begin, end] =
        by_beginning.equal_range(std::string(first_code_points(name, index_letters)));
    for (auto at = begin; at != end; ++at)
        at->second.is_weak |= at->second.name == name;
}

const NumberWords::Entry* NumberWords::Index::find(std::string_view native, bool inflects,
                                                   bool& is_exact) const {
    const std::string_view first = first_code_points(native, index_letters);
    is_exact = false;
    if (!beginnings.test(place_of(first)))
        return nullptr;
    const auto [begin, end] = by_beginning.equal_range(std::string(first));
    for (auto at = begin; at != end; ++at)
        if (at->second.name == native) {
            is_exact = true;
            return &at->second;
        }
    if (!inflects)
        return nullptr;
    // Inflected: the name without the last letter or two, and up to four others. Finnish ones keep
    // all: "elokuu" is a month, "elokuva" a film.
    const std::size_t letters = count_code_points(native);
    const Entry* best = nullptr;
    for (auto at = begin; at != end; ++at) {
        const Entry& entry = at->second;
        const std::size_t cut = entry.name.ends_with("kuu") ? 0
                                : entry.letters >= 7        ? 2
                                : entry.letters >= 6        ? 1
                                                            : 0;
        const std::size_t longest_end = entry.letters < 5 ? 2 : entry.letters < 6 ? 3 : 4;
        if (!entry.is_abbreviated && letters <= entry.letters + longest_end &&
            letters + 1 >= entry.letters &&
            native.starts_with(first_code_points(entry.name, entry.letters - cut)) &&
            (best == nullptr || entry.letters > best->letters ||
             (entry.letters == best->letters && entry.name < best->name)))
            best = &entry;
    }
    return best;
}

NumberWords::NumberWords(std::string_view language) : language_(language) {
    if (language.empty())
        return;
    inflects_ = is_one_of(language, inflecting);
    has_prefixes_ = is_one_of(language, " he ar ");
    has_month_first_ = is_one_of(language, month_first);
    is_english_ = language == "en";
    is_thai_ = language == "th";
    is_vietnamese_ = language == "vi";
    const std::vector<std::string> locales = locales_of(language);
    FormMaker forms;
    for (const std::string& locale : locales) {
        if (is_one_of(language, " ja ko yue zh "))
            break; // in characters, which are read without words
        read_months(locale, forms);
        if (!locale.starts_with("ar_"))
            read_magnitudes(locale, forms);
    }
    for (const Spelling& more : more_magnitudes)
        if (is_one_of(language, more.languages))
            add_magnitude(normalised_of(more.name, forms), more.value);
    for (const Spelling& more : more_months)
        if (is_one_of(language, more.languages))
            months_.add(
                {normalised_of(more.name, forms), 0, more.value, is_english_, false, is_english_});
    for (const Inflected& more : inflected_months)
        if (is_one_of(language, more.languages))
            for (std::size_t at = 0, month = 1; at < more.names.size(); ++month) {
                const std::size_t end = std::min(more.names.find(' ', at), more.names.size());
                add_month(normalised_of(more.names.substr(at, end - at), forms),
                          static_cast<int>(month), false, false);
                at = end + 1;
            }
    for (const Spelling& other : homographs)
        if (is_one_of(language, other.languages))
            months_.weaken(normalised_of(other.name, forms));
    std::sort(first_words_.begin(), first_words_.end());

    UErrorCode status = U_ZERO_ERROR;
    const icu::DecimalFormatSymbols symbols(
        icu::Locale((locales.front() + "@numbers=latn").c_str()), status);
    if (U_SUCCESS(status) &&
        symbols.getConstSymbol(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol) == u',')
        decimal_separator_ = U',';
}

void NumberWords::read_magnitudes(const std::string& locale, FormMaker& forms) {
    using icu::number::Notation;
    using icu::number::NumberFormatter;
    constexpr double first_digits[] = {1, 2, 5, 1.5}; // for singular, dual, plural, genitive
    const icu::Locale place((locale + "@numbers=latn").c_str());
    for (const auto& notation : {Notation::compactShort(), Notation::compactLong()}) {
        const auto formatter = NumberFormatter::withLocale(place).notation(notation);
        double number = 1000;
        for (int power = 3; power < 15; ++power, number *= 10)
            for (const double first : first_digits) {
                UErrorCode status = U_ZERO_ERROR;
                icu::UnicodeString text =
                    formatter.formatDouble(first * number, status).toString(status);
                if (U_FAILURE(status))
                    return;
                std::int32_t begin = 0;
                while (begin < text.length() && u_isdigit(text.charAt(begin)) == 0)
                    ++begin;
                std::int32_t end = begin;
                while (end < text.length() && u_isdigit(text.charAt(end)) != 0)
                    ++end;
                const std::int32_t digits = end - begin;
                const bool is_grouped = end + 3 < text.length() &&
                                        u_isdigit(text.charAt(end + 1)) != 0 &&
                                        u_isdigit(text.charAt(end + 2)) != 0;
                if (digits == 0 || digits > 3 || is_grouped)
                    continue; // "mille" without a digit; 1.000 millones
                const bool has_full_stop = text.endsWith(u'.') != 0;
                const std::vector<std::string> words = words_of(text, forms);
                if (words.size() == 1)
                    add_magnitude(words.front(), power - digits + 1, has_full_stop);
            }
    }
}

void NumberWords::add_magnitude(std::string_view name, int power, bool has_full_stop) {
    std::size_t at = 0;
    const bool is_ideograph = power_of_unit(next_code_point(name, at)) != 0;
    // "t" is a ton, and Chinese and Korean units are read from the text without this table.
    if (power < 2 || name == "t" || is_ideograph)
        return;
    magnitudes_.add({std::string(name), 0, power, has_full_stop, false,
                     has_full_stop && name == "mil" && power == 6});
}

void NumberWords::read_months(const std::string& locale, FormMaker& forms) {
    using icu::DateFormatSymbols;
    UErrorCode status = U_ZERO_ERROR;
    const DateFormatSymbols symbols(icu::Locale((locale + "@calendar=gregorian").c_str()), status);
    if (U_FAILURE(status))
        return;
    for (const auto width : {DateFormatSymbols::WIDE, DateFormatSymbols::ABBREVIATED})
        for (const auto context : {DateFormatSymbols::FORMAT, DateFormatSymbols::STANDALONE}) {
            std::int32_t count = 0;
            const icu::UnicodeString* const names = symbols.getMonths(count, context, width);
            for (std::int32_t i = 0; i < std::min(count, 12); ++i) {
                const std::vector<std::string> words = words_of(names[i], forms);
                if (words.empty())
                    continue;
                // "de gener", "d'abril" have a preposition; two words else are the name.
                const bool is_catalan = language_ == "ca";
                std::string name = words.back();
                if (words.size() == 2 && is_thai_) { // ก.พ.
                    name = words.front() + words.back();
                } else if (words.size() == 2 && !is_catalan) {
                    first_words_.push_back(words.front());
                    name = words.front() + ' ' + words.back();
                }
                add_month(name, i + 1, width == DateFormatSymbols::ABBREVIATED,
                          !is_one_of(locale, native_month_names));
            }
        }
}

void NumberWords::add_month(std::string_view name, int month, bool is_abbreviated,
                            bool inflects_alone) {
    constexpr std::size_t unmistakable = 4; // letters
    const std::size_t letters = count_code_points(name);
    const bool has_space = name.find(' ') != std::string_view::npos;
    if (letters < 2 ||
        (is_abbreviated && letters < (inflects_ ? 4U : 3U) && !has_space && !is_thai_))
        return; // Croatian "svi" is May and "all"
    if (name == "tháng" || name == "thg")
        return; // Vietnamese has numbers for names
    months_.add({std::string(name), 0, month, is_abbreviated,
                 inflects_alone && !is_abbreviated && letters >= 5,
                 is_abbreviated || letters < unmistakable});
}

Magnitude NumberWords::magnitude(std::string_view native) const {
    bool is_exact = false;
    const Entry* const found = magnitudes_.find(native, inflects_ || has_prefixes_, is_exact);
    if (found == nullptr || (!is_exact && found->letters < 4))
        return {};
    return {found->value, found->letters == 1 && static_cast<unsigned char>(native[0]) < 0xE0,
            found->is_weak};
}

MonthName NumberWords::month(std::string_view native) const {
    bool is_exact = false;
    const Entry* found = months_.find(native, inflects_, is_exact);
    if (found == nullptr && has_prefixes_) {
        constexpr std::string_view prefixes = "במהלשכוبلفوك";
        const std::string_view first = first_code_points(native, 1);
        if (prefixes.find(first) != std::string_view::npos)
            found = months_.find(native.substr(first.size()), inflects_, is_exact);
    }
    if (found == nullptr)
        return {};
    return {found->value, found->is_abbreviated,
            is_exact ? !found->is_weak : found->inflects_alone};
}

bool NumberWords::begins_month(std::string_view native) const {
    return !first_words_.empty() &&
           std::binary_search(first_words_.begin(), first_words_.end(), native);
}

const NumberWords& number_words(std::string_view language) {
    static const NumberWords& none = *new NumberWords("");
    std::string primary;
    for (const char c :
         language.substr(0, std::min(language.find_first_of("-_"), language.size()))) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (lower < 'a' || lower > 'z' || primary.size() == 3)
            return none;
        primary += lower;
    }
    if (primary.size() < 2)
        return none;
    primary = short_tag(primary);

    static std::shared_mutex& mutex = *new std::shared_mutex;
    static auto& known =
        *new std::map<std::string, std::unique_ptr<const NumberWords>, std::less<>>;
    {
        const std::shared_lock lock(mutex);
        if (const auto found = known.find(primary); found != known.end())
            return *found->second;
    }
    // Only languages that ICU has, so that made-up tags take no memory.
    static const auto& available = *new std::set<std::string, std::less<>>([] {
        std::set<std::string, std::less<>> out;
        for (std::int32_t i = 0; i < uloc_countAvailable(); ++i) {
            const std::string_view tag = uloc_getAvailable(i);
            out.emplace(tag.substr(0, tag.find('_')));
        }
        return out;
    }());
    if (!available.contains(primary))
        return none;
    auto made = std::make_unique<const NumberWords>(primary);
    const std::unique_lock lock(mutex);
    return *known.try_emplace(primary, std::move(made)).first->second;
}

} // namespace fabula::detail
