package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/// The cost of a quota to a create that it allows: ConfigMaps in two namespaces of one server in turn, one of them under a quota that
/// counts them, on the real pair and then on Pintle.
final class QuotaBench {
  static final String WORD = "quota";

  private static final long REQUESTS_FULL = 10_000;
  private static final int CONNECTIONS = 8;
  private static final int STREAMS = 4;
  private static final String FREE = "bench-free";
  private static final String LIMITED = "bench-quota";

  private final Options options;
  private final long requests;

  private QuotaBench(Options options) {
    this.options = options;
    this.requests = Math.max(500, Math.round(REQUESTS_FULL * options.scale()));
  }

  static void run(Options options) throws IOException, InterruptedException {
    try (WorkFolder work = WorkFolder.make("pintle-quota")) {
      new QuotaBench(options).both(work.path());
    }
    System.out.println("written: " + options.output());
  }

  private void both(Path work) throws IOException, InterruptedException {
    StringBuilder rows = new StringBuilder();
    if (!options.alone()) {
      try (Contender pair = new RealPair.Kind(options.peers()).start(work.resolve("peer"))) {
        rows.append(row(pair));
      }
    }
    try (Contender ours = new Pintle.Kind(options.launcher()).start(work.resolve("pintle"))) {
      rows.append(row(ours));
    }
    Files.writeString(options.output(), report(rows.toString()));
  }

  private String row(Contender contender) throws IOException, InterruptedException {
    AdmissionLoad free = AdmissionLoad.ofConfigMaps(FREE, requests, (_, _) -> {});
    AdmissionLoad limited = AdmissionLoad.ofConfigMaps(LIMITED, requests, AdmissionLoad::addQuota);
    free.prepare(contender);
    limited.prepare(contender);
    return AlternatingRounds.of(
            contender.name(),
            () -> free.run(contender).cpuMicrosEach(),
            () -> limited.run(contender).cpuMicrosEach())
        .row(contender.name());
  }

  private String report(String rows) throws IOException {
    return String.format(
        Locale.ROOT,
        """
        ## What a quota costs, %s, %s

        Creates of ConfigMaps in two namespaces of one server in turn, one of them under a quota that counts them; h2load with %d connections of %d streams, %,d requests a round, µs of the
        servers' CPU a request. The bar for Pintle is 1.2.

        | | without, by rounds | under the quota | without, median | under it, median | under it ÷ without | median of the pairs |
        |---|---|---|---|---|---|---|
        %s\
        """,
        LocalDate.now(ZoneOffset.UTC),
        Machine.describe(),
        CONNECTIONS,
        STREAMS,
        requests,
        rows);
  }
}
