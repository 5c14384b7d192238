package dev.pintle.kube.admission.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.admission.match.ObjectForms;
import dev.pintle.kube.admission.webhook.ReviewedObjects.Told;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.outbound.OutboundClient;
import dev.pintle.kube.outbound.OutboundException;
import dev.pintle.kube.outbound.OutboundLimits;
import dev.pintle.kube.outbound.ServiceEndpoints;
import dev.pintle.kube.outbound.WebhookClient;
import dev.pintle.kube.request.AdmissionNotes;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.SameVersionOnly;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.worker.FairExecutor;
import dev.pintle.wire.worker.FairLimits;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReviewedObjectsTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final TypeRegistry types = new TypeRegistry(BuiltInTypes.load().snapshot());
  private final ResourceType maps =
      Objects.requireNonNull(types.current().resource(new GroupVersion("", "v1"), "configmaps"));
  private final MatchedKind matched = MatchedKind.sent(maps, "");
  private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);
  private final FairExecutor bulk = new FairExecutor(FairLimits.of(2, 1 << 30));
  private final OutboundClient outbound =
      new OutboundClient(OutboundLimits.ofHeap(1 << 30), timers, bulk);
  private final ObjectTransaction transaction = new ObjectTransaction();

  @AfterEach
  void close() {
    transaction.close();
    outbound.close();
    bulk.close();
    timers.shutdownNow();
  }

  private AdmissionRequest request(
      Action action, @Nullable JsonObject object, @Nullable JsonObject old) {
    return new AdmissionRequest(
        action,
        maps,
        "default",
        "a",
        "",
        object,
        old,
        WriteOptions.NONE,
        UserInfo.ANONYMOUS,
        true,
        transaction,
        action.name().toLowerCase(Locale.ROOT),
        AdmissionNotes.unread(),
        () -> null);
  }

  private ReviewedObjects objects(AdmissionRequest request) {
    ServiceEndpoints services =
        new ServiceEndpoints(() -> maps, () -> maps, RandomGenerator.getDefault());
    return new ReviewedObjects(
        new ObjectForms(types, new ObjectReader(new SameVersionOnly())),
        new WebhookClient(outbound, services),
        bulk,
        request);
  }

  private static JsonObject map(String value) {
    return (JsonObject)
        JsonReader.read(
            "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"%s\"}}"
                .formatted(value));
  }

  private static JsonObject sent(HookReview review) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    review.pieces().forEach(out::writeBytes);
    return (JsonObject) JsonReader.read(out.toByteArray());
  }

  private long held() {
    String name = "pintle_outbound_bytes ";
    String line =
        outbound.metrics().lines().filter(each -> each.startsWith(name)).findFirst().orElse("");
    return Long.parseLong(line.substring(name.length()));
  }

  @Test
  void anObjectIsWrittenOnceForAllWhoAreAskedAboutIt() throws OutboundException {
    JsonObject object = map("x".repeat(1 << 20));
    AdmissionRequest request = request(Action.UPDATE, object, map("y".repeat(1 << 20)));
    try (ReviewedObjects objects = objects(request)) {
      Told told = objects.in(matched, LONG);
      for (int i = 0; i < 20; i++) {
        HookReview review =
            HookReview.of(request, matched, "v1", "u" + i, objects.in(matched, LONG));
        assertThat(review.pieces().get(1)).isSameAs(told.objectJson());
        assertThat(review.pieces().get(3)).isSameAs(told.oldJson());
      }
      assertThat(held()).isBetween(2L << 20, (2L << 20) + 10_000);

      object.objectAt("data").set("k", "later");
      objects.changed();

      Told changed = objects.in(matched, LONG);
      assertThat(new String(changed.objectJson(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("later");
      assertThat(changed.oldJson()).isSameAs(told.oldJson());
    }
    assertThat(held()).isZero();
  }

  @Test
  void whatIsSentIsTheReviewWithItsObjects() throws OutboundException {
    AdmissionRequest request = request(Action.UPDATE, map("x"), map("y"));
    try (ReviewedObjects objects = objects(request)) {
      JsonObject sent = sent(HookReview.of(request, matched, "v1", "u", objects.in(matched, LONG)));
      assertThat(sent.textOrEmpty("apiVersion")).isEqualTo("admission.k8s.io/v1");
      JsonObject told = sent.objectOrEmpty("request");
      assertThat(told.textOrEmpty("uid")).isEqualTo("u");
      assertThat(told.objectOrEmpty("object")).isEqualTo(map("x"));
      assertThat(told.objectOrEmpty("oldObject")).isEqualTo(map("y"));
      assertThat(told.objectOrEmpty("options").textOrEmpty("kind")).isEqualTo("UpdateOptions");
    }
  }

  @Test
  void whatIsNotThereIsNull() throws OutboundException {
    AdmissionRequest request = request(Action.DELETE, null, map("y"));
    try (ReviewedObjects objects = objects(request)) {
      JsonObject told =
          sent(HookReview.of(request, matched, "v1", "u", objects.in(matched, LONG)))
              .objectOrEmpty("request");
      assertThat(told.get("object")).isEqualTo(Json.NULL);
      assertThat(told.objectOrEmpty("oldObject")).isEqualTo(map("y"));
    }
  }

  @Test
  void whatIsLongerWrittenThanReadHasRoomAsItIsWritten() throws OutboundException {
    AdmissionRequest request = request(Action.CREATE, map("<".repeat(1 << 20)), null);
    try (ReviewedObjects objects = objects(request)) {
      assertThat(objects.in(matched, LONG).objectJson()).hasSizeGreaterThan(6 << 20);
      assertThat(held()).isGreaterThan(6L << 20);
    }
    assertThat(held()).isZero();
  }

  @Test
  void ownersAreShownThoughTheObjectHasThemLater() throws OutboundException {
    JsonArray owners = new JsonArray();
    owners.add(new JsonObject().set("manager", "m"));
    AdmissionRequest request = request(Action.CREATE, map("x"), null).withOwners(() -> owners);
    try (ReviewedObjects objects = objects(request)) {
      JsonObject told = (JsonObject) JsonReader.read(objects.in(matched, LONG).objectJson());
      assertThat(told.objectOrEmpty("metadata").array("managedFields")).isEqualTo(owners);
    }
  }
}
