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

constexpr const char* kAside = ".replaced";  // behind the name of the folder in the making

struct Earlier {
  std::string fingerprint, spec_hash, seed, host, commit;
  bool dirty = false;

  bool is_finished() const { return !fingerprint.empty(); }
  bool is_of(const Report& report) const {
    return spec_hash == report.spec_hash && seed == fmt::format("{}", report.seed) && host == report.host;
  }
};

// What a results folder says of itself; an unfinished or foreign one says nothing.
Earlier read_earlier(const fs::path& folder) {
  const fs::path file = folder / "run.sqlite";
  if (!fs::exists(file)) return {};
  try {
    Database database(file.string(), Database::Access::kRead);
    const auto value = [&](const char* name) {
      return database.text(fmt::format("SELECT attrValue FROM runAttr WHERE attrName = '{}'", name));
    };
    return {value("fingerprint"), value("spec_hash"), value("seed"),
            value("host"),        value("commit"),    value("dirty") == "1"};
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

bool is_free(const fs::path& target) {
  return !fs::exists(target) || (fs::is_directory(target) && fs::is_empty(target));
}

// A folder of our own. Process ids repeat (in a container almost always), so a folder of that name may hold what a run
// that was killed had flushed: it is left alone, and the next number taken.
std::string make_part(const std::string& target) {
  const std::string first = fmt::format("{}.part-{}", target, getpid());
  fs::create_directories(fs::path(target).parent_path());
  std::string part = first;
  for (int number = 2; fs::exists(part + kAside) || !fs::create_directory(part); ++number) {
    part = fmt::format("{}-{}", first, number);
  }
  fs::create_directory(fs::path(part) / "columns");
  return part;
}

}  // namespace

// Nothing of the user's is overwritten.
void require_free_name(const ResultsPlace& place, const Report& report) {
  const fs::path target = plain_target(place, report);
  if (is_free(target) || read_earlier(target).is_finished()) return;
  throw std::invalid_argument(target.string() +
                              ": this exists and holds no finished run; remove it, or choose another --out");
}

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

Filed ResultsFolder::choose_target(const Report& report) const {
  Filed filed{target_, {}, false, {}};
  for (int number = 2; !is_free(filed.path); ++number) {
    const Earlier earlier = read_earlier(filed.path);
    if (earlier.is_of(report)) {
      if (earlier.fingerprint == report.fingerprint) break;
      filed.differs_from = filed.path;
      filed.nondeterministic |=
          earlier.commit == report.commit && !earlier.dirty && !report.dirty && !report.commit.empty();
    } else {
      filed.taken = target_;
    }
    filed.path = fmt::format("{}-{}", target_, number);
  }
  return filed;
}

// An equal run goes aside before this one takes its name, so that at every instant one of them is whole.
bool ResultsFolder::take_name(const std::string& name) const {
  const std::string aside = path_ + kAside;
  std::error_code error;
  if (!is_free(name)) fs::rename(name, aside, error);
  if (error && error != std::errc::no_such_file_or_directory) throw fs::filesystem_error("cannot rename", name, error);
  fs::rename(path_, name, error);
  fs::remove_all(aside);
  if (error == std::errc::directory_not_empty || error == std::errc::file_exists) return false;
  if (error) throw fs::filesystem_error("cannot rename", name, error);
  return true;
}

Filed ResultsFolder::finish(Report& report, const RunDetail& detail) {
  Filed filed = choose_target(report);
  report.results = filed.path;
  flush(detail.ledger);
  tables_.finish(report, detail);
  std::ofstream page(fs::path(path_) / "index.html", std::ios::binary);
  page << render_page(report, detail);
  page.close();
  if (!page) throw std::runtime_error("cannot write " + path_ + "/index.html");
  while (!take_name(filed.path)) {  // another process was quicker
    filed = choose_target(report);
    report.results = filed.path;
  }
  path_ = filed.path;
  return filed;
}

}  // namespace orrery
