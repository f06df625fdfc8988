// Reads the text of a scenario file, and what --set adds to it, into addresses and values.
#pragma once
#include <string>
#include <string_view>

#include "scenarios/spec/flat.h"
#include "scenarios/spec/problems.h"

namespace orrery::spec {

/// The whole file. Throws SpecError if it is missing, no regular file or longer than kScenarioBytesMax; the length is
/// checked before a byte is read. `from` is where the file is named, if a scenario names it.
std::string read_scenario_text(const std::string& path, const Origin& from);

/// Throws SpecError if `text` is not TOML, or not of a format that we know. Problems are left in `problems`.
Flat read_toml(std::string_view text, const std::string& file, int layer, Problems& problems);

/// "relay.d=6": the value is a text that may stand for any type; or a list, an inline table or a quoted text.
void apply_set(std::string_view set, Flat& flat, Problems& problems);

}  // namespace orrery::spec
