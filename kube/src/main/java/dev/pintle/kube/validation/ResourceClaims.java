package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.Set;

/// The claims of resources that a pod makes.
final class ResourceClaims {
  private static final FieldPath WHOLE_POD = FieldPath.ROOT.key("");

  private ResourceClaims() {}

  static void check(ValidatedObject spec) {
    if (spec.count("resourceClaims") > 0 && PodAnnotations.isMirror(spec.context())) {
      spec.add(FieldError.forbidden(WHOLE_POD, "static pods do not support resource claims"));
      return;
    }
    Set<String> names = new HashSet<>();
    for (ValidatedObject claim : spec.items("resourceClaims")) {
      String name = claim.text("name");
      if (name.isEmpty()) {
        claim.required("name", "");
      } else if (names.add(name)) {
        claim.invalid("name", Formats.dns1123Label(name));
      } else {
        claim.duplicate("name");
      }
      boolean byName = claim.has("resourceClaimName");
      boolean byTemplate = claim.has("resourceClaimTemplateName");
      if (byName == byTemplate) {
        String detail =
            byName
                ? "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified"
                : "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`";
        claim.add(FieldError.invalid(claim.path(), shown(claim), detail));
      }
      if (byName) {
        claim.invalid(
            "resourceClaimName", Formats.dns1123Subdomain(claim.text("resourceClaimName")));
      }
      if (byTemplate) {
        String template = claim.text("resourceClaimTemplateName");
        claim.invalid("resourceClaimTemplateName", Formats.dns1123Subdomain(template));
      }
    }
  }

  private static Json shown(ValidatedObject claim) {
    return new JsonObject()
        .set("Name", claim.text("name"))
        .set("ResourceClaimName", claim.shown("resourceClaimName"))
        .set("ResourceClaimTemplateName", claim.shown("resourceClaimTemplateName"));
  }
}
