# shellcheck shell=sh disable=SC2154 # the launcher sets what these functions read
# Writes a Maven repository on disk, with what others build against.

publish() {
  folder=
  version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$home/pom.xml")
  while [ $# -gt 0 ]; do
    case $1 in
      --to=*) folder=${1#--to=} ;;
      --version=*) version=${1#--version=} ;;
      --to | --version)
        [ $# -gt 1 ] || fail "$exit_usage" "$1: no value; see ./pintle publish --help"
        [ "$1" = --to ] || version=$2
        [ "$1" = --version ] || folder=$2
        shift
        ;;
      *) fail "$exit_usage" "publish does not know $1 (see ./pintle publish --help)" ;;
    esac
    shift
  done
  [ -n "$folder" ] || fail "$exit_usage" 'publish: no folder (expected: --to DIR); see ./pintle publish --help'
  case $version in
    '' | *[!0-9A-Za-z.+-]*) fail "$exit_usage" "--version: $version (expected: such as 1.0.0)" ;;
  esac
  require_jdk
  mkdir -p "$work"
  take_build_lock
  trap 'rm -rf "$work/build.lock"' EXIT
  modules=embed,testkit
  [ ! -f "$home/junit/pom.xml" ] || modules=$modules,junit
  if ! run_maven "$work/publish.log" -T1C -Dquick -Dmaven.test.skip=true -pl "$modules" -am package; then
    end_of_log "$work/publish.log" >&2
    fail "$exit_build" "the whole log is in $work/publish.log"
  fi
  mkdir -p -- "$folder"
  "$jdk/bin/java" "-Dpublish.class.path=$(javadoc_libraries)" "$home/launcher/Publish.java" "$home" "$folder" "$version" target/quick
}

# What Javadoc needs beside the program's own libraries, where Maven keeps it: annotations, AssertJ, and what the extension of JUnit names; in the
# versions that this build has.
javadoc_libraries() {
  repository=${HOME-}/.m2/repository
  for library in jspecify:org/jspecify assertj:org/assertj junit:org/junit fabric8:io/fabric8 \
    kubernetes-client-java:io/kubernetes jetcd:io/etcd; do
    [ ! -d "$repository/${library#*:}" ] ||
      find "$repository/${library#*:}" -name "*-$(version_of "${library%%:*}").jar"
  done | LC_ALL=C sort | tr '\n' ':'
  [ ! -d "$repository/org/apiguardian" ] || find "$repository/org/apiguardian" "$repository/org/opentest4j" -name '*.jar' | LC_ALL=C sort | tr '\n' ':'
}

# version_of LIBRARY: that of the build.
version_of() {
  sed -n "s:^ *<$1\.version>\(.*\)</$1\.version>\$:\1:p" "$home/pom.xml"
}
