#include "simcore/network/jitter.h"

#include <stdexcept>

namespace orrery {

void check_jitter(Share jitter) {
  if (jitter < Share{0} || jitter > kJitterMax) {
    throw std::invalid_argument("jitter is a share of the latency from 0 % to 90 %; give one in that range");
  }
}

}  // namespace orrery
