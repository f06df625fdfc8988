// Where scenarios come from: a path, or a name in the library.
#pragma once
#include <string>
#include <vector>

namespace orrery::cli {

struct ScenarioFile {
  std::string name;  // "relay/flood-world"
  std::string path;
};

/// ORRERY_LIBRARY if it is set, else the one that this binary was built with.
std::string library_folder();
/// What to do if that holds no scenario.
std::string library_remedy();
/// Every scenario of the library, by name.
std::vector<ScenarioFile> list_library();
/// A path if it names a file, else a library name. Throws spec::SpecError that suggests the nearest name.
ScenarioFile find_scenario(const std::string& path_or_name);

}  // namespace orrery::cli
