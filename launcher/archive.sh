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
  [ ! -t 2 ] || printf '\r\033[Kpintle: training run of the start' >&2
  data=$work/training
  rm -rf "$data"
  (exec_program "$1" "-XX:AOTCacheOutput=$1/pintle.aot" \
    train --data "$data" --etcd 127.0.0.1:0 --kube 127.0.0.1:0) >"$work/training.log" 2>&1 </dev/null &
  training=$!
  seconds=0
  while kill -0 "$training" 2>/dev/null; do
    if [ "$seconds" -ge "$training_seconds_max" ]; then
      kill -KILL "$training" 2>/dev/null || :
      rm -f "$1/pintle.aot"
      break
    fi
    sleep 1
    seconds=$((seconds + 1))
  done
  wait "$training" 2>/dev/null || :
  # The program writes for its user alone; this is as public as the jars beside it.
  [ ! -f "$1/pintle.aot" ] || chmod a+r "$1/pintle.aot"
  rm -rf "$data"
  [ ! -t 2 ] || printf '\r\033[K' >&2
}
