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
  if (!fs::is_directory(folder)) return all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".toml") continue;
    all.push_back({fs::relative(entry.path(), folder).replace_extension().generic_string(), entry.path().string()});
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return all;
}

ScenarioFile find_scenario(const std::string& path_or_name) {
  if (fs::is_regular_file(path_or_name)) return {fs::path(path_or_name).stem().string(), path_or_name};
  const std::vector<ScenarioFile> all = list_library();
  std::vector<std::string> names;
  for (const ScenarioFile& file : all) {
    if (file.name == path_or_name) return file;
    names.push_back(file.name);
  }
  throw spec::SpecError(spec::Origin{path_or_name, 1, 1}, "there is no such file, and no scenario of that name",
                        spec::suggest(path_or_name, names));
}

}  // namespace orrery::cli
