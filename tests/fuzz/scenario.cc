// The reader of scenario files.
#include "tests/fuzz/load_scenario.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  orrery::load_scenario(orrery::Input(data, size).text(), {});
  return 0;
}
