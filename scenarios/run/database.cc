#include "scenarios/run/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace orrery {
namespace {

// Why the machine refused. A failed COMMIT tells it only to the file, or to the journal, that was being written.
int system_error(sqlite3* handle) {
  if (const int error = sqlite3_system_errno(handle); error != 0) return error;
  for (const int which : {SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER}) {
    sqlite3_file* file = nullptr;
    int error = 0;
    if (sqlite3_file_control(handle, nullptr, which, &file) != SQLITE_OK || !file || !file->pMethods) continue;
    if (file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error) == SQLITE_OK && error != 0) return error;
  }
  return 0;
}

}  // namespace

Database::Database(const std::string& path, Access access) : path_(path) {
  const int flags = access == Access::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  try {
    if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) fail("cannot open");
    sqlite3_busy_timeout(handle_, 10'000);  // somebody may look into it while a run writes
    execute(access == Access::kWrite ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"
                                     : "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
  } catch (const DatabaseError&) {
    sqlite3_close(handle_);  // the destructor will not
    throw;
  }
}

Database::~Database() {
  sqlite3_finalize(last_);
  sqlite3_close(handle_);
}

// SQLite's own words say less than the machine's: "disk I/O error" may be a full disk, a quota, or a limit.
void Database::fail(const std::string& what) {
  std::string why = handle_ ? sqlite3_errmsg(handle_) : "out of memory";
  const int code = handle_ ? sqlite3_errcode(handle_) & 0xff : SQLITE_NOMEM;
  const int reason = code == SQLITE_FULL ? ENOSPC : handle_ ? system_error(handle_) : 0;
  if (code == SQLITE_FULL || (reason != 0 && (code == SQLITE_IOERR || code == SQLITE_CANTOPEN))) {
    why = std::strerror(reason);
  }
  throw DatabaseError(fmt::format("{}: {}: {}", path_, what, why));
}

void Database::execute(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail("cannot execute");
}

int Database::Row::columns() const { return sqlite3_column_count(statement_); }

std::optional<std::string_view> Database::Row::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (!text) return std::nullopt;
  return std::string_view(text, size_t(sqlite3_column_bytes(statement_, column)));
}

void Database::for_each(const std::string& sql, const std::function<void(const Row&)>& take) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) fail("cannot read");
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(raw, sqlite3_finalize);
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(raw)) == SQLITE_ROW) take(Row(raw));
  if (code != SQLITE_DONE) fail("cannot read");
}

std::string Database::text(const std::string& sql) {
  std::optional<std::string> value;
  for_each(sql, [&](const Row& row) {
    if (!value) value = row.text(0).value_or("");
  });
  return value.value_or("");
}

sqlite3_stmt* Database::prepare(const std::string& sql) {
  if (last_ && sql == last_sql_) return last_;
  sqlite3_finalize(last_);
  last_ = nullptr;
  if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &last_, nullptr) != SQLITE_OK) fail("cannot prepare");
  last_sql_ = sql;
  return last_;
}

Database::Statement::Statement(Database& database, const std::string& sql)
    : database_(database), statement_(database.prepare(sql)) {}

Database::Statement::~Statement() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Database::Statement::bind(int column, int64_t value) {
  if (sqlite3_bind_int64(statement_, column, value) != SQLITE_OK) database_.fail("cannot bind");
}

void Database::Statement::bind(int column, std::optional<int64_t> value) {
  if (value) return bind(column, *value);
  if (sqlite3_bind_null(statement_, column) != SQLITE_OK) database_.fail("cannot bind");
}

void Database::Statement::bind(int column, std::string_view value) {
  if (sqlite3_bind_text(statement_, column, value.data(), int(value.size()), SQLITE_TRANSIENT) != SQLITE_OK) {
    database_.fail("cannot bind");
  }
}

void Database::Statement::run() {
  if (sqlite3_step(statement_) != SQLITE_DONE) database_.fail("cannot insert");
}

}  // namespace orrery
