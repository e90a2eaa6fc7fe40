// SPDX-License-Identifier: Apache-2.0
#include "evidence/copy_marks.hpp"

#include "evidence/article_evidence.hpp"
#include "model/subwords.hpp"

#include <algorithm>

namespace fabula::detail {

namespace {

constexpr float rare_as_a_name = 9.0F; ///< as for `ArticleEvidence::names`
constexpr std::size_t first_words = 8;
constexpr std::size_t last_words = 20;
constexpr std::size_t long_body = 80; ///< words; a shorter one has no edges

/// Ten names make up for one that differs, or forty words of a script without capitals.
constexpr std::size_t one_name = 40;
std::size_t allowance(const CopyMark& mark) {
    if (mark.is_number != 0 || mark.at_edge != 0)
        return 0;
    return mark.has_capitals != 0 ? one_name / 10 : one_name / 40;
}

void collect(const AnalyzedText& text, bool has_edges, int language, const ModelData& model,
             std::vector<CopyMark>& out) {
    const std::size_t size = text.tokens.size();
    for (std::size_t i = 0; i < size; ++i) {
        const Token& token = text.tokens[i];
        const bool is_number = token.kind == TokenKind::number;
        const bool capitals = !is_number && has_capitals(token);
        const bool is_name = !is_number && (token.capitalised || !capitals) &&
                             word_rarity(model, language, token) >= rare_as_a_name;
        if (!is_number && !is_name)
            continue;
        CopyMark mark{};
        mark.key = static_cast<std::uint32_t>(word_hash(token.native)) & 0x1FFFFFFFU;
        mark.is_number = is_number ? 1 : 0;
        mark.has_capitals = capitals ? 1 : 0;
        mark.at_edge = has_edges && (i < first_words || i + last_words >= size) ? 1 : 0;
        out.push_back(mark);
    }
}

} // namespace

std::vector<CopyMark> copy_marks(const AnalyzedArticle& analyzed, const ModelData& model) {
    std::vector<CopyMark> out;
    collect(analyzed.title, false, analyzed.language, model, out);
    collect(analyzed.body, analyzed.body.tokens.size() >= long_body, analyzed.language, model, out);
    // Of the same words those inside come first and stay.
    std::sort(out.begin(), out.end(), [](const CopyMark& a, const CopyMark& b) {
        return a.key != b.key ? a.key < b.key : a.at_edge < b.at_edge;
    });
    out.erase(std::unique(out.begin(), out.end(),
                          [](const CopyMark& a, const CopyMark& b) { return a.key == b.key; }),
              out.end());
    out.shrink_to_fit();
    return out;
}

bool may_be_copies(const std::vector<CopyMark>& a, const std::vector<CopyMark>& b) {
    std::size_t allowed_by_a = 0;
    std::size_t allowed_by_b = 0;
    std::size_t lacking = 0;
    auto x = a.begin();
    auto y = b.begin();
    while (x != a.end() || y != b.end()) {
        const bool of_a = y == b.end() || (x != a.end() && x->key <= y->key);
        const bool of_b = x == a.end() || (y != b.end() && y->key <= x->key);
        const CopyMark& mark = of_a ? *x : *y;
        if (of_a != of_b && mark.at_edge == 0) {
            if (mark.is_number != 0)
                return false;
            ++lacking;
        }
        if (of_a)
            allowed_by_a += allowance(*x++);
        if (of_b)
            allowed_by_b += allowance(*y++);
    }
    return lacking * one_name <= std::max(allowed_by_a, allowed_by_b);
}

} // namespace fabula::detail
