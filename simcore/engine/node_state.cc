#include "simcore/engine/node_state.h"

namespace orrery {

void NodeState::begin_outage(Death death) {
  ++outages;
  if (death == Death::kMachine) ++machine_outages;
  machine_up = machine_outages == 0;
}

void NodeState::end_outage(Death death) {
  if (outages > 0) --outages;
  if (death == Death::kMachine && machine_outages > 0) --machine_outages;
  if (outages == 0) machine_outages = 0;
  machine_up = machine_outages == 0;
}

}  // namespace orrery
