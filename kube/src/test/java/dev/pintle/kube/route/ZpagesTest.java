package dev.pintle.kube.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.FakeExchange;
import dev.pintle.kube.chain.RequestContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZpagesTest {
  private static final Instant START = Instant.parse("2026-03-01T05:06:07Z");
  private Instant now = START;
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

  private String page(Zpages pages, String path) throws InterruptedException {
    FakeExchange exchange = RouteFixture.exchange("GET", path);
    RequestContext context = RouteFixture.context(exchange);
    assertThat(pages.answer(context, RouteFixture.reply(context))).isTrue();
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.answerHeaders("content-type")).containsExactly("text/plain; charset=utf-8");
    return exchange.text();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 hr 00 min 00 sec",
    "PT59.999S, 0 hr 00 min 59 sec",
    "PT1H1M1S, 1 hr 01 min 01 sec",
    "P31DT1S, 744 hr 00 min 01 sec"
  })
  void howLongTheServerIsUpIsToldInHours(Duration later, String told) throws InterruptedException {
    Zpages pages = new Zpages(clock, Map::of);
    now = START.plus(later);

    assertThat(page(pages, "/statusz"))
        .contains("Started: Sun Mar 01 05:06:07 UTC 2026\nUp: " + told + "\n");
  }

  @Test
  void aPageSaysThatItIsForPeople() throws InterruptedException {
    Zpages pages = new Zpages(clock, Map::of);

    assertThat(page(pages, "/statusz"))
        .startsWith(
            "\napiserver statusz\nWarning: This endpoint is not meant to be machine parseable")
        .contains("\nEmulation version: 1.37\n");
    assertThat(page(pages, "/flagz")).startsWith("\napiserver flagz\nWarning: ");
  }

  @Test
  void flagsStandInTheOrderThatTheyAreGiven() throws InterruptedException {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("b", "1");
    flags.put("a", "x=y");

    assertThat(page(new Zpages(clock, () -> flags), "/flagz")).endsWith("b:1\na:x=y\n");
  }

  @ParameterizedTest
  @CsvSource({"/statusz/", "/flagz/a", "/Statusz", "/"})
  void otherPathsAreNoPages(String path) {
    RequestContext context = RouteFixture.context(RouteFixture.exchange("GET", path));

    assertThat(new Zpages(clock, Map::of).answer(context, RouteFixture.reply(context))).isFalse();
  }
}
