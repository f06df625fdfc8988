// What this process has taken of the machine, as Linux and glibc say.
#pragma once
#include <cstdint>

namespace orrery {

/// User and system time of all threads, since the start.
int64_t process_cpu_ns();
/// Physical memory now, and the most since the start, or since restart_process_peak().
int64_t process_resident_bytes();
int64_t process_peak_bytes();
void restart_process_peak();
/// Allocated and not freed. 0 where a sanitizer brings its own allocator.
int64_t process_heap_bytes();

}  // namespace orrery
