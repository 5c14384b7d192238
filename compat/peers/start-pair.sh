#!/bin/sh
# Starts the real pair (etcd and kube-apiserver) on free loopback ports, with everything it writes under one folder.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
ready_within_seconds=${PINTLE_PAIR_SECONDS:-90}
port_attempts_max=20
start_attempts_max=3

exit_usage=2
exit_no_peer=3
exit_not_ready=4
exit_running=5

help() {
  cat <<'HELP'
Usage: start-pair.sh DIR

Starts etcd and kube-apiserver with free ports on 127.0.0.1, waits until /readyz answers, and leaves in DIR:
  endpoints.json   {"etcd","kube","token","ca","kubeconfig","pids":[etcd, kube-apiserver]}
  kubeconfig       for kubectl, as a member of system:masters
  etcd.log, kube-apiserver.log, and the data of both: a later start in DIR continues with it
End it with: stop-pair.sh DIR

Environment:
  PINTLE_PEERS             a folder of ready binaries, looked at before compat/peers/bin
  PINTLE_PAIR_SECONDS      the time until both must be ready (90)
  PINTLE_PAIR_ETCD_FLAGS   more flags for etcd
  PINTLE_PAIR_KUBE_FLAGS   more flags for kube-apiserver
  PINTLE_PAIR_KUBE         the peer that serves as kube-apiserver, such as kube-apiserver-cover
  PINTLE_PAIR_KIB_MAX      the address space that each may have (unlimited)

Exit codes: 0 ready; 2 wrong arguments; 3 a program is missing; 4 not ready in time; 5 DIR has a running pair
HELP
}

fail() {
  code=$1
  shift
  printf 'start-pair: %s\n' "$*" >&2
  exit "$code"
}

find_peer() {
  for folder in "${PINTLE_PEERS:-}" "$here/bin"; do
    if [ -n "$folder" ] && [ -x "$folder/$1" ]; then
      echo "$folder/$1"
      return
    fi
  done
  fail $exit_no_peer "$1: not built (expected: in $here/bin; run ./pintle peers $1)"
}

require_program() {
  command -v "$1" >/dev/null 2>&1 || fail $exit_no_peer "$1: not on the PATH (expected: installed; start-pair needs it)"
}

# A port below the range from which systems give ports to outgoing connections, and that nobody answers on.
# Somebody may still take it before we do: then the program ends, and the whole start is tried again.
free_port() {
  attempt=0
  while [ $attempt -lt $port_attempts_max ]; do
    port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000))
    refused=0
    curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$port/" || refused=$?
    if [ $refused -eq 7 ]; then
      echo $port
      return
    fi
    attempt=$((attempt + 1))
  done
  fail $exit_not_ready "no free port found in $port_attempts_max attempts"
}

write_credentials() {
  if [ ! -s "$dir/sa.key" ]; then
    openssl genrsa -out "$dir/sa.key" 2048 2>/dev/null
  fi
  if [ ! -s "$dir/tokens.csv" ]; then
    token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    echo "$token,admin,admin,\"system:masters\"" >"$dir/tokens.csv"
  fi
  token=$(cut -d, -f1 "$dir/tokens.csv")
}

start_etcd() {
  etcd_url=http://127.0.0.1:$(free_port)
  peer_url=http://127.0.0.1:$(free_port)
  # shellcheck disable=SC2086 # the extra flags are several words
  nohup "$etcd" --data-dir "$dir/etcd" --listen-client-urls "$etcd_url" --advertise-client-urls "$etcd_url" \
    --listen-peer-urls "$peer_url" --initial-advertise-peer-urls "$peer_url" --initial-cluster "default=$peer_url" \
    ${PINTLE_PAIR_ETCD_FLAGS:-} >"$dir/etcd.log" 2>&1 </dev/null &
  etcd_pid=$!
}

