#include "scenarios/run/results.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scenarios/run/database.h"
#include "scenarios/run/page.h"

namespace orrery {
namespace {

namespace fs = std::filesystem;

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

fs::path plain_target(const ResultsPlace& place, const Report& report) {
  if (!place.out.empty()) return fs::absolute(place.out).lexically_normal();
  return fs::absolute(fs::path(place.root) / report.scenario /
                      fmt::format("{}-{}-{}", report.spec_hash.substr(0, 12), report.seed, report.host))
      .lexically_normal();
}

// Nothing of the user's is overwritten.
const std::string& checked_target(const std::string& target) {
  if (fs::exists(target) && read_earlier(target).fingerprint.empty()) {
    throw std::runtime_error(target + " exists and holds no finished run; remove it or choose another --out");
  }
  return target;
}

std::string make_part(const std::string& target) {
  const std::string part = fmt::format("{}.part-{}", checked_target(target), getpid());
  fs::remove_all(part);
  fs::create_directories(fs::path(part) / "columns");
  return part;
}

}  // namespace

ResultsFolder::ResultsFolder(const ResultsPlace& place, const Report& report, const RunDetail& detail)
    : target_(plain_target(place, report).string()),
      path_(make_part(target_)),
      tables_(path_ + "/run.sqlite", report, detail),
      message_(path_ + "/columns/delivery.message.npy"),
      node_(path_ + "/columns/delivery.node.npy"),
      at_(path_ + "/columns/delivery.at_ns.npy"),
      latency_(path_ + "/columns/delivery.latency_ns.npy") {}

void ResultsFolder::flush(const Ledger& ledger) {
  tables_.flush(ledger);
  const std::vector<Delivery>& deliveries = ledger.deliveries();
  for (; delivered_ < deliveries.size(); ++delivered_) {
    const Delivery& delivery = deliveries[delivered_];
    const auto published = ledger.publications().find(delivery.message);
    if (published == ledger.publications().end()) continue;
    message_.append(int64_t(delivery.message));
    node_.append(delivery.node.value);
    at_.append(delivery.at.ns);
    latency_.append((delivery.at - published->second.at).ns);
  }
  for (NpyColumn* column : {&message_, &node_, &at_, &latency_}) column->flush();
}

Filed ResultsFolder::finish(Report& report, const RunDetail& detail) {
  Filed filed;
  fs::path target = target_;
  for (int number = 2; fs::exists(target); ++number) {
    const Earlier earlier = read_earlier(checked_target(target.string()));
    if (earlier.fingerprint == report.fingerprint) break;
    filed.differs_from = target.string();
    filed.nondeterministic |=
        earlier.commit == report.commit && !earlier.dirty && !report.dirty && !report.commit.empty();
    target = fmt::format("{}-{}", target_, number);
  }
  filed.path = report.results = target.string();
  flush(detail.ledger);
  tables_.finish(report, detail);
  std::ofstream page(fs::path(path_) / "index.html", std::ios::binary);
  page << render_page(report, detail);
  page.close();
  if (!page) throw std::runtime_error("cannot write " + path_ + "/index.html");
  fs::remove_all(target);
  fs::rename(path_, target);
  path_ = target.string();
  return filed;
}

}  // namespace orrery
