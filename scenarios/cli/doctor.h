// `orrery doctor`: does this machine have what Orrery needs?
#pragma once
#include <string>
#include <vector>

namespace orrery::cli {

struct Finding {
  bool good;
  bool needed;  // without it runs fail; otherwise only something is missing
  std::string what;
  std::string remedy;  // empty if good
};

std::vector<Finding> examine();

}  // namespace orrery::cli
