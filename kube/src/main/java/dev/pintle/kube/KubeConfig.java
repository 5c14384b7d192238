package dev.pintle.kube;

import dev.pintle.kube.allocation.ServiceRanges;
import dev.pintle.kube.audit.Audit;
import dev.pintle.kube.authz.AuthorizationModes;
import dev.pintle.kube.bootstrap.ClusterSeed;
import dev.pintle.kube.certificate.CertificateIssuer;
import dev.pintle.kube.controller.ControllerTime;
import dev.pintle.kube.flowcontrol.FlowLimits;
import dev.pintle.kube.intercept.Interception;
import dev.pintle.kube.schema.EarlierVersions;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.token.TokenSettings;
import dev.pintle.member.clock.ClusterTime;
import dev.pintle.wire.ShedCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The configuration of the Kubernetes surface. Immutable: each change of a part makes another one.
public final class KubeConfig {
  /// The largest body of a request: upstream's.
  static final int REQUEST_BYTES_MAX = 3 * 1024 * 1024;

  public static final Duration EVENT_TTL_DEFAULT = Duration.ofHours(1);
  public static final KubeConfig DEFAULT = new KubeConfig();

  private Supplier<String> adminToken = () -> "";
  private Supplier<String> moreMetrics = () -> "";
  private Supplier<String> rootCertificates = () -> "";
  private Supplier<Optional<CertificateIssuer>> issuer = Optional::empty;
  private ServiceRanges ranges = ServiceRanges.DEFAULT;
  private Duration eventTtl = EVENT_TTL_DEFAULT;
  private boolean allowPrivileged;
  private FlowLimits flow = FlowLimits.DEFAULT;
  private Set<GroupVersion> earlier = Set.of();
  private ShedCounts shed = new ShedCounts();
  private ControllerSelection controllers = ControllerSelection.NONE;
  private AdmissionSelection admission = AdmissionSelection.DEFAULT;
  private AuthorizationModes authorization = AuthorizationModes.DEFAULT;
  private TokenSettings tokens = TokenSettings.DEFAULT;
  private boolean anonymous = true;
  private Supplier<Map<String, String>> flags = Map::of;

  private @Nullable Audit audit;
  private @Nullable Interception interception;

  /// Empty for that of the machine.
  private List<ControllerTime> controllerTime = List.of();

  private ClusterTime time = ClusterTime.MACHINE;
  private boolean begun;
  private @Nullable ClusterSeed seed;

  private KubeConfig() {}

  /// @param change of a copy that nobody else has yet
  private KubeConfig with(Consumer<KubeConfig> change) {
    KubeConfig copy = new KubeConfig();
    copy.adminToken = adminToken;
    copy.moreMetrics = moreMetrics;
    copy.rootCertificates = rootCertificates;
    copy.issuer = issuer;
    copy.ranges = ranges;
    copy.eventTtl = eventTtl;
    copy.allowPrivileged = allowPrivileged;
    copy.flow = flow;
    copy.earlier = earlier;
    copy.shed = shed;
    copy.controllers = controllers;
    copy.admission = admission;
    copy.authorization = authorization;
    copy.tokens = tokens;
    copy.anonymous = anonymous;
    copy.flags = flags;
    copy.controllerTime = controllerTime;
    copy.audit = audit;
    copy.interception = interception;
    copy.time = time;
    copy.begun = begun;
    copy.seed = seed;
    change.accept(copy);
    return copy;
  }

  /// The time of the cluster.
  ClusterTime time() {
    return time;
  }

  /// Whether what the store holds is all that a cluster starts with.
  boolean isBegun() {
    return begun;
  }

  /// For a store that is a copy of another server's: nothing is made that a cluster starts with, since whatever is missing was deleted
  /// there.
  public KubeConfig withContentOfAnother() {
    return with(copy -> copy.begun = true);
  }

  /// What is written where a cluster begins; empty where it is made then.
  Optional<ClusterSeed> seed() {
    return begun ? Optional.empty() : Optional.ofNullable(seed);
  }

  /// @param content for a store that is empty, by a server that is configured as this one is
  public KubeConfig withSeed(ClusterSeed content) {
    return with(copy -> copy.seed = content);
  }

  public KubeConfig withTime(ClusterTime changed) {
    return with(copy -> copy.time = changed);
  }

  /// The bearer token of the admin, asked for at each use since it may be renewed; empty for none.
  public Supplier<String> adminToken() {
    return adminToken;
  }

  public KubeConfig withAdminToken(String token) {
    return withAdminToken(() -> token);
  }

  public KubeConfig withAdminToken(Supplier<String> token) {
    return with(copy -> copy.adminToken = token);
  }

  /// Figures that the program has beside the surface's own, in Prometheus' text form.
  Supplier<String> moreMetrics() {
    return moreMetrics;
  }

