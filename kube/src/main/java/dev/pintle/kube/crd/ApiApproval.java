package dev.pintle.kube.crd;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;

/// The condition `KubernetesAPIApprovalPolicyConformant`: definitions in groups of the Kubernetes community (`*.k8s.io`)
/// must be annotated with their approval, or with why they have none.
public final class ApiApproval {
  public static final String ANNOTATION = "api-approved.kubernetes.io";
  private static final String SEE = ", see https://github.com/kubernetes/enhancements/pull/1111";

  private ApiApproval() {}

  /// The state of a definition's approval.
  public enum State {
    INVALID("InvalidAnnotation", false),
    APPROVED("ApprovedAnnotation", true),
    BYPASSED("UnapprovedAnnotation", false),
    MISSING("MissingAnnotation", false);

    private final String reason;
    private final boolean conformant;

    State(String reason, boolean conformant) {
      this.reason = reason;
      this.conformant = conformant;
    }

    /// The word of the condition that tells it.
    public String reason() {
      return reason;
    }

    public boolean conformant() {
      return conformant;
    }
  }

  /// Whether the community keeps a group to itself.
  public static boolean isProtected(String group) {
    return group.equals("k8s.io")
        || group.endsWith(".k8s.io")
        || group.equals("kubernetes.io")
        || group.endsWith(".kubernetes.io");
  }

  public static State state(JsonObject definition) {
    String annotation = annotation(definition);
    if (annotation.isEmpty()) {
      return State.MISSING;
    }
    if (annotation.startsWith("unapproved")) {
      return State.BYPASSED;
    }
    return isUrl(annotation) ? State.APPROVED : State.INVALID;
  }

  /// Why, in words.
  public static String message(JsonObject definition) {
    String annotation = annotation(definition);
    return switch (state(definition)) {
      case MISSING ->
          "protected groups must have approval annotation \"%s\"%s".formatted(ANNOTATION, SEE);
      case BYPASSED -> "not approved: " + GoText.quote(annotation);
      case APPROVED -> "approved in " + annotation;
      case INVALID ->
          "protected groups must have approval annotation \"%s\" with either a URL or a reason starting with \"unapproved\"%s"
              .formatted(ANNOTATION, SEE);
    };
  }

  /// What the definition says of its approval, empty when nothing.
  public static String annotation(JsonObject definition) {
    return definition
        .objectOrEmpty("metadata")
        .objectOrEmpty("annotations")
        .textOrEmpty(ANNOTATION);
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      return uri.getScheme() != null && uri.getAuthority() != null && !uri.getAuthority().isEmpty();
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
