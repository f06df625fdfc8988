// The first difference of two runs: the slice of time from the hierarchical fingerprint, then the record within it
// from runs that are watched finely in that slice only.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/replay/account.h"
#include "scenarios/replay/replay.h"

namespace orrery {

/// One of the two runs.
struct Side {
  const Recipe* recipe = nullptr;
  /// Asks another binary what its run did in [from, until); if empty, this process runs the recipe itself.
  std::function<std::unique_ptr<Account>(Time from, Time until)> elsewhere;
};

struct Difference {
  enum class Kind : uint8_t {
    kNone,         // equal
    kRecord,       // `a` and `b` differ first
    kSlice,        // it lies in the slice; which record, this binary cannot tell: see `why`
    kRoots,        // the fingerprints differ, their slices do not: one was not written by a run
    kInterrupted,  // somebody stopped it
  };
  Kind kind = Kind::kNone;
  Time from, until;                 // of the slice
  std::optional<Observation> a, b;  // nothing: that run did no more there in the slice
  std::string why;
  std::vector<ChainOf> chains;  // that differ at the end of the runs; known of kept runs only
  Names names;
  uint64_t events = 0;  // that were run by this process to find it

  /// Where it is. Requires kRecord.
  const Observation& place() const;
};

/// Never runs more events than the two runs have. A kept run is run again up to the end of the slice, one that is not
/// kept until it parts from the other. Requires that a side with `elsewhere`, and one without a scenario, has a kept
/// fingerprint. Throws what `elsewhere` throws.
Difference find_difference(const Side& a, const Side& b, const Watch& watch = {});

}  // namespace orrery
