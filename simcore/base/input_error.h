// InputError: what an operator gave us cannot be used. Thrown while loading, never during a run.
#pragma once
#include <stdexcept>
#include <string>
#include <utility>

#include "simcore/base/text.h"

namespace orrery {

/// Says where the mistake is, what is wrong and what to do about it: "world.csv:3:7: what is wrong; remedy".
struct InputError : std::runtime_error {
  InputError(std::string file_, int line_, int column_, std::string what_wrong_, std::string remedy_)
      : std::runtime_error(printable(file_ + ":" + std::to_string(line_) + ":" + std::to_string(column_) + ": " +
                                     what_wrong_ + "; " + remedy_)),
        file(std::move(file_)),
        line(line_),
        column(column_),
        what_wrong(std::move(what_wrong_)),
        remedy(std::move(remedy_)) {}

  std::string file;
  int line, column;  // from 1; a mistake of the whole file stands at 1:1
  std::string what_wrong, remedy;
};

}  // namespace orrery