  public KubeConfig withMoreMetrics(Supplier<String> more) {
    return with(copy -> copy.moreMetrics = more);
  }

  /// By which clients know the server, as PEM, asked for at each use since they may be renewed; empty for none.
  Supplier<String> rootCertificates() {
    return rootCertificates;
  }

  public KubeConfig withRootCertificates(Supplier<String> pem) {
    return with(copy -> copy.rootCertificates = pem);
  }

  /// Who issues certificates to those that ask for them, asked for at each use since the authority may be renewed; empty while its key is
  /// not there.
  Supplier<Optional<CertificateIssuer>> issuer() {
    return issuer;
  }

  public KubeConfig withIssuer(Supplier<Optional<CertificateIssuer>> authority) {
    return with(copy -> copy.issuer = authority);
  }

  /// Where services get their addresses and node ports from.
  ServiceRanges ranges() {
    return ranges;
  }

  public KubeConfig withRanges(ServiceRanges services) {
    return with(copy -> copy.ranges = services);
  }

  /// How long an Event is kept after it was written last; zero for ever.
  Duration eventTtl() {
    return eventTtl;
  }

  public KubeConfig withEventTtl(Duration kept) {
    if (kept.isNegative()) {
      throw new IllegalArgumentException(
          "kube.event-ttl: %s (expected: not less than none)".formatted(kept));
    }
    return with(copy -> copy.eventTtl = kept);
  }

  /// Whether containers may have all that their node has.
  boolean allowPrivileged() {
    return allowPrivileged;
  }

  public KubeConfig withAllowPrivileged(boolean allowed) {
    return with(copy -> copy.allowPrivileged = allowed);
  }

  /// How many requests are worked on at once.
  FlowLimits flow() {
    return flow;
  }

  public KubeConfig withFlow(FlowLimits limits) {
    return with(copy -> copy.flow = limits);
  }

  /// Versions of built-in resources that are served although upstream serves them no more.
  Set<GroupVersion> earlier() {
    return earlier;
  }

  public KubeConfig withEarlier(Set<GroupVersion> versions) {
    versions.forEach(EarlierVersions::successor);
    return with(copy -> copy.earlier = Set.copyOf(versions));
  }

  /// Counts who is refused because of a limit of the server; with those of the listeners.
  ShedCounts shed() {
    return shed;
  }

  public KubeConfig withShed(ShedCounts counts) {
    return with(copy -> copy.shed = counts);
  }

  /// Those of a cluster's controllers that the server runs itself.
  ControllerSelection controllers() {
    return controllers;
  }

  public KubeConfig withControllers(ControllerSelection selected) {
    return with(copy -> copy.controllers = selected);
  }

  /// The admission plugins that are on.
  AdmissionSelection admission() {
    return admission;
  }

  public KubeConfig withAdmission(AdmissionSelection selected) {
    return with(copy -> copy.admission = selected);
  }

  /// Who says what callers may do.
  AuthorizationModes authorization() {
    return authorization;
  }

  public KubeConfig withAuthorization(AuthorizationModes modes) {
    return with(copy -> copy.authorization = modes);
  }

  /// Whose tokens of service accounts are taken.
  TokenSettings tokens() {
    return tokens;
  }

  public KubeConfig withTokens(TokenSettings settings) {
    return with(copy -> copy.tokens = settings);
  }

  /// Whether who shows no credentials is let in, as nobody in particular; rights say what is answered then.
  boolean anonymous() {
    return anonymous;
  }

  public KubeConfig withAnonymous(boolean allowed) {
    return with(copy -> copy.anonymous = allowed);
  }

  /// The time that controllers go by, when it is not that of the machine.
  Optional<ControllerTime> controllerTime() {
    return controllerTime.stream().findFirst();
  }

  KubeConfig withControllerTime(ControllerTime time) {
    return with(copy -> copy.controllerTime = List.of(time));
  }

  /// What is written down of requests; empty for nothing.
  Optional<Audit> audit() {
    return Optional.ofNullable(audit);
  }

  public KubeConfig withAudit(Audit kept) {
    return with(copy -> copy.audit = kept);
  }

  /// The hold of a test on the requests; empty in the program.
  Optional<Interception> interception() {
    return Optional.ofNullable(interception);
  }

  /// @param hold of one surface, which has no audit
  public KubeConfig withInterception(Interception hold) {
    return with(copy -> copy.interception = hold);
  }

  /// How the program was started, for people who look for a fault, asked for when somebody looks; no secrets.
  Supplier<Map<String, String>> flags() {
    return flags;
  }

  public KubeConfig withFlags(Supplier<Map<String, String>> given) {
    return with(copy -> copy.flags = () -> new TreeMap<>(given.get()));
  }

  /// Without the token.
  @Override
  public String toString() {
    return "KubeConfig[adminToken=***, flags=%s]".formatted(flags.get());
  }
}
