// The tables of run.sqlite. Names follow OMNeT++'s result files where they have the table; times are integer
// nanoseconds.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "scenarios/run/report.h"

namespace orrery {

/// `PRAGMA user_version`.
inline constexpr int kTablesVersion = 1;

struct TableInfo {
  std::string_view name;
  std::string_view columns;  // SQL
  std::string_view doc;
};
/// The data dictionary: `orrery describe results` prints it, and doc/results.md is made of it.
std::span<const TableInfo> tables();

/// Makes the file and writes every table in one transaction, marked finished at its end. Throws DatabaseError.
void write_tables(const std::string& path, const Report& report, const RunDetail& detail);

}  // namespace orrery
