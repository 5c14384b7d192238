package dev.pintle.compat.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// The same requests to both servers under one audit policy, and what each has written down of them. Each request names itself, so that its
/// events are found. How long parts of a slow request took is told by upstream alone, which measures them.
class AuditTwinIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CORPUS = Path.of("src/test/twin-audit");
  private static final Duration POSTED_MAX = Duration.ofMinutes(2);
  private static final String LATENCY = "apiserver.latency.k8s.io/";

  /// A token of a service account has another name on each server.
  private static final String CREDENTIAL = "authentication.kubernetes.io/issued-credential-id";

  @TempDir private Path data;

  @Test
  void whatIsWrittenDownOfEachRequestIsAlike() throws IOException, InterruptedException {
    Peers.require("kube-apiserver");
    List<TwinRequest> corpus = Corpus.read(CORPUS).stream().map(AuditTwinIT::withItsName).toList();
    String policy = "--audit-policy-file=" + CORPUS.resolve("policy.yaml").toAbsolutePath();
    Path there = data.resolve("real.log");
    Path here = data.resolve("pintle.log");
    try (AuditReceiver receiver = new AuditReceiver()) {
      send(corpus, policy, there, here, receiver);
      compare("log", corpus, events(there), events(here));
      compare(
          "webhook",
          corpus,
          posted(receiver.of("real"), corpus),
          posted(receiver.of("pintle"), corpus));
      assertThat(receiver.head("pintle")).isEqualTo(receiver.head("real"));
    }
  }

  private static void compare(
      String place,
      List<TwinRequest> corpus,
      Map<String, List<ObjectNode>> expected,
      Map<String, List<ObjectNode>> actual) {
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (TwinRequest request : corpus) {
      List<ObjectNode> ours = actual.getOrDefault(request.place(), List.of());
      List<ObjectNode> theirs = expected.getOrDefault(request.place(), List.of());
      compared += theirs.size();
      wrong.addAll(differences(request, theirs, ours));
    }
    System.err.printf(
        "audit, %s: %d requests, %d events compared%n", place, corpus.size(), compared);
    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(corpus.size());
  }

  private void send(
      List<TwinRequest> corpus, String policy, Path real, Path pintle, AuditReceiver receiver)
      throws IOException, InterruptedException {
    String webhook = " --audit-webhook-batch-max-wait=1s --audit-webhook-config-file=";
    Path toReal = receiver.kubeconfig(data, "real");
    Path toPintle = receiver.kubeconfig(data, "pintle");
    try (RealPair there =
            RealPair.start(
                data.resolve("real"),
                Map.of(
                    "PINTLE_PAIR_KUBE_FLAGS",
                    policy + " --audit-log-path=" + real + webhook + toReal));
        RunningPintle here =
            RunningPintle.alone(
                data.resolve("pintle"),
                "--etcd",
                "127.0.0.1:0",
                "--kube",
                "127.0.0.1:0",
                policy,
                "--audit-log-path=" + pintle,
                "--audit-webhook-config-file=" + toPintle);
        HttpClient client = TrustAnyone.client()) {
      TwinPair pair = TwinPair.of(there, here, client);
      for (TwinRequest request : corpus) {
        pair.ask(request);
      }
      // It posts what waits before it ends.
      assertThat(here.child().terminate()).isEqualTo(143);
      assertThat(receiver.of("pintle")).hasSize(Math.toIntExact(lines(pintle)));
      Map<String, List<ObjectNode>> ours = events(pintle);
      receiver.await(
          "real",
          sent -> {
            Map<String, List<ObjectNode>> theirs = posted(sent, corpus);
            return corpus.stream()
                .map(TwinRequest::place)
                .allMatch(place ->
                    theirs.getOrDefault(place, List.of()).size()
                        >= ours.getOrDefault(place, List.of()).size());
          },
          POSTED_MAX);
    }
  }

  private static long lines(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.count();
    }
  }

  /// Those of each request, by their time: lists may be under way together.
  private static Map<String, List<ObjectNode>> posted(
      List<ObjectNode> all, List<TwinRequest> corpus) {
    Map<String, List<ObjectNode>> events = new LinkedHashMap<>();
    corpus.forEach(request -> events.put(request.place(), new ArrayList<>()));
    for (ObjectNode event : all) {
      List<ObjectNode> own = events.get(event.path("auditID").asString());
      if (own != null) {
        own.add(event);
      }
    }
    events
        .values()
        .forEach(own ->
            own.sort(Comparator.comparing(event -> event.path("stageTimestamp").asString())));
    return events;
  }

  private static TwinRequest withItsName(TwinRequest request) {
    List<TwinRequest.Header> headers = new ArrayList<>(request.headers());
    headers.add(new TwinRequest.Header("Audit-ID", request.place()));
    if (headers.stream().noneMatch(each -> each.name().equals("User-Agent"))) {
      headers.add(new TwinRequest.Header("User-Agent", "audit-twin/1"));
    }
    return new TwinRequest(
        request.place(),
        request.title(),
        request.method(),
        request.path(),
        List.copyOf(headers),
        request.body(),
        request.known());
  }

  /// The events of each request, in their order.
  private static Map<String, List<ObjectNode>> events(Path log) throws IOException {
    Map<String, List<ObjectNode>> events = new LinkedHashMap<>();
    try (Stream<String> lines = Files.lines(log)) {
      lines.forEach(line -> {
        ObjectNode event = (ObjectNode) JSON.readTree(line);
        events.computeIfAbsent(event.path("auditID").asString(), _ -> new ArrayList<>()).add(event);
      });
    }
    return events;
  }

  private static List<String> differences(
      TwinRequest request, List<ObjectNode> theirs, List<ObjectNode> ours) {
    List<String> stages = theirs.stream().map(AuditTwinIT::stage).toList();
    List<String> ourStages = ours.stream().map(AuditTwinIT::stage).toList();
    if (!stages.equals(ourStages)) {
      return List.of("%s: stages %s, not %s".formatted(request, ourStages, stages));
    }
    List<Difference> all = new ArrayList<>();
    for (int i = 0; i < theirs.size(); i++) {
      all.addAll(differences(request, theirs.get(i), ours.get(i)));
    }
    List<String> untold =
        request.known().isPresent()
            ? request.known().get().untold(all)
            : all.stream().map(Difference::toString).toList();
    return untold.isEmpty() ? List.of() : List.of(request + "\n" + String.join("\n", untold));
  }

  private static String stage(JsonNode event) {
    return event.path("stage").asString();
  }

  private static List<Difference> differences(
      TwinRequest request, ObjectNode there, ObjectNode here) {
    List<Difference> differences = new ArrayList<>();
    List<String> order = fields(there);
    if (!order.equals(fields(here))) {
      differences.add(new Difference("fields", order.toString(), fields(here).toString()));
    }
    differences.addAll(Normalized.differences(facts(request, there), facts(request, here)));
    return differences;
  }

  private static List<String> fields(ObjectNode event) {
    return List.copyOf(event.propertyNames());
  }

  private static Normalized facts(TwinRequest request, ObjectNode event) {
    ObjectNode shown = event.deepCopy();
    if (shown.path("annotations") instanceof ObjectNode annotations) {
      fields(annotations).stream()
          .filter(name -> name.startsWith(LATENCY))
          .forEach(annotations::remove);
      if (annotations.has(CREDENTIAL)) {
        annotations.put(CREDENTIAL, "JTI");
      }
    }
    return Normalized.of(new TwinServer.Answer(0, List.of(), shown.toString()), request);
  }
}