start_kube() {
  kube_port=$(free_port)
  kube_url=https://127.0.0.1:$kube_port
  # Without --endpoint-reconciler-type=none it refuses to advertise a loopback address.
  # shellcheck disable=SC2086 # the extra flags are several words
  nohup "$kube" --etcd-servers="$etcd_url" --secure-port="$kube_port" --bind-address=127.0.0.1 \
    --endpoint-reconciler-type=none --cert-dir="$dir/certs" --service-account-issuer=https://kubernetes.default.svc \
    --service-account-key-file="$dir/sa.key" --service-account-signing-key-file="$dir/sa.key" \
    --token-auth-file="$dir/tokens.csv" --authorization-mode=RBAC --service-cluster-ip-range=10.0.0.0/24 \
    ${PINTLE_PAIR_KUBE_FLAGS:-} >"$dir/kube-apiserver.log" 2>&1 </dev/null &
  kube_pid=$!
}

# Waits until the URL $2 answers 200 while the process $1 lives and there is time left.
await() {
  pid=$1
  url=$2
  shift 2
  while ! curl -s -f -o /dev/null --max-time 5 "$@" "$url"; do
    kill -0 "$pid" 2>/dev/null || return 1
    [ "$(date +%s)" -lt "$deadline" ] || return 1
    sleep 0.1
  done
  kill -0 "$pid" 2>/dev/null # or it is somebody else who answered
}

start_both() {
  start_etcd
  echo "$etcd_pid" >"$dir/pids"
  await "$etcd_pid" "$etcd_url/health" || return 1
  start_kube
  echo "$kube_pid" >>"$dir/pids"
  await "$kube_pid" "$kube_url/readyz" --insecure --header "Authorization: Bearer $token"
}

write_kubeconfig() {
  (
    umask 077
    cat >"$dir/kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters:
- name: real
  cluster:
    server: $kube_url
    certificate-authority: $dir/certs/apiserver.crt
users:
- name: admin
  user:
    token: $token
contexts:
- name: real
  context:
    cluster: real
    user: admin
current-context: real
YAML
  )
}

# Renamed into place, so that who waits for the file never reads half of it.
write_endpoints() {
  printf '{"etcd":"%s","kube":"%s","token":"%s","ca":"%s","kubeconfig":"%s","pids":[%s,%s]}\n' \
    "$etcd_url" "$kube_url" "$token" "$dir/certs/apiserver.crt" "$dir/kubeconfig" "$etcd_pid" "$kube_pid" \
    >"$dir/endpoints.json.new"
  mv "$dir/endpoints.json.new" "$dir/endpoints.json"
}

show_logs() {
  for log in etcd kube-apiserver; do
    [ ! -s "$dir/$log.log" ] || { echo "--- $dir/$log.log" && tail -n 8 "$dir/$log.log"; } >&2
  done
}

[ "${1:-}" != --help ] || { help && exit 0; }
[ $# -eq 1 ] || { help >&2 && exit $exit_usage; }
require_program curl
require_program openssl
etcd=$(find_peer etcd)
kube=$(find_peer "${PINTLE_PAIR_KUBE:-kube-apiserver}")
mkdir -p "$1"
dir=$(CDPATH='' cd -- "$1" && pwd)
if [ "${kube##*/}" != kube-apiserver ]; then
  # It signs what it writes with the name that it was called by.
  mkdir -p "$dir/bin"
  ln -sf "$kube" "$dir/bin/kube-apiserver"
  kube=$dir/bin/kube-apiserver
fi
[ ! -e "$dir/endpoints.json" ] || fail $exit_running "$dir: has endpoints.json of a pair (expected: stop-pair.sh $dir first)"

write_credentials
deadline=$(($(date +%s) + ready_within_seconds))
# shellcheck disable=SC3045 # where the shell has no such limit the start ends here, with its message
[ -z "${PINTLE_PAIR_KIB_MAX-}" ] || ulimit -v "$PINTLE_PAIR_KIB_MAX"
trap '"$here/stop-pair.sh" "$dir"; exit 130' INT TERM
attempt=1
until start_both; do
  "$here/stop-pair.sh" "$dir" >/dev/null
  if [ $attempt -ge $start_attempts_max ] || [ "$(date +%s)" -ge "$deadline" ]; then
    show_logs
    fail $exit_not_ready "not ready within ${ready_within_seconds}s ($attempt attempts)"
  fi
  attempt=$((attempt + 1))
done
write_kubeconfig
write_endpoints
cat "$dir/endpoints.json"
