# shellcheck shell=sh disable=SC2154 # the launcher sets what these functions read
# An archive of loaded and linked classes and of how often methods ran, made by one short run of the program under load: it
# about halves the start, and the first requests are compiled sooner. The program starts without it as well, and the JVM
# ignores one that does not fit.

training_seconds_max=120

archive_option() {
  if [ -f "$1/pintle.aot" ]; then
    printf '%s\n' "-XX:AOTCache=$1/pintle.aot"
  else
    printf '%s\n' '-XX:AOTMode=off'
  fi
}

# train_archive APP: leaves APP/pintle.aot behind, or nothing.
train_archive() {
  [ ! -t 2 ] || printf '\r\033[Kpintle: rehearsing the start' >&2
  data=$work/rehearsal
  rm -rf "$data"
  (exec_program "$1" "-XX:AOTCacheOutput=$1/pintle.aot" \
    rehearse --data "$data" --etcd 127.0.0.1:0 --kube 127.0.0.1:0) >"$work/rehearsal.log" 2>&1 </dev/null &
  rehearsal=$!
  seconds=0
  while kill -0 "$rehearsal" 2>/dev/null; do
    if [ "$seconds" -ge "$training_seconds_max" ]; then
      kill -KILL "$rehearsal" 2>/dev/null || :
      rm -f "$1/pintle.aot"
      break
    fi
    sleep 1
    seconds=$((seconds + 1))
  done
  wait "$rehearsal" 2>/dev/null || :
  # The program writes for its user alone; this is as public as the jars beside it.
  [ ! -f "$1/pintle.aot" ] || chmod a+r "$1/pintle.aot"
  rm -rf "$data"
  [ ! -t 2 ] || printf '\r\033[K' >&2
}
