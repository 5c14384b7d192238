package dev.pintle.kube.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The rules that are written in code, by name. Files of them are loaded one after the other until one has the name: the JVM makes a class for
/// each rule, and a start needs few.
final class CodedRules {
  private static final int FILES = 55;

  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by `lock`.
  private final List<Map<String, NamedRule>> loaded = new ArrayList<>();

  /// Null where there is none of that name.
  @Nullable NamedRule find(String name) {
    lock.lock();
    try {
      for (int i = 0; i < FILES; i++) {
        if (i == loaded.size()) {
          loaded.add(file(i));
        }
        NamedRule found = loaded.get(i).get(name);
        if (found != null) {
          return found;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  static Map<String, NamedRule> all() {
    Map<String, NamedRule> all = new HashMap<>();
    for (int i = 0; i < FILES; i++) {
      all.putAll(file(i));
    }
    return all;
  }

  private static Map<String, NamedRule> file(int number) {
    return switch (number) {
      case 0 -> Map.of("metadataAgain", ObjectValidation::metadataAgain);
      case 1 -> DataRules.all();
      case 2 -> EventRules.all();
      case 3 -> EndpointSliceRules.all();
      case 4 -> EndpointRules.all();
      case 5 -> LoadBalancerRules.all();
      case 6 -> NetworkPolicyRules.all();
      case 7 -> IngressRules.all();
      case 8 -> IngressClassRules.all();
      case 9 -> ServiceRangeRules.all();
      case 10 -> AutoscalerRules.all();
      case 11 -> ConditionRules.all();
      case 12 -> NodeRules.all();
      case 13 -> RbacRules.all();
      case 14 -> WebhookRules.all();
      case 15 -> AdmissionMatchRules.all();
      case 16 -> AdmissionPolicyRules.all();
      case 17 -> AdmissionBindingRules.all();
      case 18 -> FlowSchemaRules.all();
      case 19 -> PriorityLevelRules.all();
      case 20 -> ApiServiceRules.all();
      case 21 -> TrustBundleRules.all();
      case 22 -> PodCertificateRules.all();
      case 23 -> MigrationRules.all();
      case 24 -> TaintRules.all();
      case 25 -> CertificateRules.all();
      case 26 -> WorkloadRules.all();
      case 27 -> StrategyRules.all();
      case 28 -> StatusRules.all();
      case 29 -> JobRules.all();
      case 30 -> JobPolicyRules.all();
      case 31 -> JobStatusRules.all();
      case 32 -> CronRules.all();
      case 33 -> ServiceRules.all();
      case 34 -> ServiceUpdateRules.all();
      case 35 -> PodRules.all();
      case 36 -> PodUpdateRules.all();
      case 37 -> PodPartRules.all();
      case 38 -> PodStatusRules.all();
      case 39 -> ClaimUpdateRules.all();
      case 40 -> QuotaRules.all();
      case 41 -> LimitRangeRules.all();
      case 42 -> StorageRules.all();
      case 43 -> ClaimTemplateRules.all();
      case 44 -> PersistentVolumeRules.all();
      case 45 -> VolumeSourceRules.all();
      case 46 -> VolumeUpdateRules.all();
      case 47 -> ClaimStatusRules.all();
      case 48 -> StorageClassRules.all();
      case 49 -> CsiRules.all();
      case 50 -> AttachmentRules.all();
      case 51 -> ClusterClassRules.all();
      case 52 -> DeviceClaimRules.all();
      case 53 -> AllocationRules.all();
      case 54 -> ResourceSliceRules.all();
      default -> throw new IllegalArgumentException("file " + number);
    };
  }
}
