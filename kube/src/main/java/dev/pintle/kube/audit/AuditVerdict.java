package dev.pintle.kube.audit;

import java.util.EnumSet;
import java.util.Set;

/// The judgement of a policy about a request.
///
/// @param omitted the stages at which no event is written
/// @param withoutManagedFields whether objects are written down without who owns which of their fields
public record AuditVerdict(
    AuditLevel level, Set<AuditStage> omitted, boolean withoutManagedFields) {
  static final AuditVerdict NOTHING = new AuditVerdict(AuditLevel.NONE, Set.of(), false);

  public AuditVerdict {
    omitted = Set.copyOf(omitted);
  }

  /// Whether anything is written down.
  public boolean counts() {
    return level != AuditLevel.NONE;
  }

  static AuditVerdict of(
      AuditLevel level, Set<AuditStage> some, Set<AuditStage> others, boolean without) {
    Set<AuditStage> all = EnumSet.noneOf(AuditStage.class);
    all.addAll(some);
    all.addAll(others);
    return new AuditVerdict(level, all, without);
  }
}
