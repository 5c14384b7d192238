#!/usr/bin/env bash
# drive.sh FUNCTION: runs one function of upstream's kubectl suite against a server that is there already.
#
# In the environment: KUBE_ROOT, a writable copy of the suite with the programs in _output/bin; SECURE_API_PORT, where the server
# listens on the loopback and knows the token of the suite; TMPDIR, with the server's certificate in apiserver.crt. What
# starts and builds programs is left out, and the function runs in a new namespace. The word "between" stands for what the suite
# asks outside of its functions.
# shellcheck disable=SC1091 # the suite is not here
cd "$KUBE_ROOT" || exit
chosen=$1

# The colours of its messages come from tput, and two of its programs may be of builds that differ by their commit.
export TERM=${TERM:-dumb} ALLOW_SKEW=true
unset KUBECONFIG KUBERC

source "$KUBE_ROOT/hack/lib/init.sh"
source "$KUBE_ROOT/hack/lib/test.sh"
source "$KUBE_ROOT/test/cmd/legacy-script.sh"

make() { :; }
kube::etcd::start() { :; }
kube::etcd::cleanup() { :; }

# Upstream's own asks through a pipe that may close before it is written.
kube::util::ensure-gnu-sed() {
  SED="sed"
  if command -v gsed >/dev/null; then SED=gsed; fi
  export SED
}

run_chosen_tests() {
  create_and_use_new_namespace
  "$chosen"
}

setup
export SUPPORTED_RESOURCES=("*")
if [[ $chosen == between ]]; then
  record_command() { :; }
else
  export WHAT=chosen
fi
runTests
