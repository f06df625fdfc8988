#include "scenarios/run/tables.h"

#include <fmt/format.h>

#include "scenarios/run/database.h"

namespace orrery {
namespace {

constexpr TableInfo kTables[] = {
    {"run", "runId INTEGER PRIMARY KEY, runName TEXT NOT NULL, simtimeExp INTEGER NOT NULL, finished INTEGER NOT NULL",
     "One row. runName is <scenario>-<seed>; simtimeExp is -9: times are nanoseconds. finished is 1 once all is "
     "written."},
    {"runAttr", "runId INTEGER, attrName TEXT NOT NULL, attrValue TEXT NOT NULL",
     "Provenance: scenario, spec_hash, seed, host, rung, fingerprint, commit, dirty, compiler, events, virtual_ns."},
    {"runParam", "runId INTEGER, parName TEXT NOT NULL, parValue TEXT NOT NULL",
     "The flat scenario that was run: address and value, defaults included."},
    {"scalar",
     "scalarId INTEGER PRIMARY KEY, runId INTEGER, moduleName TEXT NOT NULL, scalarName TEXT NOT NULL, "
     "scalarValue INTEGER, unit TEXT NOT NULL",
     "Metrics of the whole run (moduleName 'run'); a NULL value means that there was nothing to measure."},
    {"node", "node INTEGER PRIMARY KEY, name TEXT NOT NULL, region INTEGER NOT NULL",
     "Scenario index, name and region of each node."},
    {"message",
     "message INTEGER PRIMARY KEY, publishedAt INTEGER NOT NULL, publisher INTEGER NOT NULL, topic INTEGER NOT "
     "NULL, bytes INTEGER NOT NULL, deliveries INTEGER NOT NULL",
     "Published messages and how many nodes were given each. Single deliveries are in columns/delivery.*.npy."},
    {"fault",
     "faultName TEXT NOT NULL, kind TEXT NOT NULL, startsAt INTEGER NOT NULL, lasts INTEGER NOT NULL, target TEXT "
     "NOT NULL",
     "The faults that were played, as one flat list."},
    {"verdict",
     "checkName TEXT NOT NULL, kind TEXT NOT NULL, verdict TEXT NOT NULL, value INTEGER, bound INTEGER, unit TEXT "
     "NOT NULL, why TEXT NOT NULL",
     "What each check found."},
    {"fingerprintSlice", "slice INTEGER PRIMARY KEY, word TEXT NOT NULL",
     "One word of the fingerprint a second of virtual time: two runs differ first in their first differing slice."},
    {"fingerprintChain", "node INTEGER NOT NULL, layer INTEGER NOT NULL, word TEXT NOT NULL",
     "One word of the fingerprint a node and layer (0: the host; else the module's id in protocols/events/ids.h)."},
    {"performance", "wallNs INTEGER NOT NULL, peakBytes INTEGER NOT NULL",
     "Of the machine, not of the run: left out wherever runs are compared."},
};

std::string marks(std::string_view columns) {
  std::string out = "?";
  for (const char c : columns) {
    if (c == ',') out += ", ?";
  }
  return out;
}

class Writer {
 public:
  explicit Writer(const std::string& path) : database_(path) {
    for (const TableInfo& table : kTables) {
      database_.execute(fmt::format("CREATE TABLE {} ({})", table.name, table.columns));
    }
    database_.execute(fmt::format("PRAGMA user_version = {}; BEGIN", kTablesVersion));
  }
  template <class... Values>
  void row(std::string_view table, const Values&... values) {
    for (const TableInfo& known : kTables) {
      if (known.name != table) continue;
      database_.insert(fmt::format("INSERT INTO {} VALUES ({})", table, marks(known.columns)), values...);
    }
  }
  void finish() {
    database_.execute("UPDATE run SET finished = 1; COMMIT");
    database_.execute("PRAGMA journal_mode = DELETE");  // leaves one file behind
  }

 private:
  Database database_;
};

void write_run(Writer& writer, const Report& report) {
  writer.row("run", 1, fmt::format("{}-{}", report.scenario, report.seed), -9, 0);
  const std::pair<const char*, std::string> attributes[] = {
      {"scenario", report.scenario},
      {"title", report.title},
      {"spec_hash", report.spec_hash},
      {"seed", fmt::format("{}", report.seed)},
      {"host", report.host},
      {"rung", report.rung},
      {"fingerprint", report.fingerprint},
      {"commit", report.commit},
      {"dirty", report.dirty ? "1" : "0"},
      {"compiler", report.compiler},
      {"events", fmt::format("{}", report.events)},
      {"virtual_ns", fmt::format("{}", report.virtual_ns)},
  };
  for (const auto& [name, value] : attributes) writer.row("runAttr", 1, name, value);
  int scalar = 0;
  for (const MetricValue& metric : report.metrics) {
    writer.row("scalar", ++scalar, 1, "run", metric.name, metric.value, metric.unit);
  }
  for (const Verdict& verdict : report.verdicts) {
    writer.row("verdict", verdict.name, verdict.kind, name(verdict.outcome), verdict.value, verdict.bound, verdict.unit,
               verdict.why);
  }
  writer.row("performance", report.performance.wall_ns, report.performance.peak_bytes);
}

void write_detail(Writer& writer, const RunDetail& detail) {
  for (const auto& [address, value] : detail.parameters) writer.row("runParam", 1, address, value);
  for (uint32_t i = 0; i < detail.node_names.size(); ++i) {
    writer.row("node", i, detail.node_names[i], detail.node_regions[i]);
  }
  std::map<uint64_t, uint64_t> deliveries;
  for (const Delivery& delivery : detail.ledger.deliveries()) ++deliveries[delivery.message];
  for (const auto& [number, message] : detail.ledger.publications()) {
    writer.row("message", number, message.at.ns, message.publisher.value, message.topic, message.bytes,
               deliveries[number]);
  }
  for (const PlayedFault& fault : detail.faults) {
    writer.row("fault", fault.name, fault.kind, fault.at.ns, fault.lasts.ns, fault.target);
  }
  const auto& slices = detail.fingerprint.slices();
  for (size_t i = 0; i < slices.size(); ++i)
    writer.row("fingerprintSlice", uint64_t(i), fmt::format("{:016x}", slices[i]));
  for (const Fingerprint::Chain& chain : detail.fingerprint.chains()) {
    writer.row("fingerprintChain", chain.node.value, uint32_t{chain.layer}, fmt::format("{:016x}", chain.value));
  }
}

}  // namespace

std::span<const TableInfo> tables() { return kTables; }

void write_tables(const std::string& path, const Report& report, const RunDetail& detail) {
  Writer writer(path);
  write_run(writer, report);
  write_detail(writer, detail);
  writer.finish();
}

}  // namespace orrery
