#include "scenarios/run/database.h"

#include <sqlite3.h>

namespace orrery {

Database::Database(const std::string& path, Access access) : path_(path) {
  const int flags = access == Access::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  try {
    if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) fail("cannot open");
    if (access == Access::kWrite) execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  } catch (const DatabaseError&) {
    sqlite3_close(handle_);  // the destructor will not
    throw;
  }
}

Database::~Database() {
  sqlite3_finalize(last_);
  sqlite3_close(handle_);
}

void Database::fail(const std::string& what) {
  throw DatabaseError(path_ + ": " + what + ": " + (handle_ ? sqlite3_errmsg(handle_) : "out of memory"));
}

void Database::execute(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail("cannot execute");
}

std::string Database::text(const std::string& sql) {
  sqlite3_stmt* statement = prepare(sql);
  std::string value;
  if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
    value = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
  }
  sqlite3_reset(statement);
  return value;
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
