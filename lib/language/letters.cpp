// SPDX-License-Identifier: Apache-2.0
#include "language/letters.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <array>

namespace fabula::detail {
namespace {

struct Row {
    char32_t letter;
    std::string_view languages; ///< with spaces between them
};

/// Letters of some languages only, among 108 that write their script. From sentences in these: no
/// other has the letter once in 300,000. Latin letters are not here, for
/// names keep theirs in all languages: not every text about Wałęsa is Polish.
constexpr std::array<Row, 88> own_letters{{
    {U'ы', "be kk ky mn ru tt"},
    {U'ѐ', "mk"},
    {U'ё', "be kk ky mn ru tg tt uz"},
    {U'ђ', "sr"},
    {U'ѓ', "mk"},
    {U'є', "uk"},
    {U'ѕ', "mk"},
    {U'і', "be kk uk"},
    {U'ї', "uk"},
    {U'ј', "mk sr"},
    {U'љ', "mk sr"},
    {U'њ', "mk sr"},
    {U'ћ', "sr"},
    {U'ќ', "mk"},
    {U'ў', "be uz"},
    {U'џ', "mk sr"},
    {U'ґ', "uk"},
    {U'ғ', "kk tg uz"},
    {U'җ', "tt"},
    {U'қ', "kk tg uz"},
    {U'ң', "kk ky tt"},
    {U'ү', "kk ky mn tt"},
    {U'ұ', "kk"},
    {U'ҳ', "tg uz"},
    {U'ҷ', "tg"},
    {U'һ', "kk tt"},
    {U'ә', "kk tt"},
    {U'ӣ', "tg"},
    {U'ө', "kk ky mn tt"},
    {U'ӯ', "tg"},
    {U'\u05F0', "yi"},
    {U'\u05F1', "yi"},
    {U'\u05F2', "yi"},
    {U'\u0625', "ar"},
    {U'\u0629', "ar"},
    {U'\u0679', "ps ur"},
    {U'\u067A', "sd"},
    {U'\u067B', "sd"},
    {U'\u067C', "ps"},
    {U'\u067D', "sd"},
    {U'\u067E', "ckb fa ps sd ug ur"},
    {U'\u067F', "sd"},
    {U'\u0680', "sd"},
    {U'\u0681', "ps"},
    {U'\u0683', "sd"},
    {U'\u0684', "sd"},
    {U'\u0685', "ps"},
    {U'\u0686', "ckb fa ps sd ug ur"},
    {U'\u0687', "sd"},
    {U'\u0688', "ps ur"},
    {U'\u0689', "ps"},
    {U'\u068A', "sd"},
    {U'\u068C', "sd"},
    {U'\u068D', "sd"},
    {U'\u068F', "sd"},
    {U'\u0691', "ps ur"},
    {U'\u0693', "ps"},
    {U'\u0695', "ckb"},
    {U'\u0696', "ps"},
    {U'\u0699', "sd"},
    {U'\u069A', "ps"},
    {U'\u06A4', "ckb"},
    {U'\u06AA', "sd"},
    {U'\u06AB', "ps"},
    {U'\u06AD', "ug"},
    {U'\u06AF', "ckb fa ps sd ug ur"},
    {U'\u06B3', "sd"},
    {U'\u06B5', "ckb"},
    {U'\u06BA', "ps ur"},
    {U'\u06BB', "sd"},
    {U'\u06BC', "ps"},
    {U'\u06C1', "ps sd ur"},
    {U'\u06C6', "ckb ug"},
    {U'\u06C7', "ug"},
    {U'\u06C8', "ug"},
    {U'\u06CB', "ug"},
    {U'\u06CC', "ckb fa ps ur"},
    {U'\u06CD', "ps"},
    {U'\u06CE', "ckb"},
    {U'\u06D0', "ps ug"},
    {U'\u06D2', "ps ur"},
    {U'\u06D5', "ckb ug"},
    {U'ङ', "ne"},
    {U'ऱ', "mr"},
    {U'ळ', "mr"},
    {U'\u093C', "hi"}, // nukta
    {U'ৰ', "as"},
    {U'ৱ', "as"},
}};

/// Characters that Japanese sentences have and Chinese ones do not, from the training sentences: in
/// JIS X 0208 and neither in GB 2312 nor in Big5; in code point order.
// clang-format off
constexpr std::u32string_view japanese_only =
    U"両乗亀亜仏仮価値倹働兎児処凧凪剣剤剰労効勧匂単厳収呑呪咲啓営噛団囲図圏圧塀塩増壊"
    U"壌売変奨妬姉姫娯嬢実寛対専峠嶋巣巻帯帰庁広廃弾従徳徴応恵悩悪懐戦戯戸戻払抜択拝拠"
    U"拡挙挿捜掲掻揺摂撃斉斎晩暁暦枠査栄桜桟椀検楽様権樫歓歩歯歳歴殻毎気氷汚沢浄涙涜渇"
    U"済渉渋渓満滝瀬焼犠猟獣産畑畳疎痩発県砕碁稲穂穏窓竜粋粧経絵継続総緑縁縄縦繊繋聡聴"
    U"脇脳臓舎舗荘菓蔵薬蝋袴褄覚覧観訳読謡譲讐賛転軽辺辻込遅遡郷酔醤醸釈鉄鉢鉱銭鋭鋳錬"
    U"録鍮関閲闘陥険隠隣隷雑霊靭頬頼顔顕駄駅駆騒験髪鶏鹸麺黙齢";

/// The other way round: frequent in one of the ways to write Chinese, a hundred times as rare in
/// Japanese, and not of JIS level 1.
constexpr std::u32string_view chinese_only =
    U"专业东丢两严个临为丽举么义乐乒乓乘乜习书买亂于亚亞产亲仅仍从们价份传伤伦估佛你佢"
    U"佬來俾們值假做偷傅傳價儿兒內兩兰关兴养冇军冰决况减几击划则刚创别办务动勸區单卖卡"
    U"卻历厌參发变另吓吖吗吞吧听呀员呢咀咁咖咗咩咪哈哋响哥哪哭唔啊啟啡啤啦啫啱啲喇喎單"
    U"喺嗎嗰嘅嘢嘴嚟嚴囉团园图圈國圍圖團圣场圾坏块坚垃埔埗堡增壞处备复够夠头奧奶她妈姆"
    U"姨媽嫂孩學它实實寫寶对导將專對尔屎屬岁岛崗嶼已师带帮帶幫并广应廚廣廳开张弹强彈很"
    U"徑從德怎怕总恶您惊惠惯愿懂應戏战戰戲戶户找抓护报拜拥择拿换掂掉搞搵擇擊擔據攞收效"
    U"數斷无时显晏晚曬會术杀杂权极查标树样桌條梦榮樂樓樣橫檢權欢歉歐歡步歲歷每气氣汉汤"
    U"沒济淨游溫满滿澡澳濕濟灣炒炸烟烦烧热燒營爭爱爸狀獨玛环现瑪產电畀畫當疯發盡盪眾睇"
    U"睛瞓码确碰碼磅磡禮离种稱窗窩站笔筲签简簽类粵糕紧絕經總繼續红约纪纸线组细终经结给"
    U"绝统继续维缺缽网罗联聪聲聽胜脑脸腦腳舅與舉舊节苹荃荔药获萨萬蓝藝藥蘋虑處號虽裙裝"
    U"覺觀见观规视觉觸說諗謊證讀變讓计认讨让议记讲讶许论设证识诉词译试话该语误说请读课"
    U"谁调谈谎谢豐豬貓賣賽贏责败质贵费资赛赢趕跌跑跟輕輛轉车转轻较辆辦边达过运还这进远"
    U"连迟适选遲邊邨邮鄉鄰醫释錄錢鐵鑼钟钢钥钱银错镜长闆關门闭问间闻队阳际险隨險难雖雙"
    U"雞靚靠鞋鞦韆韩顯项须顾顿预领题颜风飞餸饭饿馆驗马验體髮鰂鱼鸟鸡麥麵麼黃黎黑點黨齊"
    U"齋";
/// Characters of Cantonese as it is spoken; sorted. Of Cantonese in the written language of all
/// Chinese nothing tells that it is Cantonese.
constexpr std::u32string_view cantonese_only = U"乜佢俾冇咁咗咩哋唔啫啱啲喎喺嗰嘅嘢噉嚟搵攞畀睇瞓諗";
// clang-format on

bool is_in(std::u32string_view sorted, char32_t c) {
    return std::binary_search(sorted.begin(), sorted.end(), c);
}

} // namespace

HanLetters count_han_letters(std::string_view text) {
    constexpr char32_t no = U'\u306E';
    HanLetters counts;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (c >= 0x3041 && c <= 0x30FA) {
            ++(c == no ? counts.no : counts.japanese);
        } else if (c >= 0x4E00) {
            counts.japanese += is_in(japanese_only, c) ? 1 : 0;
            counts.chinese += is_in(chinese_only, c) ? 1 : 0;
            counts.cantonese += is_in(cantonese_only, c) ? 1 : 0;
        }
        counts.all += c != U' ' ? 1 : 0;
    }
    return counts;
}

std::vector<std::string_view> languages_of_letters(std::string_view text) {
    std::array<std::size_t, own_letters.size()> counts{};
    std::size_t all = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        const auto row =
            std::lower_bound(own_letters.begin(), own_letters.end(), c,
                             [](const Row& one, char32_t letter) { return one.letter < letter; });
        if (row != own_letters.end() && row->letter == c) {
            ++counts[static_cast<std::size_t>(row - own_letters.begin())];
        }
        ++all;
    }
    constexpr std::size_t letters_for_one =
        60; // of a long text, one may be in a name from elsewhere
    std::vector<std::string_view> found;
    for (std::size_t row = 0; row < own_letters.size(); ++row) {
        if (counts[row] > 0 && counts[row] * letters_for_one >= all) {
            found.push_back(own_letters[row].languages);
        }
    }
    return found;
}

bool has_tag(std::string_view languages, std::string_view tag) {
    while (!languages.empty()) {
        const std::size_t end = std::min(languages.find(' '), languages.size());
        if (languages.substr(0, end) == tag) {
            return true;
        }
        languages.remove_prefix(std::min(end + 1, languages.size()));
    }
    return false;
}

} // namespace fabula::detail
