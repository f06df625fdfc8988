#include "scenarios/run/kept_run.h"

#include <fmt/format.h>

#include <filesystem>

#include "scenarios/run/database.h"
#include "scenarios/spec/scenario.h"

namespace orrery {
namespace {

namespace fs = std::filesystem;

std::string database_of(const fs::path& folder) { return (folder / "run.sqlite").string(); }

}  // namespace

bool is_kept_run(const std::string& folder) {
  std::error_code error;
  if (!fs::is_regular_file(database_of(folder), error)) return false;
  try {
    return Database(database_of(folder), Database::Access::kRead).text("SELECT finished FROM run") == "1";
  } catch (const DatabaseError&) {
    return false;  // somebody else's
  }
}

std::optional<std::string> newest_kept_run(const std::string& root) {
  std::error_code error;
  std::optional<std::string> newest;
  fs::file_time_type newest_time{};
  for (const auto& entry : fs::recursive_directory_iterator(root, error)) {
    if (entry.path().filename() != "run.sqlite") continue;
    const fs::path folder = entry.path().parent_path();
    const auto time = entry.last_write_time(error);
    if (error || (newest && time <= newest_time) || !is_kept_run(folder.string())) continue;
    newest = folder.string();
    newest_time = time;
  }
  return newest;
}

std::string show_kept_run(const std::string& folder) {
  Database database(database_of(folder), Database::Access::kRead);
  const auto attribute = [&](const char* name) {
    return database.text(fmt::format("SELECT attrValue FROM runAttr WHERE attrName = '{}'", name));
  };
  // The keys of the top come first: as a reader expects.
  const std::string values = database.text(
      "SELECT group_concat(parName || ' = ' || parValue, char(10)) FROM "
      "(SELECT * FROM runParam ORDER BY instr(parName, '.') > 0, parName)");
  const std::string verdicts = database.text(
      "SELECT coalesce(group_concat('# ' || verdict || ' ' || checkName || ': ' || why || char(10), ''), '') "
      "FROM verdict");
  return fmt::format("orrery = {}\n{}\n{}# again {}\n# fingerprint {}\n# results {}\n# spec {}\n", spec::kFormatVersion,
                     values, verdicts, attribute("command"), attribute("fingerprint"), folder, attribute("spec_hash"));
}

}  // namespace orrery
