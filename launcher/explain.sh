# shellcheck shell=sh disable=SC2154 # the launcher sets what these functions read
# Asks the running program what becomes of a request of somebody, and why.

explain_request() {
  data=pintle-data
  groups=
  user=
  verb=
  path=
  while [ $# -gt 0 ]; do
    case $1 in
      --data=*) data=${1#--data=} ;;
      --groups=*) groups=${1#--groups=} ;;
      --data | --groups)
        [ $# -gt 1 ] || fail "$exit_usage" "$1: no value; see ./pintle explain-request --help"
        [ "$1" = --groups ] || data=$2
        [ "$1" = --data ] || groups=$2
        shift
        ;;
      -*) fail "$exit_usage" "explain-request does not know $1 (see ./pintle explain-request --help)" ;;
      *) explain_word "$1" ;;
    esac
    shift
  done
  [ -n "$path" ] || fail "$exit_usage" 'explain-request: too few words (expected: USER VERB PATH); see ./pintle explain-request --help'
  find_running
  kube=$(printf '%s\n' "$endpoints" | sed -n "s|.*[{,]\"kube\":\"\\($url_pattern\\)\".*|\\1|p")
  [ -n "$kube" ] || not_running 'the Kubernetes API is not served'
  become_program explain-request "--data=$data" "--kube=$kube" "--groups=$groups" "--user=$user" "--verb=$verb" "--path=$path"
}

explain_word() {
  if [ -z "$user" ]; then
    user=$1
  elif [ -z "$verb" ]; then
    verb=$1
  elif [ -z "$path" ]; then
    path=$1
  else
    fail "$exit_usage" "explain-request: $1 (expected: USER VERB PATH and no more)"
  fi
}
