// Expands a scenario: what stands for something else is written out.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "scenarios/spec/flat.h"
#include "scenarios/spec/problems.h"
#include "scenarios/spec/scenario.h"

namespace orrery::spec {

/// `text` on top of the file that it extends, `sets` on top of both, and every group that is like another with that
/// group's leaves. Throws SpecError if one of the files cannot be read at all; other mistakes are left in `problems`.
Flat expand(std::string_view text, const std::string& path, std::span<const std::string> sets,
            const LoadOptions& options, Problems& problems);

}  // namespace orrery::spec
