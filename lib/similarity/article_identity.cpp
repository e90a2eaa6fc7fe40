// SPDX-License-Identifier: Apache-2.0
#include "similarity/article_identity.hpp"

#include "model/subwords.hpp"

#include <string>

namespace fabula::detail {

std::uint64_t article_identity(const Article& article) {
    std::string fields;
    for (const std::string* field :
         {&article.id, &article.title, &article.text, &article.language, &article.source})
        fields += std::to_string(word_hash(*field)) + ' ';
    if (article.published)
        fields += std::to_string(article.published->time_since_epoch().count());
    return word_hash(fields);
}

} // namespace fabula::detail
