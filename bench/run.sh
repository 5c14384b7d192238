#!/bin/sh
# Measures Pintle beside the real etcd and kube-apiserver: the same load, the same machine, in turn.
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
classes=$home/bench/target/quick
exit_usage=2
exit_missing=3
exit_build=4

help() {
  cat <<'HELP'
Usage: ./pintle bench [hostile|overload|history|job-storm|fairness|quota|garbage|namespace|embed|linear] [--scale=N] [--alone]
                      [--quick] [--memory=MIB] [--output=FILE] [WORD...]

Starts the real pair (etcd and kube-apiserver) and Pintle, puts the same load on each in turn, three rounds a case, and
prints the server's CPU per request, the ratio, the throughput and the 99th percentile.

  hostile         as the first word: attacks on each in turn, families of them on servers just started, and what a client
                  beside them felt: its 99th percentile before and during, its worst, the servers' memory. Pintle has a heap
                  of 512 MB, each of the pair 14 GiB of address space, of which etcd maps 10 for its file. Half an hour; the
                  words are names of families (bodies, patches, rules, lists, streams, connections, etcd, bindings) or
                  parts of an attack's name; --alone tries them on Pintle only; --output=bench/HOSTILE.md keeps the table;
                  h2load is not needed
  overload        as the first word: thousands of connections, watches, lists of 100 MB and bodies of 3 MB at once, each on
                  servers that were ended by force and started again, Pintle's with a heap of 512 MB: what an administrator
                  and whoever asks for health felt, which limit shed how much, the memory before, during and after, and what
                  was lost. Forty minutes (with --alone twenty); words are parts of a load's name; --alone tries them on
                  Pintle only; --output=bench/OVERLOAD.md keeps the table; 20 000 descriptors (ulimit -n); h2load is not needed.
                  --memory=512 gives Pintle the heap that the JVM takes in a container of 512 MiB instead, and marks where all that
                  is resident of the process was more at any time: the container would have ended it
  history         as the first word: 10 000 keys overwritten for ten minutes on the real pair and then on Pintle, both compacting
                  all the while; prints what lies on the disk and in memory over that time. --scale=0.1 takes a minute each;
                  h2load is not needed
  job-storm       as the first word: 200 clients create 10 000 Jobs, and controllers and kubelets write what follows, while 500
                  nodes send heartbeats, 20 leaders renew, informers watch and people look: Jobs a second, the median and 99th
                  percentile of each, what was answered 429; on each in turn without priority and fairness, with that of a new
                  cluster, and with the files of examples/job-storm. Ten to fifteen minutes on two cores; the words choose
                  among off, default and tuned; --quick takes 500 Jobs and 100 nodes (a minute or two), --scale=N a share of the
                  Jobs; --alone storms over Pintle only; --output=bench/JOB-STORM.md keeps the table and, beside it,
                  job-storm.svg; h2load is not needed
  fairness        as the first word: what priority and fairness costs a request that need not wait: two Pintles in turn, one without it,
                  gets by an administrator and by a service account, and creates by the latter. Three minutes; --scale=N takes a
                  share of the requests; the real pair is not needed
  quota           as the first word: what a quota costs a create that it allows: creates in two namespaces in turn, one of them under a
                  quota, on the real pair and then on Pintle (with --alone on Pintle only). Four minutes; --scale=N takes a share
                  of the requests
  garbage         as the first word: an owner of 100 000 objects is deleted, on the real pair with kube-controller-manager (./pintle
                  peers kube-controller-manager) and then on Pintle: how long it takes until all of them are gone. Five minutes;
                  --scale=N takes a share of the objects
  namespace       as the first word: a namespace with 10 000 objects of 60 kinds is deleted, some of them held by finalizers and some
                  with owners, on the real pair with kube-controller-manager and then on Pintle: how long it takes until the
                  namespace is gone. Three minutes; --scale=N takes a share of the objects; h2load is not needed
  embed           as the first word: what a server within a test's JVM costs: the first one of a JVM until a ConfigMap is read back,
                  with and without an AOT cache and beside the real pair in turn, five rounds; further ones, resets, branches,
                  and the memory of each; the jars of a test's class path; ten tests of an operator. Words choose among first,
                  further, jars and operator; --alone leaves the real pair out; --scale=N takes a share of the rounds. Three
                  minutes; the table goes to bench/target/EMBED.md; h2load is not needed
  linear          as the first word: what 1 MiB of every decoder's, format's and validator's worst input takes of the processor,
                  the dearest first, and which are above 200 ms (then the exit code is 1). Words choose cases by their names.
                  Five minutes; neither h2load nor the real pair is needed
  WORD            runs only the cases whose name holds one of the words; start (start-up and idle memory), definitions
                  (200 custom resource definitions on each, then 2 000 on Pintle: how soon each is served, idle memory, an
                  end in the middle of it, a restart) and million (a store of 1 M keys of 1 KB) name the three that are more than one case
  --scale=N       a share of the requests, such as 0.1: quicker and noisier
  --output=FILE   where the table goes (bench/target/RESULTS.md, of job-storm bench/target/JOB-STORM.md); bench/RESULTS.md
                  and bench/JOB-STORM.md hold the figures we stand by

Needs: h2load (Debian: nghttp2-client; macOS: brew install nghttp2), Linux (/proc), and Go for the real programs, which
./pintle peers builds. Takes about ten minutes, and 4 GB of disk under the temporary folder.

Exit codes: 0 measured; 1 a case of linear is above the bar; 2 wrong arguments; 3 a program is missing; 4 the build failed
HELP
}

