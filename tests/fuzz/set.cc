// `--set` on top of a small scenario.
#include <vector>

#include "tests/fuzz/load_scenario.h"

/// One expression after another, each ended by a zero byte as the operating system ends them.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr std::string_view kScenario =
      "orrery = 1\nnodes = 10\nduration = \"10 s\"\n"
      "[group]\nhome = { share = \"100 %\" }\n"
      "[workload]\nchat = { kind = \"poisson\" }\n"
      "[fault]\noutage = { kind = \"crash\", of = \"home\", at = \"1 s\" }\n";
  std::vector<std::string> sets;
  for (std::string_view rest = orrery::Input(data, size).text(); !rest.empty();) {
    const size_t end = rest.find('\0');
    sets.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  orrery::load_scenario(kScenario, sets);
  return 0;
}
