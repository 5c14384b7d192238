package dev.pintle.kube.admission;

import static java.util.Objects.requireNonNull;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.request.AdmissionNotes;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.SameVersionOnly;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Attempts of writes in a cluster that has no objects.
final class AdmissionFixture implements AutoCloseable {
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();

  private final LocalMember member;

  AdmissionFixture() throws IOException {
    member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
  }

  static JsonObject yaml(String text) {
    return YamlReader.read(text) instanceof JsonObject object ? object : new JsonObject();
  }

  static String text(JsonObject object) {
    return JsonWriter.text(object);
  }

  /// @param resource such as `v1/pods`, or `apps/v1/deployments/status`
  static AdmissionRequest attempt(
      Action action, String resource, @Nullable JsonObject object, @Nullable JsonObject old) {
    return attempt(action, resource, object, old, UserInfo.ANONYMOUS);
  }

  static AdmissionRequest attempt(
      Action action,
      String resource,
      @Nullable JsonObject object,
      @Nullable JsonObject old,
      UserInfo caller) {
    String[] words = resource.split("/", -1);
    boolean core = words[0].startsWith("v");
    GroupVersion version = new GroupVersion(core ? "" : words[0], words[core ? 0 : 1]);
    int plural = core ? 1 : 2;
    ResourceType type = requireNonNull(TYPES.resource(version, words[plural]), resource);
    return new AdmissionRequest(
        action,
        type,
        "ns",
        "it",
        words.length > plural + 1 ? words[plural + 1] : "",
        object,
        old,
        WriteOptions.NONE,
        caller,
        false,
        new ObjectTransaction(),
        action.name().toLowerCase(Locale.ROOT),
        AdmissionNotes.unread(),
        () -> null);
  }

  /// What becomes of an object that is sent.
  String created(Admission admission, String resource, String object) {
    JsonObject sent = yaml(object);
    changed(admission, attempt(Action.CREATE, resource, sent, null));
    return text(sent);
  }

  private void changed(Admission admission, AdmissionRequest request) {
    admission.mutate(request, view());
    admission.prepare(request, view());
  }

  String updated(Admission admission, String resource, String object, String old) {
    JsonObject sent = yaml(object);
    changed(admission, attempt(Action.UPDATE, resource, sent, yaml(old)));
    return text(sent);
  }

  ObjectView view() {
    return new ObjectView(member.view(), new ObjectReader(new SameVersionOnly()));
  }

  @Override
  public void close() {
    member.close();
  }
}
