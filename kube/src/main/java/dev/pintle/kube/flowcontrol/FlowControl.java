package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.NominalLimits;
import dev.pintle.kernel.flow.SeatBorrowing;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The priority levels of the server: puts each request in its class and lets it go on, wait, or turns it away.
///
/// Until it is told of stored objects, and beside them if these are missing, the two mandatory schemas and levels are in force.
public final class FlowControl {
  /// How often seats are lent anew, in seconds.
  public static final int BORROWING_SECONDS = 10;

  private final FlowExtras extras;
  private final Predicate<UserInfo> readers;
  private final @Nullable ListBytes lists;
  private final int serverSeats;
  private final FlowClock clock;
  private final ReadsAndWrites kinds;
  private final ReentrantLock configuring = new ReentrantLock();
  private volatile FlowConfiguration inForce;
  private volatile double fairShare;

  /// @param limits whose sum is divided among the levels
  public FlowControl(FlowLimits limits, FlowClock clock) {
    this(limits, clock, _ -> false);
  }

  /// @param readers who may read schemas and levels; asked from time to time, on threads that must not wait
  public FlowControl(FlowLimits limits, FlowClock clock, Predicate<UserInfo> readers) {
    this.extras = limits.extras();
    this.readers = readers;
    this.lists = extras.listBytesMax() == 0 ? null : new ListBytes(extras.listBytesMax(), clock);
    this.serverSeats = limits.seats();
    this.clock = clock;
    this.kinds = new ReadsAndWrites(clock.nanos());
    this.inForce = configured(List.of(), List.of(), Map.of());
  }

  public Classification classify(UserInfo user, RequestInfo target) {
    return inForce.classify(user, target);
  }

  /// The class of a request that needs no thread and next to no time, if it can be found at once and its level has seats to spare; else
  /// null. The request counts as executed.
  public @Nullable Classification pass(UserInfo user, RequestInfo target) {
    Classification found = inForce.classifyQuickly(user, target);
    if (found == null || found.level().isFullNow()) {
      return null;
    }
    found.counts().dispatched.increment();
    return found;
  }

  /// Whether lists are counted by the bytes that they are about to have.
  public boolean countsListBytes() {
    return lists != null;
  }

  /// Whether requests are taken to last as long as those before them did.
  public boolean learns() {
    return extras.learned();
  }

  @Nullable ListBytes lists() {
    return lists;
  }

  /// Whether the answer names the schema and the level.
  public boolean names(Classification found) {
    return extras.names() && found.user().isReader(readers, clock);
  }

  /// The most seats that one request of the class is taken to need; 0 for no limit of the level's own.
  public int requestSeatsMax(Classification found) {
    return found.level().requestSeatsMax();
  }

  /// The time as levels are told it.
  public long nowNanos() {
    return clock.nanos();
  }

  /// The ways in which a request is taken.
  public enum Taken {
    EXECUTING,
    WAITING,
    REJECTED
  }

  /// Takes a request; one that is executed or waits has to be ended.
  public Taken offer(FlowTicket ticket) {
    return offer(ticket, 0);
  }

  /// @param listBytes that its answer will have, as far as that is known
  public Taken offer(FlowTicket ticket, long listBytes) {
    PriorityLevel level = ticket.classification().level();
    LevelSpec spec = level.spec();
    boolean counted = spec.namespaceSeatsMax() > 0 && !ticket.target().namespace().isEmpty();
    if (listBytes == 0 && !counted) {
      return level.offer(ticket);
    }
    Passage passage = new Passage(ticket);
    ticket.leadBy(passage);
    if (counted) {
      level.namespaces().on(passage, ticket, spec);
    }
    ListBytes bytes = lists;
    if (bytes != null) {
      bytes.on(passage, listBytes, spec);
    }
    return passage.begin();
  }

  /// Ends a request, wherever it is: its seats are free, or it waits no more. Nothing for one that has ended.
  public void end(FlowTicket ticket) {
    Passage passage = ticket.passage();
    if (passage == null) {
      ticket.classification().level().end(ticket);
    } else {
      passage.end();
    }
  }

  /// After how many seconds a client that is turned away should come back.
  public long retryAfterSeconds(Classification found) {
    return found.level().retryAfterSeconds();
  }

