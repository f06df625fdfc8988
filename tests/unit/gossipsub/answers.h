// Reading what a router did, and peers by number.
#pragma once
#include <string>

#include "tests/golden/relay_gossipsub/router.h"

namespace orrery::gossipsub {

inline size_t count(const std::string& text, const std::string& what) {
  size_t times = 0;
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++times;
  return times;
}

/// "p00" and so on: none is the beginning of another.
inline std::string peer_name(uint32_t number) { return {'p', char('0' + number / 10), char('0' + number % 10)}; }

/// Meets `peers`, from `first`, all of them in `topic`.
inline void meet(Router& router, uint32_t first, uint32_t peers, bool outbound, const std::string& topic = "chat") {
  for (uint32_t i = first; i < first + peers; ++i) router.meet(peer_name(i), {topic}, outbound);
}

/// The same, and each grafts it.
inline void meet_and_graft(Router& router, uint32_t first, uint32_t peers, bool outbound) {
  for (uint32_t i = first; i < first + peers; ++i) {
    router.meet(peer_name(i), {"chat"}, outbound);
    router.receive(peer_name(i), with_graft("chat"));
  }
}

inline bool in_mesh(Router& router, const std::string& peer) {
  return router.module().mesh(kChat)->contains(router.script.peer(peer));
}

/// A router that has started, and is in `chat`.
struct Member : Router {
  explicit Member(const Config& config = {}) : Router(config) {
    script.start();
    script.command(Subscribe{kChat});
  }
};

}  // namespace orrery::gossipsub
