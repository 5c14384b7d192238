package dev.pintle.kube.audit;

import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A policy: what is written down of which requests. The first rule that is about a request counts; of what no rule is about nothing is.
public record AuditPolicy(List<AuditRule> rules) {
  /// Of no request anything is written down.
  public static final AuditPolicy NONE = new AuditPolicy(List.of());

  public AuditPolicy {
    rules = List.copyOf(rules);
  }

  /// Reads a `Policy` of `audit.k8s.io/v1`.
  ///
  /// @param text YAML or JSON
  /// @throws IllegalArgumentException what is wrong with it, in upstream's words
  public static AuditPolicy parse(String text) {
    return new AuditPolicyReader().read(text);
  }

  /// @param user null where nobody knows who it is
  public AuditVerdict judge(@Nullable UserInfo user, RequestInfo target) {
    for (AuditRule rule : rules) {
      if (rule.isAbout(user, target)) {
        return rule.verdict();
      }
    }
    return AuditVerdict.NOTHING;
  }
}
