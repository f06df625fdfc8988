#include "scenarios/cli/library.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "scenarios/spec/error.h"

namespace orrery::cli {

namespace fs = std::filesystem;

std::string library_folder() {
  const char* set = std::getenv("ORRERY_LIBRARY");
  return set && *set ? set : ORRERY_LIBRARY_DIR;
}

std::vector<ScenarioFile> list_library() {
  std::vector<ScenarioFile> all;
  const fs::path folder = library_folder();
  std::error_code missing;
  for (const auto& entry : fs::recursive_directory_iterator(folder, missing)) {
    if (entry.path().extension() != ".toml") continue;
    all.push_back({fs::relative(entry.path(), folder).replace_extension().generic_string(), entry.path().string()});
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return all;
}

ScenarioFile find_scenario(const std::string& path_or_name) {
  std::error_code error;
  if (fs::is_regular_file(path_or_name, error)) return {fs::path(path_or_name).stem().string(), path_or_name};
  const std::vector<ScenarioFile> all = list_library();
  std::vector<std::string> names;
  for (const ScenarioFile& file : all) {
    if (file.name == path_or_name) return file;
    names.push_back(file.name);
  }
  const spec::Origin origin{path_or_name.substr(0, 200), 1, 1};
  if (!path_or_name.empty() && fs::exists(path_or_name, error)) {
    throw spec::SpecError(origin, "this is no regular file", "name a .toml file");
  }
  if (names.empty()) throw spec::SpecError(origin, "there is no such file, and no library", library_remedy());
  throw spec::SpecError(origin, "there is no such file, and no scenario of that name",
                        spec::suggest(path_or_name, names));
}

std::string library_remedy() { return "set ORRERY_LIBRARY to the folder scenarios/library of the sources"; }

}  // namespace orrery::cli
