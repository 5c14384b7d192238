# shellcheck shell=sh disable=SC2154 # the launcher sets what these functions read
# Prints what a shell needs so that kubectl and etcdctl find the running program. It trusts nothing that it reads: a folder of
# another user is refused, and of the file only URLs and a number are taken.

url_pattern='https\{0,1\}://[][A-Za-z0-9.:_-]*'

print_environment() {
  data=pintle-data
  while [ $# -gt 0 ]; do
    case $1 in
      --data=*) data=${1#--data=} ;;
      --data)
        [ $# -gt 1 ] || fail "$exit_usage" '--data: no value (expected: --data DIR); see ./pintle env --help'
        shift
        data=$1
        ;;
      *) fail "$exit_usage" "env does not know $1 (see ./pintle env --help)" ;;
    esac
    shift
  done
  find_running
  show_environment
}

# Sets data to the folder's absolute path and endpoints to what the program that runs there wrote, or fails.
find_running() {
  named=$data
  # The x keeps line breaks at the end of the folder's name.
  data=$(CDPATH='' cd -- "$named" 2>/dev/null && pwd -P && printf x) || not_running 'no such folder'
  data=${data%?x}
  file=$data/endpoints.json
  if [ ! -f "$file" ] || [ -L "$file" ]; then
    not_running 'no endpoints.json'
  fi
  [ -n "$(find "$file" -prune -user "$(id -u)" -print)" ] || not_running 'endpoints.json belongs to another user'
  endpoints=$(cat "$file")
  pid=$(printf '%s\n' "$endpoints" | sed -n 's/.*[{,]"pid":\([0-9][0-9]*\)}$/\1/p')
  if [ -z "$pid" ] || ! is_the_program "$pid"; then
    not_running 'the program of its endpoints.json has ended'
  fi
}

# A killed program leaves its file behind, and its number may be another's by now.
is_the_program() {
  kill -0 "$1" 2>/dev/null || return 1
  [ -r "/proc/$1/cmdline" ] || return 0
  tr '\0' '\n' <"/proc/$1/cmdline" | grep -qx 'dev\.pintle\.server\.Main'
}

not_running() {
  fail "$exit_not_running" "$named: nothing is running there ($1); start it with ./pintle up, or name another folder with --data DIR"
}

show_environment() {
  etcd=$(printf '%s\n' "$endpoints" | sed -n "s|^{\"etcd\":\"\\($url_pattern\\)\".*|\\1|p")
  if [ -f "$data/kubeconfig" ] && printf '%s\n' "$endpoints" | grep -q '[{,]"kube":"https://'; then
    export_line KUBECONFIG "$data/kubeconfig"
  fi
  [ -z "$etcd" ] || export_line ETCDCTL_ENDPOINTS "$etcd"
  if printf '%s\n' "$endpoints" | grep -q '^{"etcd":"https://[^"]*","cacert":"'; then
    export_line ETCDCTL_CACERT "$data/pki/etcd/ca.crt"
    export_line ETCDCTL_CERT "$data/pki/etcd/client.crt"
    export_line ETCDCTL_KEY "$data/pki/etcd/client.key"
  else
    printf 'unset ETCDCTL_CACERT ETCDCTL_CERT ETCDCTL_KEY\n'
  fi
}

# export_line NAME VALUE: quoted, whatever the value holds.
export_line() {
  quoted=$(printf '%s\n' "$2" | sed "s/'/'\\\\''/g" && printf x)
  printf "export %s='%s'\n" "$1" "${quoted%?x}"
}
