// SPDX-License-Identifier: GPL-2.0-only
// Linked with ns-3, which is under that licence; no part of Orrery, and nothing of Orrery is in it.
// The loads of scenarios/bench, as somebody would write them for ns-3: bare events that carry what they need, each with
// the context of its node.
#pragma once
#include <cstdint>

#include "tests/bench/ns3/meter.h"

void run_hold(Meter& meter, uint32_t nodes, uint64_t events);
void run_phold(Meter& meter, uint32_t nodes, uint64_t events);
void run_flood(Meter& meter, uint32_t nodes, uint64_t events);
void run_heartbeat(Meter& meter, uint32_t nodes, uint64_t events);
/// PHOLD through UDP, IPv4 and point-to-point links to 8 peers: a datagram makes one to a random peer.
void run_udp(Meter& meter, uint32_t nodes, uint64_t events);
