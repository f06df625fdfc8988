// parse_topology_csv(): a simple graph among the nodes that there are, or an InputError with a position.
#include <set>

#include "simcore/base/input_error.h"
#include "simcore/network/topology.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  constexpr uint32_t kNodes = 16;
  try {
    const Topology topology = parse_topology_csv(Input(data, size).text(), "links.csv", kNodes, by_index(kNodes));
    CHECK(topology.nodes == kNodes);
    std::set<std::pair<uint32_t, uint32_t>> joined;
    for (const Edge& edge : topology.edges) {
      CHECK(edge.a < kNodes && edge.b < kNodes && edge.a != edge.b);
      CHECK(joined.insert(std::minmax(edge.a, edge.b)).second);
    }
  } catch (const InputError& error) {
    CHECK(error.file == "links.csv");
    CHECK(error.line >= 1 && error.column >= 1);
    CHECK(is_one_line(error.what()));
  }
  return 0;
}
