// The tables of run.sqlite. Names follow OMNeT++'s result files where they have the table; times are integer
// nanoseconds.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/run/report.h"
#include "scenarios/run/seal.h"

namespace orrery {

/// `PRAGMA user_version`.
inline constexpr int kTablesVersion = 5;
/// The oldest that can still be read: it has neither `file` nor `seal`.
inline constexpr int kTablesVersionMin = 4;

struct TableInfo {
  std::string_view name;
  std::string_view columns;  // SQL
  std::string_view doc;
};
/// The data dictionary: `orrery describe results` prints it, and doc/results.md is made of it.
std::span<const TableInfo> tables();

/// run.sqlite in the making. Whatever was flushed survives a killed run, whose row in `run` then says finished = 0.
class Tables {
 public:
  /// Makes the file, with all that is known before the run; it has its name only when all of that is in it. Throws
  /// DatabaseError, as all of its functions do.
  Tables(const std::string& path, const Report& report, const RunDetail& detail);
  /// In memory: for who wants to know what writing them takes.
  Tables(const Report& report, const RunDetail& detail);
  ~Tables();

  /// Messages that were published since the last flush, in one transaction.
  void flush(const Ledger& ledger);
  /// The rest, in one transaction, marked finished. `files` are those beside it: they must be whole.
  void finish(const Report& report, const RunDetail& detail, std::span<const FileSeal> files);

 private:
  class Writer;
  void write_head(const Report& report, const RunDetail& detail);
  void leave_one_file();

  std::unique_ptr<Writer> writer_;
  std::optional<uint64_t> last_message_;
  std::map<uint64_t, uint64_t> replies_;
};

}  // namespace orrery
