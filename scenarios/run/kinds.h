// The catalogue of all that a scenario of this version can name, and what does not exist yet.
#pragma once
#include "protocols/stacks/kinds.h"
#include "scenarios/spec/scenario.h"

namespace orrery {

spec::Catalogue make_catalogue();

/// Puts the module of a slot's chosen kind into a stack. `chosen` must outlive it.
void add_module(Stack& stack, std::string_view slot, const spec::Chosen& chosen, const stacks::Parts& parts);

}  // namespace orrery
