# shellcheck shell=sh disable=SC2154 # the launcher sets what these functions read
# The tests with real clients, again and again: what passes once may pass by luck.

# verify_again RUNS: every other run has a core less, as on a machine that others use too.
verify_again() {
  runs=$1
  kept=$work/again
  rm -rf "$kept"
  mkdir -p "$kept"
  : >"$kept/flaked"
  red=0
  run=0
  spinner=
  trap 'stop_spinner; exit 130' INT
  trap 'stop_spinner; exit 143' TERM
  while [ "$run" -lt "$runs" ]; do
    run=$((run + 1))
    once_more || red=$((red + 1))
  done
  trap - INT TERM
  print_flakes
  [ "$red" -eq 0 ]
}

once_more() {
  beside=calm
  if [ $((run % 2)) -eq 0 ]; then
    beside=busy
    start_spinner
  fi
  log=$kept/run-$run.log
  rm -rf "$home"/compat/target/quick/*-reports
  began=$(date +%s)
  code=0
  (cd "$home" && JAVA_HOME=$jdk ./mvnw -B -ntp -Dquick verify -pl compat -am '-Dtest=dev/pintle/compat/**/*Test' \
    -Dsurefire.failIfNoSpecifiedTests=false </dev/null) >"$log" 2>&1 || code=$?
  stop_spinner
  failed_tests >"$kept/failed"
  if [ "$code" -ne 0 ] && [ ! -s "$kept/failed" ]; then
    printf 'the build\t%s\n' "$(sed -n 's/^\[ERROR\] //p' "$log" | head -n 1)" >"$kept/failed"
  fi
  cat "$kept/failed" >>"$kept/flaked"
  printf 'run %d of %d, %s: %s, %d s\n' "$run" "$runs" "$beside" "$(sums "$log")" "$(($(date +%s) - began))"
  sed 's/^/    failed: /; s/	/: /' "$kept/failed"
  [ "$code" -ne 0 ] || rm -f "$log"
  return "$code"
}

# Keeps one core busy until it is stopped, or the launcher is gone.
start_spinner() {
  (
    while kill -0 $$ 2>/dev/null; do
      turns=0
      while [ "$turns" -lt 100000 ]; do turns=$((turns + 1)); done
    done
  ) &
  spinner=$!
}

stop_spinner() {
  [ -n "$spinner" ] || return 0
  kill "$spinner" 2>/dev/null || :
  wait "$spinner" 2>/dev/null || :
  spinner=
}

# One line a failed test: its name, a tab, the first line of what it said.
failed_tests() {
  for report in "$home"/compat/target/quick/*-reports/TEST-*.xml; do
    [ -f "$report" ] || continue
    awk '
      function attribute(line, name,    value) {
        if (!match(line, " " name "=\"[^\"]*\"")) return ""
        value = substr(line, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
        sub(/&#10;.*/, "", value)
        gsub(/&quot;/, "\"", value); gsub(/&lt;/, "<", value); gsub(/&gt;/, ">", value)
        gsub(/&apos;/, "'\''", value); gsub(/&amp;/, "\\&", value)
        return value
      }
      /<testcase / { test = attribute($0, "classname") "." attribute($0, "name"); told = 0 }
      /<(failure|error)[ >]/ && !told {
        told = 1
        message = attribute($0, "message")
        if (message == "") message = attribute($0, "type")
        print test "\t" message
      }
    ' "$report"
  done
}

sums() {
  awk '
    /Tests run: / && !/Time elapsed/ && !/ -- in / {
      gsub(/[^0-9,]/, ""); split($0, n, ",")
      tests += n[1]; failed += n[2] + n[3]
    }
    END { printf "%d tests, %d failed", tests, failed }
  ' "$1"
}

print_flakes() {
  printf '\n%d of %d runs were red\n' "$red" "$runs"
  while IFS= read -r line; do
    printf 'not judged: %s\n' "$line"
  done <"$not_judged"
  [ "$red" -ne 0 ] || return 0
  awk -F '\t' '
    !($1 in times) { first[$1] = $2 }
    { times[$1]++ }
    END { for (test in times) printf "%d\t%s\t%s\n", times[test], test, first[test] }
  ' "$kept/flaked" | sort -k1,1nr -k2 | sed 's/	/ × /; s/	/: /'
  printf 'The logs of the red runs are in %s\n' "$kept"
}
