// What a scenario may say: for people, for programs and for editors.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "scenarios/spec/catalogue.h"

namespace orrery::spec {

/// What there is to say about "" (all tables), a family ("relay", "network.topology", "group"), a kind ("relay.flood")
/// or a parameter ("relay.seen_ttl"): with unit, range, default and source. Throws std::invalid_argument, naming the
/// nearest, if there is none of that name; `also` are names that the caller knows.
std::string describe(const Catalogue& catalogue, std::string_view name = "", std::span<const std::string> also = {});
/// The same as one JSON object; of a parameter, an array with one object for each kind that has it.
std::string describe_json(const Catalogue& catalogue, std::string_view name = "",
                          std::span<const std::string> also = {});

/// A JSON Schema (draft 2020-12) of the scenario file.
std::string json_schema(const Catalogue& catalogue);

}  // namespace orrery::spec
