# shellcheck shell=sh disable=SC2154 # the launcher sets what these functions read
# Finds a JDK 25 without starting one: every JDK says its version in a file named `release`.

jdk_version() {
  sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$1/release" 2>/dev/null
}

# A JDK, not only a run time: the first use builds the program.
is_jdk_25() {
  [ -x "$1/bin/javac" ] || return 1
  case $(jdk_version "$1") in
    25 | 25.*) return 0 ;;
    *) return 1 ;;
  esac
}

# The home of the `java` on the PATH, through any links.
jdk_of_path() {
  java=$(command -v java) || return 0
  while [ -L "$java" ]; do
    target=$(readlink "$java")
    case $target in
      /*) java=$target ;;
      *) java=$(dirname -- "$java")/$target ;;
    esac
  done
  dirname -- "$(dirname -- "$java")"
}

# Prints the places to look at, the most deliberate first, one on a line.
jdk_candidates() {
  printf '%s\n' "${JAVA_HOME-}" "${JAVA_HOME_25_X64-}" "${JAVA_HOME_25_ARM64-}"
  jdk_of_path
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v 25 2>/dev/null || :
  fi
  for candidate in /usr/lib/jvm/* /opt/*jdk* /opt/java/* /usr/java/* /usr/local/*jdk* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.gradle/jdks/* \
    "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home; do
    printf '%s\n' "$candidate"
  done
}

# Sets jdk to the first JDK 25, or fails.
find_jdk() {
  jdk=$(
    jdk_candidates | while IFS= read -r candidate; do
      if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
        printf '%s\n' "$candidate"
        break
      fi
    done
  )
  [ -n "$jdk" ]
}

require_jdk() {
  find_jdk && return
  show_help no-jdk >&2
  exit "$exit_no_jdk"
}
