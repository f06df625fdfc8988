#include "simcore/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace orrery {
namespace {
// The one mutable static of simcore: read only while the process dies, so no run can depend on it.
thread_local const FailureContext* innermost = nullptr;
}  // namespace

FailureContext::FailureContext() : outer_(innermost) { innermost = this; }
FailureContext::~FailureContext() { innermost = outer_; }

void check_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: CHECK failed: %s\n", file, line, expression);
  if (const FailureContext* context = innermost) {
    innermost = nullptr;  // A CHECK that fails while printing must not recurse.
    context->print();
  }
  std::abort();
}

}  // namespace orrery
