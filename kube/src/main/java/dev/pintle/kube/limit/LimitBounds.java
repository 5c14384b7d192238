package dev.pintle.kube.limit;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The faults of an object by one item of a limit range.
///
/// @param type of the item: `Container`, `Pod` or `PersistentVolumeClaim`
record LimitBounds(
    String type, ResourceAmounts requests, ResourceAmounts limits, List<String> wrong) {

  static List<String> wrong(JsonObject item, JsonObject object, boolean claim) {
    List<String> wrong = new ArrayList<>();
    String type = String.valueOf(item.text("type"));
    JsonObject spec = object.objectAt("spec");
    switch (type) {
      case "Container" -> {
        if (!claim) {
          for (String list : List.of("containers", "initContainers")) {
            for (JsonObject container : spec.objects(list)) {
              new LimitBounds(
                      type,
                      ResourceAmounts.of(container, "requests"),
                      ResourceAmounts.of(container, "limits"),
                      wrong)
                  .check(item);
            }
          }
        }
      }
      case "Pod" -> {
        if (!claim) {
          new LimitBounds(
                  type,
                  ResourceAmounts.ofPod(spec, "requests"),
                  ResourceAmounts.ofPod(spec, "limits"),
                  wrong)
              .check(item);
        }
      }
      case "PersistentVolumeClaim" -> {
        if (claim) {
          new LimitBounds(type, ResourceAmounts.of(spec, "requests"), ResourceAmounts.none(), wrong)
              .checkClaim(item);
        }
      }
      default -> {}
    }
    return wrong;
  }

  private void check(JsonObject item) {
    ResourceAmounts.of(item.object("min")).values().forEach(this::least);
    ResourceAmounts.of(item.object("max")).values().forEach(this::most);
    ResourceAmounts.of(item.object("maxLimitRequestRatio")).values().forEach(this::ratio);
  }

  private void checkClaim(JsonObject item) {
    ResourceAmounts.of(item.object("min")).values().forEach(this::least);
    for (Map.Entry<String, Quantity> bound :
        ResourceAmounts.of(item.object("max")).values().entrySet()) {
      String subject = subject("maximum %s usage per %s is %s", bound.getKey(), bound.getValue());
      Quantity request = requests.values().get(bound.getKey());
      if (request == null) {
        wrong.add(subject + ".  No request is specified");
      } else if (request.compareTo(bound.getValue()) > 0) {
        wrong.add(subject + ", but request is " + request);
      }
    }
  }

  private String subject(String form, String name, Quantity bound) {
    return form.formatted(name, type, bound);
  }

  private void least(String name, Quantity bound) {
    String subject = subject("minimum %s usage per %s is %s", name, bound);
    Quantity request = requests.values().get(name);
    Quantity limit = limits.values().get(name);
    if (request == null) {
      wrong.add(subject + ".  No request is specified");
    } else if (request.compareTo(bound) < 0) {
      wrong.add(subject + ", but request is " + request);
    } else if (limit != null && limit.compareTo(bound) < 0) {
      wrong.add(subject + ", but limit is " + limit);
    }
  }

  private void most(String name, Quantity bound) {
    String subject = subject("maximum %s usage per %s is %s", name, bound);
    Quantity request = requests.values().get(name);
    Quantity limit = limits.values().get(name);
    if (limit == null) {
      wrong.add(subject + ".  No limit is specified");
    } else if (limit.compareTo(bound) > 0) {
      wrong.add(subject + ", but limit is " + limit);
    } else if (request != null && request.compareTo(bound) > 0) {
      wrong.add(subject + ", but request is " + request);
    }
  }

  private void ratio(String name, Quantity bound) {
    String subject = subject("%s max limit to request ratio per %s is %s", name, bound);
    Quantity request = requests.values().get(name);
    Quantity limit = limits.values().get(name);
    if (request == null || request.sign() == 0) {
      wrong.add(subject + ", but no request is specified or request is 0");
    } else if (limit == null || limit.sign() == 0) {
      wrong.add(subject + ", but no limit is specified or limit is 0");
    } else {
      double there = limit.doubleValue() / request.doubleValue();
      if (there > bound.doubleValue()) {
        wrong.add(String.format(Locale.ROOT, "%s, but provided ratio is %f", subject, there));
      }
    }
  }
}
