#!/bin/sh
# Runs the tests of the examples that are projects of their own, as their users have them: ./frameworks.sh [spring-boot] [quarkus]
# They read Pintle's artifacts from a folder, and the frameworks' from Maven Central, which takes a minute the first time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=$(dirname "$here")
repository=$home/.pintle/repository
# Beside the user's own local repository, so that nothing of this build is left there.
local=$home/.pintle/local

rm -rf "$repository" "$local/dev/pintle"
(cd "$home" && ./mvnw -q -B -Dquick -DskipTests -Dspotless.check.skip=true -pl junit -am deploy \
  "-DaltDeploymentRepository=folder::file:$repository")
[ $# -gt 0 ] || set -- spring-boot quarkus
for each in "$@"; do
  (cd "$home" && ./mvnw -B -q -f "examples/$each/pom.xml" -Dpintle.artifact=junit "-Dpintle.repository=file:$repository" \
    "-Dmaven.repo.local=$local" "-Dmaven.repo.local.tail=$HOME/.m2/repository" test)
  printf 'examples/%s: tested\n' "$each"
done
