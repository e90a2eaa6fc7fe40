// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"

#include <fabula/error.hpp>

#include <sqlite3.h>
#include <system_error>
#include <utility>

namespace fabula::detail {
namespace {

/// As SQLite's URIs want it: what is neither a letter nor a digit by its number.
std::string uri_of(const std::string& name, const char* query) {
    std::string out = "file:";
    for (const char c : name) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '-' ||
                              c == '_';
        if (is_plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += "0123456789ABCDEF"[byte / 16U];
        out += "0123456789ABCDEF"[byte % 16U];
    }
    return out + query;
}

} // namespace

Database::Database(const std::filesystem::path& file, Access access, std::chrono::milliseconds wait)
    : name_(file.string()) {
    std::error_code ignored;
    const bool exists = std::filesystem::exists(file, ignored);
    if (access == Access::read && !exists)
        throw Error(Errc::file_not_found, name_ + ": there is no such file");
    if (std::filesystem::is_directory(file, ignored))
        throw Error(Errc::unwritable, name_ + ": this is a folder; a store is a file");
    // A name is a name, not a URI or ":memory:".
    const std::string path = std::filesystem::absolute(file).string();
    constexpr int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    try {
        open(path, common | (access == Access::read ? SQLITE_OPEN_READONLY
                                                    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
        sqlite3_busy_timeout(handle_, static_cast<int>(wait.count()));
        if (access == Access::read)
            try {
                static_cast<void>(number("SELECT count(*) FROM sqlite_schema"));
            } catch (const Error&) {
                // In a folder that cannot be written: where nobody writes, nothing is in the way.
                const int code = sqlite3_errcode(handle_);
                if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY) ||
                    std::filesystem::exists(name_ + "-wal", ignored))
                    throw;
                sqlite3_close_v2(std::exchange(handle_, nullptr));
                open(uri_of(path, "?immutable=1"), common | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
            }
        execute("PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF");
    } catch (...) {
        sqlite3_close_v2(handle_);
        throw;
    }
}

void Database::open(const std::string& name, int flags) {
    const int code = sqlite3_open_v2(name.c_str(), &handle_, flags, nullptr);
    if (handle_ == nullptr)
        throw std::bad_alloc();
    if (code != SQLITE_OK)
        fail(code);
    sqlite3_extended_result_codes(handle_, 1);
}

Database::~Database() {
    sqlite3_close_v2(handle_);
}

void Database::execute(const char* sql) const {
    if (const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); code != SQLITE_OK)
        fail(code);
}

std::int64_t Database::number(const char* sql) const {
    Statement statement(*this, sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::string Database::text(const char* sql) const {
    Statement statement(*this, sql);
    return statement.step() ? statement.text(0) : std::string();
}

void Database::fail(int code) const {
    const std::string reason = sqlite3_errmsg(handle_);
    const int system = sqlite3_system_errno(handle_);
    const std::string why = system != 0 && (code & 0xFF) != SQLITE_FULL
                                ? reason + " (" + std::generic_category().message(system) + ")"
                                : reason;
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw Error(Errc::unwritable, name_ + ": another process holds this store (" + reason +
                                          "); end it, or try again when it is done");
    case SQLITE_FULL:
        throw Error(Errc::unwritable, name_ +
                                          ": the disk is full, or the file as large as it may "
                                          "be (" +
                                          reason +
                                          "); make room and try again. All that was acknowledged "
                                          "is there");
    case SQLITE_CORRUPT:
        refuse_damaged(reason);
    case SQLITE_NOTADB:
        throw Error(Errc::damaged_data,
                    name_ + ": this is no store (" + reason + "), or its first page is damaged");
    case SQLITE_READONLY:
    case SQLITE_PERM:
        throw Error(Errc::unwritable, name_ + ": cannot be written: " + why);
    case SQLITE_CANTOPEN:
        throw Error(Errc::unreadable, name_ + ": cannot be opened: " + why);
    case SQLITE_NOMEM:
        throw std::bad_alloc();
    case SQLITE_IOERR:
        if ((code & 0xFF00) == (SQLITE_IOERR_READ & 0xFF00) || code == SQLITE_IOERR_SHORT_READ)
            throw Error(Errc::unreadable, name_ + ": cannot be read: " + why);
        throw Error(Errc::unwritable,
                    name_ + ": cannot be written: " + why + ". All that was acknowledged is there");
    default:
        throw Error(Errc::unreadable, name_ + ": " + why);
    }
}

void Database::refuse_damaged(const std::string& what) const {
    throw Error(Errc::damaged_data, name_ + ": is damaged: " + what + "; `fabula stories --store " +
                                        name_ + " --salvage NEW` puts what can be read into " +
                                        "another store");
}

Statement::Statement(const Database& database, const char* sql) : database_(database) {
    check(sqlite3_prepare_v3(database.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_,
                             nullptr));
}

Statement::~Statement() {
    sqlite3_finalize(statement_);
}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)) {}

void Statement::check(int code) const {
    if (code != SQLITE_OK)
        database_.fail(code);
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    database_.fail(code);
}

void Statement::reset() {
    sqlite3_reset(statement_); // what it complains of, the step has complained of
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::optional<std::int64_t> Statement::maybe_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
}

std::string_view Statement::bytes(int column) const {
    const void* begin = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return begin == nullptr
               ? std::string_view()
               : std::string_view(static_cast<const char*>(begin), static_cast<std::size_t>(size));
}

void Statement::bind(int place, std::int64_t value) {
    check(sqlite3_bind_int64(statement_, place, value));
}

void Statement::bind(int place, std::string_view value) {
    check(sqlite3_bind_text64(statement_, place, value.data() == nullptr ? "" : value.data(),
                              value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind(int place, Blob value) {
    check(sqlite3_bind_blob64(statement_, place,
                              value.bytes.data() == nullptr ? "" : value.bytes.data(),
                              value.bytes.size(), SQLITE_STATIC));
}

void Statement::bind(int place, std::nullopt_t /*unused*/) {
    check(sqlite3_bind_null(statement_, place));
}

Transaction::Transaction(const Database& database, Database::Access access) : database_(database) {
    database_.execute(access == Database::Access::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
    if (is_open_) // some failures have ended it: then this says so, and no harm is done
        sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    database_.execute("COMMIT");
    is_open_ = false;
}

} // namespace fabula::detail
