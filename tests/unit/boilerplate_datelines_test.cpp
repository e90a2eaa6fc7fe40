// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/datelines.hpp"
#include "boilerplate/filter.hpp"
#include "support/catch.hpp"

#include <string>

using namespace fabula::detail;

TEST_CASE("Datelines with an agency are found in many languages", "[boilerplate]") {
    const auto dateline = GENERATE(
        as<std::string>{}, "WASHINGTON, Feb. 24 (Reuters) — ", "LONDON (AP) — ",
        "KYJIV/BERLIN (dpa) – ", "Paris (AFP) – ", "(ANSA) - ROMA: ", "Madrid, 24 feb (EFE).- ",
        "Oslo (NTB): ", "МОСКВА, 24 февраля. /ТАСС/. ", "КИЇВ (Укрінформ) — ",
        "القاهرة (رويترز) – ", "تهران - ایرنا - ", "【北京2月24日电】",
        "新华社北京2月24日电（记者王晓岚）", "（東京 共同）", "[東京 24日 ロイター] - ",
        "(서울=연합뉴스) 김지훈 기자 = ", "(BERN) (sda) ", "GENEVA, 24 February (SomeWire) – ");
    CAPTURE(dateline);
    const std::string sentence = "Sentence that follows the dateline.";
    const std::size_t length = dateline_length(dateline + sentence);
    CHECK(length > 0);
    if (dateline != "(ANSA) - ROMA: ") // the place behind the agency may stay
        CHECK(length == dateline.size());
}

TEST_CASE("Sentences that only look like datelines have none", "[boilerplate]") {
    const auto sentence =
        GENERATE(as<std::string>{}, "NATO – founded in 1949 – has 32 members.",
                 "The Associated Press (AP) reported on Tuesday that the crane had fallen.",
                 "Berlin – a city on the Spree – is to get a new harbour.",
                 "(Reuters said so on Tuesday, and nobody else.)",
                 "COVID-19 — the disease — is back.", "„Nein“, sagte er (und ging).",
                 "（图）地震造成四人死亡。", "Ostwick (population 4,000) – gone.");
    CAPTURE(sentence);
    CHECK(dateline_length(sentence) == 0);
}

TEST_CASE("Signatures of agencies are found at the end", "[boilerplate]") {
    const std::string sentence = "The crane fell into the water.";
    for (const std::string signature : {" (AP)", " /dpa/", "（新华社）", " (ТАСС)"}) {
        CAPTURE(signature);
        const std::size_t at = signature_begin(sentence + signature);
        CHECK(at >= sentence.size());
        CHECK(at <= sentence.size() + 1);
    }
    CHECK(signature_begin("ТАСС") == 0);
    CHECK(signature_begin("(AP)") == 0);
    CHECK(signature_begin(sentence) == sentence.size());
    CHECK(signature_begin("He left (again)") == std::string("He left (again)").size());
    CHECK(signature_begin("") == 0);
}

TEST_CASE("Datelines, signatures and menus are removed", "[boilerplate]") {
    const std::string body = "The harbour of Ostwick was closed on Tuesday after a crane fell.";
    const std::string ending = GENERATE("(AP)", "Reuters", "Read more");
    CAPTURE(ending);
    const std::string text =
        "World | Business | Sport | Weather\nLONDON (AP) — " + body + " " + ending + "\n";
    const BoilerplateFilter filter;
    std::string kept;
    for (const fabula::ByteRange range : filter.content(text, ""))
        kept += text.substr(range.begin, range.end - range.begin);
    CHECK(kept == body + " ");
}
