// Checkers: what must be true of a run. They read records and the metrics made of them, never private state, so that
// one checker judges a simulation, an ns-3 run and the merged logs of a live cluster.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orrery {

enum class Outcome : uint8_t { kPass, kFail, kUndecided };

constexpr std::string_view name(Outcome outcome) {
  constexpr std::string_view kNames[] = {"pass", "fail", "undecided"};
  return kNames[size_t(outcome)];
}

struct Verdict {
  std::string name;  // of the check, as the scenario calls it
  std::string kind;
  Outcome outcome = Outcome::kUndecided;
  std::optional<int64_t> value = {}, bound = {};
  std::string unit;
  std::string why;  // one sentence; names the first violation if there is one
};

}  // namespace orrery
