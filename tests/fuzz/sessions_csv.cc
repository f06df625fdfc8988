// parse_sessions_csv(): for each node absences within the run that are apart, or an InputError with a position.
#include "scenarios/faults/sessions.h"
#include "simcore/base/input_error.h"
#include "tests/fuzz/target.h"

namespace orrery {
namespace {

void check_absences(const std::vector<Absence>& absences, Duration span) {
  Duration back{-1};  // since when the node has been up
  for (const Absence& absence : absences) {
    CHECK(absence.at > back && absence.at < span);
    CHECK(absence.lasts > Duration{} && absence.lasts <= kLifeMax);
    back = absence.at + absence.lasts;
  }
}

}  // namespace
}  // namespace orrery

/// The first byte is the length of the run in seconds.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  constexpr uint32_t kNodes = 16;
  Input input(data, size);
  const Duration span = 1_s * input.byte();
  try {
    const auto all = parse_sessions_csv(input.text(), "sessions.csv", kNodes, by_index(kNodes), span);
    CHECK(all.size() == kNodes);
    for (const auto& absences : all) check_absences(absences, span);
  } catch (const InputError& error) {
    CHECK(error.file == "sessions.csv");
    CHECK(error.line >= 1 && error.column >= 1);
    CHECK(is_one_line(error.what()));
  }
  return 0;
}
