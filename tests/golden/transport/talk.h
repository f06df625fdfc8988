// Two ends of a transport layer in a script: what each sends, and what the other makes of it.
#pragma once
#include <string>
#include <vector>

#include "simcore/base/result.h"
#include "simcore/base/text.h"
#include "simcore/codec/describe.h"
#include "simcore/live/transport/fault.h"

namespace orrery::transport {

using Sent = std::vector<std::byte>;

inline std::string name_of(Role role) { return role == Role::kDialler ? "dialler" : "listener"; }

class Talk {
 public:
  /// A line of prose.
  void say(const std::string& sentence) { text_ += (text_.empty() ? "# " : "\n# ") + sentence + "\n"; }
  void line(const std::string& line) { text_ += line + "\n"; }
  void sends(const std::string& who, size_t bytes) { line(who + " sends " + std::to_string(bytes) + " bytes"); }
  /// One field of what was sent, in a table.
  void field(const std::string& name, size_t bytes, const std::string& value) {
    const std::string size = std::to_string(bytes);
    std::string row = "    " + std::string(size.size() < 5 ? 5 - size.size() : 0, ' ') + size + " " + name;
    if (!value.empty()) row += std::string(row.size() < 28 ? 28 - row.size() : 0, ' ') + " " + value;
    line(row);
  }
  void field(const std::string& name, ByteView bytes) { field(name, bytes.size(), wire::describe_bytes(bytes)); }
  void fault(const std::string& who, Fault fault) { line(who + " ends it: " + std::string(transport::text(fault))); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace orrery::transport
