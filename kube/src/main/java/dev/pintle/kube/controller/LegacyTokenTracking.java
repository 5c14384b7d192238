package dev.pintle.kube.controller;

import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.token.LegacyTokens;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.EnsureExists;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.workqueue.Restrained;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The record of whether tokens that lie in secrets are used: since when it is kept stands in a ConfigMap, and on which day a token was
/// used last in a label of its secret.
public final class LegacyTokenTracking implements Controller {
  static final String NAMESPACE = "kube-system";
  static final String MAP = "kube-apiserver-legacy-service-account-token-tracking";
  static final String SINCE = "since";
  private static final String NAME = "kube-legacy-token-tracking";

  /// What admission may take for it.
  private static final Duration TIME = Duration.ofSeconds(15);

  private final VerbContext context;
  private final ReconciledWrite writes;
  private final ResourceType maps;
  private final ResourceType secrets;
  private final LocalClient client;
  private final ControllerFailures failures;
  private final Reconciler reconciler;

  /// Secrets that are being written.
  private final Set<String> marking = ConcurrentHashMap.newKeySet();

  /// @param client in the name of the server
  public LegacyTokenTracking(
      LocalClient client, ResourceType maps, ResourceType secrets, ControllerFailures failures) {
    this.context = client.context();
    this.writes = new ReconciledWrite(client.context());
    this.client = client;
    this.maps = maps;
    this.secrets = secrets;
    this.failures = failures;
    KeyRange map = KeyRange.point(Keys.object(maps, NAMESPACE, MAP));
    this.reconciler =
        new Reconciler(
            NAME, context.member(), failures, List.of(Reconciler.Followed.always(map)), this::keep);
    reconciler.start();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
  }

  private void keep() {
    StoredObject there = context.view().find(maps, NAMESPACE, MAP);
    JsonObject data = new JsonObject().set(SINCE, today().toString());
    if (there == null) {
      JsonObject map =
          new JsonObject()
              .set("metadata", new JsonObject().set("name", MAP).set("namespace", NAMESPACE))
              .set("data", data);
      writes.make(List.of(EnsureExists.Wanted.of(maps, NAMESPACE, map)), TIME);
    } else if (!isDay(there.tree().objectOrEmpty("data").textOrEmpty(SINCE))) {
      JsonObject now = there.tree().set("data", data);
      writes.update(maps, there, now, ApiRequest.SERVER);
    }
  }

  static boolean isDay(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeParseException none) {
      return false;
    }
  }

  /// Marks the secret of a token that is used, once a day, without holding up who uses it.
  public void used(StoredObject secret) {
    LocalDate today = today();
    String last = secret.labels().getOrDefault(LegacyTokens.LAST_USED, "");
    boolean marked = last.equals(today.toString()) || last.equals(today.plusDays(1).toString());
    String key = secret.namespace() + '/' + secret.name();
    if (!marked && marking.add(key)) {
      context.workers().execute(() -> mark(secret, key, today));
    }
  }

  private void mark(StoredObject secret, String key, LocalDate today) {
    try {
      JsonObject labels = new JsonObject().set(LegacyTokens.LAST_USED, today.toString());
      JsonObject metadata = new JsonObject().set("uid", secret.uid()).set("labels", labels);
      Target target = new Target(secrets, secret.namespace(), secret.name());
      Refusals.unlessOvertaken(
          () -> client.mergePatch(target, new JsonObject().set("metadata", metadata)));
    } catch (Restrained contested) {
      // The next who shows it marks it, or one after that.
    } catch (RuntimeException | StackOverflowError failed) {
      failures.add(NAME, key, failed);
    } finally {
      marking.remove(key);
    }
  }

  @Override
  public void close() {
    reconciler.close();
  }
}
