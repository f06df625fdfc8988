#include "scenarios/cli/doctor.h"

#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <bit>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "scenarios/cli/library.h"
#include "scenarios/run/results.h"
#include "simcore/base/math.h"
#include "simcore/base/rng.h"

namespace orrery::cli {
namespace {

// The bits that every machine must draw alike: the first words of one stream, and one logarithm.
Finding same_bits() {
  Rng rng(stream_key(7, node_key("doctor", 0), 0, "doctor", 0));
  const uint64_t word = rng.next64() ^ std::bit_cast<uint64_t>(natural_log(0.1));
  constexpr uint64_t kExpected = 0x756f79a71cb8d0ff;
  return {word == kExpected, true, fmt::format("draws and logarithms have the known bits ({:016x})", word),
          "this build computes other bits than all others: report compiler and CPU"};
}

Finding library() {
  const size_t count = list_library().size();
  return {count > 0, true, fmt::format("{} scenarios in {}", count, library_folder()), library_remedy()};
}

Finding writable() {
  namespace fs = std::filesystem;
  std::error_code error;
  const char* set = std::getenv("ORRERY_RESULTS");
  const fs::path results = fs::absolute(set && *set ? set : ResultsPlace{}.root, error);
  fs::path there = results;  // as far as it exists
  while (!fs::exists(there, error) && there != there.parent_path()) there = there.parent_path();
  const bool good = fs::is_directory(there, error) && access(there.c_str(), W_OK) == 0;
  return {good, true, fmt::format("results can be written to {}", results.string()),
          "change to a folder that you may write to, or set ORRERY_RESULTS to one"};
}

Finding memory() {
  std::ifstream file("/proc/meminfo");
  std::string key, unit;
  int64_t kib = 0;
  while (file >> key >> kib >> unit && key != "MemAvailable:") {
  }
  return {kib >= (2 << 20), false, fmt::format("{:.1f} GiB of memory are free", double(kib) / (1 << 20)),
          "2 GiB are enough for every scenario of the library"};
}

Finding disk() {
  struct statvfs stat {};
  const bool known = statvfs(".", &stat) == 0;
  const double gib = known ? double(stat.f_bavail) * double(stat.f_frsize) / (1 << 30) : 0;
  return {gib >= 1, false, fmt::format("{:.1f} GiB of disk are free here", gib), "make room for results: 1 GiB"};
}

Finding cores() {
  const unsigned count = std::thread::hardware_concurrency();
  return {count >= 2, false, fmt::format("{} cores", count), "2 make builds bearable; a run uses one"};
}

}  // namespace

std::vector<Finding> examine() { return {same_bits(), library(), writable(), memory(), disk(), cores()}; }

}  // namespace orrery::cli
