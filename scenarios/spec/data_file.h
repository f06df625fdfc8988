// Which files a scenario may read, and what is known of those that it names.
#pragma once
#include <string>

#include "scenarios/spec/scenario.h"

namespace orrery::spec {

/// The path of the file that a scenario in `folder` calls `name`. Throws SpecError at `from` if it is neither beneath
/// `folder` nor beneath one of `options.allow_path`, links followed.
std::string allowed_path(const std::string& name, const std::string& folder, const LoadOptions& options,
                         const Origin& from);

/// Reads and hashes such a file. Throws SpecError at `from` if there is none or it has more than kDataFileBytesMax; the
/// length is checked before a byte is read.
DataFile read_data_file(const std::string& name, const std::string& folder, const LoadOptions& options,
                        const Origin& from);

}  // namespace orrery::spec
