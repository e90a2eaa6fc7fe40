// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "explain.hpp"

#include <fabula/evaluation.hpp>
#include <fabula/scoring.hpp>

#include <nlohmann/json_fwd.hpp>

#include <ostream>
#include <string>
#include <vector>

namespace program {

/// A confusion with the evidence for the pair of articles that shows it.
struct ExplainedError {
    fabula::Confusion confusion;
    std::string story;       ///< the gold label of its articles
    std::string other_story; ///< the gold label of the other article
    Side first;              ///< `Confusion::article`
    Side second;             ///< `Confusion::other`
    fabula::Comparison comparison;
};

/// The worst errors of one kind.
struct ErrorList {
    std::size_t cases{}; ///< that there are
    std::vector<ExplainedError> worst;
};

/// The worst errors of both kinds, at one value of `--min-probability`.
struct ErrorReport {
    double min_probability{};
    ErrorList missed;
    ErrorList falsely_joined;
};

/// One block an error, for someone who has never heard of log-odds.
void write_errors(std::ostream& out, const ErrorReport& errors);

[[nodiscard]] nlohmann::ordered_json to_json(const ErrorReport& errors);

} // namespace program
