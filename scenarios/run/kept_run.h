// Runs that were kept: all that reads a results database begins here.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "scenarios/run/database.h"

namespace orrery {

/// run.sqlite of a results folder, opened to be read. Its contents are believed no more than any other file's. All of
/// it throws DatabaseError.
class KeptRun {
 public:
  /// Refuses what no run of ours can have written: another version, a view where a table should be, no row in `run`.
  explicit KeptRun(const std::string& folder);

  bool is_finished() const { return is_finished_; }
  /// Of table runAttr; empty if it has none of this name.
  std::string attribute(const char* name);
  /// Of table runParam, in the same way.
  std::string parameter(const char* name);
  /// Tables come with versions: an older one has fewer.
  bool has_table(std::string_view name);
  Database& database() { return database_; }

 private:
  Database database_;
  bool is_finished_ = false;
};

/// The run in `folder`; nothing if there is none that can be read.
std::unique_ptr<KeptRun> find_kept_run(const std::string& folder);

/// Whether `folder` is a results folder, if perhaps a damaged one.
bool holds_run(const std::string& folder);

/// The flat scenario of a kept run, which can be run again; comments at its end say what came of it. Throws
/// DatabaseError.
std::string show_kept_run(const std::string& folder);

}  // namespace orrery
