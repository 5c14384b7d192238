package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.outbound.HookAuthority;
import dev.pintle.kube.outbound.HookServer;
import dev.pintle.kube.outbound.HookServer.Received;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/// A surface with a server of webhooks beside it.
final class HookedApi implements AutoCloseable {
  static final String VALIDATING =
      "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
  static final String MUTATING =
      "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
  static final String ALLOWED = "\"allowed\":true";
  private static final HookAuthority AUTHORITY = new HookAuthority("hooks");

  /// The annotations of the audit record of each request, once it was handled.
  private final BlockingQueue<Map<String, String>> annotations = new LinkedBlockingQueue<>();

  final Api api =
      new Api(inner ->
          context -> {
            try {
              inner.handle(context);
            } finally {
              annotations.add(Map.copyOf(context.notes().annotations()));
            }
          });
  final HookServer server;
  private final CountDownLatch over = new CountDownLatch(1);

  /// @param verdict the fields of the response to a request, by what was asked; null for what is known here
  HookedApi(Function<Received, String> verdict) throws InterruptedException {
    server =
        new HookServer(
            AUTHORITY,
            (request, out) ->
                HookServer.answer(out, HookServer.review(request, verdict.apply(request))));
    settleIn();
  }

  HookedApi() throws InterruptedException {
    server =
        new HookServer(
            AUTHORITY,
            (request, out) -> HookServer.answer(out, HookServer.review(request, known(request))));
    settleIn();
  }

  /// The server makes an object of its own a moment after its start; it is not to be counted among those of a test.
  private void settleIn() throws InterruptedException {
    api.settledIn();
    api.until(
        "/api/v1/namespaces/kube-system/configmaps/kube-apiserver-legacy-service-account-token-tracking",
        answer -> answer.code() == 200);
  }

  private String known(Received request) {
    return switch (path(request)) {
      case "deny" -> "\"allowed\":false";
      case "why" ->
          "\"allowed\":false,\"warnings\":[\"beware\"],\"status\":{\"message\":\"no\",\"code\":409,\"reason\":\"Conflict\"}";
      case "label" -> patch("[{'op':'add','path':'/metadata/labels','value':{'hooked':'yes'}}]");
      case "count" -> counted(request);
      case "audit" -> ALLOWED + ",\"auditAnnotations\":{\"why\":\"because\"}";
      case "warn" -> ALLOWED + ",\"warnings\":[\"beware\",\"\"]";
      case "slow" -> {
        await();
        yield ALLOWED;
      }
      default -> ALLOWED;
    };
  }

  static String path(Received request) {
    return request.path().substring(1).split("\\?", 2)[0];
  }

  private static String counted(Received request) {
    JsonObject data = request.request().objectOrEmpty("object").objectOrEmpty("data");
    long seen = Long.parseLong("0" + data.textOrEmpty("n"));
    return patch("[{'op':'add','path':'/data/n','value':'" + (seen + 1) + "'}]");
  }

  static String patch(String operations) {
    byte[] json = operations.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ALLOWED
        + ",\"patchType\":\"JSONPatch\",\"patch\":\"%s\""
            .formatted(Base64.getEncoder().encodeToString(json));
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Lets go whom the server has kept.
  void release() {
    over.countDown();
  }

  /// The rule for all operations on a resource.
  static String rule(String group, String version, String resource) {
    return "{'apiGroups':['%s'],'apiVersions':['%s'],'operations':['*'],'resources':['%s']}"
        .formatted(group, version, resource);
  }

  static String maps() {
    return rule("", "v1", "configmaps");
  }

  /// A webhook as a configuration has it.
  ///
  /// @param more fields of it in single quotes, each with a comma before it
  String hook(String name, String path, String rule, String more) {
    return hookAt(name, "'url':'" + server.url("/" + path) + "'", rule, more);
  }

  /// @param place the fields of its client configuration
  String hookAt(String name, String place, String rule, String more) {
    return "{'name':'%s.example.com','clientConfig':{%s,'caBundle':'%s'},'rules':[%s],'sideEffects':'None','admissionReviewVersions':['v1']%s}"
        .formatted(name, place, AUTHORITY.bundle(), rule, more);
  }

  void install(String collection, String name, String... hooks) throws InterruptedException {
    Api.Answer made = api.post(collection, configuration(name, hooks));
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
  }

  static String configuration(String name, String... hooks) {
    return "{'metadata':{'name':'%s'},'webhooks':[%s]}"
        .formatted(name, String.join(",", hooks))
        .replace('\'', '"');
  }

  /// The annotations of the first request that has any.
  Map<String, String> annotated() throws InterruptedException {
    Map<String, String> next = annotations.take();
    while (next.isEmpty()) {
      next = annotations.take();
    }
    return next;
  }

  JsonObject last() {
    return server.received().getLast().request();
  }

  /// The paths that were asked, in order.
  List<String> asked() {
    return server.received().stream().map(HookedApi::path).toList();
  }

  /// The operations and resources that were asked about, in order.
  List<String> told() {
    return server.received().stream()
        .map(Received::request)
        .map(request ->
            "%s %s/%s %s"
                .formatted(
                    request.textOrEmpty("operation"),
                    request.objectOrEmpty("requestResource").textOrEmpty("resource"),
                    request.textOrEmpty("requestSubResource"),
                    request.textOrEmpty("name")))
        .toList();
  }

  @Override
  public void close() {
    release();
    server.close();
    api.close();
  }
}
