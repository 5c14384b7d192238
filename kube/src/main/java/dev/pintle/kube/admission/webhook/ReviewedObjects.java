package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.admission.match.ObjectForms;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonSize;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.outbound.OutboundException;
import dev.pintle.kube.outbound.OutboundRoom;
import dev.pintle.kube.outbound.WebhookClient;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.worker.FairExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The objects of one request as webhooks are told them: put into each form, and written, once for all who are asked about them as they are.
/// What is written has room among the bytes of all calls until this is closed. Of one thread; what it answers is anybody's.
final class ReviewedObjects implements AutoCloseable {
  /// What a review says beside its objects and of who sent the request, about.
  private static final long ENVELOPE_BYTES = 2_048;

  private static final int PUNCTUATION_BYTES = 4;
  private static final byte[] NOTHING = "null".getBytes(StandardCharsets.US_ASCII);

  private final ObjectForms forms;
  private final WebhookClient client;
  private final FairExecutor bulk;
  private final AdmissionRequest request;
  private final Map<MatchedKind, Told> told = new HashMap<>(2);
  private final Map<MatchedKind, byte[]> olds = new HashMap<>(2);
  private final long envelopeBytes;
  private @Nullable OutboundRoom room;

  /// @param client in whose memory there is room
  /// @param bulk where what is large is written
  ReviewedObjects(
      ObjectForms forms, WebhookClient client, FairExecutor bulk, AdmissionRequest request) {
    this.forms = forms;
    this.client = client;
    this.bulk = bulk;
    this.request = request;
    this.envelopeBytes = ENVELOPE_BYTES + bytes(request.caller());
  }

  private static long bytes(UserInfo user) {
    long bytes = (long) user.name().length() + user.uid().length();
    for (String group : user.groups()) {
      bytes += group.length() + PUNCTUATION_BYTES;
    }
    for (Map.Entry<String, List<String>> extra : user.extra().entrySet()) {
      bytes += extra.getKey().length() + PUNCTUATION_BYTES;
      for (String value : extra.getValue()) {
        bytes += value.length() + PUNCTUATION_BYTES;
      }
    }
    return bytes;
  }

  static ReviewedObjects of(HookContext context, AdmissionRequest request) {
    return new ReviewedObjects(context.forms(), context.client(), context.bulk(), request);
  }

  /// Both objects in one form.
  ///
  /// @param object null for a delete
  @SuppressWarnings("ArrayRecordComponent") // It is never compared.
  record Told(@Nullable JsonObject object, byte[] objectJson, byte[] oldJson) {}

  /// The objects in a form, written where they are not yet.
  ///
  /// @param time that there is to wait for room
  /// @throws OutboundException when there is none
  /// @throws dev.pintle.kube.status.StatusError when the form cannot be made
  Told in(MatchedKind matched, Duration time) throws OutboundException {
    return Objects.requireNonNull(in(List.of(matched), 1, time).get(matched));
  }

  /// As above, in several forms.
  ///
  /// @param asked how many are asked at once
  Map<MatchedKind, Told> in(Collection<MatchedKind> all, int asked, Duration time)
      throws OutboundException {
    if (told.keySet().containsAll(all)) {
      return told;
    }
    Drafts drafts = drafts(all, asked);
    if (room != null && !room.tryHold(drafts.bytes())) {
      // Nobody waits for room with what others could have.
      forget();
      drafts = drafts(all, asked);
    }
    if (room == null) {
      room = client.room(drafts.bytes(), time);
    }
    write(all, drafts);
    long written = bytes(asked);
    if (!room.tryHold(written)) {
      // What is escaped is longer than it was taken to be.
      forget();
      room = client.room(written, time);
      write(all, drafts(all, asked));
    }
    return told;
  }

  /// Objects that are not written yet, and what all take together then, about.
  private record Drafts(
      Map<MatchedKind, JsonObject> objects, Map<MatchedKind, JsonObject> olds, long bytes) {}

  private Drafts drafts(Collection<MatchedKind> all, int asked) {
    Map<MatchedKind, JsonObject> objects = new HashMap<>(2);
    Map<MatchedKind, JsonObject> former = new HashMap<>(2);
    long bytes = bytes(asked);
    for (MatchedKind matched : all) {
      if (!told.containsKey(matched)) {
        bytes += put(objects, matched, owned(form(request.object(), matched)));
      }
      if (!olds.containsKey(matched)) {
        bytes += put(former, matched, form(request.old(), matched));
      }
    }
    return new Drafts(objects, former, bytes);
  }

  private static long put(
      Map<MatchedKind, JsonObject> into, MatchedKind matched, @Nullable JsonObject object) {
    if (object == null) {
      return 0;
    }
    into.put(matched, object);
    return JsonSize.bytes(object);
  }

  private void write(Collection<MatchedKind> all, Drafts drafts) {
    for (MatchedKind matched : all) {
      byte[] old = olds.computeIfAbsent(matched, _ -> written(drafts.olds().get(matched)));
      JsonObject object = drafts.objects().get(matched);
      told.computeIfAbsent(matched, _ -> new Told(object, written(object), old));
    }
  }

  private byte[] written(@Nullable JsonObject object) {
    return object == null
        ? NOTHING
        : bulk.inTurn(JsonSize.bytes(object), () -> JsonWriter.bytes(object));
  }

  /// What is written.
  ///
  /// @param asked how many are asked at once
  private long bytes(int asked) {
    long bytes = asked * envelopeBytes;
    for (Told each : told.values()) {
      bytes += each.objectJson().length;
    }
    for (byte[] each : olds.values()) {
      bytes += each.length;
    }
    return bytes;
  }

  private void forget() {
    told.clear();
    olds.clear();
    close();
  }

  /// The object is another one now; the old one stays.
  void changed() {
    told.clear();
  }

  private @Nullable JsonObject form(@Nullable JsonObject object, MatchedKind matched) {
    return object == null ? null : forms.matched(object, request, matched);
  }

  /// The object with its `managedFields`, which it may get only when it is stored.
  private @Nullable JsonObject owned(@Nullable JsonObject object) {
    JsonArray owners = object == null ? null : request.owners().get();
    if (object == null || owners == null) {
      return object;
    }
    JsonObject shown = object.copy();
    shown.objectAt("metadata").set("managedFields", owners);
    return shown;
  }

  @Override
  public void close() {
    if (room != null) {
      room.close();
      room = null;
    }
  }
}
