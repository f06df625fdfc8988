#include "scenarios/suite/pins.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "simcore/base/input_error.h"

namespace orrery::suite {
namespace {

namespace fs = std::filesystem;

Pins::Key key_of(const Cell& cell) { return {cell.name, std::string(name(cell.tier)), cell.seed()}; }

Pin read(const std::string& line) {
  const auto json = nlohmann::json::parse(line);
  return {json.at("scenario"),  json.at("tier"),        json.at("seed"),   json.at("set"),
          json.at("spec_hash"), json.at("fingerprint"), json.at("reason"), json.at("commit")};
}

std::string written(const Pin& pin) {
  return nlohmann::ordered_json{{"scenario", pin.scenario},   {"tier", pin.tier},
                                {"seed", pin.seed},           {"set", pin.set},
                                {"spec_hash", pin.spec_hash}, {"fingerprint", pin.fingerprint},
                                {"reason", pin.reason},       {"commit", pin.commit}}
      .dump();
}

std::set<Pins::Key> keys_of(const std::vector<Cell>& cells) {
  std::set<Pins::Key> keys;
  for (const Cell& cell : cells) keys.insert(key_of(cell));
  return keys;
}

}  // namespace

Pins::Pins(std::string path) : path_(std::move(path)) {
  std::ifstream file(path_);
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    try {
      set(read(line));
    } catch (const nlohmann::json::exception&) {
      throw InputError(path_, number, 1, "this is no pin",
                       "restore the file, or remove this line and let --accept write it anew; if the file is none of "
                       "pins, keep pins in another folder with --baselines");
    }
  }
  // A pin that cannot be read must not count as none.
  if (fs::exists(path_) && (!file.is_open() || file.bad())) {
    throw std::runtime_error(path_ + ": these pins cannot be read; is it a file, and yours to read?");
  }
}

const Pin* Pins::find(const Cell& cell) const {
  const auto found = pins_.find(key_of(cell));
  return found == pins_.end() ? nullptr : &found->second;
}

void Pins::set(Pin pin) {
  Key key{pin.scenario, pin.tier, pin.seed};
  pins_.insert_or_assign(std::move(key), std::move(pin));
}

void Pins::keep_only(spec::Tier tier, const std::vector<Cell>& cells) {
  std::erase_if(pins_, [&, keys = keys_of(cells)](const auto& each) {
    return each.second.tier == name(tier) && !keys.contains(each.first);
  });
}

size_t Pins::stale(spec::Tier tier, const std::vector<Cell>& cells) const {
  Pins kept = *this;
  kept.keep_only(tier, cells);
  return pins_.size() - kept.pins_.size();
}

void Pins::write() const {
  if (const fs::path folder = fs::path(path_).parent_path(); !folder.empty()) fs::create_directories(folder);
  const std::string aside = path_ + ".new";
  std::ofstream file(aside, std::ios::trunc);
  for (const auto& [key, pin] : pins_) file << written(pin) << '\n';
  file.close();
  if (!file) throw std::runtime_error(aside + ": cannot be written; is the disk full?");
  fs::rename(aside, path_);
}

std::string pins_file(const std::string& folder, const std::string& checked) {
  const auto real = [](const std::string& path) { return fs::weakly_canonical(fs::absolute(path)); };
  const fs::path pins = real(folder), whole = real(checked);
  // From where the two part: the same in every clone and in every working directory.
  fs::path name;
  for (auto from = std::mismatch(whole.begin(), whole.end(), pins.begin(), pins.end()).first; from != whole.end();) {
    name /= *from++;
  }
  if (name.empty()) name = whole.filename();  // the pins lie within what is checked
  return (fs::path(folder) / name).string() + ".jsonl";
}

}  // namespace orrery::suite
