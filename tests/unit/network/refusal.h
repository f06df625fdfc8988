// What a reader refuses, as text: "file:line:column: what; remedy", or "accepted".
#pragma once
#include <string>

#include "simcore/base/input_error.h"

namespace orrery {

template <class Read>
std::string refusal(Read&& read) {
  try {
    read();
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace orrery
