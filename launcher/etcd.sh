# shellcheck shell=sh disable=SC2154 # the launcher sets what these functions read
# What `etcd` answers without a JVM: programs ask for its version before they start it, some of them for every test.

# The release whose API is served; the surface says it, too (EtcdVersion).
etcd_version=3.7.3

wants_etcd_version() {
  for argument; do
    case $argument in
      -version | --version | -version=true | --version=true) return 0 ;;
      --) return 1 ;;
    esac
  done
  return 1
}

# As etcd prints it: programs read these lines, word by word.
print_etcd_version() {
  printf 'etcd Version: %s\n' "$etcd_version"
  printf 'Git SHA: pintle-%s\n' "$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$home/pom.xml")"
  if find_jdk; then
    printf 'Go Version: none, Java %s\n' "$(jdk_version "$jdk")"
  else
    printf 'Go Version: none\n'
  fi
  machine=$(uname -m)
  case $machine in
    x86_64) machine=amd64 ;;
    aarch64) machine=arm64 ;;
  esac
  printf 'Go OS/Arch: %s/%s\n' "$(uname -s | tr '[:upper:]' '[:lower:]')" "$machine"
}
