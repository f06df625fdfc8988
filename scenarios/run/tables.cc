#include "scenarios/run/tables.h"

#include <fmt/format.h>

#include <filesystem>

#include "scenarios/run/database.h"

namespace orrery {
namespace {

constexpr TableInfo kTables[] = {
    {"run", "runId INTEGER PRIMARY KEY, runName TEXT NOT NULL, simtimeExp INTEGER NOT NULL, finished INTEGER NOT NULL",
     "One row. runName is <scenario>-<seed>; simtimeExp is -9: times are nanoseconds. finished is 1 once all is "
     "written."},
    {"runAttr", "runId INTEGER, attrName TEXT NOT NULL, attrValue TEXT NOT NULL",
     "Provenance: scenario, title, command, spec_hash, seed, tie_seed, wire, crypto, host, rung, "
     "commit, dirty, compiler; of a finished run also fingerprint, events, virtual_ns."},
    {"runParam", "runId INTEGER, parName TEXT NOT NULL, parValue TEXT NOT NULL",
     "The flat scenario that was run: address and value, defaults included."},
    {"inputFile", "parName TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL",
     "The files that the scenario names: where each was, and the hash of what was in it."},
    {"scalar",
     "scalarId INTEGER PRIMARY KEY, runId INTEGER, moduleName TEXT NOT NULL, scalarName TEXT NOT NULL, "
     "scalarValue INTEGER, unit TEXT NOT NULL",
     "Metrics of the whole run (moduleName 'run'); a NULL value means that there was nothing to measure."},
    {"node", "node INTEGER PRIMARY KEY, name TEXT NOT NULL, region INTEGER NOT NULL",
     "Scenario index, name and region of each node."},
    {"message",
     "message INTEGER PRIMARY KEY, publishedAt INTEGER NOT NULL, publisher INTEGER NOT NULL, topic INTEGER NOT "
     "NULL, bytes INTEGER NOT NULL, deliveries INTEGER, hops INTEGER, duplicates INTEGER, replyTo INTEGER",
     "Published messages; how often each was given to an application, repeats and its publisher's own included, over "
     "how many links in sum, how often it was sent to a node that had it (NULL while unfinished); and which message "
     "each answers (NULL if none; it may never have been published). Single deliveries are in columns/delivery.*.npy."},
    {"nodeCount",
     "node INTEGER PRIMARY KEY, bytesSent INTEGER NOT NULL, bytesReceived INTEGER NOT NULL, framesSent INTEGER NOT "
     "NULL, framesReceived INTEGER NOT NULL, arrivals INTEGER NOT NULL, hops INTEGER NOT NULL, pulled INTEGER NOT "
     "NULL, duplicates INTEGER NOT NULL, heartbeats INTEGER NOT NULL, meshDegrees INTEGER NOT NULL",
     "What each node sent and received in the whole run, on the wire; the messages that peers gave it, and the links "
     "that they had passed in sum; those among them that it had asked for; those that it had already; heartbeats in "
     "the measured span, and the degrees of its meshes at them in sum."},
    {"fault",
     "faultName TEXT NOT NULL, kind TEXT NOT NULL, startsAt INTEGER NOT NULL, lasts INTEGER NOT NULL, target TEXT "
     "NOT NULL, source TEXT NOT NULL",
     "The faults that were played, as one flat list; source is the scenario's line that says it. A crash at the start "
     "of the run is a node that was not up then."},
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
    {"file", "path TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL",
     "Of a finished run: the files beside this one, by which `orrery results verify` finds damage."},
    {"seal", "sha256 TEXT NOT NULL", "Of a finished run: a hash of all rows of the tables above, for the same."},
};

std::string marks(std::string_view columns) {
  std::string out = "?";
  for (const char c : columns) {
    if (c == ',') out += ", ?";
  }
  return out;
}

}  // namespace

class Tables::Writer {
 public:
  explicit Writer(const std::string& path) : database_(path) {}

  void make_tables() {
    for (const TableInfo& table : kTables) {
      database_.execute(fmt::format("CREATE TABLE {} ({})", table.name, table.columns));
    }
    database_.execute(fmt::format("PRAGMA user_version = {}", kTablesVersion));
  }
  template <class... Values>
  void row(std::string_view table, const Values&... values) {
    for (const TableInfo& known : kTables) {
      if (known.name != table) continue;
      database_.insert(fmt::format("INSERT INTO {} VALUES ({})", table, marks(known.columns)), values...);
    }
  }
  void attribute(const char* name, const std::string& value) { row("runAttr", 1, name, value); }
  Database& database() { return database_; }

