#include "scenarios/run/results.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scenarios/run/database.h"
#include "scenarios/run/npy.h"
#include "scenarios/run/page.h"
#include "scenarios/run/tables.h"

namespace orrery {
namespace {

namespace fs = std::filesystem;

void write_columns(const fs::path& folder, const RunDetail& detail) {
  fs::create_directories(folder);
  const auto column = [&](const char* name) { return NpyColumn((folder / (std::string(name) + ".npy")).string()); };
  NpyColumn message = column("delivery.message"), node = column("delivery.node"), at = column("delivery.at_ns"),
            latency = column("delivery.latency_ns");
  for (const Delivery& delivery : detail.ledger.deliveries()) {
    const auto published = detail.ledger.publications().find(delivery.message);
    if (published == detail.ledger.publications().end()) continue;
    message.append(int64_t(delivery.message));
    node.append(delivery.node.value);
    at.append(delivery.at.ns);
    latency.append((delivery.at - published->second.at).ns);
  }
  for (NpyColumn* each : {&message, &node, &at, &latency}) each->flush();
}

struct Earlier {
  std::string fingerprint, commit;
  bool dirty = false;
};

// What a results folder says of itself; an unfinished or foreign one says nothing.
Earlier read_earlier(const fs::path& folder) {
  const fs::path file = folder / "run.sqlite";
  if (!fs::exists(file)) return {};
  try {
    Database database(file.string());
    const auto value = [&](const char* name) {
      return database.text(fmt::format("SELECT attrValue FROM runAttr WHERE attrName = '{}'", name));
    };
    return {value("fingerprint"), value("commit"), value("dirty") == "1"};
  } catch (const DatabaseError&) {
    return {};
  }
}

}  // namespace

Filed file_results(const ResultsPlace& place, Report& report, const RunDetail& detail) {
  const fs::path plain = place.out.empty()
                             ? fs::path(place.root) / report.scenario /
                                   fmt::format("{}-{}-{}", report.spec_hash.substr(0, 12), report.seed, report.host)
                             : fs::path(place.out);
  Filed filed;
  fs::path target = plain;
  for (int number = 2; fs::exists(target); ++number) {
    const Earlier earlier = read_earlier(target);
    if (earlier.fingerprint == report.fingerprint) break;
    if (earlier.fingerprint.empty()) {
      throw std::runtime_error(target.string() +
                               " exists and holds no finished run; remove it or choose another --out");
    }
    filed.differs_from = target.string();
    filed.nondeterministic |=
        earlier.commit == report.commit && !earlier.dirty && !report.dirty && !report.commit.empty();
    target = fmt::format("{}-{}", plain.string(), number);
  }

  const fs::path part = fmt::format("{}.part-{}", target.string(), getpid());
  fs::create_directories(part);
  filed.path = report.results = fs::absolute(target).lexically_normal().string();
  write_columns(part / "columns", detail);
  write_tables((part / "run.sqlite").string(), report, detail);
  std::ofstream page(part / "index.html", std::ios::binary);
  page << render_page(report, detail);
  page.close();
  if (!page) throw std::runtime_error("cannot write " + (part / "index.html").string());
  fs::remove_all(target);
  fs::rename(part, target);
  return filed;
}

}  // namespace orrery
