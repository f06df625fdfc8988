// Recipe: all that it takes to make a run again, and what is known of how it went.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scenarios/run/world.h"
#include "scenarios/spec/scenario.h"
#include "simcore/trace/fingerprint.h"

namespace orrery {

/// The fingerprint of a finished run, with all below its root.
struct KeptFingerprint {
  std::string root;
  std::vector<uint64_t> slices;
  std::vector<Fingerprint::Chain> chains;  // by (node, layer)
};

/// Whose run it was. Two runs of one commit on a clean tree must be equal.
struct Maker {
  std::string commit, compiler;
  bool dirty = false;

  /// "commit 0123456789ab and uncommitted changes, GNU 12.2.0"
  std::string text() const;
};
/// This binary.
Maker this_maker();
bool must_agree(const Maker& a, const Maker& b);

struct Recipe {
  std::string label;                       // what the user calls it
  std::optional<spec::Scenario> scenario;  // nothing if this version cannot rebuild it
  std::string why_not;                     // then: the reason, and what to do
  WorldOptions world;
  std::string spec_hash;
  uint64_t seed = 0;
  Time start;  // where slices begin to count: the start of the warm-up, before t = 0

  // Of a results folder:
  std::string folder;  // empty if it is none
  Maker maker;
  std::string command;                  // that made it
  std::optional<KeptFingerprint> kept;  // nothing if the run did not come to its end
};

/// A run that starts from a scenario.
Recipe recipe_of(std::string label, spec::Scenario scenario, const spec::Catalogue& catalogue, WorldOptions world);

/// The run in a results folder. Throws DatabaseError.
Recipe recipe_of_folder(const std::string& folder, const spec::Catalogue& catalogue);

}  // namespace orrery
