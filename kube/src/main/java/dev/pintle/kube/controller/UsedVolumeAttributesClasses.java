package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectIndex;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The VolumeAttributesClasses, which are used by the claims and volumes that name them; upstream's
/// `volumeattributesclass-protection-controller`.
///
public final class UsedVolumeAttributesClasses implements InUseProtection.Protected {
  public static final String CONTROLLER = "volumeattributesclass-protection-controller";

  private static final List<String> NAMED_BY_CLAIM =
      List.of(
          "spec.volumeAttributesClassName",
          "status.currentVolumeAttributesClassName",
          "status.modifyVolumeStatus.targetVolumeAttributesClassName");
  private static final List<String> NAMED_BY_VOLUME = List.of("spec.volumeAttributesClassName");

  private final ResourceType type;
  private final ResourceType claims;
  private final ResourceType volumes;
  private final Bytes claimPrefix;
  private final Bytes volumePrefix;
  private final ObjectReader reader;
  private final ObjectIndex byClaims;
  private final ObjectIndex byVolumes;

  /// @param type of VolumeAttributesClasses
  public UsedVolumeAttributesClasses(
      ResourceType type, ResourceType claims, ResourceType volumes, ObjectReader reader) {
    this.type = type;
    this.claims = claims;
    this.volumes = volumes;
    this.claimPrefix = Keys.collection(claims, "");
    this.volumePrefix = Keys.collection(volumes, "");
    this.reader = reader;
    this.byClaims = index(claims, NAMED_BY_CLAIM);
    this.byVolumes = index(volumes, NAMED_BY_VOLUME);
  }

  private static ObjectIndex index(ResourceType users, List<String> paths) {
    return new ObjectIndex(users, Keys.range(users, ""), user -> names(user, paths));
  }

  @Override
  public ResourceType type() {
    return type;
  }

  @Override
  public String finalizer() {
    return "kubernetes.io/vac-protection";
  }

  @Override
  public boolean isUsed(StoredObject named, ObjectView view) {
    return !byVolumes.keys(named.name(), view).isEmpty()
        || !byClaims.keys(named.name(), view).isEmpty();
  }

  @Override
  public List<String> released(WatchEvent event) {
    KeyValue before = event.previous();
    if (before != null && event.key().startsWith(claimPrefix)) {
      return released(claims, NAMED_BY_CLAIM, before, event);
    }
    if (before != null && event.key().startsWith(volumePrefix)) {
      return released(volumes, NAMED_BY_VOLUME, before, event);
    }
    return List.of();
  }

  private List<String> released(
      ResourceType users, List<String> paths, KeyValue before, WatchEvent event) {
    Set<String> named = names(users, paths, before);
    if (event.kind() == WatchEvent.Kind.PUT) {
      named.removeAll(names(users, paths, event.current()));
    }
    return new ArrayList<>(named);
  }

  private Set<String> names(ResourceType users, List<String> paths, KeyValue kv) {
    return names(reader.read(users, kv), paths);
  }

  private static Set<String> names(StoredObject user, List<String> paths) {
    Set<String> names = new TreeSet<>();
    paths.forEach(path -> names.add(user.text(path)));
    names.remove("");
    return names;
  }
}
