// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/export.hpp>

#include <stdexcept>
#include <string>

namespace fabula::inline v0 {

/// What kind of set-up fault an `Error` reports.
enum class Errc {
    file_not_found,    ///< the file or folder does not exist
    unreadable,        ///< it exists but cannot be opened or read
    unwritable,        ///< it cannot be made, written or replaced
    damaged_model,     ///< a model file is truncated, altered or not of the kind it claims to be
    unsupported_model, ///< an intact model of a format or version that this library does not read
    bad_option,        ///< an option is out of its range
    bad_input,         ///< an input line or argument cannot be understood
    duplicate_id,      ///< two articles carry the same id
    unusable_icu,      ///< the ICU installed here lacks data that is needed, or fails
    damaged_data,      ///< bytes of features or statistics are cut short or altered
    other_model,       ///< they were made with another model, or by another version
    cancelled,         ///< stopped by the caller's `std::stop_token`
};

/// A fault of the set-up: a missing file, a damaged model, a bad option, an unreadable input line.
///
/// `what()` is a sentence that names the file, the line and the value where there is one, and says
/// what would help. An odd *article* (empty, one word, invalid UTF-8) is never an error: it gets an
/// `EmbeddingStatus`, because one bad item must not cost a batch of ten thousand.
class FABULA_EXPORT Error : public std::runtime_error {
public:
    Error(Errc code, const std::string& sentence) : std::runtime_error(sentence), code_(code) {}

    [[nodiscard]] Errc code() const noexcept { return code_; }

private:
    Errc code_;
};

} // namespace fabula::inline v0
