// Gossip: to whom IHAVE goes and what it says (v1.0, "Gossip Emission"; v1.1, "Adaptive Gossip Dissemination").
#pragma once
#include <vector>

#include "protocols/relay/gossipsub/config.h"
#include "protocols/relay/gossipsub/message_id.h"
#include "simcore/base/rng.h"

namespace orrery::gossipsub {

/// max(D_lazy, gossip_factor * eligible), rounded down, and no more than there are.
size_t gossip_degree(const Config& config, size_t eligible);

/// An IHAVE of `ids` in random order; of more than max_ihave_length a sample, another one for each call.
IHave make_ihave(const Config& config, const std::string& topic, std::vector<MessageId> ids, Rng& rng);

}  // namespace orrery::gossipsub
