// Every number that names something for ever: modules on streams, records in traces. Never reuse one.
// Messages are numbered in their own module (kTag) and listed in doc/wire.md.
#pragma once
#include "simcore/node/tag.h"

namespace orrery::ids {

// Modules: 1..191 for protocols, 192..255 for tests and examples.
inline constexpr ModuleId kApplication = 1;
inline constexpr ModuleId kConnector = 2;
inline constexpr ModuleId kFlood = 3;
inline constexpr ModuleId kGossipsub = 4;

// Records: 1..15 are the hosts' (simcore/trace/host_records.h).
inline constexpr uint16_t kPublishedRecord = 16;
inline constexpr uint16_t kDeliveredRecord = 17;
inline constexpr uint16_t kRejectedRecord = 18;
inline constexpr uint16_t kSubscribedRecord = 19;
inline constexpr uint16_t kDuplicateRecord = 20;
inline constexpr uint16_t kMeshRecord = 21;
inline constexpr uint16_t kGraftedRecord = 22;
inline constexpr uint16_t kPrunedRecord = 23;
inline constexpr uint16_t kSentRecord = 24;
inline constexpr uint16_t kReceivedRecord = 25;

}  // namespace orrery::ids
