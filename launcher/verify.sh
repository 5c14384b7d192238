# shellcheck shell=sh disable=SC2154 # the launcher sets what these functions read
# Everything that must hold before a change is delivered, in one run.

verify() {
  peers=yes
  again=
  while [ $# -gt 0 ]; do
    case $1 in
      --no-peers) peers= ;;
      --again)
        [ $# -gt 1 ] || fail "$exit_usage" 'verify --again: no number (expected: how many runs)'
        again=$2
        require_runs
        shift
        ;;
      --again=*)
        again=${1#--again=}
        require_runs
        ;;
      *) fail "$exit_usage" "verify does not know $1 (see ./pintle verify --help)" ;;
    esac
    shift
  done
  require_jdk
  mkdir -p "$work"
  not_judged=$work/not-judged
  : >"$not_judged"
  [ -n "$again" ] || check_launcher
  [ -z "$peers" ] || build_peers
  code=0
  if [ -n "$again" ]; then
    verify_again "$again" || code=$?
    return "$code"
  fi
  verify_modules || code=$?
  print_verdict "$code"
  return "$code"
}

require_runs() {
  case $again in
    '' | 0* | *[!0-9]*)
      fail "$exit_usage" "verify --again: $again (expected: how many runs, at least 1)"
      ;;
  esac
}

check_launcher() {
  if ! command -v shellcheck >/dev/null 2>&1; then
    printf 'the shell scripts by shellcheck: it is not installed\n' >>"$not_judged"
    return
  fi
  (cd "$home" && shellcheck -x pintle launcher/*.sh .ci/run compat/peers/*.sh compat/src/test/kubectl-suite/*.sh bench/*.sh examples/*.sh) ||
    fail 1 'shellcheck found something'
}

build_peers() {
  if ! command -v go >/dev/null 2>&1; then
    printf 'by the real etcd and kube-apiserver: Go is not installed\n' >>"$not_judged"
    return
  fi
  code=0
  "$home/compat/peers/build.sh" </dev/null || code=$?
  [ "$code" -eq 0 ] ||
    printf 'by the real etcd and kube-apiserver: ./pintle peers ended with code %s\n' "$code" >>"$not_judged"
}

# Two dozen compilers that begin anew would spend most of their time on their own start: here all of them are Maven's.
compile_in_maven() {
  options='-Xmx2g -XX:ReservedCodeCacheSize=240m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
  for package in api code comp file main model parser processing tree util; do
    options="$options --add-exports=jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED"
    options="$options --add-opens=jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED"
  done
  MAVEN_OPTS="$options ${MAVEN_OPTS-}"
  export MAVEN_OPTS
}

verify_modules() {
  log=$work/verify.log
  rm -f "$work/maven.code"
  {
    code=0
    compile_in_maven
    # With a compiler named, the one of the toolchain is not taken, which would be a process of its own.
    (cd "$home" && JAVA_HOME=$jdk ./mvnw -B -ntp -T2 -Dcompiler.fork=false -Dmaven.compiler.executable=javac \
      verify --fail-at-end </dev/null) || code=$?
    printf '%s\n' "$code" >"$work/maven.code"
  } 2>&1 | tee "$log" | show_modules
  return "$(cat "$work/maven.code")"
}

# Module by module: what runs, its tests, and every warning and error as Maven says it.
show_modules() {
  started=$(date +%s)
  while IFS= read -r line; do
    case $line in
      '[INFO] Building Pintle '[a-z]*'['*/*']')
        module=${line#'[INFO] Building Pintle '}
        printf '%4ss  %s  %s\n' "$(($(date +%s) - started))" "${line##* }" "${module%% *}"
        ;;
      *'Tests run: '*' -- in '* | *'Tests run: '*'Time elapsed'*) ;;
      *'Tests run: '*) printf '         %s\n' "${line#*'] '}" ;;
      *'Help 1'* | *'e-run Maven'* | *'mvn <args>'* | *'For more information about'* | *'After correcting'*) ;;
      '[ERROR] ' | '[ERROR]') ;;
      '[ERROR]'* | '[WARNING] /'* | 'house: '*) printf '%s\n' "$line" ;;
    esac
  done
}

print_verdict() {
  printf '\n'
  awk '
    /Tests run: / && !/Time elapsed/ && !/ -- in / {
      gsub(/[^0-9,]/, ""); split($0, n, ",")
      for (i = 1; i <= 4; i++) sum[i] += n[i]
    }
    END { printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", sum[1], sum[2], sum[3], sum[4] }
  ' "$work/verify.log"
  while IFS= read -r line; do
    printf 'not judged: %s\n' "$line"
  done <"$not_judged"
  if [ "$1" -eq 0 ]; then
    printf 'pintle: verified. The whole log is in %s\n' "$work/verify.log"
  else
    printf 'pintle: NOT verified. The whole log is in %s\n' "$work/verify.log"
  fi
}
