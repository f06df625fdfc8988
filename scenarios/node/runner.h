// Runs one live node as its file says, until it is told to end.
#pragma once
#include <atomic>
#include <cstdio>

#include "scenarios/node/node_config.h"

namespace orrery::node {

struct NodeOptions {
  std::FILE* commands = nullptr;  // lines with commands; the node ends when they do. Null: there are none
  int log = 1;                    // the descriptor of a log, standard output
  bool log_all = false;           // every record
};

/// Returns when `commands` end or say quit, or when `stop` is set; what was sent still leaves. `config` is of the whole
/// run. Throws live::KeyFileError if the key cannot be used, std::runtime_error if the address cannot be had.
void run_node(const NodeConfig& config, const NodeOptions& options, const std::atomic<bool>& stop);

}  // namespace orrery::node
