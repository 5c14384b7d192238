# shellcheck shell=sh disable=SC2154 # the launcher sets what these functions read
# Builds the program when its sources are not those of the last build. The result is a folder of jars named after the
# content of the sources, so that a running program never loses the jars below its feet.

builds_kept=2
shipped='kernel bbolt storage member wire etcd schema kube server'

# Everything that the build reads, handed to find(1) with the expression given.
sources() {
  (
    cd "$home" || exit
    # shellcheck disable=SC2086 # module names are words
    find pom.xml .mvn $shipped \( -name target -o -path '*/src/test' \) -prune -o "$@"
  )
}

# Sets app to the folder of the built program.
require_build() {
  mkdir -p "$work"
  current=$work/current
  if [ -f "$current" ]; then
    app=$work/app-$(cat "$current")
    # Folders count too: a file that went away leaves a younger folder.
    if [ -d "$app/lib" ] && [ -z "$(sources -newer "$current" -print | head -n 1)" ]; then
      return
    fi
  fi
  take_build_lock
  trap 'rm -rf "$work/build.lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  : >"$work/seen"
  stamp=$(sources -type f -exec cksum {} + | LC_ALL=C sort | cksum | tr ' ' '-')
  app=$work/app-$stamp
  [ -d "$app/lib" ] || build_into "$app"
  printf '%s\n' "$stamp" >"$work/seen.new"
  # As old as the moment before the sources were read: what changed since is seen next time.
  touch -r "$work/seen" "$work/seen.new"
  mv "$work/seen.new" "$current"
  rm -rf "$work/build.lock" "$work/seen"
  trap - EXIT INT TERM
}

# Two starts at once build once. A lock whose owner is gone is taken over.
take_build_lock() {
  told=
  until mkdir "$work/build.lock" 2>/dev/null; do
    owner=$(cat "$work/build.lock/pid" 2>/dev/null || :)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$work/build.lock"
    elif [ -z "$told" ]; then
      told=yes
      printf 'pintle: waiting for another build to end (%s)\n' "$work/build.lock" >&2
    fi
    sleep 1
  done
  printf '%s\n' $$ >"$work/build.lock/pid"
}

build_into() {
  log=$work/build.log
  rm -rf "$home/server/target/quick/lib"
  printf 'pintle: building with JDK %s; this happens when sources changed\n' "$(jdk_version "$jdk")" >&2
  if ! run_maven "$log" -T1C -Dquick -Dmaven.test.skip=true -pl server -am package; then
    printf '\npintle: the build failed; the end of its log:\n\n' >&2
    end_of_log "$log" >&2
    fail "$exit_build" "the whole log is in $log"
  fi
  rm -rf "$1.new"
  mkdir -p "$1.new"
  mv "$home/server/target/quick/lib" "$1.new/lib"
  mv "$1.new" "$1"
  train_archive "$1"
  forget_old_builds
}

# What a reader needs of a failed Maven run: not its progress, advice, or the frames of its own plugins.
end_of_log() {
  grep -v -e '^\[INFO\]' -e '^\[WARNING\] *$' -e '^\[WARNING\] \*' -e 'thread-safe' -e 'toolchains-plugin' \
    -e '^\[ERROR\] *$' -e '^[[:blank:]]*at ' -e 'Help 1' -e '[Rr]e-run Maven' -e 'mvn <args>' \
    -e 'For more information about' -e 'After correcting' "$1" | tail -n 30
}

forget_old_builds() {
  # shellcheck disable=SC2012 # our own names: no blanks
  ls -1dt "$work"/app-* | tail -n "+$((builds_kept + 1))" | while IFS= read -r old; do
    rm -rf "$old"
  done
}

# run_maven LOG ARGUMENTS...: runs the wrapper on the JDK found and shows each module as it begins. Answers Maven's code.
run_maven() {
  maven_log=$1
  shift
  rm -f "$work/maven.code"
  {
    code=0
    # Harnesses that start an etcd take every variable away, and Maven wants a home.
    (
      cd "$home" || exit
      HOME=${HOME-$(getent passwd "$(id -u)" | cut -d: -f6)} JAVA_HOME=$jdk ./mvnw -B "$@" </dev/null
    ) || code=$?
    printf '%s\n' "$code" >"$work/maven.code"
  } 2>&1 | tee "$maven_log" | show_progress
  return "$(cat "$work/maven.code")"
}

# Turns Maven's output into one line that is written over (on a terminal), or one line a module.
show_progress() {
  terminal=
  [ -t 2 ] && terminal=yes
  while IFS= read -r line; do
    case $line in
      '[INFO] Building Pintle '[a-z]*'['*/*']')
        module=${line#'[INFO] Building Pintle '}
        count=${line##*'['}
        step="${module%% *} (${count%']'})"
        if [ -n "$terminal" ]; then
          printf '\r\033[Kpintle: building %s' "$step" >&2
        else
          printf 'pintle: building %s\n' "$step" >&2
        fi
        ;;
      *'Downloading from '*)
        [ -z "$terminal" ] || printf '\r\033[Kpintle: fetching %s' "${line##*/}" >&2
        ;;
    esac
  done
  [ -z "$terminal" ] || printf '\r\033[K' >&2
}
