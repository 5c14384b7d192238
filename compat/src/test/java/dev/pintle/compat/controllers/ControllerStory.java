package dev.pintle.compat.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A busy hour of a cluster in which every controller of the server has something to do, and what is left of it in the end.
final class ControllerStory {
  private static final Duration END_MAX = Duration.ofSeconds(90);
  private static final long QUIET_NANOS = Duration.ofSeconds(4).toNanos();
  private static final String IN = "/api/v1/namespaces/story/";
  private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/story/endpointslices";
  private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

  private final Child child;
  private final KubeClient client;
  private final Path folder;

  /// @param folder for what the story writes beside the server
  ControllerStory(RunningPintle pintle, KubeClient client, Path folder) {
    this.child = pintle.child();
    this.client = client;
    this.folder = folder;
  }

  private void make(String path, String body) {
    KubeClient.Answer answer = client.post(path, body.replace('\'', '"'));
    assertThat(answer.code()).as(path + ": " + answer.text()).isEqualTo(201);
  }

  private void merge(String path, String body) {
    KubeClient.Answer answer =
        client.send("PATCH", path, KubeClient.MERGE, body.replace('\'', '"'));
    assertThat(answer.code()).as(path + ": " + answer.text()).isEqualTo(200);
  }

  private void delete(String path, String options) {
    KubeClient.Answer answer =
        client.send("DELETE", path, KubeClient.JSON, options.replace('\'', '"'));
    assertThat(answer.code()).as(path + ": " + answer.text()).isIn(200, 202);
  }

  private JsonNode until(String path, Predicate<KubeClient.Answer> isSo) {
    return child.await(
        path,
        END_MAX,
        () -> {
          KubeClient.Answer answer = client.get(path);
          return isSo.test(answer) ? Optional.of(answer.json()) : Optional.empty();
        });
  }

  private JsonNode untilThere(String path) {
    return until(path, answer -> answer.code() == 200);
  }

