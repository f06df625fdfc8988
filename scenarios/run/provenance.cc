#include "scenarios/run/provenance.h"

#include <provenance_commit.h>

namespace orrery::provenance {

std::string_view version() { return ORRERY_VERSION; }
std::string_view commit() { return ORRERY_COMMIT; }
bool dirty() { return ORRERY_DIRTY; }
std::string_view compiler() { return ORRERY_COMPILER; }

}  // namespace orrery::provenance
