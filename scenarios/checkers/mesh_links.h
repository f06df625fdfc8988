// The links of meshes: where two nodes have each other in their meshes, and a link carries frames between them.
#pragma once
#include <map>
#include <vector>

#include "scenarios/checkers/joining.h"
#include "scenarios/checkers/mesh_history.h"
#include "scenarios/checkers/reachability.h"

namespace orrery {

/// By topic. Requires that both are finished. A topic that nobody has a mesh of is left out.
std::map<Topic, std::vector<EdgeSpan>> mesh_links(const MeshHistory& meshes, const Reachability& reachability);

}  // namespace orrery
