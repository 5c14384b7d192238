package dev.pintle.kube.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import org.junit.jupiter.api.Test;

final class WatchTrackerTest {
  private static final String MAPS = "/api/v1/namespaces/a/configmaps";

  private final WatchTracker watches = new WatchTracker();

  private Runnable watch(String path, String options) {
    Query query = Query.parse("watch=1" + options);
    return watches.register(RequestInfo.parse("GET", path, query), query);
  }

  private int interestedIn(String method, String path) {
    return watches.interestedIn(RequestInfo.parse(method, path, Query.EMPTY));
  }

  @Test
  void aWatchOfOneObjectIsInterestedInThatAlone() {
    watch(MAPS, "&fieldSelector=metadata.name%3Done");
    assertThat(interestedIn("PUT", MAPS + "/one")).isEqualTo(1);
    assertThat(interestedIn("PUT", MAPS + "/other")).isZero();
    assertThat(interestedIn("POST", MAPS)).isZero();
  }

  @Test
  void watchesOfANamespaceAndOfAllAreAddedUp() {
    Runnable forget = watch(MAPS, "");
    watch("/api/v1/configmaps", "");
    watch("/api/v1/namespaces/b/configmaps", "");
    assertThat(interestedIn("POST", MAPS)).isEqualTo(2);
    forget.run();
    assertThat(interestedIn("POST", MAPS)).isEqualTo(1);
    assertThat(interestedIn("GET", "/healthz")).isZero();
  }

  @Test
  void aWatchOfThePodsOfOneNodeDoesNotCount() {
    String pods = "/api/v1/namespaces/a/pods";
    watch("/api/v1/pods", "&fieldSelector=spec.nodeName%3Dn1");
    assertThat(interestedIn("POST", pods)).isZero();
    watch("/api/v1/pods", "&fieldSelector=spec.nodeName%3D");
    watch("/api/v1/pods", "&fieldSelector=%2C%2C");
    assertThat(interestedIn("POST", pods)).isEqualTo(2);
  }
}
