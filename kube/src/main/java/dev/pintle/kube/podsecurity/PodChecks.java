package dev.pintle.kube.podsecurity;

import dev.pintle.kube.podsecurity.PodCheck.Revision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// All checks of the Pod Security Standards, by level and version.
final class PodChecks {
  private static final Set<String> SYSCTLS =
      Set.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.ping_group_range",
          "net.ipv4.ip_unprivileged_port_start");
  private static final Set<String> SYSCTLS_27 = and(SYSCTLS, "net.ipv4.ip_local_reserved_ports");
  private static final Set<String> SYSCTLS_29 =
      and(
          SYSCTLS_27,
          "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_fin_timeout",
          "net.ipv4.tcp_keepalive_intvl",
          "net.ipv4.tcp_keepalive_probes");
  private static final Set<String> SYSCTLS_32 =
      and(SYSCTLS_29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem");
  private static final Set<String> SYSCTLS_37 =
      and(SYSCTLS_32, "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat");

  private static final Set<String> SELINUX_TYPES =
      Set.of("", "container_t", "container_init_t", "container_kvm_t");

  private static final List<PodCheck> ALL =
      List.of(
          PodCheck.baseline("appArmorProfile", Revision.of(0, ProfileChecks::appArmor)),
          PodCheck.baseline(
              "capabilities_baseline", Revision.of(0, PrivilegeChecks::defaultCapabilities)),
          PodCheck.baseline("hostNamespaces", Revision.of(0, HostChecks::namespaces)),
          PodCheck.baseline("hostPathVolumes", Revision.of(0, VolumeChecks::hostPaths)),
          PodCheck.baseline("hostPorts", Revision.of(0, HostChecks::ports)),
          PodCheck.baseline("hostProbesAndHostLifecycle", Revision.of(34, HostChecks::probes)),
          PodCheck.baseline("privileged", Revision.of(0, PrivilegeChecks::privileged)),
          PodCheck.baseline(
              "procMount",
              Revision.of(0, ProfileChecks::procMount),
              Revision.of(35, PrivilegeChecks.butOwnUsers(ProfileChecks::procMount))),
          PodCheck.baseline(
              "seLinuxOptions",
              Revision.of(0, ProfileChecks.seLinux(SELINUX_TYPES)),
              Revision.of(31, ProfileChecks.seLinux(and(SELINUX_TYPES, "container_engine_t")))),
          PodCheck.baseline(
              "seccompProfile_baseline",
              Revision.of(0, ProfileChecks::seccompAnnotations),
              Revision.of(19, ProfileChecks::seccomp)),
          PodCheck.baseline(
              "sysctls",
              Revision.of(0, HostChecks.sysctls(SYSCTLS)),
              Revision.of(27, HostChecks.sysctls(SYSCTLS_27)),
              Revision.of(29, HostChecks.sysctls(SYSCTLS_29)),
              Revision.of(32, HostChecks.sysctls(SYSCTLS_32)),
              Revision.of(37, HostChecks.sysctls(SYSCTLS_37))),
          PodCheck.baseline("windowsHostProcess", Revision.of(0, HostChecks::windowsProcess)),
          PodCheck.restricted(
              "allowPrivilegeEscalation",
              Revision.of(8, PrivilegeChecks::escalation),
              Revision.of(25, PrivilegeChecks.butWindows(PrivilegeChecks::escalation))),
          PodCheck.restricted(
              "capabilities_restricted",
              Revision.of(22, PrivilegeChecks::capabilities, "capabilities_baseline"),
              Revision.of(
                  25,
                  PrivilegeChecks.butWindows(PrivilegeChecks::capabilities),
                  "capabilities_baseline")),
          PodCheck.restricted(
              "procMount_restricted", Revision.of(35, ProfileChecks::procMount, "procMount")),
          PodCheck.restricted(
              "restrictedVolumes", Revision.of(0, VolumeChecks::types, "hostPathVolumes")),
          PodCheck.restricted(
              "runAsNonRoot",
              Revision.of(0, PrivilegeChecks::nonRoot),
              Revision.of(35, PrivilegeChecks.butOwnUsers(PrivilegeChecks::nonRoot))),
          PodCheck.restricted(
              "runAsUser",
              Revision.of(23, PrivilegeChecks::rootUser),
              Revision.of(35, PrivilegeChecks.butOwnUsers(PrivilegeChecks::rootUser))),
          PodCheck.restricted(
              "seccompProfile_restricted",
              Revision.of(19, ProfileChecks::seccompRequired, "seccompProfile_baseline"),
              Revision.of(
                  25,
                  PrivilegeChecks.butWindows(ProfileChecks::seccompRequired),
                  "seccompProfile_baseline")));

  /// The last version in which a check changed: what is newer is the same.
  static final int NEWEST =
      ALL.stream()
          .flatMap(check -> check.revisions().stream())
          .mapToInt(Revision::since)
          .max()
          .orElseThrow();

  private static final List<List<PodCheck.Rule>> BASELINE = byVersion(PodSecurityLevel.BASELINE);
  private static final List<List<PodCheck.Rule>> RESTRICTED =
      byVersion(PodSecurityLevel.RESTRICTED);

  private PodChecks() {}

  private static Set<String> and(Set<String> some, String... others) {
    return Stream.concat(some.stream(), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
  }

  private static List<List<PodCheck.Rule>> byVersion(PodSecurityLevel level) {
    return IntStream.rangeClosed(0, NEWEST).mapToObj(minor -> rules(level, minor)).toList();
  }

  private static List<PodCheck.Rule> rules(PodSecurityLevel level, int minor) {
    Set<String> replaced = new HashSet<>();
    for (PodCheck check : ALL) {
      Revision revision = check.at(minor);
      if (revision != null && check.level().compareTo(level) <= 0) {
        replaced.addAll(revision.replaces());
      }
    }
    // The order of what is told: the baseline first.
    return ALL.stream()
        .filter(check -> check.level().compareTo(level) <= 0 && !replaced.contains(check.id()))
        .sorted(Comparator.comparing(PodCheck::level).thenComparing(PodCheck::id))
        .flatMap(check -> Stream.ofNullable(check.at(minor)))
        .map(Revision::rule)
        .toList();
  }

  /// What is wrong with a pod, in upstream's order; nothing when it is as the level wants it.
  static List<PodViolation> violations(LevelVersion wanted, PodUnderCheck pod) {
    PodSecurityVersion version = wanted.version();
    int minor =
        version.latest() || version.minor() > NEWEST ? NEWEST : Math.toIntExact(version.minor());
    List<PodCheck.Rule> rules =
        switch (wanted.level()) {
          case PRIVILEGED -> List.of();
          case BASELINE -> BASELINE.get(minor);
          case RESTRICTED -> RESTRICTED.get(minor);
        };
    List<PodViolation> found = new ArrayList<>(0);
    for (PodCheck.Rule rule : rules) {
      PodViolation violation = rule.violation(pod);
      if (violation != null) {
        found.add(violation);
      }
    }
    return found;
  }

  /// The violations with what of the pod each is about.
  static String details(List<PodViolation> violations) {
    return violations.stream().map(PodViolation::toString).collect(Collectors.joining(", "));
  }

  /// The violations in few words.
  static String reasons(List<PodViolation> violations) {
    return violations.stream().map(PodViolation::reason).collect(Collectors.joining(", "));
  }
}
