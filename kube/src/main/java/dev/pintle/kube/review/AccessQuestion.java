package dev.pintle.kube.review;

import dev.pintle.kube.authz.PolicyRule;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.selector.FieldSelector;
import dev.pintle.kube.selector.LabelSelector;
import dev.pintle.kube.selector.SelectorSyntaxException;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The question of an access review: may this subject do that.
final class AccessQuestion {
  private static final String GROUP = "authorization.k8s.io";
  private static final String REQUIRED = "FieldValueRequired";

  private static final Set<String> OPERATORS = Set.of("In", "NotIn", "Exists", "DoesNotExist");

  private AccessQuestion() {}

  /// The subject of a review, and the resource or path that it is about.
  enum About {
    SELF,
    ANYBODY,
    ANYBODY_HERE
  }

  /// Refuses a review that does not ask one thing of somebody.
  static void require(JsonObject review, About about) {
    List<Cause> wrong = new ArrayList<>();
    JsonObject spec = review.objectAt("spec");
    JsonObject resource = spec.object("resourceAttributes");
    JsonObject path = spec.object("nonResourceAttributes");
    if ((resource == null) == (path == null)) {
      wrong.add(
          invalid(
              "spec",
              path == null ? "null" : goForm(path),
              "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
    }
    if (about != About.SELF
        && spec.textOrEmpty("user").isEmpty()
        && PolicyRule.texts(spec.array("groups")).isEmpty()) {
      wrong.add(invalid("spec.user", "\"\"", "at least one of user or group must be specified"));
    }
    if (resource != null) {
      checkSelector(resource.object("fieldSelector"), "fieldSelector", wrong);
      checkSelector(resource.object("labelSelector"), "labelSelector", wrong);
    }
    checkMetadata(review.objectAt("metadata"), about, wrong);
    if (about == About.ANYBODY_HERE) {
      checkHere(review, resource, path, wrong);
    }
    if (!wrong.isEmpty()) {
      throw StatusErrors.invalidKind(GROUP, "", "", wrong);
    }
  }

  private static void checkSelector(@Nullable JsonObject selector, String name, List<Cause> wrong) {
    if (selector == null) {
      return;
    }
    String path = "spec.resourceAttributes." + name;
    String raw = selector.textOrEmpty("rawSelector");
    JsonArray requirements = selector.array("requirements");
    boolean has = requirements != null && !requirements.isEmpty();
    if (!raw.isEmpty() && has) {
      wrong.add(
          invalid(
              path + ".rawSelector",
              JsonWriter.text(Json.of(raw)),
              "may not specified at the same time as requirements"));
    }
    if (raw.isEmpty() && !has) {
      String message =
          "Required value: when %s is specified, requirements or rawSelector is required"
              .formatted(path);
      wrong.add(new Cause(REQUIRED, message, path + ".requirements"));
    }
    List<JsonObject> all = requirements == null ? List.of() : requirements.objects();
    for (int i = 0; i < all.size(); i++) {
      checkRequirement(
          all.get(i), path + ".requirements[" + i + "]", name.equals("labelSelector"), wrong);
    }
  }

  /// An operator that is not known is no fault: a newer client may know it.
  private static void checkRequirement(
      JsonObject requirement, String path, boolean ofLabels, List<Cause> wrong) {
    String key = requirement.textOrEmpty("key");
    if (!ofLabels && key.isEmpty()) {
      wrong.add(new Cause(REQUIRED, "Required value: must be specified", path + ".key"));
    }
    List<String> values = PolicyRule.texts(requirement.array("values"));
    switch (requirement.textOrEmpty("operator")) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          String message = "Required value: must be specified when `operator` is 'In' or 'NotIn'";
          wrong.add(new Cause(REQUIRED, message, path + ".values"));
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          String message =
              "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
          wrong.add(new Cause("FieldValueForbidden", message, path + ".values"));
        }
      }
      default -> {}
    }
    if (ofLabels) {
      Formats.qualifiedName(key)
          .forEach(why -> wrong.add(invalid(path + ".key", GoText.quote(key), why)));
      for (int i = 0; i < values.size(); i++) {
        String value = values.get(i);
        String at = path + ".values[" + i + "]";
        Formats.labelValue(value).forEach(why -> wrong.add(invalid(at, GoText.quote(value), why)));
      }
    }
  }

  /// What of the question cannot be asked, in the words of an answer: selectors that cannot be read, requirements with
  /// operators that nobody knows, and on fields all but those of one value. Empty when all can.
  static String ignored(JsonObject review) {
    JsonObject resource = review.objectOrEmpty("spec").objectOrEmpty("resourceAttributes");
    List<String> ignored = new ArrayList<>();
    for (String name : List.of("fieldSelector", "labelSelector")) {
      JsonObject selector = resource.objectOrEmpty(name);
      boolean ofFields = name.equals("fieldSelector");
      List<JsonObject> asked = selector.objects("requirements");
      long known =
          asked.stream().filter(one -> ofFields ? isOfOneValue(one) : isKnown(one)).count();
      String raw = selector.textOrEmpty("rawSelector");
      if (known < asked.size() || (asked.isEmpty() && !isReadable(raw, ofFields))) {
        ignored.add(
            "spec.resourceAttributes.%s %signored due to parse error"
                .formatted(name, known == 0 ? "" : "partially "));
      }
    }
    return String.join("; ", ignored);
  }

  private static boolean isReadable(String raw, boolean ofFields) {
    try {
      if (ofFields) {
        FieldSelector.parse(raw);
      } else {
        LabelSelector.parse(raw);
      }
      return true;
    } catch (SelectorSyntaxException unreadable) {
      return false;
    }
  }

  private static boolean isKnown(JsonObject requirement) {
    return OPERATORS.contains(requirement.textOrEmpty("operator"));
  }

  /// Nothing else can be asked of fields yet.
  private static boolean isOfOneValue(JsonObject requirement) {
    return switch (requirement.textOrEmpty("operator")) {
      case "In", "NotIn" -> PolicyRule.texts(requirement.array("values")).size() == 1;
      default -> false;
    };
  }

  private static void checkMetadata(JsonObject metadata, About about, List<Cause> wrong) {
    JsonObject rest = metadata.copy();
    rest.remove("managedFields");
    if (about == About.ANYBODY_HERE) {
      rest.remove("namespace");
    }
    if (!rest.isEmpty()) {
      wrong.add(
          invalid(
              "metadata",
              JsonWriter.text(metadata),
              about == About.ANYBODY_HERE
                  ? "must be empty except for namespace"
                  : "must be empty"));
    }
  }

  private static void checkHere(
      JsonObject review,
      @Nullable JsonObject resource,
      @Nullable JsonObject path,
      List<Cause> wrong) {
    String namespace = review.objectAt("metadata").textOrEmpty("namespace");
    if (resource != null && !resource.textOrEmpty("namespace").equals(namespace)) {
      wrong.add(
          invalid(
              "spec.resourceAttributes.namespace",
              JsonWriter.text(Json.of(resource.textOrEmpty("namespace"))),
              "must match metadata.namespace"));
    }
    if (path != null) {
      wrong.add(
          invalid(
              "spec.nonResourceAttributes", goForm(path), "disallowed on this kind of request"));
    }
  }

  /// Upstream prints its internal structure here.
  private static String goForm(JsonObject path) {
    return JsonWriter.text(
        new JsonObject()
            .set("Path", path.textOrEmpty("path"))
            .set("Verb", path.textOrEmpty("verb")));
  }

  private static Cause invalid(String field, String value, String why) {
    return new Cause("FieldValueInvalid", "Invalid value: %s: %s".formatted(value, why), field);
  }

  /// Whom a review of others is about.
  static UserInfo subject(JsonObject review) {
    JsonObject spec = review.objectAt("spec");
    Map<String, List<String>> extra = new LinkedHashMap<>();
    JsonObject sent = spec.object("extra");
    if (sent != null) {
      sent.forEach(field -> {
        if (field.value() instanceof JsonArray values) {
          extra.put(field.name(), PolicyRule.texts(values));
        }
      });
    }
    return new UserInfo(
        spec.textOrEmpty("user"),
        spec.textOrEmpty("uid"),
        PolicyRule.texts(spec.array("groups")),
        extra);
  }

  /// What a review asks about.
  static RequestInfo target(JsonObject review) {
    JsonObject spec = review.objectAt("spec");
    JsonObject path = spec.object("nonResourceAttributes");
    if (path != null) {
      return new RequestInfo(
          path.textOrEmpty("verb"), path.textOrEmpty("path"), null, "", "", "", "", 0);
    }
    JsonObject resource = spec.objectAt("resourceAttributes");
    return new RequestInfo(
        resource.textOrEmpty("verb"),
        "",
        new GroupVersion(resource.textOrEmpty("group"), resource.textOrEmpty("version")),
        resource.textOrEmpty("namespace"),
        resource.textOrEmpty("resource"),
        resource.textOrEmpty("name"),
        resource.textOrEmpty("subresource"),
        0,
        "",
        selectedNode(resource.objectOrEmpty("fieldSelector")));
  }

  /// The one node that is asked for; empty for any.
  private static String selectedNode(JsonObject selector) {
    String raw = selector.textOrEmpty("rawSelector");
    if (!raw.isEmpty()) {
      try {
        return FieldSelector.parse(raw).exactly(RequestInfo.NODE_NAME).orElse("");
      } catch (SelectorSyntaxException unreadable) {
        return "";
      }
    }
    return selector.objects("requirements").stream()
        .filter(one -> one.textOrEmpty("key").equals(RequestInfo.NODE_NAME))
        .filter(one -> one.textOrEmpty("operator").equals("In"))
        .map(one -> PolicyRule.texts(one.array("values")))
        .filter(values -> values.size() == 1)
        .map(List::getFirst)
        .findFirst()
        .orElse("");
  }
}
