// The shelf: all results beneath one folder, whatever state they are in.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace orrery {

enum class RunState : uint8_t {
  kFinished,
  kUnfinished,  // it was killed or interrupted
  kRunning,     // a process holds its folder
  kUnreadable,  // there is a run.sqlite, but none that a run of ours can have left
};
/// "finished", ...
std::string_view name(RunState state);

struct Shelved {
  std::string folder;
  RunState state = RunState::kUnfinished;
  int64_t changed_s = 0;  // when it was last written, in seconds since 1970
  int64_t changed_ns = 0;
  uint64_t bytes = 0;  // of the files in it

  // What its database says; empty if there is none yet.
  std::string scenario, seed, commit, fingerprint;
  uint64_t pass = 0, fail = 0, undecided = 0;  // verdicts
};

/// All but what its database says, and its state.
Shelved measure(const std::string& folder);

/// Newest first. Symbolic links are not followed, and what cannot be entered is left out.
std::vector<Shelved> shelf(const std::string& root);

/// The results folder beneath `root` whose run ended last; nothing if there is none.
std::optional<std::string> newest_finished(const std::string& root);

}  // namespace orrery
