package dev.pintle.kube.podsecurity;

import static dev.pintle.kube.podsecurity.PodCheckTexts.containers;
import static dev.pintle.kube.podsecurity.PodCheckTexts.counted;
import static dev.pintle.kube.podsecurity.PodCheckTexts.joined;
import static dev.pintle.kube.podsecurity.PodCheckTexts.quoted;
import static dev.pintle.kube.podsecurity.PodCheckTexts.setters;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The checks of what a pod shares with its host.
final class HostChecks {
  private static final List<String> NAMESPACES = List.of("hostNetwork", "hostPID", "hostIPC");
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");
  private static final List<String> HANDLERS = List.of("postStart", "preStop");
  private static final List<String> CALLS = List.of("httpGet", "tcpSocket");

  private HostChecks() {}

  static @Nullable PodViolation namespaces(PodUnderCheck pod) {
    List<String> shared =
        NAMESPACES.stream().filter(pod.spec()::isTrue).map(name -> name + "=true").toList();
    return shared.isEmpty() ? null : new PodViolation("host namespaces", String.join(", ", shared));
  }

  static @Nullable PodViolation ports(PodUnderCheck pod) {
    List<String> users = new ArrayList<>(0);
    SortedSet<String> ports = new TreeSet<>();
    for (JsonObject container : pod.containers()) {
      boolean uses = false;
      for (JsonObject port : container.objects("ports")) {
        long number = port.wholeOrZero("hostPort");
        if (number != 0) {
          uses = true;
          ports.add(Long.toString(number));
        }
      }
      if (uses) {
        users.add(container.textOrEmpty("name"));
      }
    }
    if (users.isEmpty()) {
      return null;
    }
    String detail =
        "%s %s %s %s"
            .formatted(
                containers(users),
                counted("uses", "use", users),
                counted("hostPort", "hostPorts", ports),
                String.join(", ", ports));
    return new PodViolation("hostPort", detail);
  }

  static @Nullable PodViolation probes(PodUnderCheck pod) {
    SortedSet<String> users = new TreeSet<>(Utf8Order.ASCENDING);
    SortedSet<String> hosts = new TreeSet<>(Utf8Order.ASCENDING);
    for (JsonObject container : pod.containers()) {
      Consumer<String> found =
          host -> {
            users.add(container.textOrEmpty("name"));
            hosts.add(host);
          };
      PROBES.forEach(probe -> called(container.objectOrEmpty(probe), found));
      JsonObject lifecycle = container.objectOrEmpty("lifecycle");
      HANDLERS.forEach(handler -> called(lifecycle.objectOrEmpty(handler), found));
    }
    if (users.isEmpty()) {
      return null;
    }
    String name = "probe or lifecycle host";
    String detail =
        "%s %s %s %s"
            .formatted(
                containers(users),
                counted("uses", "use", users),
                counted(name, name + "s", hosts),
                quoted(hosts));
    return new PodViolation(name, detail);
  }

  private static void called(JsonObject handler, Consumer<String> found) {
    for (String call : CALLS) {
      String host = handler.objectOrEmpty(call).textOrEmpty("host");
      if (!host.isEmpty()) {
        found.accept(host);
      }
    }
  }

  static @Nullable PodViolation windowsProcess(PodUnderCheck pod) {
    List<String> setters =
        setters(
            isHostProcess(pod.securityContext()), pod.containersWith(HostChecks::isHostProcess));
    return setters.isEmpty()
        ? null
        : new PodViolation(
            "hostProcess",
            joined(setters) + " must not set securityContext.windowsOptions.hostProcess=true");
  }

  private static boolean isHostProcess(JsonObject securityContext) {
    return securityContext.objectOrEmpty("windowsOptions").isTrue("hostProcess");
  }

  /// @param allowed parameters of the kernel that a pod may set
  static PodCheck.Rule sysctls(Set<String> allowed) {
    return pod -> {
      List<String> forbidden =
          pod.securityContext().objects("sysctls").stream()
              .map(sysctl -> sysctl.textOrEmpty("name"))
              .filter(name -> !allowed.contains(name))
              .toList();
      return forbidden.isEmpty()
          ? null
          : new PodViolation("forbidden sysctls", String.join(", ", forbidden));
    };
  }
}
