#!/bin/sh
# Builds the real programs that Pintle is judged against, from their own source modules, into compat/peers/bin.
# One folder beside this file is one Go module: its go.mod is the only place where a version is written.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
bin=$here/bin
log_lines_shown=25
report_every_seconds=20

exit_usage=2
exit_no_go=3
exit_build_failed=4
exit_too_slow=5

# name | folder | Go package | module whose version is the peer's | default? | time limit, seconds
# The limits are ten times a cold build on two cores, or more: they end a hanging download, not a slow machine.
recipes() {
  cat <<'TABLE'
etcd|etcd|go.etcd.io/etcd/server/v3|go.etcd.io/etcd/server/v3|default|900
etcdctl|etcd|go.etcd.io/etcd/etcdctl/v3|go.etcd.io/etcd/etcdctl/v3|default|900
etcdutl|etcd|go.etcd.io/etcd/etcdutl/v3|go.etcd.io/etcd/etcdutl/v3|default|900
kubectl|kubernetes|k8s.io/kubernetes/cmd/kubectl|k8s.io/kubernetes|default|2400
kube-apiserver|kubernetes|k8s.io/kubernetes/cmd/kube-apiserver|k8s.io/kubernetes|default|3600
benchmark|benchmark|go.etcd.io/etcd/v3/tools/benchmark|go.etcd.io/etcd/v3|default|900
agnhost|e2e|k8s.io/kubernetes/test/images/agnhost|k8s.io/kubernetes|on-demand|1800
cert-manager-cainjector|cert-manager|github.com/cert-manager/cert-manager/cmd/cainjector|github.com/cert-manager/cert-manager|on-demand|2400
cert-manager-controller|cert-manager|github.com/cert-manager/cert-manager/cmd/controller|github.com/cert-manager/cert-manager|on-demand|2400
cert-manager-webhook|cert-manager|github.com/cert-manager/cert-manager/cmd/webhook|github.com/cert-manager/cert-manager|on-demand|2400
crossplane|crossplane|github.com/crossplane/crossplane/v2/cmd/crossplane|github.com/crossplane/crossplane/v2|on-demand|2400
e2e.test|e2e|k8s.io/kubernetes/test/e2e|k8s.io/kubernetes|on-demand|5400
envtest.test|envtest|sigs.k8s.io/controller-runtime/pkg/envtest|sigs.k8s.io/controller-runtime|on-demand|1800
etcd-common.test|etcd-tests|go.etcd.io/etcd/tests/v3/common|go.etcd.io/etcd/tests/v3|on-demand|1800
kube-apiserver-cover|kubernetes|k8s.io/kubernetes/cmd/kube-apiserver|k8s.io/kubernetes|on-demand|3600
kube-controller-manager|kubernetes|k8s.io/kubernetes/cmd/kube-controller-manager|k8s.io/kubernetes|on-demand|3600
kubectl-convert|kubernetes|k8s.io/kubernetes/cmd/kubectl-convert|k8s.io/kubernetes|on-demand|2400
kube-scheduler|kubernetes|k8s.io/kubernetes/cmd/kube-scheduler|k8s.io/kubernetes|on-demand|3600
gatekeeper|gatekeeper|github.com/open-policy-agent/gatekeeper/v3|github.com/open-policy-agent/gatekeeper/v3|on-demand|3600
kyverno|kyverno|github.com/kyverno/kyverno/cmd/kyverno|github.com/kyverno/kyverno|on-demand|3600
kwok|kwok|sigs.k8s.io/kwok/cmd/kwok|sigs.k8s.io/kwok|on-demand|1800
pilot-discovery|istio|istio.io/istio/pilot/cmd/pilot-discovery|istio.io/istio|on-demand|3600
helm|helm|helm.sh/helm/v4/cmd/helm|helm.sh/helm/v4|on-demand|1800
tofu|tofu|github.com/opentofu/opentofu/cmd/tofu|github.com/opentofu/opentofu|on-demand|1800
TABLE
}

