// The application at the top of every stack: publishes what the workload asks and notes what arrives, so that every
// relay is judged in the same way and none has to trace deliveries itself.
#pragma once
#include "protocols/events/messaging.h"
#include "protocols/events/records.h"
#include "simcore/node/context.h"

namespace orrery {

/// Its payload starts with the message's number in the workload, 8 bytes big-endian; the rest is filler.
struct Payload {
  static constexpr size_t kHeadBytes = 8;
  /// Fills `payload` (at least kHeadBytes long) for message `number`: every byte follows from `seed` and the number.
  static void fill(std::span<std::byte> payload, uint64_t seed, uint64_t number);
  /// The number, or nothing if `payload` is too short to hold one.
  static std::optional<uint64_t> number(ByteView payload);
};

class Application {
 public:
  static constexpr ModuleId kModule = ids::kApplication;
  static constexpr std::string_view kName = "application";
  using Messages = TypeList<>;
  using Events = TypeList<Subscribe>;
  using Hears = TypeList<Publish, Delivered, Duplicate>;

  /// It wants `topics` throughout its life.
  explicit Application(std::vector<Topic> topics) : topics_(std::move(topics)) {}

  void start(Context<Application>& ctx);
  void on(Context<Application>& ctx, const Publish& publish);
  void on(Context<Application>& ctx, const Delivered& delivered);
  void on(Context<Application>& ctx, const Duplicate& duplicate);

 private:
  std::vector<Topic> topics_;
};

}  // namespace orrery
