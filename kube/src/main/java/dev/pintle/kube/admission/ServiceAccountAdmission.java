package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The admission plugin ServiceAccount: every pod runs as a service account, which must exist, and finds its token in a
/// projected volume. Where the account says which secrets its pods may use, they use no others. A mirror pod, which a
/// kubelet made by itself, has neither account nor secrets.
public final class ServiceAccountAdmission implements Admission {
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String VOLUME = "kube-api-access-";
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int LETTERS_ADDED = 5;
  // A little over an hour: servers warn instead of refusing when an old client does not renew it.
  private static final int TOKEN_SECONDS = 3_607;
  private static final int FILE_MODE = 0644;

  private final Supplier<ResourceType> serviceAccounts;
  private final RandomGenerator random;

  public ServiceAccountAdmission(Supplier<ResourceType> serviceAccounts, RandomGenerator random) {
    this.serviceAccounts = serviceAccounts;
    this.random = random;
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (request.action() != Action.CREATE || !request.isOf("", "pods") || pod == null) {
      return;
    }
    JsonObject spec = pod.objectAt("spec");
    if (isMirror(pod)) {
      requireAlone(request, spec);
      return;
    }
    String name = spec.text("serviceAccountName");
    if (name == null || name.isEmpty()) {
      name = "default";
      spec.set("serviceAccountName", name).set("serviceAccount", name);
    }
    JsonObject account = find(request, view, name);
    if (mounts(account, spec)) {
      mount(spec);
    }
    JsonArray secrets = spec.array("imagePullSecrets");
    JsonArray offered = account.array("imagePullSecrets");
    if ((secrets == null || secrets.isEmpty()) && offered != null && !offered.isEmpty()) {
      spec.set("imagePullSecrets", offered.copy());
    }
    requireOwn(request, account, spec);
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (pod == null || !request.type().groupResource().equals("pods")) {
      return;
    }
    JsonObject spec = pod.objectOrEmpty("spec");
    String name = String.valueOf(spec.text("serviceAccountName"));
    if (request.action() == Action.UPDATE && request.subresource().equals("ephemeralcontainers")) {
      if (!spec.has("serviceAccountName")) {
        throw forbidden(
            request,
            "no service account specified for pod %s/%s"
                .formatted(request.namespace(), request.name()));
      }
      MountableSecrets.of(find(request, view, name))
          .flatMap(secrets -> secrets.ephemeralComplaint(spec))
          .ifPresent(complaint -> refuse(request, complaint));
    } else if (request.action() == Action.CREATE && request.subresource().isEmpty()) {
      if (isMirror(pod)) {
        requireAlone(request, spec);
      } else {
        requireOwn(request, find(request, view, name), spec);
      }
    }
  }

  private static void requireAlone(AdmissionRequest request, JsonObject spec) {
    String account = spec.text("serviceAccountName");
    if (account != null && !account.isEmpty()) {
      throw forbidden(request, "a mirror pod may not reference service accounts");
    }
    if (SecretReferences.anyIn(spec)) {
      throw forbidden(request, "a mirror pod may not reference secrets");
    }
    for (JsonObject volume : spec.objects("volumes")) {
      List<JsonObject> sources = volume.objectOrEmpty("projected").objects("sources");
      if (sources.stream().anyMatch(source -> source.object("serviceAccountToken") != null)) {
        throw forbidden(request, "a mirror pod may not use ServiceAccountToken volume projections");
      }
    }
  }

  private static void requireOwn(AdmissionRequest request, JsonObject account, JsonObject spec) {
    MountableSecrets.of(account)
        .flatMap(secrets -> secrets.complaint(spec))
        .ifPresent(complaint -> refuse(request, complaint));
  }

  private static void refuse(AdmissionRequest request, String why) {
    throw forbidden(request, why);
  }

  private static StatusError forbidden(AdmissionRequest request, String why) {
    return StatusErrors.forbidden(request.type(), request.name(), why);
  }

  private static boolean isMirror(JsonObject pod) {
    JsonObject annotations = pod.objectAt("metadata").object("annotations");
    return annotations != null && annotations.has(MIRROR);
  }

  private JsonObject find(AdmissionRequest request, ObjectView view, String name) {
    StoredObject account = view.find(serviceAccounts.get(), request.namespace(), name);
    if (account == null) {
      String why =
          LookedUpName.complaint(name)
              .orElseGet(() -> "serviceaccount %s not found".formatted(GoText.quote(name)));
      throw forbidden(
          request,
          "error looking up service account %s/%s: %s".formatted(request.namespace(), name, why));
    }
    return account.tree();
  }

  private static boolean mounts(JsonObject account, JsonObject spec) {
    Json wish = spec.get("automountServiceAccountToken");
    Json offered = account.get("automountServiceAccountToken");
    return !Json.Bool.FALSE.equals(wish instanceof Json.Bool ? wish : offered);
  }

  private void mount(JsonObject spec) {
    String existing = existingVolume(spec);
    String volume = existing == null ? VOLUME + suffix() : existing;
    boolean needed = false;
    for (String list : List.of("initContainers", "containers")) {
      for (JsonObject container : spec.objects(list)) {
        needed |= mountInto(container, volume);
      }
    }
    if (needed && existing == null) {
      spec.arrayAt("volumes").add(new JsonObject().set("name", volume).set("projected", source()));
    }
  }

  private static @Nullable String existingVolume(JsonObject spec) {
    for (JsonObject volume : spec.objects("volumes")) {
      String name = volume.text("name");
      if (name != null && name.startsWith(VOLUME)) {
        return name;
      }
    }
    return null;
  }

  private static boolean mountInto(JsonObject container, String volume) {
    for (JsonObject mount : container.objects("volumeMounts")) {
      if (TOKEN_PATH.equals(mount.text("mountPath"))) {
        return false;
      }
    }
    JsonObject mount =
        new JsonObject()
            .set("name", volume)
            .set("readOnly", Json.of(true))
            .set("mountPath", TOKEN_PATH);
    container.arrayAt("volumeMounts").add(mount);
    return true;
  }

  private static JsonObject source() {
    JsonObject token =
        new JsonObject().set("expirationSeconds", Json.of(TOKEN_SECONDS)).set("path", "token");
    JsonObject authority =
        new JsonObject()
            .set("name", "kube-root-ca.crt")
            .set(
                "items", JsonArray.of(new JsonObject().set("key", "ca.crt").set("path", "ca.crt")));
    JsonObject field =
        new JsonObject().set("apiVersion", "v1").set("fieldPath", "metadata.namespace");
    JsonObject namespace = new JsonObject().set("path", "namespace").set("fieldRef", field);
    return new JsonObject()
        .set(
            "sources",
            JsonArray.of(
                new JsonObject().set("serviceAccountToken", token),
                new JsonObject().set("configMap", authority),
                new JsonObject()
                    .set("downwardAPI", new JsonObject().set("items", JsonArray.of(namespace)))))
        .set("defaultMode", Json.of(FILE_MODE));
  }

  private String suffix() {
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < LETTERS_ADDED; i++) {
      suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return suffix.toString();
  }
}
