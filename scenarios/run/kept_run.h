// Runs that were kept: which is the newest, and what was run.
#pragma once
#include <optional>
#include <string>

namespace orrery {

/// Whether `folder` is the results folder of a finished run.
bool is_kept_run(const std::string& folder);

/// The results folder beneath `root` whose run ended last; nothing if there is none. Unfinished runs do not count.
std::optional<std::string> newest_kept_run(const std::string& root);

/// The flat scenario of a kept run, which can be run again; comments at its end say what came of it. Requires
/// is_kept_run(folder). Throws DatabaseError.
std::string show_kept_run(const std::string& folder);

}  // namespace orrery
