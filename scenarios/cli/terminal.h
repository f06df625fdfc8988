// What the user's terminal can show.
#pragma once

namespace orrery::cli {

/// A terminal that moves its cursor and has colours.
bool is_capable_terminal(int file);
/// Whether standard output should be coloured.
bool wants_colour();

}  // namespace orrery::cli
