// Mesh maintenance: whom a heartbeat takes into the mesh of one topic, and whom it sends away (v1.0, "Mesh
// Maintenance"; v1.1, "Outbound Mesh Quotas"). Pure: from sizes and draws to a decision.
#pragma once
#include <vector>

#include "protocols/relay/gossipsub/config.h"
#include "simcore/base/ids.h"
#include "simcore/base/rng.h"

namespace orrery::gossipsub {

struct MeshPeer {
  NodeId node;
  bool outbound = false;
};

/// Up to `count` of `nodes`, drawn without regard to their order; all of them, shuffled, if there are no more.
std::vector<NodeId> draw(std::vector<NodeId> nodes, size_t count, Rng& rng);

struct MeshChange {
  std::vector<NodeId> grafts, prunes;
};

/// What to do with a mesh of `members`, where `others` may be grafted: in the topic, not in the mesh, not in backoff.
/// Afterwards the mesh has at least min(D, members + others) peers if it had fewer than D_low, and D if it had too
/// many; and, if it has D_low peers, D_out outbound ones as far as there are any, for which it may exceed D.
MeshChange maintain(const Config& config, const std::vector<MeshPeer>& members, const std::vector<MeshPeer>& others,
                    Rng& rng);

}  // namespace orrery::gossipsub
