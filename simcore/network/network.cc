#include "simcore/network/network.h"

namespace orrery {

Network::~Network() = default;

bool Network::has_downlinks() const { return false; }

Time Network::admit(NodeId, NodeId, Time reach, Bytes) { return reach; }

void Network::died(NodeId, Time) {}

uint32_t Network::regions() const { return 1; }

uint32_t Network::region(NodeId) const { return 0; }

std::string_view Network::region_name(uint32_t) const { return "everywhere"; }

}  // namespace orrery
