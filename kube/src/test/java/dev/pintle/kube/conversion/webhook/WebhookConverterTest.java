package dev.pintle.kube.conversion.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ConversionWebhook;
import dev.pintle.kube.store.Converted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WebhookConverterTest {
  private static final ConversionWebhook WEBHOOK =
      new ConversionWebhook("things.example.com", List.of("v1"), new JsonObject(), Map.of());

  @Test
  void allCallsForOneBatchHaveOneTime() {
    AtomicLong now = new AtomicLong();
    List<Duration> left = new ArrayList<>();
    // Each takes twelve seconds to convert nothing.
    ReviewSender slow =
        (_, review, time, taken) -> {
          left.add(time);
          now.addAndGet(Duration.ofSeconds(12).toNanos());
          return taken.apply(review.set("response", new JsonObject().set("uid", "u")));
        };
    WebhookConverter converter =
        new WebhookConverter(slow, () -> "u", new ConversionMetrics(), now::get);
    List<JsonObject> objects =
        Stream.of("a", "b", "c", "d")
            .map(name ->
                new JsonObject()
                    .set("apiVersion", "example.com/v1")
                    .set("kind", "Thing")
                    .set("metadata", new JsonObject().set("name", name)))
            .toList();
    List<Converted> converted =
        converter.convertAll(WEBHOOK, objects, "example.com/v2", UnaryOperator.identity());
    assertThat(converted).hasSize(4).noneMatch(Converted::isThere);
    assertThat(left).map(Duration::toSeconds).containsExactly(30L, 18L, 6L);
  }
}
