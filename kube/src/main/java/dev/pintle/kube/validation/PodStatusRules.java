package dev.pintle.kube.validation;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of what is reported of a pod: its conditions, its place and its addresses. Addresses that stand there already may
/// stay, whatever they are.
final class PodStatusRules {
  private static final Set<String> SYSTEM_CONDITIONS =
      Set.of("PodScheduled", "Ready", "Initialized");
  private static final String NOT_NEGATIVE = "must be a non-negative integer";
  private static final int ADDRESSES_MAX = 2;

  private PodStatusRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("reportedPod", PodStatusRules::reported);
  }

  private static void reported(ValidatedObject pod) {
    PodAnnotations.kept(pod.childOrEmpty("metadata"));
    PodAnnotations.check(
        pod.childOrEmpty("metadata"),
        pod.childOrEmpty("spec"),
        pod.path("metadata").child("annotations"));
    ValidatedObject status = pod.childOrEmpty("status");
    conditions(status);
    nomination(pod, status);
    if (status.number("observedGeneration") < 0) {
      status.invalid("observedGeneration", NOT_NEGATIVE);
    }
    if (Immutable.isChanged(status, "qosClass")) {
      status.add(
          FieldError.invalidWord(
              status.path("qosClass"), status.text("qosClass"), Immutable.MESSAGE));
    }
    ContainerStateRules.check(pod, status);
    PodClaimStatusRules.check(pod, status);
    podAddresses(status);
    hostAddresses(status);
    ContainerStatusRules.check(pod, status);
  }

  private static void conditions(ValidatedObject status) {
    for (ValidatedObject condition : status.items("conditions")) {
      if (condition.number("observedGeneration") < 0) {
        condition.invalid("observedGeneration", NOT_NEGATIVE);
      }
      String type = condition.text("type");
      if (!SYSTEM_CONDITIONS.contains(type)) {
        for (String complaint : Formats.qualifiedName(type)) {
          condition.add(FieldError.invalid(condition.path("Type"), Json.of(type), complaint));
        }
      }
    }
  }

  /// Where it may come to run; a pod that runs somewhere is not nominated anew.
  private static void nomination(ValidatedObject pod, ValidatedObject status) {
    String field = "nominatedNodeName";
    String node = status.text(field);
    JsonObject old = status.old();
    if (node.isEmpty() || (old != null && node.equals(old.text(field)))) {
      return;
    }
    status.invalid(field, Formats.dns1123Subdomain(node));
    if (!pod.childOrEmpty("spec").text("nodeName").isEmpty()) {
      status.forbidden(field, "may not be set on pods that are already bound to a node");
    }
  }

  private static void podAddresses(ValidatedObject status) {
    String list = "podIPs";
    List<ValidatedObject> addresses = status.items(list);
    known(status, list, addresses);
    atMostOneEach(status, list, addresses);
    String first = status.text("podIP");
    if (first.isEmpty() != addresses.isEmpty()) {
      status.add(
          FieldError.invalid(
              status.path(list),
              shown(status, list),
              "podIP and podIPs must either both be set or both be unset"));
    } else if (!addresses.isEmpty() && !addresses.getFirst().text("ip").equals(first)) {
      addresses.getFirst().invalidText("ip", "must be equal to `podIP`");
    }
  }

  private static void hostAddresses(ValidatedObject status) {
    String list = "hostIPs";
    List<ValidatedObject> addresses = status.items(list);
    if (addresses.isEmpty()) {
      return;
    }
    if (!addresses.getFirst().text("ip").equals(status.text("hostIP"))) {
      addresses.getFirst().invalidText("ip", "must be equal to `hostIP`");
    }
    known(status, list, addresses);
    atMostOneEach(status, list, addresses);
  }

  private static void known(ValidatedObject status, String list, List<ValidatedObject> addresses) {
    Set<String> before = new HashSet<>();
    if (status.old() instanceof JsonObject old) {
      old.objects(list).forEach(address -> before.add(address.textOrEmpty("ip")));
    }
    for (ValidatedObject address : addresses) {
      String ip = address.text("ip");
      if (!before.contains(ip)) {
        for (String complaint : Addresses.ip(ip)) {
          status.add(FieldError.invalid(address.path(), Json.of(ip), complaint));
        }
      }
    }
  }

  private static void atMostOneEach(
      ValidatedObject status, String list, List<ValidatedObject> addresses) {
    if (addresses.size() < ADDRESSES_MAX) {
      return;
    }
    boolean[] seen = new boolean[ADDRESSES_MAX];
    boolean readable = true;
    for (int i = 0; i < addresses.size() && readable; i++) {
      String ip = addresses.get(i).text("ip");
      readable = Addresses.parse(ip) != null;
      if (readable) {
        seen[Addresses.isV6(ip) ? 1 : 0] = true;
      } else {
        String why =
            "failed to check for dual stack with error:invalid IP[%d]: %s".formatted(i, ip);
        status.add(FieldError.internal(status.path(list), why));
      }
    }
    if (!readable || !seen[0] || !seen[1] || addresses.size() > ADDRESSES_MAX) {
      status.add(
          FieldError.invalid(
              status.path(list),
              shown(status, list),
              "may specify no more than one IP for each IP family"));
    }
  }

  /// As Go names the fields.
  private static Json shown(ValidatedObject status, String list) {
    if (!status.has(list)) {
      return Json.NULL;
    }
    JsonArray shown = new JsonArray();
    status.items(list).forEach(address -> shown.add(GoForm.titled(address, "ip=IP")));
    return shown;
  }
}
