#include "scenarios/run/process_use.h"

#include <malloc.h>
#include <time.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace orrery {

int64_t process_cpu_ns() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return int64_t{used.tv_sec} * 1'000'000'000 + used.tv_nsec;
}

int64_t process_resident_bytes() {
  int64_t all_pages = 0, resident_pages = 0;
  std::ifstream("/proc/self/statm") >> all_pages >> resident_pages;
  return resident_pages * sysconf(_SC_PAGESIZE);
}

int64_t process_peak_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    int64_t kibibytes = 0;
    if (word == "VmHWM:" && status >> kibibytes) return kibibytes * 1024;
  }
  return 0;
}

void restart_process_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

int64_t process_heap_bytes() {
  const auto heap = mallinfo2();
  return int64_t(heap.uordblks) + int64_t(heap.hblkhd);
}

}  // namespace orrery
