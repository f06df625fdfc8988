# Sourced by scripts/check and scripts/test: runs steps, times each, counts what passed.
# shellcheck shell=bash

passed=0 failed=0 skipped=0 started=$SECONDS timings=()

# step NAME COMMAND...: one step is one test. A failure is counted, told, and returned.
step() {
  local name=$1 begun=$SECONDS status=0
  shift
  printf '\n== %s\n' "$name"
  "$@" || status=$?
  if ((status == 0)); then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  timed "$name" "$begun" "$status"
  return "$status"
}

# tests NAME PRESET CTEST-ARGUMENTS...: the tests of one build; each of them counts. ctest's report calls a test skipped
# also if it could not run (its executable or a file is missing): that is a failure. By design skip those alone that said
# so themselves (SKIP_RETURN_CODE, SKIP_REGULAR_EXPRESSION) and those that are disabled.
tests() {
  local name=$1 preset=$2 begun=$SECONDS status=0 report
  shift 2
  report=build/$preset/report.xml
  printf '\n== %s\n' "$name"
  rm -f "$report"
  ctest --preset "$preset" --parallel "$(nproc)" --output-junit "$PWD/$report" "$@" || status=$?
  if [[ -s $report ]]; then
    local all bad idle disabled
    all=$(count tests "$report") disabled=$(count disabled "$report")
    idle=$(grep --count '^[[:space:]]*<skipped message="SKIP_' "$report" || true)
    bad=$(($(count failures "$report") + $(count skipped "$report") - idle))
    passed=$((passed + all - bad - idle - disabled)) skipped=$((skipped + idle + disabled))
    if ((status != 0 && bad == 0)); then bad=1; fi # what else ctest found wrong counts, whatever its report says
    failed=$((failed + bad))
  elif ((status != 0)); then
    failed=$((failed + 1))
  fi
  timed "$name" "$begun" "$status"
  return "$status"
}

# count ATTRIBUTE REPORT: a total of a JUnit report.
count() { grep --only-matching --max-count=1 "\\b$1=\"[0-9]*\"" "$2" | head -n 1 | tr -dc 0-9; }

build() { cmake --preset "$1" --log-level=NOTICE && cmake --build --preset "$@"; }

timed() { timings+=("$(printf '%5d s  %s%s' $((SECONDS - $2)) "$1" "$( (($3 == 0)) || echo '  FAILED')")"); }

# The times, and last, alone on its line, the count. Exits 1 if anything failed.
finish() {
  printf '\n'
  printf '%s\n' "${timings[@]}"
  printf '%5d s  in all\n' $((SECONDS - started))
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  exit $((failed > 0))
}
