// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace fabula::detail {

/// A connection to a SQLite file. What SQLite complains of is thrown as an `Error` that names the
/// file and the remedy: `unwritable` where
/// it is locked, the disk is full and the like; `damaged_data`.
class Database {
public:
    enum class Access { read, write };

    /// Waits so long for others at most. `write` makes the file where it is missing.
    /// \throws Error(file_not_found, unreadable, unwritable)
    Database(const std::filesystem::path& file, Access access, std::chrono::milliseconds wait);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void execute(const char* sql) const;
    /// The first value of the first row.
    [[nodiscard]] std::int64_t number(const char* sql) const;
    [[nodiscard]] std::string text(const char* sql) const;

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] sqlite3* handle() const { return handle_; }
    [[noreturn]] void fail(int code) const;
    [[noreturn]] void refuse_damaged(const std::string& what) const;

private:
    void open(const std::string& name, int flags);

    std::string name_;
    sqlite3* handle_{};
};

/// A prepared statement. Values are bound to the places ?1, ?2, ….
class Statement {
public:
    Statement(const Database& database, const char* sql);
    ~Statement();
    Statement(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    Statement& operator=(Statement&&) = delete;

    /// Begins anew with these values, which must outlive the steps.
    template <class... Values>
    Statement& with(const Values&... values) {
        reset();
        int place = 0;
        (bind(++place, values), ...);
        return *this;
    }
    /// Whether there is a row (another one).
    bool step();
    /// All of it, where there are no rows to look at.
    template <class... Values>
    void run(const Values&... values) {
        with(values...);
        while (step()) {
        }
        reset();
    }
    void reset();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const;
    /// Valid until the next step.
    [[nodiscard]] std::string_view bytes(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string(bytes(column)); }

    /// Bytes as such, not as text.
    struct Blob {
        std::string_view bytes;
    };

private:
    void bind(int place, std::int64_t value);
    void bind(int place, std::string_view value);
    void bind(int place, Blob value);
    void bind(int place, std::nullopt_t);
    void bind(int place, const char* value) { bind(place, std::string_view(value)); }
    void bind(int place, const std::string& value) { bind(place, std::string_view(value)); }
    template <class Value>
    void bind(int place, const std::optional<Value>& value) {
        if (value)
            bind(place, *value);
        else
            bind(place, std::nullopt);
    }
    void bind(int place, std::uint64_t value) { bind(place, static_cast<std::int64_t>(value)); }
    void bind(int place, std::uint32_t value) { bind(place, std::int64_t{value}); }
    void bind(int place, int value) { bind(place, std::int64_t{value}); }
    void check(int code) const;

    const Database& database_;
    sqlite3_stmt* statement_{};
};

/// What is between its begin and `commit` is in the file as a whole or not at all. One that reads
/// sees the file as it is when it begins to look.
class Transaction {
public:
    Transaction(const Database& database, Database::Access access);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();

private:
    const Database& database_;
    bool is_open_{true};
};

} // namespace fabula::detail
