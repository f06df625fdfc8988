// parse_latency_csv(), in every form: a whole table of legal figures, or an InputError with a position.
#include "simcore/network/latency_csv.h"

#include <set>

#include "simcore/base/input_error.h"
#include "tests/fuzz/target.h"

namespace orrery {
namespace {

LatencyCsvOptions options_of(uint8_t bits) {
  LatencyCsvOptions options;
  options.form = LatencyCsvForm(bits & 3);
  options.round_trip = (bits & 4) != 0;
  options.match_prefix = (bits & 8) != 0;
  options.symmetric = (bits & 16) == 0;
  if ((bits & 32) != 0) options.fill = 10_ms;
  if ((bits & 64) != 0) options.unit = 1_s;
  if ((bits & 128) != 0) options.unit = 1_ns;
  return options;
}

}  // namespace
}  // namespace orrery

/// The first byte is the options.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  Input input(data, size);
  const LatencyCsvOptions options = options_of(input.byte());
  try {
    const LatencyTable table = parse_latency_csv(input.text(), "planet.csv", options);
    check_latency_table(table);
    CHECK(std::set<std::string>(table.places.begin(), table.places.end()).size() == table.size());
  } catch (const InputError& error) {
    CHECK(error.file == "planet.csv");
    CHECK(error.line >= 1 && error.column >= 1);
    CHECK(is_one_line(error.what()));
  }
  return 0;
}
