// What a scenario may say: for people, for programs and for editors.
#pragma once
#include <string>
#include <string_view>

#include "scenarios/spec/catalogue.h"

namespace orrery::spec {

/// What there is to say about "" (all tables), a family ("relay", "network.topology", "group") or a kind
/// ("relay.flood"): each parameter with unit, range, default and source. Throws std::invalid_argument, naming the
/// nearest, if there is none of that name.
std::string describe(const Catalogue& catalogue, std::string_view name = "");
/// The same as one JSON object.
std::string describe_json(const Catalogue& catalogue, std::string_view name = "");

/// A JSON Schema (draft 2020-12) of the scenario file.
std::string json_schema(const Catalogue& catalogue);

}  // namespace orrery::spec