help() {
  cat <<'HELP'
Usage: ./pintle peers [--list] [--force] [NAME...]

Builds the real programs that Pintle is compared with, from source, with Go. Only what is missing, or whose
go.mod or go.sum has changed, is built. Without a NAME: etcd, etcdctl, etcdutl, kubectl, kube-apiserver,
benchmark.

  NAME      etcd etcdctl etcdutl kubectl kubectl-convert kube-apiserver kube-controller-manager
            kube-scheduler benchmark kwok helm tofu e2e.test agnhost cert-manager-cainjector
            cert-manager-controller cert-manager-webhook crossplane gatekeeper kyverno
            pilot-discovery (istio's), envtest.test, etcd-common.test, or "all";
            kube-apiserver-cover counts which of its rules of validation it executes; e2e.test is upstream's
            suite for whole clusters, agnhost what its pods run;
            envtest.test is controller-runtime's suite for harnesses that start their own etcd and kube-apiserver,
            etcd-common.test etcd's own suite for whole members
  --list    show each peer: version, state, where it is; builds nothing and needs no Go
  --force   build again even what is up to date
  --help    this text

Environment:
  PINTLE_PEERS   a folder of ready binaries; one that has the right version is linked instead of built

The first build of the six takes 5 to 10 minutes on two cores and up to 3 GB of memory; later ones seconds.

Exit codes: 0 all are there; 2 wrong arguments; 3 Go is absent or too old; 4 a build failed; 5 a build took too long
HELP
}

say() { printf 'peers: %s\n' "$*"; }
fail() {
  code=$1
  shift
  printf 'peers: %s\n' "$*" >&2
  exit "$code"
}

# Sets folder, package, module, wanted, limit for the peer called $1; false if there is none.
recipe() {
  row=$(recipes | awk -F'|' -v name="$1" '$1 == name')
  [ -n "$row" ] || return 1
  IFS='|' read -r _ folder package module wanted limit <<ROW
$row
ROW
  version=$(awk -v m="$module" '{ sub(/^require /, "") } $1 == m && $2 ~ /^v/ { print $2; exit }' "$here/$folder/go.mod")
}

go_wanted() { awk '$1 == "go" { print $2; exit }' "$here/$folder/go.mod"; }

# Kubernetes' own programs learn their version from the linker; without it clients are told v0.0.0, and kubectl sends
# that as its User-Agent.
linker_flags() {
  printf '%s' "-s -w"
  [ "$module" = k8s.io/kubernetes ] || return 0
  minor=${version#v*.}
  for at in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    printf ' -X %s' "$at.gitVersion=$version" "$at.gitMajor=1" "$at.gitMinor=${minor%%.*}" "$at.gitTreeState=clean"
  done
}

# What the compiler is told beside that: a program whose name ends in -cover counts what it executes of these packages.
# The program's own package is among them because it is what writes the counts down.
cover_flags() {
  packages=k8s.io/kubernetes/cmd/kube-apiserver,k8s.io/kubernetes/pkg/apis/...
  packages=$packages,k8s.io/apimachinery/pkg/api/validation/...,k8s.io/apimachinery/pkg/apis/meta/v1/validation
  packages=$packages,k8s.io/apiextensions-apiserver/pkg/apis/...,k8s.io/kube-aggregator/pkg/apis/...
  case $1 in
    *-cover) printf '%s' "-cover -covermode=set -coverpkg=$packages" ;;
  esac
}

# How Go makes the peer called $1: a suite of tests is a program, too.
go_command() {
  case $1 in
    etcd-common.test) printf '%s' "test -c -tags e2e" ;;
    *.test) printf '%s' "test -c" ;;
    *) printf '%s' build ;;
  esac
}

# What a binary in bin was made from; another text means that it must be made again.
stamp() { { echo "$row" "$(linker_flags)"; cat "$here/$folder/go.mod" "$here/$folder/go.sum"; } | cksum; }

up_to_date() { [ -x "$bin/$1" ] && [ "$(cat "$bin/.stamps/$1" 2>/dev/null)" = "$(stamp)" ]; }

keep_stamp() { mkdir -p "$bin/.stamps" && stamp >"$bin/.stamps/$1"; }

# What the program $2 says of its version when it is the peer $1. Some have no such command: the build leaves the
# versions of all modules in the binary as text.
version_told() {
  case $1 in
    e2e.test | etcd | kube-* | kwok) "$2" --version ;;
    etcdctl | etcdutl | tofu) "$2" version ;;
    kubectl) "$2" version --client ;;
    helm) "$2" version --short ;;
    agnhost | benchmark | envtest.test | etcd-common.test | cert-manager-* | crossplane | gatekeeper | kubectl-convert | kyverno | pilot-discovery) grep -a "^mod.*$module\|^dep.*$module" "$2" | head -n 5 ;;
  esac 2>/dev/null </dev/null | tr -c '0-9A-Za-z.+-' '\n' | sed 's/^v//'
}

is_right_version() { version_told "$1" "$2" | grep -qxF "${version#v}"; }