  private static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asString("");
  }

  /// Lets it all happen.
  void happen() throws IOException {
    make("/api/v1/namespaces", "{'metadata':{'name':'story'}}");
    make("/api/v1/namespaces", "{'metadata':{'name':'doomed'}}");
    untilThere(IN + "serviceaccounts/default");
    node("n", "z", "2");
    node("m", "y", "1");
    services();
    owners();
    certificates();
    tokens();
    volumes();
    for (int i = 0; i < 20; i++) {
      make("/api/v1/namespaces/doomed/configmaps", "{'metadata':{'name':'c%d'}}".formatted(i));
    }
    delete("/api/v1/namespaces/doomed", "{}");
    until("/api/v1/namespaces/doomed", answer -> answer.code() == 404);
  }

  private void node(String name, String zone, String processors) {
    make(
        "/api/v1/nodes",
        "{'metadata':{'name':'%s','labels':{'topology.kubernetes.io/zone':'%s'}}}"
            .formatted(name, zone));
    merge(
        "/api/v1/nodes/" + name + "/status",
        "{'status':{'allocatable':{'cpu':'%s'},'conditions':[{'type':'Ready','status':'True'}]}}"
            .formatted(processors));
  }

  /// Services that ask for hints, each in another way.
  private void hintedServices() {
    Map<String, String> annotations =
        Map.of("zones", "topology-mode", "former", "topology-aware-hints");
    annotations.forEach((name, annotation) ->
        make(
            IN + "services",
            "{'metadata':{'name':'%s','annotations':{'service.kubernetes.io/%s':'Auto'}},'spec':{'selector':{'app':'a'},'ports':[{'port':80}]}}"
                .formatted(name, annotation)));
    for (String asked : List.of("PreferClose", "PreferSameZone", "PreferSameNode")) {
      make(
          IN + "services",
          "{'metadata':{'name':'%s'},'spec':{'selector':{'app':'a'},'trafficDistribution':'%s','ports':[{'port':80}]}}"
              .formatted(asked.toLowerCase(Locale.ROOT), asked));
    }
  }

  private void services() {
    hintedServices();
    for (String name : List.of("s", "headless")) {
      make(
          IN + "services",
          "{'metadata':{'name':'%s','labels':{'l':'1'}},'spec':{'selector':{'app':'a'},%s'ports':[{'name':'http','port':80,'targetPort':'web'}]}}"
              .formatted(name, name.equals("s") ? "" : "'clusterIP':'None',"));
    }
    make(IN + "services", "{'metadata':{'name':'bare'},'spec':{'ports':[{'port':80}]}}");
    make(
        IN + "endpoints",
        "{'metadata':{'name':'bare'},'subsets':[{'addresses':[{'ip':'10.7.0.1'}],'ports':[{'port':80}]}]}");
    for (int i = 0; i < 12; i++) {
      make(
          IN + "pods",
          "{'metadata':{'name':'p%d','labels':{'app':'a'}},'spec':{'nodeName':'n','containers':[{'name':'c','image':'i','ports':[{'name':'web','containerPort':8080}]}]}}"
              .formatted(i));
      merge(
          IN + "pods/p%d/status".formatted(i),
          "{'status':{'phase':'Running','podIP':'10.8.0.%1$d','podIPs':[{'ip':'10.8.0.%1$d'}],'conditions':[{'type':'Ready','status':'%2$s','lastTransitionTime':'2026-01-01T00:00:00Z'}]}}"
              .formatted(i + 1, i % 3 == 0 ? "False" : "True"));
    }
    for (int i = 0; i < 4; i++) {
      delete(IN + "pods/p%d".formatted(i), "{'gracePeriodSeconds':0}");
    }
    merge(IN + "services/s", "{'metadata':{'labels':{'l':'2'}}}");
  }

  private void owners() {
    make(IN + "configmaps", "{'metadata':{'name':'owner'}}");
    String owner = uid(untilThere(IN + "configmaps/owner"));
    for (int i = 0; i < 20; i++) {
      make(
          IN + "configmaps",
          "{'metadata':{'name':'owned%d','ownerReferences':[{'apiVersion':'v1','kind':'ConfigMap','name':'owner','uid':'%s','blockOwnerDeletion':true}]}}"
              .formatted(i, owner));
    }
    delete(IN + "configmaps/owner", "{'propagationPolicy':'Foreground'}");
    until(IN + "configmaps/owner", answer -> answer.code() == 404);
    until(IN + "configmaps/owned19", answer -> answer.code() == 404);
    make(
        "/apis/batch/v1/namespaces/story/jobs",
        "{'metadata':{'name':'j'},'spec':{'ttlSecondsAfterFinished':1,'suspend':true,'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}}}");
    make(
        "/apis/rbac.authorization.k8s.io/v1/clusterroles",
        "{'metadata':{'name':'more','labels':{'rbac.authorization.k8s.io/aggregate-to-view':'true'}},'rules':[{'verbs':['get'],'apiGroups':['example.com'],'resources':['things']}]}");
    until(
        "/apis/rbac.authorization.k8s.io/v1/clusterroles/admin",
        answer -> answer.text().contains("example.com"));
  }

  private void certificates() throws IOException {
    for (String name : List.of("good", "bad")) {
      Path request = folder.resolve(name + ".csr");
      Tool.Result made =
          Tool.of(
                  Path.of("openssl"),
                  "req",
                  "-new",
                  "-newkey",
                  "rsa:2048",
                  "-nodes",
                  "-keyout",
                  folder.resolve(name + ".key").toString(),
                  "-out",
                  request.toString(),
                  "-subj",
                  "/O=dev/CN=jane")
              .run();
      assertThat(made.exit()).as(made.err()).isZero();
      String encoded = Base64.getEncoder().encodeToString(Files.readAllBytes(request));
      make(
          REQUESTS,
          "{'metadata':{'name':'%s'},'spec':{'request':'%s','signerName':'kubernetes.io/kube-apiserver-client','usages':['%s']}}"
              .formatted(name, encoded, name.equals("good") ? "client auth" : "server auth"));
      KubeClient.Answer there = client.get(REQUESTS + "/" + name);
      String approved =
          there
              .text()
              .replace(
                  "\"status\":{}",
                  "\"status\":{\"conditions\":[{\"type\":\"Approved\",\"status\":\"True\",\"reason\":\"r\"}]}");
      KubeClient.Answer told =
          client.send("PUT", REQUESTS + "/" + name + "/approval", KubeClient.JSON, approved);
      assertThat(told.code()).as(told.text()).isEqualTo(200);
    }
    until(REQUESTS + "/good", answer -> answer.text().contains("\"certificate\":"));
    until(REQUESTS + "/bad", answer -> answer.text().contains("SignerValidationFailure"));
  }

  private void tokens() {
    for (String account : List.of("kept", "gone")) {
      make(IN + "serviceaccounts", "{'metadata':{'name':'%s'}}".formatted(account));
      make(
          IN + "secrets",
          "{'metadata':{'name':'of-%1$s','annotations':{'kubernetes.io/service-account.name':'%1$s'}},'type':'kubernetes.io/service-account-token'}"
              .formatted(account));
      until(IN + "secrets/of-" + account, answer -> answer.text().contains("\"token\":"));
    }
    delete(IN + "serviceaccounts/gone", "{}");
    until(IN + "secrets/of-gone", answer -> answer.code() == 404);
    merge(IN + "configmaps/kube-root-ca.crt", "{'data':{'ca.crt':'another'}}");
    delete(IN + "serviceaccounts/default", "{}");
  }

  private void volumes() {
    make(
        IN + "persistentvolumeclaims",
        "{'metadata':{'name':'claim'},'spec':{'accessModes':['ReadWriteOnce'],'storageClassName':'none','resources':{'requests':{'storage':'1Gi'}}}}");
    make(
        "/apis/storage.k8s.io/v1/volumeattributesclasses",
        "{'metadata':{'name':'class'},'driverName':'example.com','parameters':{'a':'b'}}");
    delete(IN + "persistentvolumeclaims/claim", "{}");
    delete("/apis/storage.k8s.io/v1/volumeattributesclasses/class", "{}");
    until(IN + "persistentvolumeclaims/claim", answer -> answer.code() == 404);
    until("/apis/storage.k8s.io/v1/volumeattributesclasses/class", answer -> answer.code() == 404);
  }

  /// Waits until nobody writes any more; whoever fights never lets it be.
  void settle() {
    long[] since = {System.nanoTime()};
    String[] last = {""};
    child.await(
        "an end of all writes",
        END_MAX,
        () -> {
          String version = version();
          if (!version.equals(last[0])) {
            last[0] = version;
            since[0] = System.nanoTime();
          }
          return System.nanoTime() - since[0] > QUIET_NANOS ? Optional.of(true) : Optional.empty();
        });
  }

  /// The newest write of the whole store.
  private String version() {
    return client
        .get("/api/v1/namespaces?limit=1")
        .json()
        .path("metadata")
        .path("resourceVersion")
        .asString("");
  }

  /// What controllers made and keep, but for what differs each time.
  List<String> end() {
    List<String> end = new ArrayList<>();
    slices(end);
    hints(end);
    endpoints(end);
    objects(end);
    requests(end);
    end.sort(null);
    return end;
  }

  private void slices(List<String> end) {
    for (JsonNode slice : client.get(SLICES).json().path("items")) {
      TreeSet<String> endpoints = new TreeSet<>();
      for (JsonNode endpoint : slice.path("endpoints")) {
        endpoints.add(
            "%s %s %s %s %s"
                .formatted(
                    endpoint.path("addresses"),
                    endpoint.path("conditions"),
                    endpoint.path("targetRef").path("name").asString("-"),
                    endpoint.path("nodeName").asString("-"),
                    endpoint.path("zone").asString("-")));
      }
      end.add(
          "slice %s %s %s %s"
              .formatted(
                  sorted(slice.path("metadata").path("labels")),
                  slice.path("addressType"),
                  slice.path("ports"),
                  endpoints));
    }
  }

  /// How many endpoints of each service have which hints: which of them is chance.
  private void hints(List<String> end) {
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonNode slice : client.get(SLICES).json().path("items")) {
      String service =
          slice.path("metadata").path("labels").path("kubernetes.io/service-name").asString("");
      for (JsonNode endpoint : slice.path("endpoints")) {
        counts.merge("hints " + service + ' ' + endpoint.path("hints"), 1, Integer::sum);
      }
    }
    counts.forEach((hint, count) -> end.add(hint + ' ' + count));
    for (JsonNode event : client.get(IN + "events").json().path("items")) {
      boolean told = event.path("reason").asString("").equals("TopologyAwareHintsEnabled");
      String line =
          "event %s %s %s"
              .formatted(
                  event.path("involvedObject").path("name"),
                  event.path("type"),
                  event.path("message"));
      if (told && !end.contains(line)) {
        end.add(line);
      }
    }
  }

  private void endpoints(List<String> end) {
    for (JsonNode endpoints : client.get(IN + "endpoints").json().path("items")) {
      StringBuilder addresses = new StringBuilder();
      for (JsonNode subset : endpoints.path("subsets")) {
        for (String list : List.of("addresses", "notReadyAddresses")) {
          addresses.append(list);
          subset.path(list).forEach(each -> addresses.append(' ').append(each.path("ip")));
        }
        addresses.append(subset.path("ports"));
      }
      end.add(
          "endpoints %s %s %s"
              .formatted(
                  endpoints.path("metadata").path("name"),
                  sorted(endpoints.path("metadata").path("labels")),
                  addresses));
    }
  }

  private void objects(List<String> end) {
    for (String kind : List.of("serviceaccounts", "secrets", "configmaps", "pods")) {
      for (JsonNode object : client.get(IN + kind).json().path("items")) {
        TreeSet<String> data = new TreeSet<>(object.path("data").propertyNames());
        end.add("%s %s %s".formatted(kind, object.path("metadata").path("name"), data));
      }
    }
  }

  private void requests(List<String> end) {
    for (JsonNode request : client.get(REQUESTS).json().path("items")) {
      TreeSet<String> conditions = new TreeSet<>();
      for (JsonNode condition : request.path("status").path("conditions")) {
        conditions.add(condition.path("type").asString("") + condition.path("message"));
      }
      end.add(
          "request %s %s %s"
              .formatted(
                  request.path("metadata").path("name"),
                  conditions,
                  request.path("status").has("certificate")));
    }
  }

  private static Map<String, String> sorted(JsonNode labels) {
    TreeMap<String, String> sorted = new TreeMap<>();
    labels.properties().forEach(label -> sorted.put(label.getKey(), label.getValue().asString("")));
    return sorted;
  }
}
