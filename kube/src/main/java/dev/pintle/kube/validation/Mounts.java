package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of where a container sees the volumes of its pod.
final class Mounts {
  private static final String EXCLUSIVE = "subPathExpr and subPath are mutually exclusive";

  private Mounts() {}

  static void check(ValidatedObject container, Map<String, JsonObject> volumes) {
    Map<String, String> mounts = new HashMap<>();
    Map<String, String> devices = new HashMap<>();
    container
        .items("volumeMounts")
        .forEach(mount -> mounts.put(mount.text("name"), mount.text("mountPath")));
    container
        .items("volumeDevices")
        .forEach(device -> devices.put(device.text("name"), device.text("devicePath")));
    Set<String> paths = new HashSet<>();
    for (ValidatedObject mount : container.items("volumeMounts")) {
      place(mount, volumes, paths);
      beside(mount, "mountPath", devices, "volumeDevices");
      content(container, mount);
      options(mount, volumes);
    }
    Set<String> names = new HashSet<>();
    paths.clear();
    for (ValidatedObject device : container.items("volumeDevices")) {
      device(device, volumes, names, paths);
      beside(device, "devicePath", mounts, "volumeMounts");
    }
  }

  private static void place(
      ValidatedObject mount, Map<String, JsonObject> volumes, Set<String> paths) {
    String name = mount.text("name");
    if (name.isEmpty()) {
      mount.required("name", "");
    }
    if (!volumes.containsKey(name)) {
      mount.add(FieldError.notFound(mount.path("name"), Json.of(name)));
    }
    if (mount.text("mountPath").isEmpty()) {
      mount.required("mountPath", "");
    }
    if (!paths.add(mount.text("mountPath"))) {
      mount.invalidText("mountPath", "must be unique");
    }
  }

  private static void beside(
      ValidatedObject mount, String path, Map<String, String> others, String where) {
    if (others.containsKey(mount.text("name"))) {
      mount.invalidText("name", "must not already exist in " + where);
    }
    if (others.containsValue(mount.text(path))) {
      mount.invalidText(path, "must not already exist as a path in " + where);
    }
  }

  /// Errors place this at the list.
  private static void content(ValidatedObject container, ValidatedObject mount) {
    FieldPath list = container.path("volumeMounts");
    String path = mount.text("subPath");
    String expression = mount.text("subPathExpr");
    if (!path.isEmpty()) {
      FilePaths.descending(mount, path, list.child("subPath"));
    }
    if (!expression.isEmpty()) {
      if (!path.isEmpty()) {
        mount.invalidText("subPathExpr", EXCLUSIVE);
      }
      FilePaths.descending(mount, expression, list.child("subPathExpr"));
    }
    propagation(container, mount, list.child("mountPropagation"));
    recursiveReadOnly(mount, list.child("recursiveReadOnly"));
  }

  private static void propagation(
      ValidatedObject container, ValidatedObject mount, FieldPath path) {
    switch (mount.text("mountPropagation")) {
      case "HostToContainer", "None" -> {}
      case "Bidirectional" -> {
        if (!container.childOrEmpty("securityContext").isTrue("privileged")) {
          String detail =
              "Bidirectional mount propagation is available only to privileged containers";
          mount.add(FieldError.forbidden(path, detail));
        }
      }
      default -> {
        if (mount.has("mountPropagation")) {
          mount.add(
              FieldError.notSupportedWord(
                  path,
                  mount.text("mountPropagation"),
                  List.of("Bidirectional", "HostToContainer", "None")));
        }
      }
    }
  }

  private static void recursiveReadOnly(ValidatedObject mount, FieldPath path) {
    if (!mount.has("recursiveReadOnly")) {
      return;
    }
    switch (mount.text("recursiveReadOnly")) {
      case "Disabled" -> {}
      case "Enabled", "IfPossible" -> {
        if (!mount.isTrue("readOnly")) {
          mount.add(FieldError.forbidden(path, "may only be specified when readOnly is true"));
        }
        if (mount.has("mountPropagation") && !mount.text("mountPropagation").equals("None")) {
          String detail = "may only be specified when mountPropagation is None or not specified";
          mount.add(FieldError.forbidden(path, detail));
        }
      }
      default ->
          mount.add(
              FieldError.notSupportedWord(
                  path,
                  mount.text("recursiveReadOnly"),
                  List.of("Disabled", "Enabled", "IfPossible")));
    }
  }

  private static void options(ValidatedObject mount, Map<String, JsonObject> volumes) {
    if (mount.count("bindMountOptions") == 0) {
      return;
    }
    Set<String> seen = new HashSet<>();
    int index = 0;
    for (String option : mount.texts("bindMountOptions")) {
      FieldPath path = mount.path("bindMountOptions").index(index++);
      if (!List.of("nodev", "noexec", "nosuid").contains(option)) {
        mount.add(
            FieldError.notSupported(path, Json.of(option), List.of("nodev", "noexec", "nosuid")));
      }
      if (!seen.add(option)) {
        mount.add(FieldError.duplicate(path, Json.of(option)));
      }
    }
    JsonObject volume = volumes.get(mount.text("name"));
    if (volume != null && volume.object("image") != null) {
      mount.invalid("bindMountOptions", "bindMountOptions may not be used with image volumes");
    }
  }

  private static void device(
      ValidatedObject device,
      Map<String, JsonObject> volumes,
      Set<String> names,
      Set<String> paths) {
    String name = device.text("name");
    JsonObject volume = volumes.get(name);
    if (name.isEmpty()) {
      device.required("name", "");
    } else if (!names.add(name)) {
      device.invalidText("name", "must be unique");
    }
    if (volume == null) {
      device.add(FieldError.notFound(device.path("name"), Json.of(name)));
    } else if (volume.object("persistentVolumeClaim") == null
        && volume.object("ephemeral") == null) {
      device.invalidText(
          "name",
          "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
    }
    String path = device.text("devicePath");
    if (path.isEmpty()) {
      device.required("devicePath", "");
    }
    if (paths.contains(path)) {
      device.invalidText("devicePath", "must be unique");
    }
    if (FilePaths.hasSteps(path)) {
      device.invalidText("devicePath", "can not contain backsteps ('..')");
    } else {
      paths.add(path);
    }
  }
}