link_ready_one() {
  ready=${PINTLE_PEERS:-}
  [ -n "$ready" ] && [ -x "$ready/$1" ] || return 1
  ready=$(CDPATH='' cd -- "$ready" && pwd)
  if [ "$ready" = "$bin" ] || ! is_right_version "$1" "$ready/$1"; then return 1; fi
  mkdir -p "$bin"
  ln -sf "$ready/$1" "$bin/$1"
  keep_stamp "$1"
  say "$1 $version: linked to $ready/$1"
}

list() {
  printf '%-24s %-10s %-10s %s\n' NAME VERSION STATE WHERE
  recipes | cut -d'|' -f1 | while read -r name; do
    recipe "$name"
    state=missing where="./pintle peers"
    [ "$wanted" = default ] || where="./pintle peers $name"
    if up_to_date "$name"; then
      state=ready where=$bin/$name
    elif [ -e "$bin/$name" ]; then
      state=outdated
    fi
    printf '%-24s %-10s %-10s %s\n' "$name" "$version" "$state" "$where"
  done
}

require_go() {
  need=$(go_wanted)
  hint="or set PINTLE_PEERS to a folder that holds the programs"
  command -v go >/dev/null 2>&1 ||
    fail $exit_no_go "cannot build $1: go is not on the PATH (expected: Go $need or newer; see https://go.dev/dl), $hint"
  have=$(cd "$here/$folder" && go version 2>&1 | sed -n 's/^go version go\([0-9.]*\).*/\1/p')
  older=$(printf '%s\n%s\n' "$need" "${have:-0}" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)
  [ "$older" = "$need" ] ||
    fail $exit_no_go "cannot build $1: go is ${have:-of an unknown version} (expected: $need or newer), $hint"
}

progress() {
  if [ -t 1 ]; then
    printf '\rpeers: %s %s: building, %ds ' "$1" "$version" "$2"
  elif [ "$2" -gt 0 ] && [ $(($2 % report_every_seconds)) -eq 0 ]; then
    say "$1 $version: building, ${2}s"
  fi
}

# Waits for the build $2 of the peer $1, showing the time; ends it at the limit.
await() {
  started=$(date +%s)
  while kill -0 "$2" 2>/dev/null; do
    seconds=$(($(date +%s) - started))
    progress "$1" "$seconds"
    if [ "$seconds" -gt "$limit" ]; then
      kill "$2" 2>/dev/null || true
      wait "$2" 2>/dev/null || true
      fail $exit_too_slow "$1 $version: not built within ${limit}s; see $bin/.logs/$1.log"
    fi
    sleep 1
  done
  [ ! -t 1 ] || printf '\r'
  wait "$2"
}

build() {
  require_go "$1"
  mkdir -p "$bin/.logs"
  log=$bin/.logs/$1.log
  began=$(date +%s)
  say "$1 $version: building"
  # shellcheck disable=SC2046 # the flags are words on purpose
  (cd "$here/$folder" && CGO_ENABLED=0 GOWORK=off exec go $(go_command "$1") -mod=readonly -trimpath -buildvcs=false \
    $(cover_flags "$1") -ldflags "$(linker_flags)" -o "$bin/.new-$1" "$package") >"$log" 2>&1 &
  building=$!
  trap 'kill $building 2>/dev/null; exit 130' INT TERM
  if ! await "$1" "$building"; then
    tail -n $log_lines_shown "$log" >&2
    fail $exit_build_failed "$1 $version: go build failed; the whole output is in $log"
  fi
  trap - INT TERM
  rm -f "$bin/$1" # may be a link to somebody else's binary
  mv "$bin/.new-$1" "$bin/$1"
  keep_stamp "$1"
  say "$1 $version: built in $(($(date +%s) - began))s: $bin/$1"
}

names='' force=no
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) help && exit 0 ;;
    --list) list && exit 0 ;;
    --force) force=yes ;;
    all) names=$(recipes | cut -d'|' -f1) ;;
    *)
      recipe "$1" || fail $exit_usage "$1: no such peer or option (expected: one of $(recipes | cut -d'|' -f1 | tr '\n' ' ')or --help)"
      names="$names $1"
      ;;
  esac
  shift
done
[ -n "$names" ] || names=$(recipes | awk -F'|' '$5 == "default" { print $1 }')

for name in $names; do
  recipe "$name"
  if [ $force = no ] && up_to_date "$name"; then
    say "$name $version: up to date"
  elif [ $force = yes ] || ! link_ready_one "$name"; then
    build "$name"
  fi
done
