// Verification: whether a finished result is as its run left it. Whether the run was right, `orrery replay` tells.
#pragma once
#include <string>
#include <vector>

namespace orrery {

/// What is wrong with the results in `folder`, a sentence each, with the file; nothing if all is well.
std::vector<std::string> find_damage(const std::string& folder);

}  // namespace orrery
