#include "scenarios/run/results.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "scenarios/run/kept_run.h"
#include "scenarios/run/page.h"

namespace orrery {
namespace {

namespace fs = std::filesystem;

// What a results folder says of itself; an unfinished or foreign one says nothing.
struct Earlier {
  std::string fingerprint, commit;
  bool is_of_same = false;  // the same spec and seed
  bool dirty = false;
};

Earlier read_earlier(const std::string& folder, const Report& report) {
  try {
    KeptRun kept(folder);
    if (!kept.is_finished()) return {};
    const bool is_of_same = kept.attribute("spec_hash") == report.spec_hash &&
                            kept.attribute("seed") == fmt::format("{}", report.seed) &&
                            kept.attribute("host") == report.host;
    return {kept.attribute("fingerprint"), kept.attribute("commit"), is_of_same, kept.attribute("dirty") == "1"};
  } catch (const DatabaseError&) {
    return {};
  }
}

fs::path plain_target(const ResultsPlace& place, const Report& report) {
  fs::path target = place.out;
  if (place.out.empty()) {
    target = fs::path(place.root) / report.scenario /
             fmt::format("{}-{}-{}", report.spec_hash.substr(0, 12), report.seed, report.host);
  }
  target = fs::absolute(target).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();  // "mine/" is "mine": its parts stand beside it
  return fs::is_symlink(target) ? fs::weakly_canonical(target) : target;
}

bool is_free(const fs::path& target) {
  std::error_code gone;  // `results prune` may take it at any instant
  const bool is_empty = fs::is_directory(fs::symlink_status(target)) && fs::is_empty(target, gone);
  return is_empty || !fs::exists(fs::symlink_status(target));  // no folder can take the name of a link
}

// What else a user put beside an earlier equal run. What stands in the place of a file of ours, as a link does, stays
// where it is, and so does what cannot be moved.
void move_along(const std::string& from, const std::string& to) {
  std::error_code error;
  for (const std::string& name : foreign_files(from)) {
    const fs::path place = fs::path(to) / name;
    if (!fs::exists(fs::symlink_status(place))) fs::rename(fs::path(from) / name, place, error);
  }
}

std::string reason(const std::runtime_error& error) {
  const auto* of_file = dynamic_cast<const fs::filesystem_error*>(&error);
  return of_file ? fmt::format("{}: {}", of_file->path1().string(), of_file->code().message()) : error.what();
}

// What a machine that refuses to write leaves is said, and what to do.
template <class Work>
auto writing(const std::string& survives, Work work) {
  try {
    return work();
  } catch (const std::runtime_error& error) {
    const std::string why = reason(error);
    const bool is_limit = why.ends_with(std::strerror(EFBIG));
    throw std::runtime_error(fmt::format("cannot write results: {}; {}{}", why, survives,
                                         is_limit ? "raise the limit of the size of files (`ulimit -f`)"
                                                  : "choose a place that has room and can be written, by --results or "
                                                    "--out"));
  }
}

}  // namespace

// Nothing of the user's is overwritten.
void require_free_name(const ResultsPlace& place, const Report& report) {
  const fs::path target = plain_target(place, report);
  if (is_mount_point(target.string())) {
    throw std::invalid_argument(fmt::format(
        "{0}: a disk is mounted there, and no other folder can take that name; choose one in it, as in --out {0}/run",
        target.string()));
  }
  if (is_free(target)) return;
  if (const auto kept = find_kept_run(target.string()); kept && kept->is_finished()) return;
  if (is_free(target)) return;  // by now
  throw std::invalid_argument(target.string() +
                              ": this exists and holds no finished run; remove it, or choose another --out");
}

ResultsFolder::ResultsFolder(const ResultsPlace& place, const Report& report, const RunDetail& detail)
    : target_(plain_target(place, report).string()), part_(writing("", [&] { return make_part(target_); })) {
  try {
    writing("", [&] { files_.emplace(path(), report, detail); });
  } catch (const std::runtime_error&) {
    remove_ours(path());  // nothing of the run is in it yet
    throw;
  }
}

std::string ResultsFolder::what_survives() const {
  return fmt::format("what was written before is in {}, marked unfinished; ", path());
}

// Once the database is there, so that the folder is known as a run's from the beginning.
std::string ResultsFolder::Files::make_columns(const std::string& folder) {
  std::string columns = folder + "/columns";
  fs::create_directory(columns);
  return columns;
}

ResultsFolder::Files::Files(const std::string& folder, const Report& report, const RunDetail& detail)
    : tables(fmt::format("{}/{}", folder, kDatabaseFile), report, detail),
      message(make_columns(folder) + "/delivery.message.npy"),
      node(folder + "/columns/delivery.node.npy"),
      at(folder + "/columns/delivery.at_ns.npy"),
      latency(folder + "/columns/delivery.latency_ns.npy") {}

void ResultsFolder::flush(const Ledger& ledger) {
  writing(what_survives(), [&] { write(ledger); });
}

void ResultsFolder::write(const Ledger& ledger) {
  files_->tables.flush(ledger);
  const std::vector<Delivery>& deliveries = ledger.deliveries();
  for (; delivered_ < deliveries.size(); ++delivered_) {
    const Delivery& delivery = deliveries[delivered_];
    const auto published = ledger.publications().find(delivery.message);
    if (published == ledger.publications().end()) continue;
    files_->message.append(int64_t(delivery.message));
    files_->node.append(delivery.node.value);
    files_->at.append(delivery.at.ns);
    files_->latency.append((delivery.at - published->second.at).ns);
  }
  for (NpyColumn* column : {&files_->message, &files_->node, &files_->at, &files_->latency}) column->flush();
}

// The database last: once it says that the run is finished, only the name of the folder is missing.
void ResultsFolder::write_all(const Report& report, const RunDetail& detail) {
  write(detail.ledger);
  std::ofstream page(fs::path(path()) / kPageFile, std::ios::binary);
  page << render_page(report, detail);
  page.close();
  if (!page) {
    throw std::system_error(errno, std::generic_category(), fmt::format("cannot write {}/{}", path(), kPageFile));
  }
  std::vector<FileSeal> seals{seal_of_file(path(), kPageFile)};
  for (const std::string_view file : column_files()) seals.push_back(seal_of_file(path(), std::string(file)));
  files_->tables.finish(report, detail, seals);
  files_.reset();
}

Filed ResultsFolder::choose_target(const Report& report) const {
  Filed filed{target_, {}, false, {}};
  for (int number = 2; !is_free(filed.path); ++number) {
    const Earlier earlier = read_earlier(filed.path, report);
    if (earlier.is_of_same) {
      if (earlier.fingerprint == report.fingerprint) break;
      filed.differs_from = filed.path;
      filed.nondeterministic |=
          earlier.commit == report.commit && !earlier.dirty && !report.dirty && !report.commit.empty();
    } else if (is_free(filed.path)) {
      break;  // `results prune` took it
    } else {
      filed.taken = target_;
    }
    filed.path = fmt::format("{}-{}", target_, number);
  }
  return filed;
}

bool ResultsFolder::take_name(const std::string& name, const Report& report) const {
  if (part_.lock.is_of(name)) return true;  // the one that was swapped for it went away before it could swap back
  if (is_free(name)) return rename_to_free(path(), name);
  if (!swap_names(path(), name)) return false;
  const Earlier replaced = read_earlier(path(), report);
  if (!replaced.is_of_same || replaced.fingerprint != report.fingerprint) {  // it came in the meantime
    swap_names(path(), name);
    if (part_.lock.is_of(path()) || part_.lock.is_of(name)) return false;
    throw std::runtime_error(  // without a lock of the names, another swapped at once
        fmt::format("{}: other runs took this name at the same time; the results are finished, beside it: `orrery "
                    "results list --results {}` shows where; give each run another --out",
                    target_, fs::path(target_).parent_path().string()));
  }
  move_along(path(), name);
  remove_ours(path());
  return true;
}

Filed ResultsFolder::finish(Report& report, const RunDetail& detail) {
  writing(what_survives(), [&] { write_all(report, detail); });
  try {
    const NamesLock names(target_);
    Filed filed = choose_target(report);
    while (!take_name(filed.path, report)) filed = choose_target(report);  // another process was quicker
    report.results = part_.path = filed.path;
    return filed;
  } catch (const fs::filesystem_error& error) {
    throw std::runtime_error(fmt::format("{}: cannot rename results: {}; they are finished, in {}",
                                         error.path1().string(), error.code().message(), path()));
  }
}

}  // namespace orrery
