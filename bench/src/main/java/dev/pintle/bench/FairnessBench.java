package dev.pintle.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The cost of priority and fairness to a request that need not wait: two Pintles, one without it, are asked the same in turn, by an
/// administrator, who is exempt, and by a service account, who is in a level: to read, which is done at once, and to create, which is not.
final class FairnessBench {
  static final String WORD = "fairness";

  private static final long REQUESTS_FULL = 300_000;
  private static final String OFF = "--enable-priority-and-fairness=false";

  /// A create costs so many times what a read does, so there are fewer.
  private static final int READS_PER_CREATE = 10;

  private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
  private static final String ACCESS = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String ACCOUNT = "{\"metadata\":{\"name\":\"reader\"}}";
  private static final String ROLE =
      "{\"metadata\":{\"name\":\"reader\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"namespaces\",\"configmaps\"],\"verbs\":[\"get\",\"create\"]}]}";
  private static final String BINDING =
      """
      {"metadata":{"name":"reader"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"reader"},
      "subjects":[{"kind":"ServiceAccount","namespace":"default","name":"reader"}]}
      """;
  private static final String CONFIG_MAP =
      "{\"metadata\":{\"generateName\":\"bench-\"},\"data\":{\"key\":\"value\"}}";
  private static final int READ_STREAMS = 32;
  private static final int CREATE_STREAMS = 4;
  private static final Pattern TOKEN = Pattern.compile("\"token\":\\s*\"([^\"]+)\"");

  private final Options options;
  private final long requests;

  private FairnessBench(Options options) {
    this.options = options;
    this.requests = Math.max(1_000, Math.round(REQUESTS_FULL * options.scale()));
  }

  static void run(Options options) throws IOException, InterruptedException {
    try (WorkFolder work = WorkFolder.make("pintle-fairness")) {
      new FairnessBench(options).both(work.path());
    }
    System.out.println("written: " + options.output());
  }

  /// Two servers, and a token of the same client at each.
  private record Asked(Contender off, String offToken, Contender on, String onToken) {}

  /// The requests of a case.
  ///
  /// @param body empty for a read
  private record Load(String name, String path, String body, int streams, long requests) {}

  private void both(Path work) throws IOException, InterruptedException {
    try (Contender off =
            new Pintle.Kind(options.launcher(), List.of(OFF)).start(work.resolve("off"));
        Contender on = new Pintle.Kind(options.launcher()).start(work.resolve("on"))) {
      StringBuilder table = new StringBuilder();
      Load read =
          new Load("get a namespace", "/api/v1/namespaces/default", "", READ_STREAMS, requests);
      Load create =
          new Load(
              "create ConfigMap",
              "/api/v1/namespaces/default/configmaps",
              CONFIG_MAP,
              CREATE_STREAMS,
              requests / READS_PER_CREATE);
      Asked administrator = new Asked(off, off.token(), on, on.token());
      Asked account = new Asked(off, account(off), on, account(on));
      table.append(row(read, "an administrator", administrator));
      table.append(row(read, "a service account", account));
      table.append(row(create, "a service account", account));
      Files.writeString(options.output(), report(table.toString()));
    }
  }

  private static String account(Contender contender) throws IOException, InterruptedException {
    KubeCalls calls = new KubeCalls(contender);
    calls.post(ACCOUNTS, ACCOUNT);
    calls.post(ACCESS + "clusterroles", ROLE);
    calls.post(ACCESS + "clusterrolebindings", BINDING);
    String answer =
        calls.post(ACCOUNTS + "/reader/token", "{\"spec\":{\"expirationSeconds\":3600}}");
    Matcher token = TOKEN.matcher(answer);
    if (!token.find()) {
      throw new IOException("%s: no token (expected: one)".formatted(answer));
    }
    return token.group(1);
  }

  private static String row(Load load, String who, Asked asked)
      throws IOException, InterruptedException {
    String name = "%s, %s".formatted(load.name(), who);
    return AlternatingRounds.of(
            name,
            () -> micros(load, asked.off(), asked.offToken()),
            () -> micros(load, asked.on(), asked.onToken()))
        .row(name);
  }

  /// CPU of the server for one request.
  private static double micros(Load load, Contender contender, String token)
      throws IOException, InterruptedException {
    H2Load sent =
        new H2Load(
            contender.kube() + load.path(),
            8,
            load.streams(),
            load.requests(),
            List.of(
                "authorization: Bearer " + token,
                "accept: application/json",
                "content-type: application/json"),
            load.body().getBytes(StandardCharsets.UTF_8));
    Usage before = Usage.of(contender.kubePids());
    sent.run();
    Usage after = Usage.of(contender.kubePids());
    return (after.cpuMicros() - before.cpuMicros()) / (double) load.requests();
  }

  private String report(String rows) throws IOException {
    return """
    ## What priority and fairness costs, %s, %s

    Two Pintles in turn, one with `%s`; h2load with 8 connections of %d streams (creates: %d), %,d requests a round (creates: a tenth of that), µs of the server's CPU a request. The bar is 1.02.

    | Case | off, by rounds | on | off, median | on, median | on ÷ off | median of the pairs |
    |---|---|---|---|---|---|---|
    %s\
    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Machine.describe(),
            OFF,
            READ_STREAMS,
            CREATE_STREAMS,
            requests,
            rows);
  }
}
