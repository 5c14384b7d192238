package dev.pintle.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.embed.faults.Chaos;
import dev.pintle.embed.faults.Fault;
import dev.pintle.embed.requests.RequestFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

class ChaosTest extends OneServerEach {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final RequestFilter MAPS = RequestFilter.any().resource("configmaps");
  private static final int REQUESTS = 200;

  @Test
  void theSameSeedHasTheSameFaults() throws Exception {
    Chaos chaos = errors(4_711);
    List<Integer> first = run(chaos, "mine");
    server.faults().endChaos();
    assertThat(run(chaos, "mine")).isEqualTo(first);
    assertThat(run(errors(4_712), "mine")).isNotEqualTo(first);
  }

  @Test
  void whatOthersDoChangesNothing() throws Exception {
    List<Integer> alone = run(errors(7), "mine");
    server.faults().start(errors(7));
    List<Integer> among = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      client.get(CONFIG_MAPS + "/other-" + i);
      among.add(client.get(CONFIG_MAPS + "/mine").statusCode());
    }
    assertThat(among).isEqualTo(alone);
  }

  @Test
  void ratesAreParts() throws Exception {
    List<Integer> statuses = run(errors(1), "mine");
    assertThat(statuses.stream().filter(status -> status == 500)).hasSizeBetween(25, 60);
    assertThat(statuses.stream().filter(status -> status == 503)).hasSizeBetween(8, 35);
    assertThat(statuses.stream().filter(status -> status == 404)).hasSizeGreaterThan(110);
  }

  @Test
  void chaosIsForWhatAFilterChooses() throws Exception {
    server.faults().start(Chaos.seeded(1).with(1, Fault.unavailable()).on(MAPS.verb("list")));
    assertThat(client.get(CONFIG_MAPS).statusCode()).isEqualTo(503);
    assertThat(client.get(CONFIG_MAPS + "/mine").statusCode()).isEqualTo(404);
    server.faults().start(Chaos.seeded(1).with(1, Fault.unavailable().on(MAPS.verb("get"))));
    assertThat(client.get(CONFIG_MAPS).statusCode()).isEqualTo(200);
    assertThat(client.get(CONFIG_MAPS + "/mine").statusCode()).isEqualTo(503);
  }

  @Test
  void itsSeedIsLogged() {
    Queue<String> said = new ConcurrentLinkedQueue<>();
    Handler listener = listener(said);
    Logger root = Logger.getLogger("");
    root.addHandler(listener);
    try {
      Chaos chaos = Chaos.random().withEverything(0.1);
      server.faults().start(chaos);
      assertThat(said).anyMatch(line -> line.contains("seed " + chaos.seed() + " "));
    } finally {
      root.removeHandler(listener);
    }
  }

  @Test
  void ratesBeyondAllAreRefused() {
    assertThatThrownBy(() -> Chaos.seeded(1).with(0.6, Fault.unavailable()).withEverything(0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 0 to 1");
    assertThatThrownBy(() -> Chaos.seeded(1).with(Double.NaN, Fault.unavailable()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            server
                .faults()
                .start(
                    Chaos.seeded(1)
                        .with(
                            1, Fault.unavailable().on(RequestFilter.any().resource("configmap")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("configmaps");
  }

  private static Chaos errors(long seed) {
    return Chaos.seeded(seed).with(0.2, Fault.internalError()).with(0.1, Fault.unavailable());
  }

  private List<Integer> run(Chaos chaos, String name) throws Exception {
    server.faults().start(chaos);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      statuses.add(client.get(CONFIG_MAPS + "/" + name).statusCode());
    }
    return statuses;
  }

  private static Handler listener(Queue<String> said) {
    SimpleFormatter formatter = new SimpleFormatter();
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        said.add(formatter.formatMessage(line));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
