package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The containers of a pod.
final class Containers {
  /// The lists of a pod, in the order in which the API goes through them all.
  static final List<String> LISTS = List.of("initContainers", "containers", "ephemeralContainers");

  private static final String ONLY_SIDECARS =
      "may not be set for init containers without restartPolicy=Always";
  private static final String NOT_EPHEMERAL = "cannot be set for an Ephemeral Container";
  private static final String RESOURCES = "resources";
  private static final List<String> NONE_OF_EPHEMERAL =
      List.of(
          "ports",
          RESOURCES,
          "resizePolicy",
          "restartPolicy",
          "restartPolicyRules",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle");
  private static final List<String> LIFE =
      List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe");

  private final PodContext pod;

  Containers(PodContext pod) {
    this.pod = pod;
  }

  void check() {
    regular();
    initial();
    ephemeral();
  }

  private void regular() {
    List<ValidatedObject> containers = pod.spec().items("containers");
    if (containers.isEmpty()) {
      pod.spec().required("containers", "");
      return;
    }
    Set<String> names = new HashSet<>();
    for (ValidatedObject container : containers) {
      common(container);
      if (!names.add(container.text("name"))) {
        container.duplicate("name");
      }
      life(container);
      RestartRules.check(container);
    }
    hostPorts(containers);
  }

  private void life(ValidatedObject container) {
    HandlerRules.lifecycle(container, pod.spec());
    HandlerRules.probes(container);
  }

  private void initial() {
    Set<String> names = new HashSet<>();
    pod.spec().items("containers").forEach(container -> names.add(container.text("name")));
    for (ValidatedObject container : pod.spec().items("initContainers")) {
      common(container);
      RestartRules.checkInitial(container);
      boolean sidecar = container.text("restartPolicy").equals("Always");
      if (names.contains(container.text("name"))) {
        container.duplicate("name");
      } else if (!container.text("name").isEmpty()) {
        names.add(container.text("name"));
      }
      hostPorts(List.of(container));
      if (sidecar) {
        life(container);
      } else {
        withoutLife(container);
      }
    }
  }

  private static void withoutLife(ValidatedObject container) {
    for (String field : LIFE) {
      if (container.has(field)) {
        container.forbidden(field, ONLY_SIDECARS);
      }
    }
    boolean mayRestart = OldFaults.inPod(container.context(), PodFault.INITIAL_RESTART);
    for (ValidatedObject policy : container.items("resizePolicy")) {
      if (!mayRestart && policy.text("restartPolicy").equals("RestartContainer")) {
        policy.invalid(
            "restartPolicy",
            "must not be set to 'RestartContainer' for non-sidecar initContainers");
      }
    }
  }

  private void ephemeral() {
    Set<String> others = new HashSet<>();
    pod.spec().items("containers").forEach(container -> others.add(container.text("name")));
    pod.spec().items("initContainers").forEach(container -> others.add(container.text("name")));
    Set<String> names = new HashSet<>(others);
    for (ValidatedObject container : pod.spec().items("ephemeralContainers")) {
      common(container);
      PodRules.imageWithoutSpace(container);
      if (!names.add(container.text("name"))) {
        container.duplicate("name");
      }
      String target = container.text("targetContainerName");
      if (!target.isEmpty() && !others.contains(target)) {
        container.add(FieldError.notFound(container.path("targetContainerName"), Json.of(target)));
      }
      notEphemeral(container);
    }
  }

  private static void notEphemeral(ValidatedObject container) {
    for (String field : NONE_OF_EPHEMERAL) {
      boolean isGiven =
          field.equals(RESOURCES) ? hasResources(container) : container.isGiven(field);
      if (isGiven) {
        container.forbidden(field, NOT_EPHEMERAL);
      }
    }
    for (ValidatedObject mount : container.items("volumeMounts")) {
      for (String field : List.of("subPath", "subPathExpr")) {
        if (!mount.text(field).isEmpty()) {
          mount.forbidden(field, NOT_EPHEMERAL);
        }
      }
    }
  }

  private static boolean hasResources(ValidatedObject container) {
    ValidatedObject resources = container.childOrEmpty(RESOURCES);
    return List.of("limits", "requests", "claims").stream().anyMatch(resources::isGiven);
  }

  private void common(ValidatedObject container) {
    String name = container.text("name");
    if (name.isEmpty()) {
      container.required("name", "");
    } else {
      container.invalid("name", Formats.dns1123Label(name));
    }
    if (container.text("image").isEmpty()) {
      container.required("image", "");
    }
    switch (container.text("terminationMessagePolicy")) {
      case "File", "FallbackToLogsOnError" -> {}
      case "" -> container.required("terminationMessagePolicy", "");
      default ->
          container.notSupported("terminationMessagePolicy", "File", "FallbackToLogsOnError");
    }
    ports(container);
    EnvVarRules.check(container);
    Mounts.check(container, pod.volumes());
    pullPolicy(container);
    ResourceRequirements.checkContainer(container.childOrEmpty(RESOURCES), pod.claims());
    RestartRules.checkResize(container, pod.restartPolicy());
    SecurityRules.checkContainer(container, pod.usesHostUsers());
  }

  private static void ports(ValidatedObject container) {
    Set<String> names = new HashSet<>();
    for (ValidatedObject port : container.items("ports")) {
      String name = port.text("name");
      if (!name.isEmpty()) {
        List<String> complaints = Ports.name(name);
        port.invalid("name", complaints);
        if (complaints.isEmpty() && !names.add(name)) {
          port.duplicate("name");
        }
      }
      if (port.number("containerPort") == 0) {
        port.required("containerPort", "");
      } else {
        port.invalidNumber("containerPort", Ports.number(port.number("containerPort")));
      }
      if (port.number("hostPort") != 0) {
        port.invalidNumber("hostPort", Ports.number(port.number("hostPort")));
      }
      ServicePorts.protocol(port);
    }
  }

  private static void pullPolicy(ValidatedObject container) {
    switch (container.text("imagePullPolicy")) {
      case "Always", "IfNotPresent", "Never" -> {}
      case "" -> container.required("imagePullPolicy", "");
      default -> container.notSupported("imagePullPolicy", "Always", "IfNotPresent", "Never");
    }
  }

  private static void hostPorts(List<ValidatedObject> containers) {
    Set<String> seen = new HashSet<>();
    for (ValidatedObject container : containers) {
      for (ValidatedObject port : container.items("ports")) {
        long number = port.number("hostPort");
        String shown = "%s/%s/%d".formatted(port.text("protocol"), port.text("hostIP"), number);
        if (number != 0 && !seen.add(shown)) {
          port.add(FieldError.duplicate(port.path("hostPort"), Json.of(shown)));
        }
      }
    }
  }
}
