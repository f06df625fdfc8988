// What this binary was made of.
#pragma once
#include <string_view>

namespace orrery::provenance {

std::string_view version();
std::string_view commit();  // 12 hexadecimal digits; empty outside a repository
bool dirty();               // tracked files differed from the commit
std::string_view compiler();

}  // namespace orrery::provenance