 private:
  Database database_;
};

// Under another name, so that there never is a database without its head.
Tables::Tables(const std::string& path, const Report& report, const RunDetail& detail) : replies_(detail.replies) {
  const std::string unborn = path + ".new";
  writer_ = std::make_unique<Writer>(unborn);
  write_head(report, detail);
  writer_->database().checkpoint();
  writer_.reset();
  std::filesystem::rename(unborn, path);
  writer_ = std::make_unique<Writer>(path);
}

Tables::Tables(const Report& report, const RunDetail& detail)
    : writer_(std::make_unique<Writer>(":memory:")), replies_(detail.replies) {
  write_head(report, detail);
}

void Tables::write_head(const Report& report, const RunDetail& detail) {
  writer_->database().execute("BEGIN");
  writer_->make_tables();
  writer_->row("run", 1, fmt::format("{}-{}", report.scenario, report.seed), -9, 0);
  writer_->attribute("scenario", report.scenario);
  writer_->attribute("title", report.title);
  writer_->attribute("command", report.command);
  writer_->attribute("spec_hash", report.spec_hash);
  writer_->attribute("seed", fmt::format("{}", report.seed));
  writer_->attribute("tie_seed", fmt::format("{}", report.tie_seed));
  writer_->attribute("wire", report.wire);
  writer_->attribute("crypto", report.crypto);
  writer_->attribute("host", report.host);
  writer_->attribute("rung", report.rung);
  writer_->attribute("commit", report.commit);
  writer_->attribute("dirty", report.dirty ? "1" : "0");
  writer_->attribute("compiler", report.compiler);
  for (const auto& [address, value] : detail.parameters) writer_->row("runParam", 1, address, value);
  for (const InputFile& file : detail.files) writer_->row("inputFile", file.parameter, file.path, file.sha256);
  for (uint32_t i = 0; i < detail.node_names.size(); ++i) {
    writer_->row("node", i, detail.node_names[i], detail.node_regions[i]);
  }
  for (const PlayedFault& fault : detail.faults) {
    writer_->row("fault", fault.name, fault.kind, fault.at.ns, fault.lasts.ns, fault.target, fault.source);
  }
  writer_->database().execute("COMMIT");
}

Tables::~Tables() {
  if (writer_) leave_one_file();
}

void Tables::flush(const Ledger& ledger) {
  const auto& all = ledger.publications();  // by number, which is their order in time
  writer_->database().execute("BEGIN");
  for (auto at = last_message_ ? all.upper_bound(*last_message_) : all.begin(); at != all.end(); ++at) {
    const auto& [number, message] = *at;
    const auto reply = replies_.find(number);
    writer_->row("message", number, message.at.ns, message.publisher.value, message.topic, message.bytes,
                 std::optional<int64_t>(), std::optional<int64_t>(), std::optional<int64_t>(),
                 reply == replies_.end() ? std::nullopt : std::optional(int64_t(reply->second)));
    last_message_ = number;
  }
  writer_->database().execute("COMMIT");
}

void Tables::finish(const Report& report, const RunDetail& detail, std::span<const FileSeal> files) {
  flush(detail.ledger);
  writer_->database().execute("BEGIN");
  writer_->attribute("fingerprint", report.fingerprint);
  writer_->attribute("events", fmt::format("{}", report.events));
  writer_->attribute("virtual_ns", fmt::format("{}", report.virtual_ns));
  int scalar = 0;
  for (const MetricValue& metric : report.metrics) {
    writer_->row("scalar", ++scalar, 1, "run", metric.name, metric.value, metric.unit);
  }
  for (const Verdict& verdict : report.verdicts) {
    writer_->row("verdict", verdict.name, verdict.kind, name(verdict.outcome), verdict.value, verdict.bound,
                 verdict.unit, verdict.why);
  }
  writer_->row("performance", report.performance.wall_ns, report.performance.peak_bytes);
  std::map<uint64_t, uint64_t> deliveries;
  for (const Delivery& delivery : detail.ledger.deliveries()) ++deliveries[delivery.message];
  for (const auto& [number, message] : detail.ledger.publications()) {
    const auto found = detail.relay.messages().find(number);
    const RelayStats::Spread spread = found == detail.relay.messages().end() ? RelayStats::Spread{} : found->second;
    writer_->database().insert("UPDATE message SET deliveries = ?, hops = ?, duplicates = ? WHERE message = ?",
                               deliveries[number], spread.hops, spread.duplicates, number);
  }
  for (uint32_t i = 0; i < detail.counters.size(); ++i) {
    const NodeCounters& node = detail.counters[i];
    const RelayStats::Counts& relay = detail.relay.nodes()[i];
    writer_->row("nodeCount", i, node.bytes_sent, node.bytes_received, node.frames_sent, node.frames_received,
                 relay.arrivals, relay.hops, relay.pulled, relay.duplicates, relay.mesh_sightings, relay.mesh_degrees);
  }
  const auto slices = detail.fingerprint.slices();
  for (size_t i = 0; i < slices.size(); ++i) {
    writer_->row("fingerprintSlice", uint64_t(i), fmt::format("{:016x}", slices[i]));
  }
  for (const Fingerprint::Chain& chain : detail.fingerprint.chains()) {
    writer_->row("fingerprintChain", chain.node.value, uint32_t{chain.layer}, fmt::format("{:016x}", chain.value));
  }
  for (const FileSeal& file : files) writer_->row("file", file.path, file.bytes, file.sha256);
  writer_->database().execute("UPDATE run SET finished = 1");
  writer_->row("seal", seal_of_rows(writer_->database()));
  writer_->database().execute("COMMIT");
  leave_one_file();
}

// All is committed: if somebody who looks into it keeps it from becoming one file, it is whole in several. By way of a
// journal in memory: one on disk could be left by a kill, and then nobody could read the database without changing it.
void Tables::leave_one_file() {
  try {
    writer_->database().execute("PRAGMA journal_mode = MEMORY");
  } catch (const DatabaseError&) {  // as on a full disk
  }
  writer_.reset();
}

std::span<const TableInfo> tables() { return kTables; }

}  // namespace orrery
