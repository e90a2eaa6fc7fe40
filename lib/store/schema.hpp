// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.hpp"

#include <fabula/model.hpp>

#include <cstdint>
#include <string_view>

namespace fabula::detail {

/// The version of the tables, as it stands in the file. Older ones are brought up to it when a
/// store is opened to be written, and read as they are.
[[nodiscard]] std::int64_t schema_version();

/// Makes the tables, or brings them up to date, within the caller's transaction.
/// \throws Error(damaged_data) where the file is something else; Error(other_model) where a later
/// version wrote it
void bring_up_to_date(const Database& database);

/// Brings an empty file to this version and no further: for tests.
void begin_schema(const Database& database, std::int64_t version);

/// \throws Error as above, for a file that is read
void require_store(const Database& database);

/// Whether it was written with this model, by a version that makes the same features.
[[nodiscard]] bool is_of_model(const Database& database, const Model& model);
void set_model(const Database& database, const Model& model);
/// \throws Error(other_model) with the remedy where it is of another
void require_model(const Database& database, const Model& model);
[[noreturn]] void refuse_model(const Database& database, const Model& model);

/// A value of the table `meta`.
[[nodiscard]] std::int64_t meta_number(const Database& database, std::string_view key);

} // namespace fabula::detail
