#include "scenarios/run/verify.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

#include "scenarios/run/folder.h"
#include "scenarios/run/kept_run.h"
#include "scenarios/run/npy.h"
#include "scenarios/run/seal.h"
#include "scenarios/run/tables.h"
#include "simcore/trace/fingerprint.h"

namespace orrery {
namespace {

namespace fs = std::filesystem;

class Examination {
 public:
  explicit Examination(const std::string& folder)
      : folder_(folder), kept_(folder), is_sealed_(kept_.database().text("PRAGMA user_version") != "4") {}

  std::vector<std::string> damage() {
    if (!kept_.is_finished()) return {in_database("the run did not come to its end")};
    look_at_structure();
    if (!damage_.empty()) return damage_;  // what follows reads the tables
    look_at_fingerprint();
    look_at_files();
    if (is_sealed_ && seal_of_rows(kept_.database()) != kept_.database().text("SELECT sha256 FROM seal")) {
      say(in_database("its rows are not those that were written"));
    }
    return damage_;
  }

 private:
  void say(std::string what) { damage_.push_back(std::move(what)); }
  std::string in_database(const std::string& what) const { return fmt::format("{}: {}", kDatabaseFile, what); }

  void look_at_structure() {
    if (const std::string found = kept_.database().text("PRAGMA integrity_check"); found != "ok") {
      say(in_database(found));
    }
    if (!is_sealed_ && kept_.has_table("seal")) say(in_database("it has a seal, but says a version that had none"));
    for (const TableInfo& table : tables()) {
      if (!is_sealed_ && (table.name == "file" || table.name == "seal")) continue;
      const std::string made_by =
          kept_.database().text(fmt::format("SELECT sql FROM sqlite_master WHERE name = '{}'", table.name));
      if (made_by != fmt::format("CREATE TABLE {} ({})", table.name, table.columns)) {
        say(in_database(fmt::format("table {} is missing, or has other columns", table.name)));
      }
    }
  }

  void look_at_fingerprint() {
    std::vector<Fingerprint::Chain> chains;
    bool is_good = true;
    kept_.database().for_each("SELECT node, layer, word FROM fingerprintChain ORDER BY node, layer",
                              [&](const Database::Row& row) {
                                chains.push_back({NodeId{uint32_t(number(row, 0, 10, is_good))},
                                                  Layer(number(row, 1, 10, is_good)), number(row, 2, 16, is_good)});
                              });
    if (!is_good || Fingerprint::root_of(chains) != kept_.attribute("fingerprint")) {
      say(in_database("the fingerprint is not that of its chains"));
    }
  }

  static uint64_t number(const Database::Row& row, int column, int base, bool& is_good) {
    const std::string_view text = row.text(column).value_or("");
    uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    is_good = is_good && error == std::errc() && end == text.data() + text.size();
    return number;
  }

  void look_at_files() {
    std::map<std::string, FileSeal> written;
    if (is_sealed_) {
      kept_.database().for_each("SELECT path, bytes, sha256 FROM file", [&](const Database::Row& row) {
        bool is_good = true;
        const std::string path(row.text(0).value_or(""));
        written[path] = {path, number(row, 1, 10, is_good), std::string(row.text(2).value_or(""))};
      });
    }
    std::vector<std::string> files{kPageFile};
    for (const std::string_view file : column_files()) files.emplace_back(file);
    for (const std::string& file : files) look_at_file(file, written);
    const std::string deliveries = kept_.database().text("SELECT coalesce(sum(deliveries), 0) FROM message");
    for (const std::string_view file : column_files()) {
      const auto rows = npy_rows((fs::path(folder_) / file).string());
      if (!rows) say(fmt::format("{}: this is no whole column", file));
      if (rows && fmt::format("{}", *rows) != deliveries) {
        say(fmt::format("{}: it has {} rows, but there were {} deliveries", file, *rows, deliveries));
      }
    }
  }

  void look_at_file(const std::string& file, const std::map<std::string, FileSeal>& written) {
    try {
      const FileSeal found = seal_of_file(folder_, file);
      if (!is_sealed_) return;
      const auto seal = written.find(file);
      if (seal == written.end()) {
        say(in_database(fmt::format("table file does not tell of {}", file)));
      } else if (found.bytes != seal->second.bytes) {
        say(fmt::format("{}: it has {} bytes; {} were written", file, found.bytes, seal->second.bytes));
      } else if (found.sha256 != seal->second.sha256) {
        say(fmt::format("{}: its bytes are not those that were written", file));
      }
    } catch (const std::runtime_error& error) {
      say(error.what());
    }
  }

  std::string folder_;
  KeptRun kept_;
  bool is_sealed_;
  std::vector<std::string> damage_;
};

}  // namespace

std::vector<std::string> find_damage(const std::string& folder) {
  try {
    return Examination(folder).damage();
  } catch (const DatabaseError& error) {
    return {error.what()};
  }
}

}  // namespace orrery
