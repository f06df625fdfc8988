// What a finished run says of itself: to the terminal, to --json, to the database and to the page.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/checkers/checker.h"
#include "scenarios/checkers/ledger.h"
#include "scenarios/checkers/relay_stats.h"
#include "scenarios/run/threads.h"
#include "simcore/engine/engine.h"
#include "simcore/trace/fingerprint.h"

namespace orrery {

struct MetricValue {
  std::string name, unit;
  std::optional<int64_t> value;  // nothing if there was nothing to measure
};

/// Everything in here but `performance` is the same for equal runs.
struct Report {
  std::string scenario, title, question;
  std::string command;    // that runs it again
  std::string spec_hash;  // SHA-256, hexadecimal
  uint64_t seed = 0;
  uint64_t tie_seed = 0;
  std::string wire, crypto;  // "typed", "ideal": how it was run, which changes nothing
  std::string host = "sim";
  std::string rung;  // the network model: how true to life the run is
  std::string fingerprint;
  std::vector<Verdict> verdicts;
  std::vector<MetricValue> metrics;
  uint64_t events = 0;
  int64_t virtual_ns = 0;  // warm-up and drain included
  std::string commit, compiler;
  bool dirty = false;

  struct Performance {
    int64_t wall_ns = 0;
    int64_t peak_bytes = 0;
    Threads threads = {1, ""};
  } performance;

  std::string results;   // folder; empty if none was written
  bool finished = true;  // false if it was interrupted: then it tells of the time until then

  /// Undecided counts as a failure unless it is allowed.
  bool holds(bool allow_undecided) const;
};

/// A place on the page's map: a region, how many nodes are there, how late messages reach them.
struct RegionSummary {
  std::string name;
  uint32_t nodes = 0;
  std::optional<int64_t> p50_ns, p99_ns;
};

/// One line a fault, as it was played.
struct PlayedFault {
  Time at;
  Duration lasts;
  std::string name, kind, target, source;
};

/// A file that the scenario names, as it was read.
struct InputFile {
  std::string parameter, path, sha256;
};

/// What the database, the columns and the page show beside the report.
struct RunDetail {
  const Ledger& ledger;
  const RelayStats& relay;
  const Fingerprint& fingerprint;
  std::vector<std::string> node_names;
  std::vector<uint32_t> node_regions;
  std::vector<RegionSummary> regions;
  std::vector<PlayedFault> faults;
  std::vector<std::pair<std::string, std::string>> parameters;  // the flat scenario: address, value
  std::vector<InputFile> files;
  std::map<uint64_t, uint64_t> replies;  // by message: the one that it answers
  std::vector<NodeCounters> counters;    // by node, of the whole run
};

/// The one object of `orrery run --json`.
std::string to_json(const Report& report);
/// The table of results that ends a run on the terminal.
std::string to_text(const Report& report, bool colour);

}  // namespace orrery