fail() {
  code=$1
  shift
  printf 'bench: %s\n' "$*" >&2
  exit "$code"
}

case ${1-} in
  -h | --help)
    help
    exit 0
    ;;
esac
hostile_java_options=-Xmx512m
for argument; do
  case $argument in
    --memory=*[!0-9]* | --memory=) fail "$exit_usage" "$argument: no number (expected: MiB)" ;;
    --memory=*) hostile_java_options=-XX:MaxRAM=${argument#--memory=}m ;;
    --scale=* | --output=* | --alone | --quick | [!-]*) ;;
    *) fail "$exit_usage" "no such option: $argument (see ./pintle bench --help)" ;;
  esac
done

mode=load
hostile_pair_kib_max=14680064
output=$home/bench/target/RESULTS.md
case ${1-} in
  hostile | history | linear | namespace | overload | fairness | quota) mode=$1 ;;
  embed)
    mode=$1
    output=$home/bench/target/EMBED.md
    ;;
  job-storm)
    mode=$1
    output=$home/bench/target/JOB-STORM.md
    ;;
esac

mkdir -p "$home/.pintle"
build() {
  (cd "$home" && ./mvnw -B -q -Dquick "$@" -pl bench -am package >"$home/.pintle/bench-build.log" 2>&1) ||
    fail "$exit_build" "the build failed; see $home/.pintle/bench-build.log"
}

if [ "$mode" = linear ]; then
  shift
  build -DskipTests
  exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseCompactObjectHeaders \
    -cp "$home/kube/target/quick/test-classes:$classes/lib/*" dev.pintle.kube.linear.LinearTable "$@"
fi

{ [ "$mode" != load ] && [ "$mode" != fairness ] && [ "$mode" != quota ]; } || command -v h2load >/dev/null 2>&1 ||
  fail "$exit_missing" "h2load: not on the PATH (expected: installed; Debian: apt-get install nghttp2-client)"
[ "$mode" = fairness ] || "$home/compat/peers/build.sh" etcd etcdctl kube-apiserver benchmark

build -Dmaven.test.skip=true

if [ "$mode" = hostile ] || [ "$mode" = overload ]; then
  # What an attack makes a server take must not be taken from the whole machine.
  PINTLE_JAVA_OPTIONS="$hostile_java_options ${PINTLE_JAVA_OPTIONS-}"
  PINTLE_PAIR_KIB_MAX=$hostile_pair_kib_max
  export PINTLE_JAVA_OPTIONS PINTLE_PAIR_KIB_MAX
fi

exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -Dpintle.root="$home" -Dpintle.peers="$home/compat/peers/bin" \
  -Dpintle.bench.output="$output" \
  -cp "$classes/classes:$classes/lib/*" dev.pintle.bench.Bench "$@"
