package dev.pintle.kube;

import dev.pintle.kube.conversion.webhook.ReviewSender;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.outbound.ClientConfig;
import dev.pintle.kube.outbound.OutboundBody;
import dev.pintle.kube.outbound.OutboundException;
import dev.pintle.kube.outbound.ReviewKind;
import dev.pintle.kube.outbound.WebhookClient;
import dev.pintle.kube.outbound.WebhookClient.CallTime;
import dev.pintle.kube.schema.ConversionWebhook;
import dev.pintle.kube.store.Converted;
import dev.pintle.kube.store.ObjectView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// The calls of webhooks that convert custom resources: each has half a minute, as upstream gives it.
final class ConversionCalls implements ReviewSender {
  private static final Duration ALLOWED = Duration.ofSeconds(30);

  private static final int KNOWN_MAX = 1_000;

  private final WebhookClient client;
  private final Supplier<ObjectView> views;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /// A configuration that was read, which takes long where its bundle is large.
  private record Known(JsonObject written, ClientConfig config) {}

  /// @param views in which their services are found
  ConversionCalls(WebhookClient client, Supplier<ObjectView> views) {
    this.client = client;
    this.views = views;
  }

  @Override
  public List<Converted> send(
      ConversionWebhook webhook,
      JsonObject review,
      Duration left,
      Function<JsonObject, List<Converted>> taken) {
    try {
      return client.call(
          config(webhook),
          ReviewKind.CONVERSION,
          OutboundBody.of(review),
          new CallTime(ALLOWED, left, true),
          views.get(),
          taken);
    } catch (OutboundException failed) {
      throw new Unanswered(failed.getMessage());
    }
  }

  @SuppressWarnings("ReferenceEquality") // To compare what is written takes as long as to read it.
  private ClientConfig config(ConversionWebhook webhook) {
    Known last = known.get(webhook.definition());
    if (last != null && last.written() == webhook.client()) {
      return last.config();
    }
    if (known.size() >= KNOWN_MAX) {
      known.clear();
    }
    ClientConfig config = ClientConfig.of(webhook.client());
    known.put(webhook.definition(), new Known(webhook.client(), config));
    return config;
  }
}
