// Text that others wrote: whether it is any, and how to show it.
#pragma once
#include <string>
#include <string_view>

namespace orrery {

/// UTF-8 by RFC 3629, section 4: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// For messages: control characters become \u001B and the like, so that each stays on its line and changes no terminal,
/// and so do marks that turn the direction of text, and U+FFFE and U+FFFF, which XML forbids; bytes that are not UTF-8
/// become \xFF and the like, so that what is printed is text.
std::string printable(std::string_view text);

/// For a POSIX shell: in quotes if need be.
std::string shell_word(std::string_view word);

}  // namespace orrery
