#include "scenarios/cli/terminal.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace orrery::cli {

bool is_capable_terminal(int file) {
  const char* term = std::getenv("TERM");
  return isatty(file) && term && *term && std::string_view(term) != "dumb";
}

bool wants_colour() {
  const char* no_color = std::getenv("NO_COLOR");  // https://no-color.org
  return is_capable_terminal(STDOUT_FILENO) && !(no_color && *no_color);
}

}  // namespace orrery::cli
