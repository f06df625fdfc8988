#include "tests/unit/spec/small_world.h"

namespace orrery::spec {

Catalogue small_catalogue() {
  Catalogue catalogue;
  Family& network = catalogue.table("network", "How far it is.", "map");
  network.kind<MapSettings>("map", "By places.", {{}, {}, {"map"}});
  network.nested("topology", "Who is linked to whom.", "ring")
      .kind<RingSettings>("ring", "A ring.")
      .kind<StarSettings>("star", "A star.");
  catalogue.slot("relay", "Carries messages.", "flood")
      .kind<FloodSettings>("flood", "To everybody.")
      .kind<MeshSettings>("mesh", "To some.")
      .later("gossip", "it comes with the gossip relay");
  catalogue.entries("workload", "Who publishes.").kind<SteadySettings>("steady", "All the time.");
  catalogue.entries("fault", "What breaks.").kind<CrashSettings>("crash", "Nodes die.", {{"of"}, {}, {}});
  return catalogue;
}

Scenario small(std::string_view lines, const Sets& sets) {
  return parse(std::string(kLeast) + std::string(lines), "world.toml", small_catalogue(), sets);
}

std::string refused(std::string_view lines, const Sets& sets) {
  try {
    small(lines, sets);
  } catch (const SpecError& error) {
    return error.what();
  }
  return "accepted";
}

std::string hash(const Scenario& scenario) { return spec_hash(scenario, small_catalogue()); }

}  // namespace orrery::spec
