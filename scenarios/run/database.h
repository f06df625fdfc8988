// A thin, safe hold of SQLite: errors are exceptions, statements are prepared once.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace orrery {

struct DatabaseError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Database {
 public:
  /// kRead leaves the file as it is, and trusts nothing in it.
  enum class Access : uint8_t { kWrite, kRead };

  /// Opens the file; kWrite makes it if there is none. Throws DatabaseError.
  explicit Database(const std::string& path, Access access = Access::kWrite);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void execute(const std::string& sql);
  /// The first column of the first row of `sql`, or an empty text.
  std::string text(const std::string& sql);

  /// A row that was read. Its texts are valid until the next row.
  class Row {
   public:
    explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
    int columns() const;
    /// Whatever the value is, as text; nothing for NULL. All its bytes, zeros included.
    std::optional<std::string_view> text(int column) const;

   private:
    sqlite3_stmt* statement_;
  };
  void for_each(const std::string& sql, const std::function<void(const Row&)>& take);

  /// Brings all that was committed into the file itself; only then may it be renamed, once it is closed.
  void checkpoint() { execute("PRAGMA wal_checkpoint(TRUNCATE)"); }

  /// Inserts one row: `sql` has as many '?' as there are values. Integers and texts; an empty optional becomes NULL.
  template <class... Values>
  void insert(const std::string& sql, const Values&... values) {
    Statement statement(*this, sql);
    int column = 0;
    (statement.bind(++column, values), ...);
    statement.run();
  }

 private:
  class Statement {
   public:
    Statement(Database& database, const std::string& sql);
    ~Statement();
    void bind(int column, int64_t value);
    void bind(int column, uint64_t value) { bind(column, int64_t(value)); }
    void bind(int column, int value) { bind(column, int64_t(value)); }
    void bind(int column, uint32_t value) { bind(column, int64_t(value)); }
    void bind(int column, std::optional<int64_t> value);  // nothing becomes NULL
    void bind(int column, std::string_view value);
    void bind(int column, const std::string& value) { bind(column, std::string_view(value)); }
    void bind(int column, const char* value) { bind(column, std::string_view(value)); }
    void run();

   private:
    Database& database_;
    sqlite3_stmt* statement_ = nullptr;
  };
  sqlite3_stmt* prepare(const std::string& sql);
  [[noreturn]] void fail(const std::string& what);

  std::string path_;
  sqlite3* handle_ = nullptr;
  std::string last_sql_;
  sqlite3_stmt* last_ = nullptr;  // one cached statement: rows come in runs of one table
};

}  // namespace orrery
