# shellcheck shell=sh disable=SC2154 # the launcher sets what these functions read
# Writes a folder in which Pintle stands in the places of etcd and kube-apiserver, for test harnesses that start those.

assets_mark='# Written by "pintle assets".'

write_assets() {
  folder=
  while [ $# -gt 0 ]; do
    case $1 in
      -*) fail "$exit_usage" "assets does not know $1 (see ./pintle assets --help)" ;;
      *)
        [ -z "$folder" ] || fail "$exit_usage" "assets: $1 (expected: one folder); see ./pintle assets --help"
        folder=$1
        ;;
    esac
    shift
  done
  [ -n "$folder" ] || fail "$exit_usage" 'assets: no folder (expected: ./pintle assets DIR); see ./pintle assets --help'
  require_jdk
  require_build
  mkdir -p -- "$folder" || fail 1 "assets: $folder cannot be made"
  folder=$(CDPATH='' cd -- "$folder" && pwd) || fail 1 "assets: $folder cannot be entered"
  write_asset etcd 'etcd --kube-apiserver=on'
  write_asset kube-apiserver kube-apiserver
  link_kubectl
  printf 'export KUBEBUILDER_ASSETS=%s\n' "$(quoted_word "$folder")"
}

# write_asset NAME COMMAND: what it needs stands in it, since harnesses start it with next to no environment, anywhere.
write_asset() {
  asset=$folder/$1
  if [ -e "$asset" ] || [ -L "$asset" ]; then
    { [ -f "$asset" ] && [ ! -L "$asset" ] && grep -qxF "$assets_mark" "$asset"; } ||
      fail 1 "assets: $asset is there and not ours (expected: an empty folder, or one that \"./pintle assets\" wrote)"
  fi
  rm -f "$asset.new"
  {
    printf '#!/bin/sh\n%s\n' "$assets_mark"
    printf 'JAVA_HOME=%s\nexport JAVA_HOME\n' "$(quoted_word "$jdk")"
    printf 'exec %s %s "$@"\n' "$(quoted_word "$home/pintle")" "$2"
  } >"$asset.new"
  chmod 755 "$asset.new"
  mv "$asset.new" "$asset"
}

link_kubectl() {
  kubectl=$(command -v kubectl || :)
  [ -n "$kubectl" ] || kubectl=$home/compat/peers/bin/kubectl
  case $kubectl in
    "$folder"/*) return ;;
  esac
  if [ ! -x "$kubectl" ]; then
    printf 'pintle: no kubectl on the PATH: %s/kubectl is not there; harnesses that call it want one (./pintle peers kubectl builds it)\n' "$folder" >&2
  elif [ -e "$folder/kubectl" ] && [ ! -L "$folder/kubectl" ]; then
    printf 'pintle: %s/kubectl is there and left as it is\n' "$folder" >&2
  else
    ln -sfn "$kubectl" "$folder/kubectl"
  fi
}

# quoted_word TEXT: as a shell takes it for one word.
quoted_word() {
  escaped=$(printf '%s\n' "$1" | sed "s/'/'\\\\''/g" && printf x)
  printf "'%s'" "${escaped%?x}"
}
