package dev.pintle.compat.conformance;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.RunningPintle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two nodes, as far as the server can see them: they say of every pod that they are given that it runs. What webhooks are made of
/// does run, as a process of this machine.
final class ProcessNode implements AutoCloseable {
  private static final List<String> NODES = List.of("first", "second");

  /// Those who see to it that a node is ready take away what keeps pods from a new one.
  private static final String NO_TAINTS = "{\"spec\":{\"taints\":null}}";

  private static final String WATCH =
      "/api/v1/pods?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=3600";
  private static final int ADDRESSES = 250;

  private final Kubeconfig server;
  private final KubeClient client;
  private final Map<String, Path> programs;
  private final Path folder;
  private final Map<String, PodProcesses> pods = new ConcurrentHashMap<>();
  private final Thread watcher;
  private volatile boolean closed;
  private int started;

  private ProcessNode(
      Kubeconfig server, KubeClient client, Map<String, Path> programs, Path folder) {
    this.server = server;
    this.client = client;
    this.programs = programs;
    this.folder = folder;
    this.watcher = Thread.ofPlatform().daemon().name("node").unstarted(this::watch);
  }

  /// @param programs what is run for containers of an image with such a part in its name
  /// @param folder for what its pods find and write
  static ProcessNode start(RunningPintle pintle, Map<String, Path> programs, Path folder) {
    KubeClient client = KubeClient.of(pintle);
    for (String name : NODES) {
      String path = "/api/v1/nodes/" + name;
      expect(client.post("/api/v1/nodes", node(name)));
      expect(client.send("PATCH", path, KubeClient.MERGE, NO_TAINTS));
      expect(client.send("PATCH", path + "/status", KubeClient.MERGE, status(name)));
    }
    ProcessNode node =
        new ProcessNode(Kubeconfig.read(pintle.kubeconfig()), client, programs, folder);
    node.watcher.start();
    return node;
  }

  private static String node(String name) {
    return """
    {"apiVersion":"v1","kind":"Node","metadata":{"name":"%1$s","labels":{"kubernetes.io/os":"linux",
     "kubernetes.io/arch":"amd64","kubernetes.io/hostname":"%1$s"}}}
    """
        .formatted(name);
  }

  private static String status(String name) {
    return """
    {"status":{"capacity":{"cpu":"32","memory":"64Gi","pods":"110","ephemeral-storage":"100Gi"},
     "allocatable":{"cpu":"32","memory":"64Gi","pods":"110","ephemeral-storage":"100Gi"},
     "addresses":[{"type":"InternalIP","address":"10.244.0.1"},{"type":"Hostname","address":"%2$s"}],
     "nodeInfo":{"kubeletVersion":"v1.37.2","osImage":"","kernelVersion":"","containerRuntimeVersion":"",
      "machineID":"","systemUUID":"","bootID":"","kubeProxyVersion":"","operatingSystem":"linux","architecture":"amd64"},
     "conditions":[{"type":"Ready","status":"True","reason":"KubeletReady","message":"",
      "lastHeartbeatTime":"%1$s","lastTransitionTime":"%1$s"}]}}
    """
        .formatted(now(), name);
  }

  private static void expect(KubeClient.Answer answer) {
    if (answer.code() >= 300) {
      throw new IllegalStateException(answer.text());
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void watch() {
    JsonMapper mapper = JsonMapper.builder().build();
    while (!closed) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(client.open(WATCH, KubeClient.JSON), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          JsonNode event = mapper.readTree(line);
          take(event.path("type").asString(), event.path("object"));
        }
      } catch (IOException | UncheckedIOException | IllegalStateException e) {
        if (!closed) {
          System.err.println("node: the watch of pods ended: " + e);
        }
      }
    }
  }

