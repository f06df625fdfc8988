#include "scenarios/run/kept_run.h"

#include <fmt/format.h>

#include <filesystem>

#include "scenarios/run/folder.h"
#include "scenarios/run/tables.h"
#include "scenarios/spec/scenario.h"
#include "simcore/base/text.h"

namespace orrery {
namespace {

namespace fs = std::filesystem;

// A pipe in its place would be waited for without end.
std::string database_of(const std::string& folder) {
  std::string file = (fs::path(folder) / kDatabaseFile).string();
  std::error_code error;
  if (!fs::is_regular_file(file, error)) {
    throw DatabaseError(fmt::format("{}: {}", file, error ? error.message() : "this is no file"));
  }
  return file;
}

}  // namespace

KeptRun::KeptRun(const std::string& folder) : database_(database_of(folder), Database::Access::kRead) {
  const auto refuse = [&](const std::string& why) {
    throw DatabaseError(fmt::format("{}/{}: {}", folder, kDatabaseFile, why));
  };
  const std::string version = database_.text("PRAGMA user_version");
  if (!has_table("run") || !has_table("runAttr") || !has_table("runParam")) {
    refuse("this is no database of Orrery's, or a damaged one: it lacks tables");
  }
  bool is_known = false;
  for (int number = kTablesVersionMin; number <= kTablesVersion; ++number) {
    is_known = is_known || version == fmt::format("{}", number);
  }
  if (!is_known) {
    refuse(fmt::format("its tables are of version {}; this binary reads {} to {}", version, kTablesVersionMin,
                       kTablesVersion));
  }
  const std::string finished = database_.text("SELECT finished FROM run");
  if (finished != "0" && finished != "1") refuse("this is damaged: table run does not say whether it is finished");
  is_finished_ = finished == "1";
}

std::string KeptRun::attribute(const char* name) {
  return database_.text(fmt::format("SELECT attrValue FROM runAttr WHERE attrName = '{}'", name));
}

std::string KeptRun::parameter(const char* name) {
  return database_.text(fmt::format("SELECT parValue FROM runParam WHERE parName = '{}'", name));
}

// By its own name and kind: a view would run whatever its author wrote.
bool KeptRun::has_table(std::string_view name) {
  return !database_
              .text(fmt::format("SELECT 1 FROM sqlite_master WHERE name = '{0}' AND type = 'table' "
                                "AND sql LIKE 'CREATE TABLE {0} (%'",
                                name))
              .empty();
}

std::unique_ptr<KeptRun> find_kept_run(const std::string& folder) {
  try {
    return std::make_unique<KeptRun>(folder);
  } catch (const DatabaseError&) {
    return nullptr;
  }
}

bool holds_run(const std::string& folder) {
  std::error_code error;
  return fs::is_directory(folder, error) && fs::exists(fs::symlink_status(fs::path(folder) / kDatabaseFile, error));
}

std::string show_kept_run(const std::string& folder) {
  KeptRun kept(folder);
  // The keys of the top come first: as a reader expects.
  std::string text = fmt::format("orrery = {}\n", spec::kFormatVersion);
  kept.database().for_each("SELECT parName, parValue FROM runParam ORDER BY instr(parName, '.') > 0, parName",
                           [&](const Database::Row& row) {
                             text += fmt::format("{} = {}\n", printable(row.text(0).value_or("")),
                                                 printable(row.text(1).value_or("")));
                           });
  if (kept.has_table("verdict")) {
    kept.database().for_each("SELECT verdict, checkName, why FROM verdict", [&](const Database::Row& row) {
      text += printable(fmt::format("# {} {}: {}", row.text(0).value_or(""), row.text(1).value_or(""),
                                    row.text(2).value_or(""))) +
              "\n";
    });
  }
  text += printable(fmt::format("# again {}", kept.attribute("command"))) + "\n";
  text += kept.is_finished() ? printable(fmt::format("# fingerprint {}", kept.attribute("fingerprint"))) + "\n"
                             : "# unfinished\n";
  return text + printable(fmt::format("# results {}", folder)) + "\n" +
         printable(fmt::format("# spec {}", kept.attribute("spec_hash"))) + "\n";
}

}  // namespace orrery