  /// Puts other objects in force.
  ///
  /// @param levels the PriorityLevelConfigurations that are stored
  /// @param schemas the FlowSchemas that are stored
  public void configure(Collection<JsonObject> levels, Collection<JsonObject> schemas) {
    configuring.lock();
    try {
      inForce =
          configured(
              levels.stream().map(LevelSpec::parse).flatMap(Optional::stream).toList(),
              schemas.stream().map(FlowSchema::parse).toList(),
              inForce.levels());
      lend();
    } finally {
      configuring.unlock();
    }
  }

  private FlowConfiguration configured(
      List<LevelSpec> stored, List<FlowSchema> schemas, Map<String, PriorityLevel> old) {
    Map<String, LevelSpec> specs = new LinkedHashMap<>();
    stored.forEach(spec -> specs.put(spec.name(), spec));
    List<FlowSchema> used = usable(schemas, specs);
    Map<String, LevelSpec> all = new TreeMap<>(specs);
    for (String name : List.of(FlowSchema.EXEMPT, FlowSchema.CATCH_ALL)) {
      all.putIfAbsent(name, LevelSpec.mandatory(name));
    }
    old.forEach((name, level) -> {
      if (!all.containsKey(name) && !level.isIdle()) {
        all.put(name, level.spec());
      }
    });
    long shares = all.values().stream().mapToLong(LevelSpec::shares).sum();
    Map<String, PriorityLevel> levels = new HashMap<>();
    all.forEach((name, spec) -> {
      NominalLimits limits =
          NominalLimits.of(
              serverSeats, spec.shares(), shares, spec.lendablePercent(), spec.borrowingPercent());
      levels.put(name, level(spec, limits, old.get(name)));
    });
    Set<String> named = used.stream().map(FlowSchema::name).collect(Collectors.toSet());
    levels.values().forEach(level -> level.retain(named));
    levels.forEach((name, level) -> level.quiesce(!specs.containsKey(name) && !isMandatory(name)));
    kinds.limit(
        levels.values().stream().mapToLong(level -> level.limits().nominal()).sum(),
        all.values().stream().mapToLong(LevelSpec::waitingMax).sum(),
        clock.nanos());
    return new FlowConfiguration(used, levels);
  }

  private PriorityLevel level(LevelSpec spec, NominalLimits limits, @Nullable PriorityLevel old) {
    if (old == null) {
      return new PriorityLevel(spec, limits, clock, kinds);
    }
    old.configure(spec, limits);
    return old;
  }

  private static boolean isMandatory(String name) {
    return name.equals(FlowSchema.EXEMPT) || name.equals(FlowSchema.CATCH_ALL);
  }

  /// Those whose level is there, in their order, and the mandatory ones.
  private static List<FlowSchema> usable(List<FlowSchema> schemas, Map<String, LevelSpec> levels) {
    List<FlowSchema> used =
        new ArrayList<>(
            schemas.stream()
                .filter(schema -> levels.containsKey(schema.level()))
                .sorted(FlowSchema.ORDER)
                .toList());
    if (used.stream().noneMatch(schema -> schema.name().equals(FlowSchema.EXEMPT))) {
      used.addFirst(FlowSchema.mandatory(FlowSchema.EXEMPT));
    }
    if (used.stream().noneMatch(schema -> schema.name().equals(FlowSchema.CATCH_ALL))) {
      used.addLast(FlowSchema.mandatory(FlowSchema.CATCH_ALL));
    }
    return used;
  }

  /// Ends a period: lends seats anew after its demand, and drops levels that nobody wants and nobody uses.
  public void adjust() {
    configuring.lock();
    try {
      Map<String, PriorityLevel> kept = new HashMap<>(inForce.levels());
      if (kept.values().removeIf(level -> level.isQuiescing() && level.isIdle())) {
        inForce = new FlowConfiguration(inForce.schemas(), kept);
      }
      lend();
    } finally {
      configuring.unlock();
    }
  }

  private void lend() {
    List<PriorityLevel> levels = List.copyOf(inForce.levels().values());
    SeatBorrowing.Lent lent =
        SeatBorrowing.adjust(levels.stream().map(PriorityLevel::endPeriod).toList());
    for (int i = 0; i < levels.size(); i++) {
      levels.get(i).setSeats(lent.seats().get(i));
    }
    fairShare = lent.fairShare();
  }

  /// The metrics of all levels, in Prometheus' text form.
  public String metrics() {
    return FlowMetrics.text(this);
  }

  /// The part of its target that each level has, bounds apart.
  double fairShare() {
    return fairShare;
  }

  ReadsAndWrites kinds() {
    return kinds;
  }

  FlowConfiguration inForce() {
    return inForce;
  }
}
