// The results folder of a run: written aside as the run goes, renamed when whole, never silently replaced by a
// different result.
#pragma once
#include <string>

#include "scenarios/run/folder.h"
#include "scenarios/run/npy.h"
#include "scenarios/run/report.h"
#include "scenarios/run/tables.h"

namespace orrery {

/// Where a run's results go: `root`/<scenario>/<12 digits of the spec hash>-<seed>-<host>, or `out` if it is not empty.
struct ResultsPlace {
  std::string root = "results";
  std::string out;
};

/// What became of the results.
struct Filed {
  std::string path;
  std::string differs_from;       // an earlier run of the same spec and seed with another fingerprint; empty if none
  bool nondeterministic = false;  // ... by the same commit on a clean tree: that must never be
  std::string taken;              // where it should have gone, but a run of another spec or seed is; empty if not
};

/// Throws std::invalid_argument if the name of the results is taken by something that is no finished run, or by a
/// mount. An empty folder is free.
void require_free_name(const ResultsPlace& place, const Report& report);

/// A folder in the making, as folder.h names it. It stays, marked unfinished, if the run does not come to its end.
class ResultsFolder {
 public:
  /// Throws std::runtime_error if it cannot be written, as on a full disk: it says what survives, and what to do.
  /// So do flush() and finish(). Requires a free name.
  ResultsFolder(const ResultsPlace& place, const Report& report, const RunDetail& detail);

  /// What happened since the last flush; a run that is killed afterwards does not lose it.
  void flush(const Ledger& ledger);
  /// Writes the rest and gives the folder its name, which the report is told. An equal run is replaced, and what else
  /// was in its folder moves along; a different one stays, and this one gets a number.
  Filed finish(Report& report, const RunDetail& detail);
  const std::string& path() const { return part_.path; }

 private:
  struct Files {
    Files(const std::string& folder, const Report& report, const RunDetail& detail);
    static std::string make_columns(const std::string& folder);
    Tables tables;
    NpyColumn message, node, at, latency;
  };
  std::string what_survives() const;
  void write(const Ledger& ledger);
  void write_all(const Report& report, const RunDetail& detail);
  Filed choose_target(const Report& report) const;
  /// False if somebody else took it in the meantime.
  bool take_name(const std::string& name, const Report& report) const;

  std::string target_;
  FolderPart part_;
  std::optional<Files> files_;
  size_t delivered_ = 0;  // deliveries written so far
};

}  // namespace orrery
