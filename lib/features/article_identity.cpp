// SPDX-License-Identifier: Apache-2.0
#include "features/article_identity.hpp"

#include "base/hash.hpp"

#include <string>

namespace fabula::detail {

std::uint64_t article_identity(const Article& article) {
    std::string fields;
    for (const std::string* field :
         {&article.id, &article.title, &article.text, &article.language, &article.source})
        fields += std::to_string(hash_of(*field)) + ' ';
    if (article.published)
        fields += std::to_string(article.published->time_since_epoch().count());
    return hash_of(fields);
}

} // namespace fabula::detail
