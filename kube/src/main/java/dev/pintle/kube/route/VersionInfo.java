package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.StatusErrors;

/// The route `/version`: the version of Kubernetes whose API is served.
public final class VersionInfo implements Route {
  public static final String MAJOR = "1";
  public static final String MINOR = "37";
  public static final String GIT_VERSION = "v1.37.2";
  private static final String PATH = "/version";

  @Override
  public boolean answer(RequestContext context, Reply reply) {
    String path = context.info().path();
    if (!WebService.owns(PATH, path)) {
      return false;
    }
    if (path.length() > PATH.length() + 1) {
      throw StatusErrors.nothingHere();
    }
    WebService.requireRead(context, "application/json");
    reply
        .indented()
        .page(
            new JsonObject()
                .set("major", MAJOR)
                .set("minor", MINOR)
                .set("emulationMajor", MAJOR)
                .set("emulationMinor", MINOR)
                .set("minCompatibilityMajor", MAJOR)
                .set("minCompatibilityMinor", "36")
                .set("gitVersion", GIT_VERSION)
                .set("gitCommit", "")
                .set("gitTreeState", "clean")
                .set("buildDate", "1970-01-01T00:00:00Z")
                .set("goVersion", "pintle on Java " + Runtime.version().feature())
                .set("compiler", "javac")
                .set("platform", "linux/amd64"));
    return true;
  }
}
