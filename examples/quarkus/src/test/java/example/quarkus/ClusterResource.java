package example.quarkus;

import dev.pintle.embed.PintleServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The cluster of the tests: Quarkus starts it before the application, and tells that where it is. */
public class ClusterResource implements QuarkusTestResourceLifecycleManager {
  private PintleServer cluster;

  @Override
  public Map<String, String> start() {
    cluster = PintleServer.builder().start();
    var settings = cluster.clientSettings();
    return Map.of(
        "quarkus.kubernetes-client.devservices.enabled", "false",
        "quarkus.kubernetes-client.api-server-url", settings.masterUrl(),
        "quarkus.kubernetes-client.ca-cert-data", settings.caCertData(),
        "quarkus.kubernetes-client.token", settings.oauthToken(),
        "quarkus.kubernetes-client.namespace", settings.namespace());
  }

  /** Gives the test the server, in a field of that type. */
  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(cluster, new TestInjector.MatchesType(PintleServer.class));
  }

  @Override
  public void stop() {
    cluster.close();
  }
}
