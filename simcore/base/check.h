// CHECK: an assertion about our own code that stays on in production. Bytes from the network never reach one.
#pragma once

namespace orrery {

/// Says what surrounds a failed CHECK (seed, time, node, last records). A host installs one around its run loop.
class FailureContext {
 public:
  FailureContext();
  virtual ~FailureContext();
  FailureContext(const FailureContext&) = delete;
  FailureContext& operator=(const FailureContext&) = delete;
  /// Prints to standard error. Called at most once, just before the process aborts.
  virtual void print() const = 0;

 private:
  const FailureContext* outer_;
};

/// Prints the broken assertion and the innermost FailureContext of this thread, then aborts.
[[noreturn]] void check_failed(const char* expression, const char* file, int line);

}  // namespace orrery

#define CHECK(condition) ((condition) ? void(0) : ::orrery::check_failed(#condition, __FILE__, __LINE__))

/// For assertions too dear for every step: on in debug and sanitizer builds.
#ifdef ORRERY_CHECK_SLOW
#define CHECK_SLOW(condition) CHECK(condition)
#else
#define CHECK_SLOW(condition) ((void)sizeof(condition))
#endif
