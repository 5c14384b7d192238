package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.List;
import java.util.stream.Collectors;

/// The rules of what a pod asks for as a whole, beside what its containers ask for.
final class WholePodRules {
  private static final String HUGE_PAGES = "hugepages-";

  private WholePodRules() {}

  static void check(ValidatedObject spec) {
    ValidatedObject resources = spec.child("resources");
    if (resources == null) {
      return;
    }
    if ("windows".equals(spec.childOrEmpty("os").text("name"))) {
      spec.forbidden("resources", "may not be set for a windows pod");
      return;
    }
    ResourceRequirements.checkPod(
        resources,
        spec.items("resourceClaims").stream()
            .map(claim -> claim.text("name"))
            .collect(Collectors.toSet()));
    requests(spec, resources);
    hugePages(spec, resources);
    limits(spec, resources);
  }

  private static ResourceAmounts whole(ValidatedObject spec, String field) {
    return ResourceAmounts.of(spec.structure(), field);
  }

  private static void requests(ValidatedObject spec, ValidatedObject resources) {
    ResourceAmounts whole = whole(spec, "requests");
    ResourceAmounts.ofContainers(spec.structure(), "requests")
        .values()
        .forEach((name, together) -> atLeast(whole, name, together, resources, "requests"));
  }

  private static void hugePages(ValidatedObject spec, ValidatedObject resources) {
    ResourceAmounts whole = whole(spec, "limits");
    ResourceAmounts.ofContainers(spec.structure(), "limits")
        .values()
        .forEach((name, together) -> {
          if (name.startsWith(HUGE_PAGES)) {
            atLeast(whole, name, together, resources, "limits");
          }
        });
  }

  private static void atLeast(
      ResourceAmounts whole,
      String name,
      Quantity together,
      ValidatedObject resources,
      String field) {
    Quantity said = whole.values().get(name);
    if (said != null && together.compareTo(said) > 0) {
      resources.add(
          FieldError.invalid(
              resources.path(field).key(name),
              Json.of(said.toString()),
              "must be greater than or equal to aggregate container %s of %s"
                  .formatted(field, together)));
    }
  }

  private static void limits(ValidatedObject spec, ValidatedObject resources) {
    ResourceAmounts whole = whole(spec, "limits");
    List<JsonObject> containers = spec.structure().objects("containers");
    for (int i = 0; i < containers.size(); i++) {
      FieldPath path = resources.path("containers").index(i);
      ResourceAmounts.of(containers.get(i), "limits")
          .values()
          .forEach((name, limit) -> {
            Quantity most = whole.values().get(name);
            if (most != null && limit.compareTo(most) > 0) {
              resources.add(
                  FieldError.invalid(
                      path.key(name).child("limits"),
                      Json.of(limit.toString()),
                      "must be less than or equal to pod limits of %s".formatted(most)));
            }
          });
    }
  }
}
