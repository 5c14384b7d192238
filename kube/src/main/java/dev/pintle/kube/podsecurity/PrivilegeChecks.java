package dev.pintle.kube.podsecurity;

import static dev.pintle.kube.podsecurity.PodCheckTexts.containers;
import static dev.pintle.kube.podsecurity.PodCheckTexts.joined;
import static dev.pintle.kube.podsecurity.PodCheckTexts.quoted;
import static dev.pintle.kube.podsecurity.PodCheckTexts.setters;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The checks of what a pod's processes may do, and as whom they run.
final class PrivilegeChecks {
  private static final Set<String> DEFAULT_CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  private PrivilegeChecks() {}

  /// The rule for all pods but those of Windows, which has nothing of the kind.
  static PodCheck.Rule butWindows(PodCheck.Rule rule) {
    return pod -> pod.isWindows() ? null : rule.violation(pod);
  }

  /// The rule for all pods but those whose users are nobody on the host.
  static PodCheck.Rule butOwnUsers(PodCheck.Rule rule) {
    return pod -> pod.hasOwnUsers() ? null : rule.violation(pod);
  }

  static @Nullable PodViolation privileged(PodUnderCheck pod) {
    List<String> bad = pod.containersWith(context -> context.isTrue("privileged"));
    return bad.isEmpty()
        ? null
        : new PodViolation(
            "privileged", containers(bad) + " must not set securityContext.privileged=true");
  }

  static @Nullable PodViolation escalation(PodUnderCheck pod) {
    List<String> bad =
        pod.containersWith(
            context -> !Json.Bool.FALSE.equals(context.get("allowPrivilegeEscalation")));
    return bad.isEmpty()
        ? null
        : new PodViolation(
            "allowPrivilegeEscalation != false",
            containers(bad) + " must set securityContext.allowPrivilegeEscalation=false");
  }

  static @Nullable PodViolation defaultCapabilities(PodUnderCheck pod) {
    SortedSet<String> added = new TreeSet<>(Utf8Order.ASCENDING);
    List<String> bad =
        pod.containersWith(context -> addsOther(context, DEFAULT_CAPABILITIES, added));
    return bad.isEmpty()
        ? null
        : new PodViolation("non-default capabilities", mustNotAdd(bad, added));
  }

  static @Nullable PodViolation capabilities(PodUnderCheck pod) {
    List<String> keeping =
        pod.containersWith(
            context -> !context.objectOrEmpty("capabilities").texts("drop").contains("ALL"));
    SortedSet<String> added = new TreeSet<>(Utf8Order.ASCENDING);
    List<String> adding =
        pod.containersWith(context -> addsOther(context, Set.of("NET_BIND_SERVICE"), added));
    List<String> details = new ArrayList<>(2);
    if (!keeping.isEmpty()) {
      details.add(containers(keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
    }
    if (!adding.isEmpty()) {
      details.add(mustNotAdd(adding, added));
    }
    return details.isEmpty()
        ? null
        : new PodViolation("unrestricted capabilities", String.join("; ", details));
  }

  private static boolean addsOther(
      JsonObject securityContext, Set<String> allowed, SortedSet<String> added) {
    boolean adds = false;
    for (String capability : securityContext.objectOrEmpty("capabilities").texts("add")) {
      if (!allowed.contains(capability)) {
        adds = true;
        added.add(capability);
      }
    }
    return adds;
  }

  private static String mustNotAdd(List<String> names, SortedSet<String> capabilities) {
    return "%s must not include %s in securityContext.capabilities.add"
        .formatted(containers(names), quoted(capabilities));
  }

  static @Nullable PodViolation nonRoot(PodUnderCheck pod) {
    String reason = "runAsNonRoot != true";
    Json ofPod = pod.securityContext().get("runAsNonRoot");
    List<String> setters =
        setters(
            Json.Bool.FALSE.equals(ofPod),
            pod.containersWith(context -> Json.Bool.FALSE.equals(context.get("runAsNonRoot"))));
    if (!setters.isEmpty()) {
      return new PodViolation(
          reason, joined(setters) + " must not set securityContext.runAsNonRoot=false");
    }
    if (Json.Bool.TRUE.equals(ofPod)) {
      return null;
    }
    List<String> silent = pod.containersWith(context -> !context.has("runAsNonRoot"));
    return silent.isEmpty()
        ? null
        : new PodViolation(
            reason, "pod or " + containers(silent) + " must set securityContext.runAsNonRoot=true");
  }

  static @Nullable PodViolation rootUser(PodUnderCheck pod) {
    List<String> setters =
        setters(isRoot(pod.securityContext()), pod.containersWith(PrivilegeChecks::isRoot));
    return setters.isEmpty()
        ? null
        : new PodViolation("runAsUser=0", joined(setters) + " must not set runAsUser=0");
  }

  private static boolean isRoot(JsonObject securityContext) {
    return securityContext.get("runAsUser") instanceof Json.Whole user && user.value() == 0;
  }
}
