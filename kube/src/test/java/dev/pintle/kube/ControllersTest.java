package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The things that the server does to objects by itself after they are stored.
class ControllersTest {
  private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";
  private static final String SCHEMAS = "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas";
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  @Test
  void aFlowSchemaIsToldThatItsLevelIsMissing() throws InterruptedException {
    try (Api api = new Api().settledIn()) {
      FakeExchange watch = api.watch(SCHEMAS + "?watch=true&fieldSelector=metadata.name%3Dfs");
      api.post(
          SCHEMAS,
          """
          {"metadata":{"name":"fs"},"spec":{"priorityLevelConfiguration":{"name":"none"},
           "rules":[{"subjects":[{"kind":"User","user":{"name":"bob"}}],
                     "nonResourceRules":[{"verbs":["*"],"nonResourceURLs":["/x"]}]}]}}
          """);
      watch.await("object named \\\"none\\\" but there is no such object");
    }
  }

  @Test
  void aServiceThatIsNotThereLeavesItsGroupListedButUnavailable() throws InterruptedException {
    try (Api api = new Api().settledIn()) {
      FakeExchange watch = api.watch(SERVICES + "?watch=true");
      api.post(
          SERVICES,
          """
          {"metadata":{"name":"v1.none.example.com"},
           "spec":{"group":"none.example.com","version":"v1","groupPriorityMinimum":100,
                   "versionPriority":10,"service":{"namespace":"default","name":"x"}}}
          """);
      watch.await("service/x in \\\"default\\\" is not present");
      assertThat(api.get("/apis/none.example.com").code()).isEqualTo(200);
      assertThat(api.get("/apis/none.example.com/v1/x").code()).isEqualTo(503);
    }
  }

  @Test
  void aDefinitionBringsAnApiServiceAndTakesItAway() throws InterruptedException {
    try (Api api = new Api().settledIn()) {
      FakeExchange watch = api.watch(SERVICES + "?watch=true");
      api.post(
          DEFINITIONS,
          """
          {"metadata":{"name":"olds.old.example.com"},
           "spec":{"group":"old.example.com","scope":"Namespaced",
                   "names":{"plural":"olds","kind":"Old"},
                   "versions":[{"name":"v1","served":true,"storage":true,
                                "schema":{"openAPIV3Schema":{"type":"object"}}}]}}
          """);
      watch.await("v1.old.example.com");
      api.delete(DEFINITIONS + "/olds.old.example.com");
      watch.await("DELETED");
      assertThat(api.get(SERVICES + "/v1.old.example.com").code()).isEqualTo(404);
    }
  }
}
