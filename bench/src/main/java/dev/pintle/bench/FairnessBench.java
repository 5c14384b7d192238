package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The cost of priority and fairness to a request that need not wait: two Pintles, one without it, are asked the same in turn, by an
/// administrator, who is exempt, and by a service account, who is in a level.
final class FairnessBench {
  static final String WORD = "fairness";

  private static final int PAIRS = 7;
  private static final int WARM_UPS = 2;
  private static final long REQUESTS_FULL = 300_000;
  private static final String OFF = "--enable-priority-and-fairness=false";
  private static final String PATH = "/api/v1/namespaces/default";
  private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
  private static final String ACCESS = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String ACCOUNT = "{\"metadata\":{\"name\":\"reader\"}}";
  private static final String ROLE =
      "{\"metadata\":{\"name\":\"reader\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"namespaces\"],\"verbs\":[\"get\"]}]}";
  private static final String BINDING =
      """
      {"metadata":{"name":"reader"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"reader"},
      "subjects":[{"kind":"ServiceAccount","namespace":"default","name":"reader"}]}
      """;
  private static final Pattern TOKEN = Pattern.compile("\"token\":\\s*\"([^\"]+)\"");

  private final Options options;
  private final long requests;

  private FairnessBench(Options options) {
    this.options = options;
    this.requests = Math.max(1_000, Math.round(REQUESTS_FULL * options.scale()));
  }

  static void run(Options options) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("pintle-fairness");
    try {
      new FairnessBench(options).both(work);
    } finally {
      Folders.delete(work);
    }
    System.out.println("written: " + options.output());
  }

  /// Two servers, and a token of the same client at each.
  private record Asked(Contender off, String offToken, Contender on, String onToken) {}

  private void both(Path work) throws IOException, InterruptedException {
    try (Contender off =
            new Pintle.Kind(options.launcher(), List.of(OFF)).start(work.resolve("off"));
        Contender on = new Pintle.Kind(options.launcher()).start(work.resolve("on"))) {
      StringBuilder table = new StringBuilder();
      table.append(row("an administrator", new Asked(off, off.token(), on, on.token())));
      table.append(row("a service account", new Asked(off, account(off), on, account(on))));
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

  private String row(String who, Asked asked) throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      microsOfGet(asked.off(), asked.offToken());
      microsOfGet(asked.on(), asked.onToken());
    }
    List<Double> off = new ArrayList<>();
    List<Double> on = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      boolean offFirst = i % 2 == 0;
      double first = offFirst ? offMicros(asked) : onMicros(asked);
      double second = offFirst ? onMicros(asked) : offMicros(asked);
      off.add(offFirst ? first : second);
      on.add(offFirst ? second : first);
      ratios.add(on.getLast() / off.getLast());
      System.out.printf(
          Locale.ROOT, "%s: off %.2f µs, on %.2f µs%n", who, off.getLast(), on.getLast());
    }
    return String.format(
        Locale.ROOT,
        "| get a namespace, %s | %s | %s | %.2f | %.2f | %.3f | %.3f |%n",
        who,
        shown(off),
        shown(on),
        median(off),
        median(on),
        median(on) / median(off),
        median(ratios));
  }

  private double offMicros(Asked asked) throws IOException, InterruptedException {
    return microsOfGet(asked.off(), asked.offToken());
  }

  private double onMicros(Asked asked) throws IOException, InterruptedException {
    return microsOfGet(asked.on(), asked.onToken());
  }

  /// CPU of the server for one request.
  private double microsOfGet(Contender contender, String token)
      throws IOException, InterruptedException {
    H2Load load =
        new H2Load(
            contender.kube() + PATH,
            8,
            32,
            requests,
            List.of("authorization: Bearer " + token, "accept: application/json"),
            new byte[0]);
    Usage before = Usage.of(contender.kubePids());
    load.run();
    Usage after = Usage.of(contender.kubePids());
    return (after.cpuMicros() - before.cpuMicros()) / (double) requests;
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  private static String shown(List<Double> figures) {
    List<String> texts =
        figures.stream().map(figure -> String.format(Locale.ROOT, "%.2f", figure)).toList();
    return String.join(", ", texts);
  }

  private String report(String rows) throws IOException {
    return """
    ## What priority and fairness costs, %s, %s

    Two Pintles in turn, one with `%s`; h2load with 8 connections of 32 streams, %,d requests a round, µs of the server's CPU a request. The bar is 1.02.

    | Case | off, by rounds | on | off, median | on, median | on ÷ off | median of the pairs |
    |---|---|---|---|---|---|---|
    %s\
    """
        .formatted(LocalDate.now(ZoneOffset.UTC), Machine.describe(), OFF, requests, rows);
  }
}