  private void take(String type, JsonNode pod) {
    if (!pod.path("kind").asString("").equals("Pod") || type.equals("BOOKMARK")) {
      return;
    }
    String uid = pod.at("/metadata/uid").asString();
    PodProcesses running = pods.get(uid);
    if (type.equals("DELETED")) {
      if (running != null) {
        running.stop();
        pods.remove(uid);
      }
    } else if (NODES.contains(pod.at("/spec/nodeName").asString())) {
      if (pod.at("/metadata").has("deletionTimestamp")) {
        if (running != null) {
          running.stop();
        } else {
          delete(pod);
        }
      } else if (running == null
          && hasImages(pod)
          && pod.at("/status/phase").asString("").equals("Pending")) {
        run(pod, uid);
      } else if (running != null && isUnseen(pod)) {
        tellRunning(pod, running.address());
      }
    }
  }

  /// Upstream's suite names an image that no registry has without one.
  private static boolean hasImages(JsonNode pod) {
    return pod.at("/spec/containers")
        .valueStream()
        .allMatch(container -> container.path("image").asString("").contains("/"));
  }

  /// Whether its spec was changed since the node said that it runs.
  private static boolean isUnseen(JsonNode pod) {
    return pod.at("/status/phase").asString("").equals("Running")
        && pod.at("/metadata/generation").asLong(0)
            != pod.at("/status/observedGeneration").asLong(0);
  }

  private void run(JsonNode pod, String uid) {
    int number = started++;
    String address = "10.244.%d.%d".formatted(1 + number / ADDRESSES, 1 + number % ADDRESSES);
    PodProcesses processes = new PodProcesses(pod, address, programs, folder.resolve(uid));
    pods.put(uid, processes);
    Thread.ofVirtual()
        .start(() -> {
          try {
            processes.run(client, server, () -> tellRunning(pod, address));
          } catch (IOException | AssertionError | RuntimeException e) {
            System.err.println("node: " + path(pod) + ": " + e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          delete(pod);
        });
  }

  private void tellRunning(JsonNode pod, String address) {
    String time = pod.at("/status/startTime").asString(now());
    String conditions =
        Stream.of("Initialized", "Ready", "ContainersReady", "PodScheduled")
            .map(type ->
                "{\"type\":\"%s\",\"status\":\"True\",\"lastTransitionTime\":\"%s\"}"
                    .formatted(type, time))
            .collect(Collectors.joining(","));
    String containers =
        pod.at("/spec/containers")
            .valueStream()
            .map(container ->
                """
                {"name":"%1$s","image":"%2$s","imageID":"%2$s","containerID":"process://%1$s","ready":true,"started":true,
                 "restartCount":0,"state":{"running":{"startedAt":"%3$s"}}}
                """
                    .formatted(
                        container.path("name").asString(),
                        container.path("image").asString(),
                        time))
            .collect(Collectors.joining(","));
    client.send(
        "PATCH",
        path(pod) + "/status",
        KubeClient.MERGE,
        """
        {"status":{"phase":"Running","observedGeneration":%5$d,"podIP":"%1$s","podIPs":[{"ip":"%1$s"}],"hostIP":"10.244.0.1","hostIPs":[{"ip":"10.244.0.1"}],
         "startTime":"%2$s","conditions":[%3$s],"containerStatuses":[%4$s]}}
        """
            .formatted(
                address, time, conditions, containers, pod.at("/metadata/generation").asLong(0)));
  }

  private void delete(JsonNode pod) {
    client.send(
        "DELETE",
        path(pod),
        KubeClient.JSON,
        "{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"gracePeriodSeconds\":0,\"preconditions\":{\"uid\":\"%s\"}}"
            .formatted(pod.at("/metadata/uid").asString()));
  }

  private static String path(JsonNode pod) {
    return "/api/v1/namespaces/%s/pods/%s"
        .formatted(pod.at("/metadata/namespace").asString(), pod.at("/metadata/name").asString());
  }

  @Override
  public void close() {
    closed = true;
    client.close();
    pods.values().forEach(PodProcesses::stop);
  }
}
